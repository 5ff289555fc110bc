//! Counters for the operator. Sums only: nothing of one mailbox, connection or address.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use amends_wire::Code;

#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, number: u64) {
        self.0.fetch_add(number, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Metrics {
    pub(crate) records: Counter,
    pub(crate) commits: Counter,
    pub(crate) failures: Counter,
    pub(crate) too_slow: Counter,
    pub(crate) turned_away: Counter,
    pub(crate) woken: Counter,
    pub(crate) not_woken: Counter,
    refused: [Counter; Code::ALL.len()],
}

impl Metrics {
    pub(crate) fn refused(&self, code: Code) {
        if let Some(at) = Code::ALL.iter().position(|one| *one == code) {
            self.refused[at].add(1);
        }
    }

    /// The text format of Prometheus.
    pub(crate) fn text(&self, connections: usize, mailboxes: usize, database: u64) -> String {
        let mut text = String::new();
        let mut put = |name: &str, kind: &str, help: &str, value: u64| {
            let _ = writeln!(text, "# HELP amends_relay_{name} {help}");
            let _ = writeln!(text, "# TYPE amends_relay_{name} {kind}\namends_relay_{name} {value}");
        };
        put("connections", "gauge", "Open connections.", connections as u64);
        put("mailboxes_in_memory", "gauge", "Mailboxes in memory.", mailboxes as u64);
        put("database_bytes", "gauge", "Size of the database file.", database);
        put("records_total", "counter", "Records written.", self.records.get());
        put("commits_total", "counter", "Groups written to the disk.", self.commits.get());
        put("write_failures_total", "counter", "Writes that failed.", self.failures.get());
        put(
            "too_slow_total",
            "counter",
            "Connections ended because they read too slowly.",
            self.too_slow.get(),
        );
        put("turned_away_total", "counter", "Connections above a limit.", self.turned_away.get());
        put("wakes_total", "counter", "Devices woken through a push service.", self.woken.get());
        put(
            "wake_failures_total",
            "counter",
            "Push services that did not take a knock.",
            self.not_woken.get(),
        );
        text.push_str("# HELP amends_relay_refused_total Refusals by reason.\n");
        text.push_str("# TYPE amends_relay_refused_total counter\n");
        for (code, counter) in Code::ALL.iter().zip(&self.refused) {
            let _ = writeln!(text, "amends_relay_refused_total{{reason=\"{code:?}\"}} {}", counter.get());
        }
        text
    }
}
