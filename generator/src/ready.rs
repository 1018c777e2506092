//! Data that many pages show, made ready once: as templates see it, and as a fingerprint for the keys of what is
//! remembered.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

use crate::hash::{Fingerprint, Hasher};

/// Data that is to be read alone. A copy of it costs nothing.
#[derive(Clone, Debug)]
pub struct Ready {
    seen: Value,
    fingerprint: Fingerprint,
}

impl Ready {
    /// Data that can be no text for a template is nothing to it.
    pub fn new(data: &impl Serialize) -> Self {
        let mut hasher = Hasher::default();
        // Both fail for maps whose keys are no texts, and views have none of those.
        let seen = Value::try_from_serializable(data).unwrap_or_else(|_| Value::none());
        let _ = hasher.add_data(data);
        Self {
            seen,
            fingerprint: hasher.finish(),
        }
    }
}

impl Serialize for Ready {
    /// Templates get what is ready; who only wants to know whether it is the same gets the fingerprint.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => self.seen.serialize(serializer),
            false => self.fingerprint.serialize(serializer),
        }
    }
}

/// The same with the data beside it, where not only templates look at it.
#[derive(Debug)]
pub struct Seen<T> {
    data: Arc<T>,
    ready: Ready,
}

impl<T: Serialize> Seen<T> {
    pub fn new(data: T) -> Self {
        Self {
            ready: Ready::new(&data),
            data: Arc::new(data),
        }
    }
}

impl<T> Clone for Seen<T> {
    fn clone(&self) -> Self {
        Self {
            data: Arc::clone(&self.data),
            ready: self.ready.clone(),
        }
    }
}

impl<T> Deref for Seen<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

impl<T> Serialize for Seen<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.ready.serialize(serializer)
    }
}
