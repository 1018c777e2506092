//! The clock of a site: other generators take a time without an offset, or every time, for one in the zone that their
//! settings name. Here a date says its offset itself.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::Move;
use super::front::{Keys, date, text_of};
use super::settings::Settings;
use crate::date::{Date, time_zone};

/// What the clock shows, in a form that is read here.
const FORM: &str = "%Y-%m-%dT%H:%M:%S%:z";

/// A time as it was written with the offset that a zone has then; `None` for a mere day, and where an offset is written.
pub fn completed(written: &str, zone: &TimeZone) -> Option<String> {
    let (_, form) = date(written)?;
    let local: DateTime = form
        .parse()
        .ok()
        .filter(|_| has_time(&form) && !has_offset(&form))?;
    let moment = zone.to_ambiguous_zoned(local).compatible().ok()?;
    Some(moment.strftime(FORM).to_string())
}

/// A moment as the clock of a zone shows it; `None` for a mere day. Jekyll takes a time with seconds for one in UTC.
pub fn shown(written: &str, zone: &TimeZone) -> Option<String> {
    let written = written.trim();
    let (date, form) = date(written)?;
    let has_seconds = written.matches(':').count() >= 2;
    match has_time(&form) {
        false => None,
        true if !has_seconds && !has_offset(&form) => completed(written, zone),
        true => {
            let moment = date.moment().to_zoned(zone.clone());
            Some(moment.strftime(FORM).to_string())
        }
    }
}

/// The day in UTC of a moment whose own offset gives it another one.
pub fn other_day(date: Date) -> Option<Date> {
    let in_utc = Date::of(date.moment());
    (in_utc.day() != date.day()).then_some(in_utc)
}

fn has_time(form: &str) -> bool {
    form.contains(':')
}

fn has_offset(form: &str) -> bool {
    let time = form.split_once(['T', ' ']).map_or("", |(_, time)| time);
    time.contains(['+', '-', 'Z', 'z'])
}

impl Move<'_> {
    /// Reads the zone of the site; one that nobody knows is named.
    pub(super) fn read_zone(&mut self, keys: &mut Keys<'_>, key: &str) {
        let name = keys.peek(key).and_then(|zone| text_of(zone, keys.text));
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            keys.take(key);
            return;
        };
        match time_zone(&name) {
            Some(zone) => {
                keys.take(key);
                self.settings.time_zone = zone.iana_name().unwrap_or_default().to_owned();
                self.zone = Some(zone);
            }
            None => {
                let why = "there is no such time zone: dates without an offset are read as UTC";
                Settings::leave_out(keys, key, why, &mut self.notes);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_shows_the_day_of_its_place() {
        let zone = time_zone("Europe/Paris").unwrap();
        for (written, expected) in [
            (
                "2020-01-01 23:30:00 -0800",
                Some("2020-01-02T08:30:00+01:00"),
            ),
            ("2020-07-01 10:00:00", Some("2020-07-01T12:00:00+02:00")),
            ("2020-07-01 10:00", Some("2020-07-01T10:00:00+02:00")),
            ("2020-07-01", None),
        ] {
            assert_eq!(shown(written, &zone).as_deref(), expected, "{written}");
        }
        assert_eq!(
            completed("2020-07-01T10:00:00", &zone).as_deref(),
            Some("2020-07-01T10:00:00+02:00")
        );
        assert_eq!(completed("2020-07-01T10:00:00Z", &zone), None);
    }
}
