//! Garbage, and what is told about anybody.

use amends_wire::{ClientFrame, Code, ServerFrame};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;

use crate::client::{HELLO, Socket, box_, call, request};
use crate::running::{Program, Within, folder, settings};

/// Bytes without a pattern, the same in every run.
fn garbage(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..len).map(|_| next()).collect()
}

#[tokio::test]
async fn garbage_in_messages_is_refused_and_others_notice_nothing() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    for seed in 0..200 {
        let mut eve = Socket::open(relay.address).await;
        let mut bytes = garbage(seed, (seed as usize * 7) % 500);
        if seed % 2 == 0 {
            bytes.splice(0..0, [0x82, (seed % 14) as u8]);
        }
        eve.say_raw(Message::Binary(bytes.into())).await;
        assert!(matches!(eve.hear().await, ServerFrame::Refused { code: Code::BadFrame, .. }), "{seed}");
        assert!(eve.next().await.is_err());
    }
    assert!(matches!(ana.ask(&pair.publish(1, vec![1])).await, ServerFrame::Ack { .. }));
    relay.stop().await;
}

#[tokio::test]
async fn garbage_instead_of_a_request_is_no_danger() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    for seed in 0..50 {
        let mut eve = TcpStream::connect(relay.address).await.unwrap();
        let _ = eve.write_all(&garbage(seed, 2_000)).await;
        let _ = eve.shutdown().await;
        let mut answer = Vec::new();
        let _ = eve.read_to_end(&mut answer).await;
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 4"), "{answer:?}");
        let body = garbage(seed, 300);
        assert_eq!(request(relay.address, "POST /v1/call HTTP/1.1", &body).await.status, 400);
    }
    relay.stop().await;
}

#[tokio::test]
async fn a_client_that_lies_harms_only_itself() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let mut eve = Socket::open(relay.address).await;
    eve.ask(&pair.create()).await;
    let mut ben = Socket::open(relay.address).await;
    ben.ask(&pair.sub(0)).await;
    // "I have stored everything that will ever be", and "it is all replaced".
    for n in 0..40_u8 {
        let (mailbox, read) = (pair.mailbox, pair.read);
        let device = amends_wire::DeviceToken([n; 16]);
        let answer =
            eve.ask(&ClientFrame::Done { mailbox, read, device, up_to: amends_wire::Seq(u64::MAX) }).await;
        match answer {
            ServerFrame::Done { .. } => assert!(n < 32),
            ServerFrame::Refused { code: Code::Full, .. } => assert!(n >= 32, "so many devices nobody has"),
            other => panic!("{other:?}"),
        }
    }
    eve.ask(&pair.drop_to(u64::MAX)).await;
    // A place beyond the end gets the truth, and what comes later is heard.
    let (nothing, end) = eve.fetch(&pair, u64::MAX).await;
    assert!(nothing.is_empty());
    assert!(matches!(end, ServerFrame::UpToDate { seq: amends_wire::Seq(0), .. }));
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.publish(1, vec![1])).await;
    assert!(matches!(ben.hear().await, ServerFrame::Rec { .. }));
    assert!(matches!(eve.hear().await, ServerFrame::Rec { .. }));
    assert_eq!(ana.fetch(&pair, 0).await.0, [(1, vec![1])]);
    // The name of one record for another content: the first one counts.
    ana.ask(&pair.publish(1, vec![99])).await;
    assert_eq!(ana.fetch(&pair, 0).await.0, [(1, vec![1])]);
    relay.stop().await;
}

#[tokio::test]
async fn the_log_tells_nothing_of_anybody() {
    let folder = folder();
    let relay = Program::start(folder.path(), &[]);
    let address = relay.address;
    let pair = box_(0x4142_4344);
    let marker = b"THE-SEALED-CONTENT".to_vec();
    let mut ana = Socket::open(address).await;
    ana.ask(&pair.create()).await;
    ana.ask(&pair.publish(1, marker.clone())).await;
    ana.ask(&box_(2).sub(0)).await;
    call(address, &[HELLO, pair.sub(0)]).await;
    request(address, "GET /some/address?with=words HTTP/1.1", b"").await;
    let mut eve = Socket::silent(address).await;
    eve.say_raw(Message::Binary(marker.into())).await;
    let _ = eve.next().await;
    drop((ana, eve));
    let said = relay.stop();
    assert!(said.contains("stopping"), "{said}");
    for word in ["127.0.0.1", "SEALED", "ABCD", "41424344", "address", "words", "mailbox", "Token"] {
        assert!(!said.contains(word), "{word} in {said}");
    }
    assert!(said.lines().count() <= 2, "{said}");
}
