//! The bytes of every frame of version 1, and of what came in version 2. The files are never edited: another byte is another version.

use std::fmt::{Debug, Write};

use amends_wire::{ClientFrame, ServerFrame, Token};

use crate::samples::{client_frames, client_frames_of_2, server_frames, server_frames_of_2};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes it");
        text
    })
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex")).collect()
}

fn lines(file: &str) -> Vec<(&str, Vec<u8>)> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').expect("name and bytes"))
        .map(|(name, hex)| (name, unhex(hex)))
        .collect()
}

/// The file holds these frames and no others, byte for byte, and its bytes are read as these frames.
fn is_golden<F: Debug + PartialEq>(
    file: &str,
    frames: &[(impl AsRef<str>, F)],
    to_bytes: fn(&F) -> Vec<u8>,
    from_bytes: impl Fn(&[u8]) -> F,
) {
    let golden = lines(file);
    let all: Vec<_> =
        frames.iter().map(|(name, frame)| format!("{} {}", name.as_ref(), hex(&to_bytes(frame)))).collect();
    assert_eq!(golden.len(), frames.len(), "{}", all.join("\n"));
    for ((name, bytes), (expected_name, frame)) in golden.iter().zip(frames) {
        assert_eq!(*name, expected_name.as_ref());
        assert_eq!(hex(bytes), hex(&to_bytes(frame)), "{name}");
        assert_eq!(from_bytes(bytes), *frame, "{name}");
    }
}

#[test]
fn a_client_says_these_bytes_and_no_others() {
    for (file, frames) in [
        (include_str!("../vectors/client-v1.txt"), client_frames()),
        (include_str!("../vectors/client-v2.txt"), client_frames_of_2()),
    ] {
        is_golden(file, &frames, ClientFrame::to_bytes, |bytes| ClientFrame::from_bytes(bytes).unwrap());
    }
}

#[test]
fn the_relay_says_these_bytes_and_no_others() {
    for (file, frames) in [
        (include_str!("../vectors/server-v1.txt"), server_frames()),
        (include_str!("../vectors/server-v2.txt"), server_frames_of_2()),
    ] {
        is_golden(file, &frames, ServerFrame::to_bytes, |bytes| ServerFrame::from_bytes(bytes).unwrap());
    }
}

#[test]
fn what_came_in_version_2_says_so() {
    for (name, frame) in client_frames() {
        assert_eq!(frame.since(), 1, "{name}");
    }
    let since: Vec<u32> = client_frames_of_2().iter().map(|(_, frame)| frame.since()).collect();
    assert_eq!(since, [1, 2, 2], "hello, and the two that are new");
}

#[test]
fn a_token_is_known_by_its_hash_alone() {
    // BLAKE3 of 32 bytes 0x22, computed with another implementation.
    let hash = Token([0x22; 32]).hash();
    assert_eq!(hex(&hash.0), include_str!("../vectors/token-hash.txt").trim());
    assert!(hash.is_of(&Token([0x22; 32])));
    let mut other = [0x22; 32];
    other[31] ^= 1;
    assert!(!hash.is_of(&Token(other)));
}

#[test]
fn no_name_secret_or_record_is_in_what_a_log_would_show() {
    for (_, frame) in [client_frames(), client_frames_of_2()].concat() {
        let shown = format!("{frame:?}");
        assert!(!shown.contains("https://"), "{shown}");
        for secret in
            ["17", "34", "51", "68", "85", "102", "119", "136", "153", "170", "11", "22", "33", "aa"]
        {
            assert!(!shown.contains(&format!("{secret}, ")), "{shown}");
        }
    }
    assert_eq!(format!("{:?}", Token([1; 32])), "Token(..)");
}
