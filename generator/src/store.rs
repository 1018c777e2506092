//! Remembers the results of a pure function by the fingerprint of its input.
//! What a build did not use is forgotten, so that a store stays as large as the site.

use std::collections::HashMap;
use std::mem;
use std::sync::{Mutex, PoisonError};

use crate::hash::Fingerprint;

/// Results by the fingerprint of everything that they depend on.
pub struct Store<T> {
    /// Whether there will be another build that could use them.
    keeps: bool,
    earlier: HashMap<Fingerprint, T>,
    used: Mutex<HashMap<Fingerprint, T>>,
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self {
            keeps: true,
            earlier: HashMap::new(),
            used: Mutex::default(),
        }
    }
}

impl<T> Store<T> {
    /// One that remembers nothing, for the only build of a process.
    pub fn forgetful() -> Self {
        Self {
            keeps: false,
            ..Self::default()
        }
    }

    /// Whether it is worth while to find out the key of a result.
    pub fn keeps(&self) -> bool {
        self.keeps
    }
}

impl<T: Clone> Store<T> {
    pub fn get(&self, key: Fingerprint) -> Option<T> {
        let found = self.earlier.get(&key)?.clone();
        self.keep(key, found.clone());
        Some(found)
    }

    pub fn keep(&self, key: Fingerprint, result: T) {
        if !self.keeps {
            return;
        }
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, result);
    }

    pub fn get_or_make(&self, key: Fingerprint, make: impl FnOnce() -> T) -> T {
        self.get(key).unwrap_or_else(|| {
            let made = make();
            self.keep(key, made.clone());
            made
        })
    }

    /// To be called when a build is through.
    pub fn forget_unused(&mut self) {
        let used = self.used.get_mut().unwrap_or_else(PoisonError::into_inner);
        self.earlier = mem::take(used);
    }
}
