//! The time of day of a date-time (EDTF level 0).

use std::fmt;

use super::error::{Read, wrong};
use super::parse::two_digits;

/// A time of day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub(super) struct Clock {
    hour: u8,
    minute: u8,
    second: u8,
    zone: Zone,
}

/// What follows a time of day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub(super) enum Zone {
    /// nothing: local time
    Local,
    /// `Z`
    Utc,
    /// `-04`
    Hours(i8),
    /// `+04:30`, in minutes
    Minutes(i16),
}

impl Clock {
    /// Seconds since midnight, as written.
    pub(super) fn second_of_day(self) -> u32 {
        u32::from(self.hour) * 3600 + u32::from(self.minute) * 60 + u32::from(self.second)
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        match self.zone {
            Zone::Local => Ok(()),
            Zone::Utc => f.write_str("Z"),
            Zone::Hours(hours) => write!(f, "{hours:+03}"),
            Zone::Minutes(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// Reads what follows the `T`.
pub(super) fn read_clock(text: &str) -> Read<Clock> {
    const HOW: &str = "a time is written in full, such as 2024-08-20T12:30:00, 2024-08-20T12:30:00Z or \
                       2024-08-20T12:30:00+03:00";
    let Some((time, zone)) = text.split_at_checked(8) else {
        return wrong(HOW);
    };
    let mut fields = time.split(':').map(two_digits);
    let (Some(Some(hour)), Some(Some(minute)), Some(Some(second)), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return wrong(HOW);
    };
    if hour > 23 || minute > 59 || second > 60 || (second == 60 && minute != 59) {
        return wrong(format!("there is no time {time}; hours end at 23, minutes and seconds at 59"));
    }
    Ok(Clock { hour, minute, second, zone: read_zone(zone)? })
}

fn read_zone(text: &str) -> Read<Zone> {
    const HOW: &str = "what follows the seconds is Z or an offset from it, such as Z, +03 or -04:30";
    let (sign, digits) = match text.split_at_checked(1) {
        None if text.is_empty() => return Ok(Zone::Local),
        Some(("Z", "")) => return Ok(Zone::Utc),
        Some(("+", digits)) => (1, digits),
        Some(("-", digits)) => (-1, digits),
        _ => return wrong(HOW),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (two_digits(hours), Some(two_digits(minutes))),
        None => (two_digits(digits), None),
    };
    let zone = match (hours, minutes) {
        (Some(hours @ ..=23), None) => Zone::Hours(sign * hours.cast_signed()),
        (Some(hours @ ..=23), Some(Some(minutes @ ..=59))) => {
            Zone::Minutes(i16::from(sign) * (i16::from(hours) * 60 + i16::from(minutes)))
        }
        _ => return wrong(HOW),
    };
    if sign < 0 && matches!(zone, Zone::Hours(0) | Zone::Minutes(0)) {
        return wrong("an offset of nothing is written Z or +00:00");
    }
    Ok(zone)
}
