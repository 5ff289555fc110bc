//! Where the people of the tests live: at a place where it is about noon, so that no test depends on the hour at which
//! it runs. Messages come at noon, and no day ends while a story is told.

use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

/// Time zone for stories told at a fixed time.
pub const UTC: &str = "UTC";

/// Name of a time zone in which it was between twelve and one when it was first asked for.
pub fn at_noon() -> &'static str {
    static NAME: LazyLock<String> = LazyLock::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        named(since.as_secs() / 3_600 % 24)
    });
    &NAME
}

/// The zone where it is twelve while this hour has begun in UTC. West is positive in these names of the tz database.
fn named(hour: u64) -> String {
    match hour.checked_sub(12) {
        Some(west) => format!("Etc/GMT+{west}"),
        None => format!("Etc/GMT-{}", 12 - hour),
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn every_hour_has_a_place_where_it_is_noon() {
        assert_eq!(named(0), "Etc/GMT-12");
        assert_eq!(named(11), "Etc/GMT-1");
        assert_eq!(named(12), "Etc/GMT+0");
        assert_eq!(named(23), "Etc/GMT+11");
    }
}
