//! What is not a frame, or not in its one form.

use amends_wire::{ClientFrame, FrameError, MAX_FRAME, MAX_FRAMES, Sealed, ServerFrame};

use crate::golden::unhex;
use crate::samples::{client_frames, client_frames_of_2, server_frames, server_frames_of_2};

fn read(hex: &str) -> Result<ClientFrame, FrameError> {
    ClientFrame::from_bytes(&unhex(hex))
}

#[test]
fn each_frame_has_one_form() {
    assert_eq!(read("8200a10001"), Ok(ClientFrame::Hello { version: 1 }), "the one form");
    for (why, hex) in [
        ("a longer form of a number", "8200a1001801"),
        ("a longer form of a number, 8 bytes", "8200a1001b0000000000000001"),
        ("a longer form of the kind", "821800a10001"),
        ("a list without length", "9f00a10001ff"),
        ("a map without length", "8200bf0001ff"),
        ("a key twice", "8200a200010001"),
        ("a key that is not of this version", "8200a200010105"),
        ("a longer form of a key", "8200a1180001"),
    ] {
        let error = read(hex).expect_err(why);
        assert!(matches!(error, FrameError::NotCanonical | FrameError::Unreadable), "{why}: {error:?}");
    }
}

#[test]
fn what_is_no_frame_is_refused() {
    for (why, hex) in [
        ("nothing", ""),
        ("a kind that does not exist", "8218c8a0"),
        ("no version", "8200a0"),
        ("a negative version", "8200a10020"),
        ("a version as text", "8200a1006131"),
        ("a list as map", "82008101"),
        ("an id too short", "8203a1004111"),
        ("bytes after the frame", "8200a1000100"),
        ("an array that says it is huge", "9bffffffffffffffff"),
        ("bytes that say they are huge", "8203a1005bffffffffffffffff"),
    ] {
        assert_eq!(read(hex), Err(FrameError::Unreadable), "{why}");
    }
}

#[test]
fn a_frame_cut_short_anywhere_is_refused() {
    for (name, frame) in [client_frames(), client_frames_of_2()].concat() {
        let bytes = frame.to_bytes();
        for len in 0..bytes.len() {
            assert_eq!(ClientFrame::from_bytes(&bytes[..len]), Err(FrameError::Unreadable), "{name} {len}");
        }
    }
    for (name, frame) in [server_frames(), server_frames_of_2()].concat() {
        let bytes = frame.to_bytes();
        for len in 0..bytes.len() {
            assert_eq!(ServerFrame::from_bytes(&bytes[..len]), Err(FrameError::Unreadable), "{name} {len}");
        }
    }
}

#[test]
fn a_changed_byte_never_reads_as_the_same_frame() {
    for (name, frame) in [client_frames(), client_frames_of_2()].concat() {
        let bytes = frame.to_bytes();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.clone();
                changed[at] ^= 1 << bit;
                assert_ne!(ClientFrame::from_bytes(&changed), Ok(frame.clone()), "{name} {at} {bit}");
            }
        }
    }
}

#[test]
fn a_body_is_frames_one_after_the_other() {
    let frames: Vec<ClientFrame> = client_frames().into_iter().map(|(_, frame)| frame).collect();
    let mut body = Vec::new();
    frames.iter().for_each(|frame| frame.append_to(&mut body));
    assert_eq!(ClientFrame::all_from_bytes(&body), Ok(frames));
    body.push(0x82);
    assert_eq!(ClientFrame::all_from_bytes(&body), Err(FrameError::Unreadable));
    assert_eq!(ClientFrame::all_from_bytes(&[]), Ok(vec![]));
    let many = ClientFrame::Ping.to_bytes().repeat(MAX_FRAMES + 1);
    assert_eq!(ClientFrame::all_from_bytes(&many), Err(FrameError::TooMany));
}

#[test]
fn a_frame_that_is_too_large_is_said_to_be() {
    let pub_of = |len: usize| match client_frames().into_iter().find(|(name, _)| *name == "pub") {
        Some((_, ClientFrame::Pub { mailbox, append, rid, .. })) => {
            ClientFrame::Pub { mailbox, append, rid, bytes: Sealed(vec![7; len]) }
        }
        _ => unreachable!("there is one"),
    };
    assert!(ClientFrame::from_bytes(&pub_of(amends_wire::MAX_RECORD).to_bytes()).is_ok());
    assert_eq!(ClientFrame::from_bytes(&pub_of(MAX_FRAME).to_bytes()), Err(FrameError::TooLarge));
}
