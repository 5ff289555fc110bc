//! The clock on the wall, which may be wrong and may jump. Only what must outlive a restart is measured by it.

use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Seconds since 1970; 0 for a clock before that. Builds for development may be told when they begin (in milliseconds),
/// so that tests can let days pass.
pub(crate) fn unix_seconds() -> u64 {
    static BEGUN: LazyLock<Option<(u64, Instant)>> = LazyLock::new(|| {
        let told = std::env::var("AMENDS_BEGIN_AT").ok().filter(|_| cfg!(debug_assertions));
        told.and_then(|millis| millis.parse::<u64>().ok()).map(|millis| (millis / 1000, Instant::now()))
    });
    if let Some((seconds, begun)) = *BEGUN {
        return seconds + begun.elapsed().as_secs();
    }
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
