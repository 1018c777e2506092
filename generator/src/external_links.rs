//! Asks other sites whether the addresses are there that pages link to: several hosts at once, each
//! host one question after another, and never longer than a given time. What was there lately is not
//! asked again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::http::StatusCode;
use ureq::tls::{RootCerts, TlsConfig};

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Place};

/// Hosts that are asked at the same time.
const AT_ONCE: usize = 8;
/// Between two questions to one host.
const PAUSE: Duration = Duration::from_millis(200);
/// For one question, redirections included.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long an address that was there counts as there.
const FRESH_DAYS: i64 = 7;

/// What a host said of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    There,
    /// It says that there is no such page, or there is no such host.
    Gone(String),
    /// It may be there all the same.
    Unsure(String),
}

/// What was asked.
#[derive(Debug)]
pub struct Asked {
    pub addresses: usize,
    /// Known from an earlier check.
    pub remembered: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// Asks about every address. `progress` hears how many are done.
pub fn check(
    addresses: &BTreeMap<String, Vec<Place>>,
    limit: Duration,
    now: Date,
    cache: Option<&Path>,
    progress: &(dyn Fn(usize) + Sync),
) -> Asked {
    let mut known = cache.map(|file| Cache::read(file, now)).unwrap_or_default();
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in addresses.keys().filter(|address| !known.is_there(address)) {
        hosts.entry(host(address)).or_default().push(address);
    }
    let remembered = addresses.len() - hosts.values().map(Vec::len).sum::<usize>();
    let answers = ask(hosts, limit, progress);
    for (address, answer) in &answers {
        if *answer == Answer::There {
            known
                .days
                .insert((*address).to_owned(), now.day().to_string());
        }
    }
    if let Some(file) = cache {
        known.write(file);
    }
    let unasked = addresses.len() - remembered - answers.len();
    let mut diagnostics: Vec<Diagnostic> = answers
        .iter()
        .flat_map(|(address, answer)| diagnostics_of(address, answer, &addresses[*address]))
        .collect();
    if unasked > 0 {
        let message = format!(
            "{} of other sites unchecked: {} seconds were over",
            crate::report::counted_as(unasked, "address", "addresses"),
            limit.as_secs()
        );
        diagnostics.push(
            Diagnostic::warning(message).help("give the check more time with --external-limit"),
        );
    }
    Asked {
        addresses: addresses.len(),
        remembered,
        diagnostics,
    }
}

fn diagnostics_of(address: &str, answer: &Answer, places: &[Place]) -> Vec<Diagnostic> {
    let (diagnostic, why) = match answer {
        Answer::There => return Vec::new(),
        Answer::Gone(why) => (
            Diagnostic::error("link to a page of another site that is gone"),
            why,
        ),
        Answer::Unsure(why) => (
            Diagnostic::warning("cannot tell whether this link leads anywhere"),
            why,
        ),
    };
    places
        .iter()
        .map(|place| match place.span.clone() {
            Some(span) => diagnostic.clone().at(&place.path, span).label(why),
            None => diagnostic
                .clone()
                .in_file(&place.path)
                .label(format!("`{address}`: {why}")),
        })
        .collect()
}

/// One thread for each of several hosts, until all is asked or the time is over.
fn ask<'a>(
    hosts: BTreeMap<&'a str, Vec<&'a str>>,
    limit: Duration,
    progress: &(dyn Fn(usize) + Sync),
) -> BTreeMap<&'a str, Answer> {
    let end = Instant::now() + limit;
    let threads = hosts.len().min(AT_ONCE);
    let waiting = Mutex::new(hosts.into_values());
    let answers = Mutex::new(BTreeMap::new());
    let agent = agent();
    let visit = || {
        // The lock is given back before anything is asked.
        let next = || {
            waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .next()
        };
        while let Some(addresses) = next() {
            for (number, address) in addresses.into_iter().enumerate() {
                if number > 0 {
                    std::thread::sleep(PAUSE);
                }
                let left = end.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return;
                }
                let answer = question(&agent, address, left.min(PATIENCE));
                let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
                answers.insert(address, answer);
                progress(answers.len());
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(visit);
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn agent() -> ureq::Agent {
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    ureq::Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        .user_agent(concat!(
            "Tallypress/",
            env!("CARGO_PKG_VERSION"),
            " (link check)"
        ))
        .build()
        .into()
}

/// The head alone first, and the page where a host does not answer that.
fn question(agent: &ureq::Agent, address: &str, patience: Duration) -> Answer {
    let head = agent
        .head(address)
        .config()
        .timeout_global(Some(patience))
        .build();
    match head.call() {
        Ok(response) if response.status().is_success() => return Answer::There,
        Err(error) if !may_differ(&error) => return refused(&error),
        _ => {}
    }
    let page = agent
        .get(address)
        .config()
        .timeout_global(Some(patience))
        .build();
    match page.call() {
        Ok(response) => answer(response.status()),
        Err(error) => refused(&error),
    }
}

/// Whether another kind of question may be answered where this one failed.
fn may_differ(error: &ureq::Error) -> bool {
    !matches!(
        error,
        ureq::Error::HostNotFound | ureq::Error::Timeout(_) | ureq::Error::BadUri(_)
    )
}

fn answer(status: StatusCode) -> Answer {
    match status {
        status if status.is_success() => Answer::There,
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            Answer::Gone(format!("the host answers {status}"))
        }
        status => Answer::Unsure(format!("the host answers {status}")),
    }
}

fn refused(error: &ureq::Error) -> Answer {
    match error {
        ureq::Error::HostNotFound => Answer::Gone("there is no such host".to_owned()),
        ureq::Error::BadUri(_) => Answer::Gone("this is no address".to_owned()),
        ureq::Error::Timeout(_) => Answer::Unsure("the host does not answer in time".to_owned()),
        // Without the numbers of the operating system: `Connection refused (os error 111)`.
        ureq::Error::Io(error) => {
            let said = error.to_string();
            let words = said.split(" (os error").next().unwrap_or(&said);
            Answer::Unsure(format!("the host cannot be reached: {words}"))
        }
        error => Answer::Unsure(error.to_string()),
    }
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Addresses that were there, with the day on which they were. Losing it costs time alone.
#[derive(Debug, Default)]
struct Cache {
    days: BTreeMap<String, String>,
}

impl Cache {
    #[expect(
        clippy::disallowed_methods,
        reason = "what a check remembers lies outside of any site"
    )]
    fn read(file: &Path, now: Date) -> Self {
        let text = std::fs::read(file).unwrap_or_default();
        let mut days: BTreeMap<String, String> = serde_json::from_slice(&text).unwrap_or_default();
        days.retain(|_, day| {
            Date::parse(day).is_some_and(|day| {
                let age = now.moment().duration_since(day.moment()).as_hours();
                (0..=24 * FRESH_DAYS).contains(&age)
            })
        });
        Self { days }
    }

    fn is_there(&self, address: &str) -> bool {
        self.days.contains_key(address)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "what a check remembers lies outside of any site"
    )]
    fn write(&self, file: &Path) {
        let Ok(json) = serde_json::to_vec_pretty(&self.days) else {
            return;
        };
        if let Some(folder) = file.parent() {
            // A check that cannot remember anything is slower next time, and right all the same.
            let _ = std::fs::create_dir_all(folder);
            let _ = std::fs::write(file, json);
        }
    }
}

/// Where checks remember what was there: the person's own folder for such things.
pub fn cache_file() -> Option<PathBuf> {
    let folder = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let caches = folder("XDG_CACHE_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .or_else(|| Some(folder("HOME")?.join(".cache")))?;
    Some(caches.join("tallypress").join("external-links.json"))
}
