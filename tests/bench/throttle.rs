//! A processor as slow as a phone's, for one page.

use serde_json::{Value, json};

use crate::chromium::chromium;

/// Slows a page down for as long as it lives.
pub struct Throttle {
    session: String,
}

impl Throttle {
    /// Makes the page at this address `rate` times as slow.
    #[track_caller]
    pub fn page(url: &str, rate: u32) -> Self {
        let targets = chromium().call(None, "Target.getTargets", json!({}));
        let pages: Vec<&Value> = targets["targetInfos"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|target| target["type"] == "page" && target["url"] == url)
            .collect();
        let [page] = pages.as_slice() else {
            panic!("{} tabs show {url}, not one", pages.len());
        };
        // A connection of its own beside the tab's.
        let attached = chromium().call(
            None,
            "Target.attachToTarget",
            json!({ "targetId": page["targetId"], "flatten": true }),
        );
        let session = attached["sessionId"]
            .as_str()
            .expect("a session")
            .to_owned();
        let throttle = Self { session };
        throttle.set(rate);
        throttle
    }

    fn set(&self, rate: u32) {
        chromium().call(
            Some(&self.session),
            "Emulation.setCPUThrottlingRate",
            json!({ "rate": rate }),
        );
    }
}

impl Drop for Throttle {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.set(1);
            chromium().call(
                None,
                "Target.detachFromTarget",
                json!({ "sessionId": self.session }),
            );
        }
    }
}
