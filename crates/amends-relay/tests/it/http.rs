//! The same over plain HTTP.

use std::time::{Duration, Instant};

use amends_wire::{About, ClientFrame, Code, Seq, ServerFrame};

use crate::client::{HELLO, Socket, box_, call, call_waiting, request, rid};
use crate::running::{Within, folder, settings};

#[tokio::test]
async fn a_client_without_a_socket_says_and_hears_the_same() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let about = About::Mailbox(pair.mailbox);
    let made = call(relay.address, &[HELLO, pair.create()]).await;
    assert!(
        matches!(made[..], [ServerFrame::Welcome { .. }, ServerFrame::Done { about: one }] if one == about)
    );
    let sent = call(
        relay.address,
        &[HELLO, pair.publish(1, vec![1]), pair.publish(2, vec![2]), pair.publish(1, vec![1])],
    )
    .await;
    let ack = |n, seq| ServerFrame::Ack { rid: rid(n), seq: Seq(seq) };
    assert_eq!(sent[1..], [ack(1, 1), ack(2, 2), ack(1, 1)]);

    let mut ben = Socket::open(relay.address).await;
    let (over_socket, end) = ben.fetch(&pair, 0).await;
    let over_http = call(relay.address, &[HELLO, pair.sub(0)]).await;
    let bytes: Vec<_> = over_http
        .iter()
        .filter_map(|frame| match frame {
            ServerFrame::Rec { seq, bytes, .. } => Some((seq.0, bytes.0.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(bytes, over_socket);
    assert_eq!(over_http.last(), Some(&end));
    relay.stop().await;
}

#[tokio::test]
async fn a_mailbox_can_be_made_and_used_in_one_call() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let answers = call(relay.address, &[HELLO, pair.create(), pair.publish(1, vec![1]), pair.sub(0)]).await;
    assert!(answers.contains(&ServerFrame::Ack { rid: rid(1), seq: Seq(1) }), "{answers:?}");
    relay.stop().await;
}

#[tokio::test]
async fn a_waiting_request_is_answered_by_the_first_record() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    let begun = Instant::now();
    let waiting = tokio::spawn(async move { call_waiting(relay.address, &[HELLO, pair.sub(0)], 50).await });
    // Published again and again under one name, so that no moment has to be guessed.
    while !waiting.is_finished() {
        ana.ask(&pair.publish(1, vec![1])).await;
        tokio::task::yield_now().await;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let answers = waiting.await.unwrap();
    assert!(answers.iter().any(|frame| matches!(frame, ServerFrame::Rec { seq: Seq(1), .. })), "{answers:?}");
    assert!(begun.elapsed() < Duration::from_secs(40), "it did not wait to the end");

    let nothing = call_waiting(relay.address, &[HELLO, pair.sub(1)], 1).await;
    assert!(matches!(nothing[..], [ServerFrame::Welcome { .. }, ServerFrame::UpToDate { seq: Seq(1), .. }]));
}

#[tokio::test]
async fn a_long_mailbox_comes_in_several_answers() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.limits.burst = 10_000;
    let relay = Within::start(settings).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    for n in 0..100 {
        ana.ask(&pair.publish(n, vec![n as u8; 20_000])).await;
    }
    let (mut after, mut n_calls, mut up_to_date) = (0, 0, false);
    while !up_to_date {
        n_calls += 1;
        for frame in call(relay.address, &[HELLO, pair.sub(after)]).await {
            match frame {
                ServerFrame::Rec { seq, .. } => {
                    assert_eq!(seq.0, after + 1);
                    after = seq.0;
                }
                ServerFrame::UpToDate { .. } => up_to_date = true,
                _ => {}
            }
        }
    }
    assert_eq!(after, 100);
    assert!(n_calls > 1, "2 MB are not one answer");
    relay.stop().await;
}

#[tokio::test]
async fn a_body_that_is_no_frames_is_refused() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let refused = |body: &[u8], wanted: Code| match ServerFrame::from_bytes(body) {
        Ok(ServerFrame::Refused { about: About::Frame, code, .. }) => assert_eq!(code, wanted),
        other => panic!("{other:?}"),
    };
    let answer = request(relay.address, "POST /v1/call HTTP/1.1", b"hello").await;
    assert_eq!(answer.status, 400);
    refused(&answer.body, Code::BadFrame);
    let answer = request(relay.address, "POST /v1/call HTTP/1.1", &vec![0; 2 << 20]).await;
    assert_eq!(answer.status, 413);
    let answers = call(relay.address, &[pair.create(), HELLO]).await;
    assert!(
        matches!(answers[..], [ServerFrame::Refused { code: Code::BadFrame, .. }]),
        "no hello: {answers:?}"
    );
    let answers = call(relay.address, &[ClientFrame::Hello { version: 99 }, pair.create()]).await;
    assert!(matches!(answers[..], [ServerFrame::Refused { code: Code::NewerVersion, .. }]), "{answers:?}");
    assert_eq!(request(relay.address, "GET /v1/call HTTP/1.1", b"").await.status, 405);
    assert_eq!(request(relay.address, "GET /v1/ws HTTP/1.1", b"").await.status, 400);
    assert_eq!(request(relay.address, "GET /else HTTP/1.1", b"").await.status, 404);
    relay.stop().await;
}
