//! Any bytes, any frames.

use amends_wire::{
    About, BlobId, ClientFrame, Code, Era, MailboxId, Rid, Sealed, Seq, ServerFrame, Token, TokenHash,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::samples::{client_frames, client_frames_of_2};

fn same_or_refused(bytes: &[u8]) {
    if let Ok(frame) = ClientFrame::from_bytes(bytes) {
        assert_eq!(frame.to_bytes(), bytes, "one form only");
    }
    if let Ok(frame) = ServerFrame::from_bytes(bytes) {
        assert_eq!(frame.to_bytes(), bytes, "one form only");
    }
    let _ = ClientFrame::all_from_bytes(bytes);
    let _ = ServerFrame::all_from_bytes(bytes);
}

fn client_frame() -> impl Strategy<Value = ClientFrame> {
    let (id, other, rid) = (any::<[u8; 32]>(), any::<[u8; 32]>(), any::<[u8; 16]>());
    (id, other, rid, any::<u64>(), any::<u32>(), vec(any::<u8>(), 0..600), 0..6).prop_map(
        |(id, other, rid, number, part, bytes, kind)| {
            let (mailbox, token) = (MailboxId(id), Token(other));
            match kind {
                0 => ClientFrame::Pub { mailbox, append: token, rid: Rid(rid), bytes: Sealed(bytes) },
                1 => ClientFrame::Sub { mailbox, read: token, after: Seq(number) },
                2 => ClientFrame::Hello { version: part },
                3 => ClientFrame::Drop { mailbox, append: token, up_to: Seq(number) },
                4 => ClientFrame::BlobGet { mailbox, read: token, blob: BlobId(rid), part },
                _ => ClientFrame::Create {
                    mailbox,
                    read_hash: TokenHash(other),
                    append_hash: TokenHash(id),
                    invite: (part % 2 == 0).then_some(token),
                },
            }
        },
    )
}

fn server_frame() -> impl Strategy<Value = ServerFrame> {
    let (id, rid) = (any::<[u8; 32]>(), any::<[u8; 16]>());
    let code = prop::sample::select(&Code::ALL[..]);
    (id, rid, any::<u64>(), any::<Option<u32>>(), vec(any::<u8>(), 0..600), code, 0..4).prop_map(
        |(id, rid, number, wait, bytes, code, kind)| {
            let mailbox = MailboxId(id);
            match kind {
                0 => ServerFrame::Rec { mailbox, seq: Seq(number), rid: Rid(rid), bytes: Sealed(bytes) },
                1 => ServerFrame::UpToDate { mailbox, seq: Seq(number), era: Era(number.rotate_left(7)) },
                2 => ServerFrame::Refused { about: About::Mailbox(mailbox), code, wait },
                _ => ServerFrame::Ack { rid: Rid(rid), seq: Seq(number) },
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_bytes_are_a_frame_in_its_one_form_or_refused(bytes in vec(any::<u8>(), 0..300)) {
        same_or_refused(&bytes);
    }

    #[test]
    fn bytes_that_begin_like_a_frame_too(kind in 0_u8..18, bytes in vec(any::<u8>(), 0..300)) {
        same_or_refused(&[&[0x82, kind], &bytes[..]].concat());
    }

    #[test]
    fn a_frame_with_changed_bytes_too(
        sample in 0_usize..18,
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let frames = [client_frames(), client_frames_of_2()].concat();
        let mut bytes = frames[sample].1.to_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        same_or_refused(&bytes);
    }

    #[test]
    fn what_a_client_says_arrives(frames in vec(client_frame(), 0..8)) {
        let mut body = Vec::new();
        frames.iter().for_each(|frame| frame.append_to(&mut body));
        prop_assert_eq!(ClientFrame::all_from_bytes(&body).unwrap(), frames);
    }

    #[test]
    fn what_the_relay_says_arrives(frames in vec(server_frame(), 0..8)) {
        let mut body = Vec::new();
        frames.iter().for_each(|frame| frame.append_to(&mut body));
        prop_assert_eq!(ServerFrame::all_from_bytes(&body).unwrap(), frames);
    }
}
