//! kill -9 under load: everything that was acknowledged is there.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use amends_wire::{Rid, ServerFrame};
use tokio::sync::Notify;

use crate::client::{Socket, box_, rid};
use crate::running::{Program, amount, folder};

pub(crate) const MAILBOXES: u32 = 8;
pub(crate) const UNLIMITED: [&str; 4] = ["--burst", "1000000", "--per-minute", "60000"];

/// Counts acknowledgments and tells when there are enough for a kill in the midst of work.
pub(crate) struct Load {
    acknowledged: AtomicUsize,
    enough: usize,
    reached: Notify,
}

/// What was acknowledged: mailbox, name, place.
pub(crate) type Acknowledged = BTreeMap<(u32, Rid), u64>;

impl Load {
    pub(crate) fn new(enough: usize) -> Arc<Self> {
        Arc::new(Self { acknowledged: AtomicUsize::new(0), enough, reached: Notify::new() })
    }

    /// Begins to publish to all mailboxes; the names begin with these numbers.
    pub(crate) fn begin(self: &Arc<Self>, address: std::net::SocketAddr, from: u32) -> Vec<Publishing> {
        (0..MAILBOXES)
            .map(|mailbox| {
                let publishing = publish_until_killed(address, mailbox, from, Arc::clone(self));
                (mailbox, tokio::spawn(publishing))
            })
            .collect()
    }

    pub(crate) async fn reached(&self) {
        self.reached.notified().await;
    }
}

/// A mailbox, and what publishes to it.
pub(crate) type Publishing = (u32, tokio::task::JoinHandle<Vec<(Rid, u64)>>);

/// The relay has ended: everything that it said before.
pub(crate) async fn collect(clients: Vec<Publishing>, acknowledged: &mut Acknowledged) {
    for (mailbox, client) in clients {
        for (rid, seq) in client.await.expect("it does not panic") {
            assert!(acknowledged.insert((mailbox, rid), seq).is_none());
        }
    }
}

/// Everything that was acknowledged is at its place, nothing is there twice, and the file is whole.
pub(crate) async fn nothing_is_lost(data: &std::path::Path, acknowledged: &Acknowledged) {
    let relay = Program::start(data, &UNLIMITED);
    let mut reader = Socket::open(relay.address).await;
    for mailbox in 0..MAILBOXES {
        let (records, _) = reader.fetch(&box_(mailbox), 0).await;
        for (at, (seq, _)) in records.iter().enumerate() {
            assert_eq!(*seq, at as u64 + 1, "no gap, nothing twice");
        }
        let names: std::collections::BTreeSet<&[u8]> = records.iter().map(|(_, bytes)| &bytes[..4]).collect();
        assert_eq!(names.len(), records.len(), "no record is there under two places");
        let there: BTreeMap<u64, &[u8]> = records.iter().map(|(seq, bytes)| (*seq, &bytes[..])).collect();
        for ((_, name), seq) in acknowledged.range((mailbox, rid(0))..(mailbox + 1, rid(0))) {
            let found = there.get(seq).map(|bytes| &bytes[..4]);
            assert_eq!(found, Some(&name.0[..4]), "the record is at the place that was acknowledged");
        }
    }
    let found = crate::running::program().args(["doctor", "--data"]).arg(data).output().expect("it runs");
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stdout));
    relay.stop();
}

/// Publishes until the relay is gone; gives what was acknowledged.
async fn publish_until_killed(
    address: std::net::SocketAddr,
    mailbox: u32,
    from: u32,
    load: Arc<Load>,
) -> Vec<(Rid, u64)> {
    let own = box_(mailbox);
    let mut socket = Socket::open(address).await;
    let mut acknowledged = Vec::new();
    let mut n = from;
    if !socket.try_say(&own.create()).await || socket.next().await.is_err() {
        return acknowledged;
    }
    loop {
        // Several at once, so that groups are large.
        for _ in 0..8 {
            if !socket.try_say(&own.publish(n, n.to_be_bytes().repeat(60))).await {
                return acknowledged;
            }
            n += 1;
        }
        for _ in 0..8 {
            match socket.next().await {
                Ok(ServerFrame::Ack { rid, seq }) => {
                    acknowledged.push((rid, seq.0));
                    if load.acknowledged.fetch_add(1, Ordering::Relaxed) == load.enough {
                        load.reached.notify_one();
                    }
                }
                Ok(other) => panic!("{other:?}"),
                Err(_) => return acknowledged,
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_by_many_kills_under_load() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut acknowledged = Acknowledged::new();
    for round in 0..amount(12, 200) {
        let relay = Program::start(&data, &UNLIMITED);
        let load = Load::new(40 + round as usize % 20 * 150);
        let clients = load.begin(relay.address, round * 1_000_000);
        load.reached().await;
        // Any moment of a commit.
        tokio::time::sleep(std::time::Duration::from_micros(u64::from(round) * 1_771 % 9_000)).await;
        relay.kill();
        collect(clients, &mut acknowledged).await;
    }
    assert!(acknowledged.len() > 100, "there was load: {}", acknowledged.len());
    nothing_is_lost(&data, &acknowledged).await;
}
