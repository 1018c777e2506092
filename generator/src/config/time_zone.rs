//! `time_zone`: by whose clock the dates of a site are told.

use jiff::tz::TimeZone;

use super::FILE;
use crate::date::{time_zone, time_zones};
use crate::diagnostic::{Diagnostic, closest};
use crate::fields::{Fields, parse_toml};

/// The time zone that a text of settings names, for who needs nothing else of them.
pub fn time_zone_of(text: &str) -> Option<TimeZone> {
    let (table, _) = parse_toml(FILE, text, 0..text.len());
    read(&mut Fields::new(FILE, &table, &mut Vec::new()))
}

pub fn read(fields: &mut Fields<'_>) -> Option<TimeZone> {
    let name = fields.text("time_zone")?;
    let zone = time_zone(&name.value);
    if zone.is_none() {
        let unknown = Diagnostic::error("`time_zone` names no time zone")
            .at(fields.path(), name.span)
            .label("no zone has this name");
        let meant = meant_by(&name.value);
        let meant = meant.map(|meant| format!("did you mean `{meant}`?"));
        fields.report(unknown.help(meant.unwrap_or_else(|| {
            "zones have names such as `Europe/Berlin`, `America/New_York` and `UTC`".to_owned()
        })));
    }
    zone
}

/// The zone that was most likely meant: who names a city alone means the zone that ends in it.
fn meant_by(name: &str) -> Option<String> {
    let mut names = time_zones();
    // `Etc/GMT+2` is two hours behind, which nobody means who writes so.
    names.retain(|name| !name.starts_with("Etc/"));
    let city = name.trim().replace(' ', "_");
    let of_city = names.iter().find(|known| {
        let last = known.rsplit('/').next();
        last.is_some_and(|last| last.eq_ignore_ascii_case(&city))
    });
    let near = || closest(name, names.iter().map(String::as_str));
    of_city.map(String::as_str).or_else(near).map(str::to_owned)
}
