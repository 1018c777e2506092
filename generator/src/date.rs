//! The dates that authors write: a day, or a moment with its offset from UTC.

use std::fmt;

use jiff::Timestamp;
use jiff::civil;
use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};

/// A point in time together with the day the author meant by it, which readers
/// see wherever they are. A bare day or a local time is taken as UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    moment: Timestamp,
    day: civil::Date,
    /// From UTC, as the author wrote it.
    offset: Offset,
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
            });
        }
        let local: civil::DateTime = text.parse().ok()?;
        // The last day of the calendar, by which authors mean "never", ends after the last moment.
        let moment = local
            .to_zoned(TimeZone::UTC)
            .map_or(Timestamp::MAX, |moment| moment.timestamp());
        let day = local.date();
        (day.year() > 0).then_some(Self {
            moment,
            day,
            offset: Offset::UTC,
        })
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
            day: moment.to_zoned(TimeZone::UTC).date(),
            offset: Offset::UTC,
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

    /// RFC 3339 in UTC, to the second, as feeds and sitemaps want it.
    pub fn rfc3339(self) -> String {
        self.moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

/// A day, or a moment if it is not a day's first, with the offset that its author wrote.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.offset != Offset::UTC {
            return write!(f, "{}", self.moment.display_with_offset(self.offset));
        }
        let moment = self.rfc3339();
        f.write_str(moment.strip_suffix("T00:00:00Z").unwrap_or(&moment))
    }
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
        assert_eq!(date.rfc3339(), "2026-05-02T02:00:00Z");
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
        assert_eq!(date.rfc3339(), "2026-05-02T02:00:00Z");
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
