//! A tab with a reader in front of it: pages are opened, looked at, clicked and typed into, and
//! everything is noted that should not have happened. Each tab has cookies and a cache of its own.

use std::cell::Cell;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::chromium::{Event, PATIENCE, chromium};

/// A tab. It closes when it is dropped.
pub struct Tab {
    context: String,
    session: String,
    runs_script: bool,
    /// Where expressions are evaluated, if not in the page itself.
    inside: Cell<Option<u64>>,
}

/// The point of a page where something is, in pixels of the window.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

#[derive(Clone, Copy, Debug)]
pub enum Key {
    Tab,
    Home,
    End,
    PageUp,
    PageDown,
    Left,
    Right,
    Up,
    Down,
    Backspace,
    Enter,
    Space,
}

impl Tab {
    /// A tab of a desktop's width.
    pub fn new() -> Self {
        let browser = chromium();
        let made = browser.call(
            None,
            "Target.createBrowserContext",
            json!({ "disposeOnDetach": true }),
        );
        let context = text(&made["browserContextId"]);
        let made = browser.call(
            None,
            "Target.createTarget",
            json!({ "url": "about:blank", "browserContextId": context }),
        );
        let attached = browser.call(
            None,
            "Target.attachToTarget",
            json!({ "targetId": made["targetId"], "flatten": true }),
        );
        let tab = Self {
            context,
            session: text(&attached["sessionId"]),
            runs_script: true,
            inside: Cell::new(None),
        };
        for domain in ["Page", "Runtime", "Log", "Network", "Audits"] {
            tab.call(&format!("{domain}.enable"), json!({}));
        }
        tab.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true }));
        tab.call(
            "Emulation.setFocusEmulationEnabled",
            json!({ "enabled": true }),
        );
        tab.resize(1280, 900);
        tab
    }

    /// A tab whose pages run no script.
    pub fn without_script() -> Self {
        let mut tab = Self::new();
        tab.call(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": true }),
        );
        tab.runs_script = false;
        tab
    }

    /// Below 500 pixels it is a phone, whose scroll bars take no room.
    pub fn resize(&self, width: u32, height: u32) {
        self.call(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 }),
        );
    }

    /// `light` or `dark`.
    pub fn prefer_scheme(&self, scheme: &str) {
        self.prefer("prefers-color-scheme", scheme);
    }

    /// Anything that a style sheet can ask about, such as `forced-colors`.
    pub fn prefer(&self, feature: &str, value: &str) {
        self.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": feature, "value": value }] }),
        );
    }

    /// Lays the page out as on paper.
    pub fn show_as_paper(&self) {
        self.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    }

    /// Lets the pages at an address use the clipboard, or has the browser refuse it.
    pub fn let_use_clipboard(&self, url: &str, granted: bool) {
        for name in ["clipboard-read", "clipboard-write"] {
            chromium().call(
                None,
                "Browser.setPermission",
                json!({
                    "browserContextId": self.context,
                    "origin": url,
                    "permission": { "name": name },
                    "setting": if granted { "granted" } else { "denied" },
                }),
            );
        }
    }

    /// Saves whatever is downloaded from now on, under the name that the page suggests.
    pub fn save_downloads_in(&self, folder: &Path) {
        chromium().call(
            None,
            "Browser.setDownloadBehavior",
            json!({ "behavior": "allow", "browserContextId": self.context, "downloadPath": folder }),
        );
    }

    /// How many sheets of paper the page takes, whose size is in inches.
    #[track_caller]
    pub fn sheets_of_paper(&self, [width, height]: [f64; 2]) -> usize {
        let printed = self.call(
            "Page.printToPDF",
            json!({ "paperWidth": width, "paperHeight": height, "printBackground": true }),
        );
        self.ask(&format!(
            "atob({}).match(/[/]Type\\s*[/]Page\\b/g).length",
            printed["data"]
        ))
    }

    /// Runs a script in every page from now on, before the page's own.
    pub fn run_first(&self, script: &str) {
        self.call(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        );
    }

    /// Goes to an address and waits until the page and all that it names is there.
    #[track_caller]
    pub fn open(&self, url: &str) {
        let navigation = self.call("Page.navigate", json!({ "url": url }));
        assert!(
            navigation["errorText"].is_null(),
            "{url}: {}",
            navigation["errorText"]
        );
        let wanted = text(&navigation["loaderId"]);
        self.wait_for_load(url, |load| load == wanted);
    }

    /// Clicks a link to another place of the page.
    #[track_caller]
    pub fn follow(&self, fragment: &str) {
        self.run(&format!(
            "{{
                const link = document.body.appendChild(document.createElement('a'));
                link.href = '#' + {fragment:?};
                link.textContent = 'Somewhere';
                link.style = 'position: fixed; inset: 0 auto auto 0; z-index: 99';
                window.followed = new Promise((done) => {{
                    const arrive = () => requestAnimationFrame(() => done(link.remove()));
                    link.onclick = () => {{
                        const there = link.href === location.href;
                        there ? arrive() : addEventListener('hashchange', arrive, {{ once: true }});
                    }};
                }});
                null;
            }}"
        ));
        self.click_at(Point { x: 5.0, y: 5.0 });
        self.run("followed");
    }

    /// Goes a step back in the history, or forward, to another place of the page.
    #[track_caller]
    pub fn go(&self, steps: i32) {
        self.run(&format!(
            "new Promise((done) => {{
                addEventListener('hashchange', () => requestAnimationFrame(() => done()), {{ once: true }});
                history.go({steps});
            }})"
        ));
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        self.loads_again_after(|| {
            self.call("Page.reload", json!({}));
        });
    }

    /// Does something that makes the page load again, and waits until it has.
    #[track_caller]
    pub fn loads_again_after(&self, work: impl FnOnce()) {
        let events = chromium().events(&self.session);
        let before: Vec<String> = events.iter().filter_map(load).collect();
        work();
        self.wait_for_load("the page once more", |load| !before.contains(&load));
    }

    #[track_caller]
    fn wait_for_load(&self, what: &str, is_it: impl Fn(String) -> bool) {
        chromium().wait_for_event(&self.session, what, |event| load(event).is_some_and(&is_it));
    }

    /// Evaluates expressions inside a frame of the page from now on.
    #[track_caller]
    pub fn look_into_frame(&self, place: usize) {
        // Frames are counted as they stand in the page, which is not always how they came into it.
        self.look_at_page();
        let element = self.call(
            "Runtime.evaluate",
            json!({ "expression": format!("document.querySelectorAll('iframe')[{place}]") }),
        );
        let object = &element["result"]["objectId"];
        let node = self.call("DOM.describeNode", json!({ "objectId": object }));
        let frame = &node["node"]["frameId"];
        assert!(frame.is_string(), "there is no frame {place}");
        let inside = |Event { name, details }: &Event| {
            let context = &details["context"];
            let of_frame = name == "Runtime.executionContextCreated"
                && context["auxData"]["frameId"] == *frame
                && text(&context["origin"]).starts_with("http");
            of_frame.then(|| context["id"].as_u64()).flatten()
        };
        chromium().wait_for_event(&self.session, "a frame's page", |event| {
            inside(event).is_some()
        });
        let events = chromium().events(&self.session);
        self.inside.set(events.iter().rev().find_map(inside));
    }

    /// Evaluates expressions in the page itself again.
    pub fn look_at_page(&self) {
        self.inside.set(None);
    }

    /// The value of a JavaScript expression, awaited.
    #[track_caller]
    pub fn ask<T: DeserializeOwned>(&self, expression: &str) -> T {
        let mut question =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        if let Some(context) = self.inside.get() {
            question["contextId"] = context.into();
        }
        let answer = self.call("Runtime.evaluate", question);
        let problem = &answer["exceptionDetails"];
        assert!(problem.is_null(), "{expression}\nthrew {problem}");
        serde_json::from_value(answer["result"]["value"].clone())
            .unwrap_or_else(|error| panic!("{expression}\ngave {}: {error}", answer["result"]))
    }

    /// Runs a JavaScript expression for what it does.
    #[track_caller]
    pub fn run(&self, expression: &str) {
        let _: Value = self.ask(expression);
    }

    /// Waits until a JavaScript expression is true, and looks again every few milliseconds.
    #[track_caller]
    pub fn wait_until(&self, condition: &str) {
        let came_true: bool = self.ask(&format!(
            "new Promise((answer) => {{
                const deadline = performance.now() + {};
                const look = () => {{
                    if ({condition}) answer(true);
                    else if (performance.now() > deadline) answer(false);
                    else setTimeout(look, 5);
                }};
                look();
            }})",
            PATIENCE.as_millis() / 2
        ));
        assert!(came_true, "waited in vain until {condition}");
    }

    /// Waits until the page has done what it put off to its next frame.
    #[track_caller]
    pub fn wait_for_frame(&self) {
        if self.runs_script {
            self.run("new Promise((done) => requestAnimationFrame(() => done()))");
        }
    }

    /// Scrolls to an element and returns its middle.
    #[track_caller]
    pub fn point_at(&self, selector: &str) -> Point {
        let [left, width, y] = self.box_of(selector);
        Point {
            x: left + width / 2.0,
            y,
        }
    }

    /// Scrolls to an element; its left edge, its width, and the height of its middle.
    #[track_caller]
    pub fn box_of(&self, selector: &str) -> [f64; 3] {
        // What was changed before may still move it.
        self.wait_for_frame();
        self.ask(&format!(
            "(() => {{
                const element = document.querySelector({selector:?});
                element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const {{ left, width, top, height }} = element.getBoundingClientRect();
                return [left, width, top + height / 2];
            }})()"
        ))
    }

    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.click_at(self.point_at(selector));
    }

    #[track_caller]
    pub fn click_at(&self, point: Point) {
        self.drag(point, point);
    }

    /// Presses the mouse at one point, moves it, and lets go at another.
    #[track_caller]
    pub fn drag(&self, from: Point, to: Point) {
        let mouse = |kind: &str, Point { x, y }: Point, buttons: u32| {
            let button = if kind == "mouseMoved" && buttons == 0 {
                "none"
            } else {
                "left"
            };
            self.call(
                "Input.dispatchMouseEvent",
                json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 }),
            );
        };
        mouse("mouseMoved", from, 0);
        mouse("mousePressed", from, 1);
        for step in 1..=4 {
            let part = f64::from(step) / 4.0;
            let on_the_way = Point {
                x: from.x + (to.x - from.x) * part,
                y: from.y + (to.y - from.y) * part,
            };
            mouse("mouseMoved", on_the_way, 1);
        }
        mouse("mouseReleased", to, 0);
    }

    #[track_caller]
    pub fn press(&self, key: Key) {
        let (name, code) = match key {
            Key::Backspace => ("Backspace", 8),
            Key::Tab => ("Tab", 9),
            Key::Enter => ("Enter", 13),
            Key::Space => (" ", 32),
            Key::PageUp => ("PageUp", 33),
            Key::PageDown => ("PageDown", 34),
            Key::End => ("End", 35),
            Key::Home => ("Home", 36),
            Key::Left => ("ArrowLeft", 37),
            Key::Right => ("ArrowRight", 39),
            Key::Up => ("ArrowUp", 38),
            Key::Down => ("ArrowDown", 40),
        };
        let does = match key {
            Key::Enter => json!({ "text": "\r" }),
            Key::Space => json!({ "text": " " }),
            _ => json!({}),
        };
        self.strike(
            &json!({ "key": name, "code": name, "windowsVirtualKeyCode": code }),
            does,
        );
    }

    /// Types over whatever is in the field that has the focus, one character at a time and none
    /// faster than the page draws.
    #[track_caller]
    pub fn type_over(&self, written: &str) {
        self.strike(
            &json!({ "key": "a", "code": "KeyA" }),
            json!({ "commands": ["selectAll"] }),
        );
        if written.is_empty() {
            self.press(Key::Backspace);
        }
        self.type_on(written);
    }

    /// Types where the cursor is.
    #[track_caller]
    pub fn type_on(&self, written: &str) {
        for character in written.chars() {
            self.strike(&json!({ "key": character }), json!({ "text": character }));
            self.wait_for_frame();
        }
    }

    /// Presses a key, which does something, and releases it.
    #[track_caller]
    fn strike(&self, key: &Value, does: Value) {
        for (kind, does) in [("keyDown", does), ("keyUp", json!({}))] {
            let mut event = key.clone();
            event["type"] = kind.into();
            for (name, value) in does.as_object().into_iter().flatten() {
                event[name] = value.clone();
            }
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// The addresses that have been asked for, in order.
    pub fn requests(&self) -> Vec<String> {
        chromium()
            .events(&self.session)
            .iter()
            .filter(|event| event.name == "Network.requestWillBeSent")
            .map(|event| text(&event.details["request"]["url"]))
            .collect()
    }

    /// Whatever a careful developer would look into: messages on the console, exceptions, what the
    /// Content-Security-Policy blocked, what did not load, and the browser's own reproaches.
    pub fn problems(&self) -> Vec<String> {
        let events = chromium().events(&self.session);
        events.iter().filter_map(problem).collect()
    }

    #[track_caller]
    fn call(&self, method: &str, params: Value) -> Value {
        chromium().call(Some(&self.session), method, params)
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        // A story that has failed already must not fail again on its way out.
        if !std::thread::panicking() {
            chromium().call(
                None,
                "Target.disposeBrowserContext",
                json!({ "browserContextId": self.context }),
            );
        }
        chromium().forget_events(&self.session);
    }
}

/// Which load of a page an event completes.
fn load(Event { name, details }: &Event) -> Option<String> {
    let completes = name == "Page.lifecycleEvent" && details["name"] == "load";
    completes.then(|| text(&details["loaderId"]))
}

fn problem(Event { name, details }: &Event) -> Option<String> {
    match name.as_str() {
        "Runtime.consoleAPICalled" => {
            Some(format!("console.{}: {}", details["type"], details["args"]))
        }
        "Runtime.exceptionThrown" => {
            let thrown = &details["exceptionDetails"];
            let description = &thrown["exception"]["description"];
            Some(format!("uncaught {} {description}", thrown["text"]))
        }
        "Log.entryAdded" => {
            let entry = &details["entry"];
            Some(format!(
                "{} {}: {} {}",
                entry["source"], entry["level"], entry["text"], entry["url"]
            ))
        }
        "Audits.issueAdded" => Some(format!("issue {}", details["issue"])),
        "Network.responseReceived" if details["response"]["status"].as_u64() >= Some(400) => {
            Some(format!(
                "{} {}",
                details["response"]["status"], details["response"]["url"]
            ))
        }
        // The page itself had enough of it.
        "Network.loadingFailed" if details["canceled"] == true => None,
        "Network.loadingFailed" => Some(format!(
            "{} did not load: {}",
            details["type"], details["errorText"]
        )),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
