//! Two clients and one relay.

use amends_wire::{
    About, BlobId, ClientFrame, Code, DeviceToken, Sealed, Seq, ServerFrame, ShareId, Token, UnixSeconds,
};

use crate::client::{Socket, box_, rid};
use crate::running::{Within, folder, settings};

fn is_refused(frame: &ServerFrame, wanted: Code) -> bool {
    matches!(frame, ServerFrame::Refused { code, .. } if *code == wanted)
}

#[tokio::test]
async fn what_one_sends_the_other_hears_now_and_later() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let (mut ana, mut ben) = (Socket::open(relay.address).await, Socket::open(relay.address).await);
    let about = About::Mailbox(pair.mailbox);
    assert_eq!(ana.ask(&pair.create()).await, ServerFrame::Done { about });
    assert_eq!(ben.ask(&pair.create()).await, ServerFrame::Done { about }, "a second time changes nothing");

    let (nothing, up_to_date) = ben.fetch(&pair, 0).await;
    assert!(nothing.is_empty());
    let ServerFrame::UpToDate { seq: Seq(0), era, .. } = up_to_date else { panic!("{up_to_date:?}") };

    assert_eq!(ana.ask(&pair.publish(7, vec![7; 480])).await, ServerFrame::Ack { rid: rid(7), seq: Seq(1) });
    let heard = ben.hear().await;
    let expected =
        ServerFrame::Rec { mailbox: pair.mailbox, seq: Seq(1), rid: rid(7), bytes: Sealed(vec![7; 480]) };
    assert_eq!(heard, expected);

    let (records, end) = ana.fetch(&pair, 0).await;
    assert_eq!(records, [(1, vec![7; 480])]);
    assert_eq!(end, ServerFrame::UpToDate { mailbox: pair.mailbox, seq: Seq(1), era });

    ben.say(&ClientFrame::Unsub { mailbox: pair.mailbox }).await;
    assert_eq!(ben.ask(&ClientFrame::Ping).await, ServerFrame::Pong);
    ana.ask(&pair.publish(8, vec![8])).await;
    assert_eq!(ben.ask(&ClientFrame::Ping).await, ServerFrame::Pong, "hears no more");
    relay.stop().await;

    let relay = Within::start(settings(folder.path())).await;
    let mut ben = Socket::open(relay.address).await;
    let (records, end) = ben.fetch(&pair, 1).await;
    assert_eq!(records, [(2, vec![8])], "after a restart too");
    assert_eq!(end, ServerFrame::UpToDate { mailbox: pair.mailbox, seq: Seq(2), era });
    relay.stop().await;
}

#[tokio::test]
async fn a_second_try_stores_nothing_twice() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    for n in [1, 2, 1, 1, 2, 3] {
        ana.say(&pair.publish(n, vec![n as u8])).await;
    }
    let mut places = Vec::new();
    for _ in 0..6 {
        match ana.hear().await {
            ServerFrame::Ack { seq, .. } => places.push(seq.0),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(places, [1, 2, 1, 1, 2, 3]);
    assert_eq!(ana.fetch(&pair, 0).await.0, [(1, vec![1]), (2, vec![2]), (3, vec![3])]);
    relay.stop().await;
}

#[tokio::test]
async fn a_page_long_mailbox_arrives_in_order_while_more_comes() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.limits.burst = 10_000;
    let relay = Within::start(settings).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    let publish = async |socket: &mut Socket, from: u32, to: u32| {
        for n in from..to {
            socket.say(&pair.publish(n, n.to_be_bytes().repeat(100))).await;
        }
        for _ in from..to {
            assert!(matches!(socket.hear().await, ServerFrame::Ack { .. }));
        }
    };
    publish(&mut ana, 0, 1_500).await;
    let mut ben = Socket::open(relay.address).await;
    ben.say(&pair.sub(0)).await;
    let (mut heard, mut up_to_date) = (Vec::new(), 0);
    let more = publish(&mut ana, 1_500, 2_000);
    let hear = async {
        while heard.len() < 2_000 {
            match ben.hear().await {
                ServerFrame::Rec { seq, .. } => heard.push(seq.0),
                ServerFrame::UpToDate { .. } => up_to_date += 1,
                other => panic!("{other:?}"),
            }
        }
    };
    tokio::join!(more, hear);
    assert_eq!(heard, (1..=2_000).collect::<Vec<_>>(), "no gap, nothing twice, in order");
    if up_to_date == 0 {
        assert!(matches!(ben.hear().await, ServerFrame::UpToDate { seq: Seq(2_000), .. }));
    }
    relay.stop().await;
}

#[tokio::test]
async fn a_snapshot_replaces_what_was_before_it_and_places_go_on() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    for n in 1..=5 {
        ana.ask(&pair.publish(n, vec![n as u8])).await;
    }
    let done = ServerFrame::Done { about: About::Mailbox(pair.mailbox) };
    assert_eq!(ana.ask(&pair.drop_to(4)).await, done);
    assert_eq!(ana.fetch(&pair, 0).await.0, [(5, vec![5])]);
    assert_eq!(ana.ask(&pair.drop_to(u64::MAX)).await, done, "no more than there is");
    assert_eq!(ana.ask(&pair.publish(6, vec![6])).await, ServerFrame::Ack { rid: rid(6), seq: Seq(6) });
    relay.stop().await;

    let relay = Within::start(settings(folder.path())).await;
    let mut ana = Socket::open(relay.address).await;
    assert_eq!(ana.fetch(&pair, 0).await.0, [(6, vec![6])]);
    ana.ask(&pair.drop_to(6)).await;
    relay.stop().await;

    let relay = Within::start(settings(folder.path())).await;
    let mut ana = Socket::open(relay.address).await;
    assert_eq!(
        ana.ask(&pair.publish(7, vec![7])).await,
        ServerFrame::Ack { rid: rid(7), seq: Seq(7) },
        "a place is never given twice, also where nothing is left"
    );
    relay.stop().await;
}

#[tokio::test]
async fn a_wrong_token_opens_nothing() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let (pair, other) = (box_(1), box_(2));
    let mut eve = Socket::open(relay.address).await;
    assert!(is_refused(&eve.ask(&pair.sub(0)).await, Code::UnknownMailbox));
    assert!(is_refused(&eve.ask(&pair.publish(1, vec![1])).await, Code::UnknownMailbox));
    eve.ask(&pair.create()).await;

    let mut wrong = pair;
    (wrong.read, wrong.append) = (other.read, other.append);
    let device = DeviceToken([1; 16]);
    let (mailbox, append, read) = (pair.mailbox, pair.append, pair.read);
    let done = |read| ClientFrame::Done { mailbox, read, device, up_to: Seq(0) };
    for frame in [
        wrong.create(),
        wrong.sub(0),
        wrong.publish(1, vec![1]),
        wrong.drop_to(1),
        done(wrong.read),
        // One token is not the other.
        done(append),
        ClientFrame::Sub { mailbox, read: append, after: Seq(0) },
        ClientFrame::Pub { mailbox, append: read, rid: rid(1), bytes: Sealed(vec![1]) },
        ClientFrame::Drop { mailbox, append: read, up_to: Seq(1) },
        ClientFrame::BlobGet { mailbox, read: append, blob: BlobId([1; 16]), part: 0 },
        ClientFrame::BlobPut {
            mailbox,
            append: read,
            blob: BlobId([1; 16]),
            part: 0,
            bytes: Sealed(vec![1]),
        },
        ClientFrame::BlobDelete { mailbox, append: read, blob: BlobId([1; 16]) },
    ] {
        let answer = eve.ask(&frame).await;
        assert!(is_refused(&answer, Code::WrongToken), "{frame:?}: {answer:?}");
        assert!(matches!(answer, ServerFrame::Refused { about, .. } if about == frame.about()));
    }
    assert!(eve.fetch(&pair, 0).await.0.is_empty(), "nothing was written");
    relay.stop().await;
}

#[tokio::test]
async fn a_share_comes_out_on_its_date_and_not_before() {
    let folder = folder();
    let relay = Within::start(settings(folder.path())).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    let token = Token([9; 32]);
    let put = |n: u8, release_at: u64, token: Token| ClientFrame::SharePut {
        mailbox: pair.mailbox,
        append: pair.append,
        share: ShareId([n; 16]),
        withdraw_hash: token.hash(),
        release_at: UnixSeconds(release_at),
        bytes: Sealed(vec![n; 32]),
    };
    let get = |n: u8| ClientFrame::ShareGet { share: ShareId([n; 16]) };
    let done = |n: u8| ServerFrame::Done { about: About::Share(ShareId([n; 16])) };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();

    assert_eq!(ana.ask(&put(1, now - 1, token)).await, done(1));
    assert_eq!(ana.ask(&put(2, now + 3_600, token)).await, done(2));
    assert_eq!(ana.ask(&put(2, now + 7_200, token)).await, done(2), "its owner may move the date");
    assert!(is_refused(&ana.ask(&put(2, now - 1, Token([8; 32]))).await, Code::WrongToken), "no other may");
    assert!(is_refused(&ana.ask(&put(3, u64::MAX, token)).await, Code::TooLarge));

    let mut ben = Socket::open(relay.address).await;
    let share = ServerFrame::Share { share: ShareId([1; 16]), bytes: Sealed(vec![1; 32]) };
    assert_eq!(ben.ask(&get(1)).await, share);
    match ben.ask(&get(2)).await {
        ServerFrame::Refused { code: Code::NotYet, wait: Some(wait), .. } => {
            assert!((7_000..=7_200).contains(&wait), "{wait}");
        }
        other => panic!("{other:?}"),
    }
    assert!(is_refused(&ben.ask(&get(3)).await, Code::UnknownItem));
    let withdraw = |token| ClientFrame::ShareWithdraw { share: ShareId([2; 16]), token };
    assert!(is_refused(&ben.ask(&withdraw(Token([8; 32]))).await, Code::WrongToken));
    assert_eq!(ana.ask(&withdraw(token)).await, done(2));
    assert!(is_refused(&ben.ask(&get(2)).await, Code::UnknownItem));
    relay.stop().await;
}

#[tokio::test]
async fn a_blob_goes_in_parts_and_within_its_quota() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.limits.blobs = 150_000;
    let relay = Within::start(settings).await;
    let (pair, blob) = (box_(1), BlobId([5; 16]));
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    let (mailbox, append, read) = (pair.mailbox, pair.append, pair.read);
    let put = |part, len: usize| ClientFrame::BlobPut {
        mailbox,
        append,
        blob,
        part,
        bytes: Sealed(vec![part as u8; len]),
    };
    let get = |part| ClientFrame::BlobGet { mailbox, read, blob, part };
    let about = |part| About::Blob(blob, part);
    for part in [0, 1] {
        assert_eq!(ana.ask(&put(part, 65_536)).await, ServerFrame::Done { about: about(part) });
    }
    assert!(is_refused(&ana.ask(&put(2, 65_536)).await, Code::Full));
    let bytes = Sealed(vec![1; 65_536]);
    assert_eq!(ana.ask(&get(1)).await, ServerFrame::Blob { blob, part: 1, bytes });
    assert!(is_refused(&ana.ask(&get(2)).await, Code::UnknownItem));
    let delete = ClientFrame::BlobDelete { mailbox, append, blob };
    assert_eq!(ana.ask(&delete).await, ServerFrame::Done { about: about(0) });
    assert!(is_refused(&ana.ask(&get(0)).await, Code::UnknownItem));
    assert_eq!(ana.ask(&put(2, 65_536)).await, ServerFrame::Done { about: about(2) }, "there is room again");
    relay.stop().await;
}

#[tokio::test]
async fn a_relay_for_invited_people_asks_for_the_invite() {
    let folder = folder();
    let token = amends_relay::make_invite(folder.path(), 2).unwrap();
    let mut settings = settings(folder.path());
    settings.limits.open = false;
    let relay = Within::start(settings).await;
    let mut ana = Socket::open(relay.address).await;
    let create = |n, token| match box_(n).create() {
        ClientFrame::Create { mailbox, read_hash, append_hash, .. } => {
            ClientFrame::Create { mailbox, read_hash, append_hash, invite: token }
        }
        other => other,
    };
    assert!(is_refused(&ana.ask(&create(1, None)).await, Code::InviteNeeded));
    assert!(is_refused(&ana.ask(&create(1, Some(Token([1; 32])))).await, Code::InviteNeeded));
    for n in [1, 2, 1, 2] {
        assert!(matches!(ana.ask(&create(n, Some(token))).await, ServerFrame::Done { .. }), "{n}");
    }
    assert!(is_refused(&ana.ask(&create(3, Some(token))).await, Code::InviteNeeded), "used up");
    let again = amends_relay::make_invite(folder.path(), 1).unwrap();
    assert!(matches!(ana.ask(&create(3, Some(again))).await, ServerFrame::Done { .. }), "while it runs");
    relay.stop().await;
    let file = std::fs::read(folder.path().join("relay.sqlite")).unwrap();
    for secret in [token, again, box_(1).read, box_(1).append] {
        assert!(!file.windows(32).any(|bytes| bytes == secret.0), "only hashes are stored");
    }
}

#[tokio::test]
async fn many_mailboxes_on_one_socket_and_across_forgetting() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.remembered_mailboxes = 10;
    settings.new_mailboxes_per_minute = 100_000;
    let relay = Within::start(settings.clone()).await;
    let mut ana = Socket::open(relay.address).await;
    for n in 0..300 {
        assert!(matches!(ana.ask(&box_(n).create()).await, ServerFrame::Done { .. }));
        let publish = box_(n).publish(n, n.to_be_bytes().to_vec());
        assert!(matches!(ana.ask(&publish).await, ServerFrame::Ack { .. }));
    }
    relay.stop().await;
    let relay = Within::start(settings).await;
    let mut ben = Socket::open(relay.address).await;
    for n in 0..64 {
        assert_eq!(ben.fetch(&box_(n), 0).await.0, [(1, n.to_be_bytes().to_vec())]);
    }
    assert!(is_refused(&ben.ask(&box_(64).sub(0)).await, Code::TooMany), "no more than 64 on one connection");
    relay.stop().await;
}
