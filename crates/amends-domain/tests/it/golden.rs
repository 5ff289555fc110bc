//! The stored form of every kind of event. Files of a released version are never edited; a new version of a
//! kind gets a new file. `AMENDS_WRITE_GOLDEN=1` writes files that are not there yet, and only those.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use amends_domain::event::{Body, Event};

use crate::samples;

fn kind(event: &Event) -> String {
    let value = serde_json::to_value(&event.body).unwrap();
    let (step, inner) = value.as_object().unwrap().iter().next().unwrap();
    let name = inner
        .as_str()
        .map(String::from)
        .unwrap_or_else(|| inner.as_object().unwrap().keys().next().unwrap().clone());
    format!("{step}.{name}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn golden(name: &str, fresh: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1").join(name);
    if !path.exists() && std::env::var_os("AMENDS_WRITE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, fresh).unwrap();
    }
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_event_keeps_its_stored_form() {
    for event in samples::events() {
        let name = kind(&event);
        let bytes = hex(&event.encode());
        assert_eq!(golden(&format!("{name}.cbor.hex"), &(bytes.clone() + "\n")).trim_end(), bytes, "{name}");
        let json = serde_json::to_string_pretty(&event).unwrap();
        assert_eq!(golden(&format!("{name}.json"), &(json.clone() + "\n")).trim_end(), json, "{name}");
    }
}

#[test]
fn fields_that_came_later_have_files_of_their_own() {
    for (name, event) in samples::later() {
        let bytes = hex(&event.encode());
        assert_eq!(golden(&format!("{name}.cbor.hex"), &(bytes.clone() + "\n")).trim_end(), bytes, "{name}");
        let json = serde_json::to_string_pretty(&event).unwrap();
        assert_eq!(golden(&format!("{name}.json"), &(json.clone() + "\n")).trim_end(), json, "{name}");
    }
}

#[test]
fn every_stored_form_reads_back() {
    for event in samples::events().into_iter().chain(samples::later().map(|(_, event)| event)) {
        let bytes = event.encode();
        assert_eq!(Event::decode(&bytes).unwrap(), event);
        assert_eq!(Body::decode(&event.body.encode()).unwrap(), event.body);
        let json = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
    }
}

#[test]
fn there_is_an_example_of_every_kind() {
    let have: BTreeSet<String> = samples::events().iter().map(kind).collect();
    assert_eq!(have.len(), samples::events().len(), "two examples of one kind");
    let listed = |json: &str| -> Vec<String> {
        // serde names all variants when one is not known.
        let error = serde_json::from_str::<Body>(json).unwrap_err().to_string();
        error.split('`').skip(3).step_by(2).map(String::from).collect()
    };
    for step in listed("\"?\"").into_iter().filter(|step| step != "unknown") {
        for name in listed(&format!("{{\"{step}\":\"?\"}}")) {
            assert!(have.contains(&format!("{step}.{name}")), "no example of {step}.{name}");
        }
    }
}

#[test]
fn what_a_later_version_wrote_is_kept_byte_for_byte() {
    let later: [&[u8]; 5] = [
        // Step 99.
        &[0x82, 0x18, 0x63, 0xa1, 0x00, 0x61, 0x78],
        // A kind of consent event that is not known.
        &[0x82, 0x01, 0x82, 0x18, 0x2a, 0xa0],
        // Three parts instead of two.
        &[0x83, 0x01, 0x00, 0x00],
        // No array at all.
        &[0xa0],
        // A known kind with a value of a later version inside: stage 9.
        &[0x82, 0x03, 0x82, 0x03, 0xa2, 0x00, 0xa2, 0x00, 0x41, 0x00, 0x01, 0x00, 0x01, 0x09],
    ];
    for bytes in later {
        let body = Body::decode(bytes).unwrap();
        assert!(matches!(body, Body::Unknown(_)), "{body:?}");
        assert_eq!(body.encode(), bytes);
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(serde_json::from_str::<Body>(&json).unwrap(), body);
    }
}

#[test]
fn keys_of_a_later_version_are_skipped() {
    // A pace with key 9 added.
    let known = Body::decode(&[
        0x82, 0x01, 0x82, 0x02, 0xa1, 0x00, 0xa6, 0x00, 0x02, 0x01, 0x00, 0x02, 0x19, 0x05, 0xa0, 0x03, 0x00,
        0x04, 0x80, 0x09, 0xf5,
    ]);
    assert!(matches!(known.unwrap(), Body::Consent(_)));
}

#[test]
fn damaged_bytes_are_an_error_and_never_a_panic() {
    for event in samples::events() {
        let bytes = event.encode();
        for end in 0..bytes.len() {
            assert!(Event::decode(&bytes[..end]).is_err());
        }
        for at in 0..bytes.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] ^= flip;
                let _ = Event::decode(&damaged);
            }
        }
        let mut longer = bytes;
        longer.push(0);
        assert!(Event::decode(&longer).is_err());
    }
}
