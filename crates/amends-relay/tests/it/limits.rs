//! Too much, too large, too slow: the others do not notice.

use std::time::Duration;

use amends_wire::{About, ClientFrame, Code, MAX_RECORD, Sealed, ServerFrame};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;

use crate::client::{Socket, box_};
use crate::running::{Within, folder, settings};

#[tokio::test]
async fn a_flood_is_held_back_and_another_mailbox_works() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let (flooded, other) = (box_(1), box_(2));
    let (mut eve, mut ana) = (Socket::open(relay.address).await, Socket::open(relay.address).await);
    eve.ask(&flooded.create()).await;
    ana.ask(&other.create()).await;
    for n in 0..2_000 {
        eve.say(&flooded.publish(n, vec![0; 100])).await;
    }
    let (mut n_acks, mut n_refused) = (0, 0);
    for n in 0..2_000 {
        match eve.hear().await {
            ServerFrame::Ack { .. } => n_acks += 1,
            ServerFrame::Refused { code: Code::TooMany, wait: Some(wait), .. } => {
                assert!(wait > 0);
                n_refused += 1;
            }
            frame => panic!("{frame:?}"),
        }
        if n % 100 == 0 {
            let answer = ana.ask(&other.publish(n, vec![0; 100])).await;
            assert!(matches!(answer, ServerFrame::Ack { .. }), "{answer:?}");
        }
    }
    assert!((300..400).contains(&n_acks), "{n_acks} and {n_refused}");
    relay.stop().await;
}

#[tokio::test]
async fn questions_are_held_back_too() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let mut eve = Socket::open(relay.address).await;
    eve.ask(&pair.create()).await;
    let mut n_refused = 0;
    for _ in 0..1_500 {
        if let ServerFrame::Refused { code: Code::TooMany, .. } = eve.ask(&pair.sub(0)).await {
            n_refused += 1;
        }
    }
    assert!(n_refused > 100, "{n_refused}");
    relay.stop().await;
}

#[tokio::test]
async fn too_large_a_record_is_refused_and_too_large_a_message_ends_the_connection() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    assert!(matches!(ana.ask(&pair.publish(1, vec![0; MAX_RECORD])).await, ServerFrame::Ack { .. }));
    let answer = ana.ask(&pair.publish(2, vec![0; MAX_RECORD + 1])).await;
    assert!(matches!(answer, ServerFrame::Refused { code: Code::TooLarge, about: About::Record(_), .. }));
    ana.try_say(&pair.publish(3, vec![0; 1 << 20])).await;
    assert!(ana.next().await.is_err());
    let mut ben = Socket::open(relay.address).await;
    assert_eq!(ben.ask(&ClientFrame::Ping).await, ServerFrame::Pong, "the relay lives");
    relay.stop().await;
}

#[tokio::test]
async fn a_full_mailbox_says_so_and_has_room_again_after_a_snapshot() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.limits.records = 10_000;
    let relay = Within::start(settings).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    for n in 0..10 {
        assert!(matches!(ana.ask(&pair.publish(n, vec![0; 1_000])).await, ServerFrame::Ack { .. }));
    }
    let full = ana.ask(&pair.publish(10, vec![0; 1_000])).await;
    assert!(matches!(full, ServerFrame::Refused { code: Code::Full, .. }), "{full:?}");
    let again = ana.ask(&pair.publish(3, vec![0; 1_000])).await;
    assert!(matches!(again, ServerFrame::Ack { .. }), "what is there is still acknowledged: {again:?}");
    ana.ask(&pair.drop_to(9)).await;
    assert!(matches!(ana.ask(&pair.publish(10, vec![0; 1_000])).await, ServerFrame::Ack { .. }));
    relay.stop().await;
}

#[tokio::test]
async fn who_fills_the_relay_is_stopped_before_the_others_are() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.database = Some(40 << 20);
    settings.limits.burst = 100_000;
    let relay = Within::start(settings).await;
    let (flooded, small) = (box_(1), box_(2));
    let (mut eve, mut ana) = (Socket::open(relay.address).await, Socket::open(relay.address).await);
    eve.ask(&flooded.create()).await;
    ana.ask(&small.create()).await;
    let mut n = 0;
    while matches!(eve.ask(&flooded.publish(n, vec![0; 60_000])).await, ServerFrame::Ack { .. }) {
        n += 1;
        assert!(n < 2_000, "nobody stops her");
        // The relay looks now and then, not each time.
        if n > 400 {
            tokio::time::sleep(Duration::from_millis(8)).await;
        }
    }
    for n in 0..30 {
        let answer = ana.ask(&small.publish(n, vec![0; 30_000])).await;
        assert!(matches!(answer, ServerFrame::Ack { .. }), "{n}: {answer:?}");
    }
    relay.stop().await;
}

#[tokio::test]
async fn a_slow_reader_is_let_go_and_catches_up_later() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.limits.burst = 10_000;
    settings.waiting_to_send = 256 * 1024;
    settings.send_timeout = Duration::from_secs(1);
    let relay = Within::start(settings).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    let mut ben = Socket::open(relay.address).await;
    ben.ask(&pair.sub(0)).await;
    // Ben reads nothing from here on; sockets of the system hold some megabytes.
    let mut n = 0;
    for _ in 0..400 {
        n += 1;
        let answer = ana.ask(&pair.publish(n, vec![0; 60_000])).await;
        assert!(matches!(answer, ServerFrame::Ack { .. }), "others do not wait for him: {answer:?}");
    }
    let mut heard = 0;
    while let Ok(frame) = ben.next().await {
        assert!(matches!(frame, ServerFrame::Rec { .. }));
        heard += 1;
    }
    assert!(heard < n, "he was let go after {heard} of {n}");
    let mut ben = Socket::open(relay.address).await;
    let (rest, _) = ben.fetch(&pair, heard.into()).await;
    assert_eq!(rest.len() as u32, n - heard);
    relay.stop().await;
}

#[tokio::test]
async fn who_says_nothing_is_let_go() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.greeting = Duration::from_millis(300);
    settings.silence = Duration::from_millis(1_500);
    let relay = Within::start(settings).await;
    let mut mute = Socket::silent(relay.address).await;
    assert!(mute.next().await.is_err(), "no hello");
    let mut idle = Socket::open(relay.address).await;
    assert!(idle.next().await.is_err(), "nothing after hello");
    let mut half = TcpStream::connect(relay.address).await.unwrap();
    half.write_all(b"GET /health HTTP/1.1\r\nhost:").await.unwrap();
    let mut rest = Vec::new();
    let _ = half.read_to_end(&mut rest).await;
    let mut slow = TcpStream::connect(relay.address).await.unwrap();
    slow.write_all(b"POST /v1/call HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n12").await.unwrap();
    let mut answer = vec![0; 12];
    slow.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 408", "a body that does not come");
    relay.stop().await;
}

#[tokio::test]
async fn more_connections_than_allowed_are_turned_away() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.connections = 3;
    let relay = Within::start(settings).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(Socket::open(relay.address).await);
    }
    let mut fourth = TcpStream::connect(relay.address).await.unwrap();
    let mut nothing = Vec::new();
    let _ = fourth.read_to_end(&mut nothing).await;
    assert!(nothing.is_empty());
    for socket in &mut held {
        assert_eq!(socket.ask(&ClientFrame::Ping).await, ServerFrame::Pong);
    }
    relay.stop().await;
}

#[tokio::test]
async fn blobs_are_fetched_many_at_once_without_filling_memory() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    let blob = amends_wire::BlobId([1; 16]);
    let (mailbox, append, read) = (pair.mailbox, pair.append, pair.read);
    let bytes = Sealed(vec![7; 65_536]);
    ana.ask(&ClientFrame::BlobPut { mailbox, append, blob, part: 0, bytes: bytes.clone() }).await;
    let get = ClientFrame::BlobGet { mailbox, read, blob, part: 0 };
    for _ in 0..20 {
        ana.say(&get).await;
    }
    for _ in 0..20 {
        assert_eq!(ana.hear().await, ServerFrame::Blob { blob, part: 0, bytes: bytes.clone() });
    }
    let mut frames = vec![crate::client::HELLO];
    frames.extend(std::iter::repeat_n(get, 40));
    let answers = crate::client::call(relay.address, &frames).await;
    let n_blobs = answers.iter().filter(|frame| matches!(frame, ServerFrame::Blob { .. })).count();
    let put_off =
        answers.iter().filter(|frame| matches!(frame, ServerFrame::Refused { code: Code::TooMany, .. }));
    assert!((5..20).contains(&n_blobs), "{n_blobs}");
    assert_eq!(put_off.count() + n_blobs, 40, "each question has its answer");
    relay.stop().await;
}

#[tokio::test]
async fn text_and_pings_are_no_danger() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let mut eve = Socket::open(relay.address).await;
    eve.say_raw(Message::Ping(vec![1, 2, 3].into())).await;
    assert_eq!(eve.ask(&ClientFrame::Ping).await, ServerFrame::Pong);
    eve.say_raw(Message::Text("hello".into())).await;
    assert!(matches!(eve.hear().await, ServerFrame::Refused { code: Code::BadFrame, .. }));
    assert!(eve.next().await.is_err());
    relay.stop().await;
}
