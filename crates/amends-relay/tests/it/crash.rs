//! kill -9 under load: everything that was acknowledged is there.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use amends_wire::{Rid, ServerFrame};
use tokio::sync::Notify;

use crate::client::{Socket, box_, rid};
use crate::running::{Program, folder};

const MAILBOXES: u32 = 8;

/// Counts acknowledgments and tells when there are enough for a kill in the midst of work.
struct Load {
    acknowledged: AtomicUsize,
    enough: usize,
    reached: Notify,
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
async fn nothing_acknowledged_is_lost_by_twelve_kills_under_load() {
    let folder = folder();
    let data = folder.path().join("data");
    let unlimited = ["--burst", "1000000", "--per-minute", "60000"];
    let mut acknowledged: BTreeMap<(u32, Rid), u64> = BTreeMap::new();
    for round in 0..12_u32 {
        let relay = Program::start(&data, &unlimited);
        let enough = 40 + round as usize * 150;
        let load = Arc::new(Load { acknowledged: AtomicUsize::new(0), enough, reached: Notify::new() });
        let clients: Vec<_> = (0..MAILBOXES)
            .map(|mailbox| {
                let publishing =
                    publish_until_killed(relay.address, mailbox, round * 1_000_000, Arc::clone(&load));
                (mailbox, tokio::spawn(publishing))
            })
            .collect();
        load.reached.notified().await;
        relay.kill();
        for (mailbox, client) in clients {
            for (rid, seq) in client.await.unwrap() {
                assert!(acknowledged.insert((mailbox, rid), seq).is_none());
            }
        }
    }
    assert!(acknowledged.len() > 100, "there was load: {}", acknowledged.len());
    let relay = Program::start(&data, &unlimited);
    let mut reader = Socket::open(relay.address).await;
    for mailbox in 0..MAILBOXES {
        let (records, _) = reader.fetch(&box_(mailbox), 0).await;
        for (at, (seq, _)) in records.iter().enumerate() {
            assert_eq!(*seq, at as u64 + 1, "no gap, nothing twice");
        }
        let there: BTreeMap<u64, &[u8]> = records.iter().map(|(seq, bytes)| (*seq, &bytes[..])).collect();
        for ((_, name), seq) in acknowledged.range((mailbox, rid(0))..(mailbox + 1, rid(0))) {
            assert_eq!(there[seq][..4], name.0[..4], "the record is at the place that was acknowledged");
        }
    }
    let found = crate::running::program().args(["doctor", "--data"]).arg(&data).output().unwrap();
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stdout));
    relay.stop();
}
