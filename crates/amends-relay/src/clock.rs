//! The clock on the wall, which may be wrong and may jump. Only what must outlive a restart is measured by it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970; 0 for a clock before that.
pub(crate) fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Whole days since 1970 at this many seconds.
pub(crate) fn day_of(seconds: u64) -> i64 {
    i64::try_from(seconds / 86_400).unwrap_or(i64::MAX)
}

/// Today, in days since 1970.
pub(crate) fn today() -> i64 {
    day_of(unix_seconds())
}
