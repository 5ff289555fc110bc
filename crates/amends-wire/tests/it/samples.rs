//! One frame of every kind.

use amends_wire::{
    About, BlobId, ClientFrame, Code, DeviceToken, Endpoint, Era, Limits, MailboxId, PushKey, Rid, Sealed,
    Seq, ServerFrame, ShareId, Token, UnixSeconds, WakeId,
};

const MAILBOX: MailboxId = MailboxId([0x11; 32]);
const READ: Token = Token([0x22; 32]);
const APPEND: Token = Token([0x33; 32]);
const RID: Rid = Rid([0x44; 16]);
const SHARE: ShareId = ShareId([0x55; 16]);
const BLOB: BlobId = BlobId([0x66; 16]);
const WAKE: WakeId = WakeId([0x88; 16]);

fn bytes() -> Sealed {
    Sealed(vec![0xaa; 5])
}

pub(crate) fn client_frames() -> Vec<(&'static str, ClientFrame)> {
    let (mailbox, read, append, share, blob) = (MAILBOX, READ, APPEND, SHARE, BLOB);
    let create =
        |invite| ClientFrame::Create { mailbox, read_hash: read.hash(), append_hash: append.hash(), invite };
    vec![
        ("hello", ClientFrame::Hello { version: 1 }),
        ("create", create(None)),
        ("create-with-invite", create(Some(Token([0x77; 32])))),
        ("sub", ClientFrame::Sub { mailbox, read, after: Seq(300) }),
        ("unsub", ClientFrame::Unsub { mailbox }),
        ("pub", ClientFrame::Pub { mailbox, append, rid: RID, bytes: bytes() }),
        ("done", ClientFrame::Done { mailbox, read, device: DeviceToken([0x88; 16]), up_to: Seq(23) }),
        ("drop", ClientFrame::Drop { mailbox, append, up_to: Seq(24) }),
        (
            "share-put",
            ClientFrame::SharePut {
                mailbox,
                append,
                share,
                withdraw_hash: Token([0x99; 32]).hash(),
                release_at: UnixSeconds(1_800_000_000),
                bytes: bytes(),
            },
        ),
        ("share-get", ClientFrame::ShareGet { share }),
        ("share-withdraw", ClientFrame::ShareWithdraw { share, token: Token([0x99; 32]) }),
        ("blob-put", ClientFrame::BlobPut { mailbox, append, blob, part: 0, bytes: bytes() }),
        ("blob-get", ClientFrame::BlobGet { mailbox, read, blob, part: 256 }),
        ("blob-delete", ClientFrame::BlobDelete { mailbox, append, blob }),
        ("ping", ClientFrame::Ping),
    ]
}

/// What came in version 2.
pub(crate) fn client_frames_of_2() -> Vec<(&'static str, ClientFrame)> {
    let (mailbox, read, wake) = (MAILBOX, READ, WAKE);
    vec![
        ("hello", ClientFrame::Hello { version: 2 }),
        (
            "wake-set",
            ClientFrame::WakeSet {
                mailbox,
                read,
                wake,
                endpoint: Endpoint("https://push.example/to/this?one".to_owned()),
                from: 540,
                until: 1_200,
                expires: UnixSeconds(1_800_000_000),
            },
        ),
        ("wake-clear", ClientFrame::WakeClear { mailbox, read, wake }),
    ]
}

/// What came in version 2.
pub(crate) fn server_frames_of_2() -> Vec<(String, ServerFrame)> {
    let welcome = |push_key| ServerFrame::Welcome { version: 2, limits: limits(), push_key };
    vec![
        ("welcome".to_owned(), welcome(None)),
        ("welcome-with-push-key".to_owned(), welcome(Some(PushKey([0x77; 65])))),
        ("done-wake".to_owned(), ServerFrame::Done { about: About::Wake(WAKE) }),
        (
            "refused-wake".to_owned(),
            ServerFrame::Refused { about: About::Wake(WAKE), code: Code::UnknownItem, wait: None },
        ),
    ]
}

fn limits() -> Limits {
    Limits {
        record: 65_536,
        burst: 300,
        per_minute: 60,
        blobs: 1 << 30,
        records: 1 << 28,
        keep_days: 400,
        keep_done_days: 30,
        subscriptions: 64,
        open: false,
    }
}

pub(crate) fn server_frames() -> Vec<(String, ServerFrame)> {
    let mut frames = vec![
        ("welcome".to_owned(), ServerFrame::Welcome { version: 1, limits: limits(), push_key: None }),
        ("ack".to_owned(), ServerFrame::Ack { rid: RID, seq: Seq(301) }),
        ("rec".to_owned(), ServerFrame::Rec { mailbox: MAILBOX, seq: Seq(1), rid: RID, bytes: bytes() }),
        (
            "up-to-date".to_owned(),
            ServerFrame::UpToDate { mailbox: MAILBOX, seq: Seq(301), era: Era(0x0102_0304_0506_0708) },
        ),
        ("pong".to_owned(), ServerFrame::Pong),
        ("share".to_owned(), ServerFrame::Share { share: SHARE, bytes: bytes() }),
        ("blob".to_owned(), ServerFrame::Blob { blob: BLOB, part: 256, bytes: bytes() }),
    ];
    let abouts = [
        ("frame", About::Frame),
        ("mailbox", About::Mailbox(MAILBOX)),
        ("record", About::Record(RID)),
        ("share", About::Share(SHARE)),
        ("blob", About::Blob(BLOB, 256)),
    ];
    for (name, about) in abouts {
        frames.push((format!("done-{name}"), ServerFrame::Done { about }));
    }
    for code in Code::ALL {
        let wait = code.passes().then_some(60);
        frames.push((
            format!("refused-{code:?}").to_lowercase(),
            ServerFrame::Refused { about: About::Record(RID), code, wait },
        ));
    }
    frames
}
