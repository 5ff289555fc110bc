//! Very much at once, by strangers and by people with an invite: the others are still served, and memory has an end.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use amends_wire::{ClientFrame, Code, MAX_FRAME, ServerFrame, ShareId, Token};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{Box_, HELLO, Socket, box_, call, request};
use crate::running::{Program, Within, amount, folder, settings};

fn is_refused(frame: &ServerFrame, wanted: Code) -> bool {
    matches!(frame, ServerFrame::Refused { code, .. } if *code == wanted)
}

/// A call of somebody at this address, as a proxy in front passes it on; none where it was turned away.
async fn call_from(relay: SocketAddr, address: &str, frames: &[ClientFrame]) -> Option<Vec<ServerFrame>> {
    let body: Vec<u8> = frames.iter().flat_map(ClientFrame::to_bytes).collect();
    let head = format!("POST /v1/call HTTP/1.1\r\nx-forwarded-for: {address}");
    let answer = request(relay, &head, &body).await;
    (answer.status == 200).then(|| ServerFrame::all_from_bytes(&answer.body).expect("frames"))
}

/// A couple that writes to each other until it is told to stop; gives how long each record took to arrive, in order of length.
struct Couple {
    ana: Socket,
    ben: Socket,
    pair: Box_,
    n_sent: u32,
}

impl Couple {
    async fn meet(relay: SocketAddr, n: u32) -> Self {
        let pair = box_(n);
        let (mut ana, mut ben) = (Socket::open(relay).await, Socket::open(relay).await);
        assert!(matches!(ana.ask(&pair.create()).await, ServerFrame::Done { .. }));
        ben.ask(&pair.sub(0)).await;
        Self { ana, ben, pair, n_sent: 0 }
    }

    /// How long one record takes until the other has it.
    async fn write(&mut self) -> Duration {
        let begun = Instant::now();
        self.ana.say(&self.pair.publish(self.n_sent, vec![7; 480])).await;
        self.n_sent += 1;
        assert!(matches!(self.ben.hear().await, ServerFrame::Rec { .. }));
        let took = begun.elapsed();
        assert!(matches!(self.ana.hear().await, ServerFrame::Ack { .. }));
        took
    }

    /// Writes so many records; the longest and the middle time, with room for a machine that does other things too.
    async fn is_served(&mut self, n_records: u32) {
        let mut took = Vec::new();
        for _ in 0..n_records {
            took.push(self.write().await);
        }
        took.sort();
        let (middle, longest) = (took[took.len() / 2], took[took.len() - 1]);
        eprintln!("under the flood: middle {middle:.1?}, longest {longest:.1?} of {n_records}");
        assert!(
            middle < Duration::from_millis(700) && longest < Duration::from_secs(8),
            "{middle:?} {longest:?}"
        );
    }
}

#[tokio::test]
async fn who_has_no_invite_cannot_use_up_the_mailboxes_of_those_who_have() {
    let folder = folder();
    let token = amends_relay::make_invite(folder.path(), 5).unwrap();
    let mut settings = settings(folder.path());
    settings.limits.open = false;
    settings.new_mailboxes_per_minute = 20;
    let relay = Within::start(settings).await;
    let create = |n: u32, invite| match box_(n).create() {
        ClientFrame::Create { mailbox, read_hash, append_hash, .. } => {
            ClientFrame::Create { mailbox, read_hash, append_hash, invite }
        }
        other => other,
    };
    let mut eve = Socket::open(relay.address).await;
    for n in 0..200 {
        let answer = eve.ask(&create(n, Some(Token([n as u8; 32])))).await;
        assert!(is_refused(&answer, Code::InviteNeeded), "{answer:?}");
    }
    let mut ana = Socket::open(relay.address).await;
    for n in 1_000..1_005 {
        let answer = ana.ask(&create(n, Some(token))).await;
        assert!(matches!(answer, ServerFrame::Done { .. }), "{answer:?}");
    }
    relay.stop().await;
}

#[tokio::test]
async fn one_address_behind_a_proxy_is_held_back_and_its_neighbor_is_not() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.behind_proxy = true;
    let relay = Within::start(settings).await;
    let mut guesses = vec![HELLO];
    guesses.extend((0..1_000_u32).map(|n| {
        let name = u128::from(n).to_be_bytes();
        ClientFrame::ShareGet { share: ShareId(name) }
    }));
    let mut n_held_back = 0;
    for _ in 0..8 {
        let answers = call_from(relay.address, "203.0.113.5", &guesses).await.expect("an answer");
        n_held_back += answers.iter().filter(|answer| is_refused(answer, Code::TooMany)).count();
    }
    assert!(n_held_back > 2_000, "a new call is no new beginning: {n_held_back}");
    let answers = call_from(relay.address, "203.0.113.6", &guesses[..100]).await.expect("an answer");
    assert!(answers[1..].iter().all(|answer| is_refused(answer, Code::UnknownItem)), "{answers:?}");
    // Nor by naming somebody else before the proxy does.
    let answers = call_from(relay.address, "203.0.113.99, 203.0.113.5", &guesses).await.expect("an answer");
    assert!(answers[1..].iter().any(|answer| is_refused(answer, Code::TooMany)));
    relay.stop().await;
}

#[tokio::test]
async fn one_address_makes_some_mailboxes_and_not_all() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.behind_proxy = true;
    let relay = Within::start(settings).await;
    let mut frames = vec![HELLO];
    frames.extend((0..400).map(|n| box_(n).create()));
    let answers = call_from(relay.address, "203.0.113.5", &frames).await.expect("an answer");
    let n_made = answers.iter().filter(|answer| matches!(answer, ServerFrame::Done { .. })).count();
    assert!((40..120).contains(&n_made), "{n_made}");
    let other =
        call_from(relay.address, "203.0.113.6", &[HELLO, box_(1_000).create()]).await.expect("an answer");
    assert!(matches!(other[1], ServerFrame::Done { .. }), "{other:?}");
    relay.stop().await;
}

/// Connections that send most of a body and then nothing more.
async fn half_bodies(relay: SocketAddr, address: &str, n: u32) -> Vec<TcpStream> {
    let mut held = Vec::new();
    let head = format!(
        "POST /v1/call HTTP/1.1\r\nhost: x\r\nx-forwarded-for: {address}\r\ncontent-length: {}\r\n\r\n",
        4 * MAX_FRAME
    );
    for _ in 0..n {
        let mut stream = TcpStream::connect(relay).await.expect("the relay answers");
        let _ = stream.write_all(head.as_bytes()).await;
        // What the relay does not take is refused by it, or waits in the system.
        let sending = stream.write_all(&[0x81; 200 * 1024]);
        let _ = tokio::time::timeout(Duration::from_millis(200), sending).await;
        held.push(stream);
    }
    held
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_that_never_end_fill_no_memory_and_others_are_answered() {
    let folder = folder();
    let relay = Program::start(folder.path(), &["--behind-proxy"]);
    let mut couple = Couple::meet(relay.address, 1).await;
    couple.write().await;
    let before = relay.resident_kib();
    let n = amount(300, 3_000);
    let held = half_bodies(relay.address, "203.0.113.5", n).await;
    if let (Some(before), Some(after)) = (before, relay.resident_kib()) {
        eprintln!("{n} bodies that do not end: {before} to {after} KiB");
        assert!(after < before + 60_000, "{before} to {after} KiB for {n} bodies of 260 KiB");
    }
    let answers = call_from(relay.address, "203.0.113.6", &[HELLO, ClientFrame::Ping]).await;
    assert_eq!(answers.expect("a neighbor is answered").len(), 2);
    couple.is_served(20).await;
    drop(held);
    relay.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_that_never_end_cost_what_was_sent_and_no_more() {
    let folder = folder();
    let n = amount(200, 2_000);
    let relay = Program::start(folder.path(), &[]);
    let mut couple = Couple::meet(relay.address, 1).await;
    couple.write().await;
    let before = relay.resident_kib();
    let mut held = Vec::new();
    for _ in 0..n {
        let mut stream = TcpStream::connect(relay.address).await.expect("the relay answers");
        let upgrade = "GET /v1/ws HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                       sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        stream.write_all(upgrade.as_bytes()).await.expect("it can be sent");
        // A binary message that claims as much as is allowed, masked with zeros, and half of it.
        let mut message = vec![0x82, 0xff];
        message.extend((MAX_FRAME as u64).to_be_bytes());
        message.extend([0; 4]);
        message.extend(vec![0; MAX_FRAME / 2]);
        stream.write_all(&message).await.expect("it can be sent");
        held.push(stream);
    }
    couple.is_served(20).await;
    if let (Some(before), Some(after)) = (before, relay.resident_kib()) {
        eprintln!("{n} messages that do not end: {before} to {after} KiB");
        assert!(after < before + u64::from(n) * 160 + 20_000, "{before} to {after} KiB");
    }
    drop(held);
    relay.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_that_guess_and_shout_do_not_keep_a_couple_from_writing() {
    let folder = folder();
    let relay = Program::start(folder.path(), &[]);
    let address = relay.address;
    let mut couple = Couple::meet(address, 1).await;
    couple.write().await;
    let before = relay.resident_kib();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let strangers: Vec<_> = (0..amount(30, 300))
        .map(|number| {
            let stop = std::sync::Arc::clone(&stop);
            tokio::spawn(async move {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    let mut eve = Socket::open(address).await;
                    for n in 0..200 {
                        let guess = box_(1_000_000 + number * 1_000 + n);
                        // The right mailbox with a wrong token, and mailboxes that are not there.
                        let wrong = Box_ { append: guess.append, read: guess.read, ..box_(1) };
                        let frames = [
                            guess.sub(0),
                            guess.publish(n, vec![0; 2_000]),
                            wrong.publish(n, vec![0; 9]),
                            wrong.sub(0),
                        ];
                        for frame in &frames {
                            if !eve.try_say(frame).await {
                                break;
                            }
                        }
                        for _ in &frames {
                            match eve.next().await {
                                Ok(ServerFrame::Refused { .. }) => {}
                                Ok(other) => panic!("a guess was right: {other:?}"),
                                Err(_) => break,
                            }
                        }
                    }
                }
            })
        })
        .collect();
    couple.is_served(amount(60, 1_000).min(290)).await;
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    for stranger in strangers {
        stranger.await.expect("no guess was right");
    }
    if let (Some(before), Some(after)) = (before, relay.resident_kib()) {
        assert!(after < before + 60_000, "{before} to {after} KiB");
    }
    assert_eq!(
        couple.ana.fetch(&couple.pair, 0).await.0.len() as u32,
        couple.n_sent,
        "and nothing came in between"
    );
    assert_eq!(call(address, &[HELLO, ClientFrame::Ping]).await.len(), 2);
    relay.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_come_and_go_leave_nothing_behind() {
    let folder = folder();
    let relay = Program::start(folder.path(), &[]);
    let mut couple = Couple::meet(relay.address, 1).await;
    let connect = async |n: u32| {
        for round in 0..n {
            match round % 4 {
                0 => drop(TcpStream::connect(relay.address).await),
                1 => drop(Socket::silent(relay.address).await),
                2 => drop(Socket::open(relay.address).await),
                _ => drop(request(relay.address, "GET /health HTTP/1.1", b"").await),
            }
        }
    };
    connect(400).await;
    let before = relay.resident_kib();
    connect(amount(1_500, 30_000)).await;
    couple.is_served(20).await;
    if let (Some(before), Some(after)) = (before, relay.resident_kib()) {
        eprintln!("connections that come and go: {before} to {after} KiB");
        assert!(after < before + 4_000, "{before} to {after} KiB");
    }
    relay.stop();
}
