//! The dates that authors write, a day or a moment with its offset from UTC, and the time zones that say which moments
//! those without an offset are.

use std::fmt;
use std::sync::LazyLock;

use jiff::civil;
use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Unit};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The zones that the program brings along: those of the machine would make another site on another one.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

pub fn time_zone(name: &str) -> Option<TimeZone> {
    ZONES.get(name).ok()
}

/// The names of all zones.
pub fn time_zones() -> Vec<String> {
    let names = ZONES.available();
    names.map(|name| name.to_string()).collect()
}

/// A point in time together with the day that readers see wherever they are. A bare day or a local time is taken as
/// UTC until its site says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    moment: Timestamp,
    day: civil::Date,
    /// From UTC, by the clock that the date is told by.
    offset: Offset,
    clock: Clock,
}

/// By which clock a date is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Clock {
    /// Its author wrote no offset.
    Unsaid,
    /// The one that its author wrote.
    Author,
    Site,
}

impl Date {
    /// Reads `2026-05-01`, `2026-05-01T09:30:00`, the same with a space, a `Z`
    /// or an offset such as `+02:00`, before which Jekyll has another space.
    pub fn parse(text: &str) -> Option<Self> {
        let text = &text.replace(" +", "+").replace(" -", "-");
        if let Ok(moment) = text.parse::<Timestamp>() {
            let day = text.get(..10)?.parse().ok()?;
            let offset = Pieces::parse(text).ok()?.to_numeric_offset()?;
            return Some(Self {
                moment,
                day,
                offset,
                clock: Clock::Author,
            });
        }
        let local: civil::DateTime = text.parse().ok()?;
        let day = local.date();
        (day.year() > 0).then_some(Self {
            moment: moment(local, &TimeZone::UTC),
            day,
            offset: Offset::UTC,
            clock: Clock::Unsaid,
        })
    }

    /// The date by the clock of its site: without an offset it is another moment, with one it may be another day.
    pub fn in_zone(self, zone: &TimeZone) -> Self {
        let at = |moment| Self {
            moment,
            day: shown(moment, zone).date(),
            // Those of long ago have seconds, for which no text has room.
            offset: zone
                .to_offset(moment)
                .round(Unit::Minute)
                .unwrap_or(Offset::UTC),
            clock: Clock::Site,
        };
        if self.clock != Clock::Unsaid {
            return at(self.moment);
        }
        let local = shown(self.moment, &TimeZone::UTC);
        Self {
            day: self.day,
            ..at(moment(local, zone))
        }
    }

    /// Why a text in the form of a day is none: `2026-11-31` as well as `2026-13-01`.
    pub fn missing_day(text: &str) -> Option<String> {
        let mut parts = text.get(..10)?.splitn(3, '-');
        let mut part = || parts.next()?.parse::<i16>().ok();
        let (year, month, day) = (part()?, part()?, part()?);
        let Ok(first) = civil::Date::new(year, i8::try_from(month).ok()?, 1) else {
            return Some(format!("a year has no month {month}"));
        };
        let last = first.days_in_month();
        let is_missing = day < 1 || day > i16::from(last);
        is_missing.then(|| format!("{} has {last} days", first.strftime("%B %Y")))
    }

    pub fn of(moment: Timestamp) -> Self {
        Self {
            moment,
            day: shown(moment, &TimeZone::UTC).date(),
            offset: Offset::UTC,
            clock: Clock::Author,
        }
    }

    pub fn moment(self) -> Timestamp {
        self.moment
    }

    /// Whether it is later, wherever the two were written.
    pub fn is_after(self, other: Self) -> bool {
        self.moment > other.moment
    }

    pub fn day(self) -> civil::Date {
        self.day
    }

    pub fn year(self) -> i16 {
        self.day.year()
    }

    /// RFC 3339 to the second, as feeds want it.
    pub fn rfc3339(self) -> String {
        let second = Timestamp::from_second(self.moment.as_second()).unwrap_or(self.moment);
        match self.offset == Offset::UTC {
            true => second.to_string(),
            false => second.display_with_offset(self.offset).to_string(),
        }
    }
}

/// A date in numbers: seconds since 1970 and parts of one, the day, seconds from UTC, and by which clock it is told.
type Numbers = (i64, i32, (i16, i8, i8), i32, Clock);

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (moment, day) = (self.moment, self.day);
        let numbers: Numbers = (
            moment.as_second(),
            moment.subsec_nanosecond(),
            (day.year(), day.month(), day.day()),
            self.offset.seconds(),
            self.clock,
        );
        numbers.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let numbers = Numbers::deserialize(deserializer)?;
        let (seconds, parts, (year, month, day), offset, clock) = numbers;
        let wrong = |_| de::Error::custom("no date");
        Ok(Self {
            moment: Timestamp::new(seconds, parts).map_err(wrong)?,
            day: civil::Date::new(year, month, day).map_err(wrong)?,
            offset: Offset::from_seconds(offset).map_err(wrong)?,
            clock,
        })
    }
}

/// A day, or a moment if it is not a day's first, with the offset that it is told by.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = self.rfc3339();
        let is_here = self.clock != Clock::Author || self.offset == Offset::UTC;
        match moment.split_once("T00:00:00").filter(|_| is_here) {
            Some((day, _)) => f.write_str(day),
            None => f.write_str(&moment),
        }
    }
}

/// When a clock of a zone shows this. The last day of the calendar, by which authors mean "never", ends after the last
/// moment; an hour that is skipped in spring is the one after it.
fn moment(local: civil::DateTime, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(local)
        .compatible()
        .unwrap_or(Timestamp::MAX)
}

/// What a clock of a zone shows then.
fn shown(moment: Timestamp, zone: &TimeZone) -> civil::DateTime {
    zone.to_datetime(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_utc_midnight() {
        let date = Date::parse("2026-05-01").unwrap();
        assert_eq!(date.rfc3339(), "2026-05-01T00:00:00Z");
    }

    #[test]
    fn an_evening_in_new_york_keeps_its_day() {
        let date = Date::parse("2026-05-01T22:00:00-04:00").unwrap();
        assert_eq!(date.day().to_string(), "2026-05-01");
        assert_eq!(date.rfc3339(), "2026-05-01T22:00:00-04:00");
    }

    #[test]
    fn a_site_s_clock_tells_its_dates() {
        let zone = time_zone("Europe/Berlin").unwrap();
        for (written, day, moment) in [
            ("2026-05-01", "2026-05-01", "2026-05-01T00:00:00+02:00"),
            (
                "2026-01-15 09:30",
                "2026-01-15",
                "2026-01-15T09:30:00+01:00",
            ),
            // The hour that a clock skips.
            (
                "2026-03-29T02:30",
                "2026-03-29",
                "2026-03-29T03:30:00+02:00",
            ),
            (
                "2026-05-01T22:30:00Z",
                "2026-05-02",
                "2026-05-02T00:30:00+02:00",
            ),
        ] {
            let date = Date::parse(written).unwrap().in_zone(&zone);
            assert_eq!(date.day().to_string(), day);
            assert_eq!(date.rfc3339(), moment);
            assert_eq!(date.in_zone(&zone), date);
        }
        let day = Date::parse("2026-05-01").unwrap().in_zone(&zone);
        assert_eq!(day.to_string(), "2026-05-01");
        let never = Date::parse("9999-12-31").unwrap().in_zone(&zone);
        assert_eq!(never.day().to_string(), "9999-12-31");
    }

    #[test]
    fn a_moment_is_shown_as_it_was_written() {
        for text in [
            "2026-05-01",
            "2026-05-01T09:30:00Z",
            "2026-05-01T00:00:00+02:00",
        ] {
            assert_eq!(Date::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn jekyll_s_offset_is_read() {
        let date = Date::parse("2026-05-01 22:00:00 -0400").unwrap();
        assert_eq!(date.rfc3339(), "2026-05-01T22:00:00-04:00");
    }

    #[test]
    fn a_day_that_no_month_has_is_explained() {
        let why = |text| Date::missing_day(text);
        assert_eq!(why("2026-02-29").unwrap(), "February 2026 has 28 days");
        assert_eq!(
            why("2026-11-31T09:00").unwrap(),
            "November 2026 has 30 days"
        );
        assert_eq!(why("2026-13-01").unwrap(), "a year has no month 13");
        assert_eq!(why("2028-02-29"), None);
        assert_eq!(why("11/23/2026"), None);
    }

    #[test]
    fn a_word_is_not_a_date() {
        assert_eq!(Date::parse("soon"), None);
    }
}
