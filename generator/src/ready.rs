//! Data that many pages show, made ready once: as templates see it, and as a fingerprint for the keys of what is
//! remembered.

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
