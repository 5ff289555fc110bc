//! A broken weights file gives a clear error, never a panic: the engine then works with rules alone.

use amends_model::{LoadError, Model, ModelInput, Scratch};

use crate::tiny::{body, file};

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    let whole = file(&body(true));
    assert!(Model::from_bytes(&whole).is_ok());
    for length in 0..whole.len() {
        let error = Model::from_bytes(&whole[..length]).expect_err("cut short");
        let expected = if length < 5 { LoadError::NotAModel } else { LoadError::Damaged };
        assert_eq!(error, expected, "at {length}");
    }
}

#[test]
fn a_changed_byte_is_noticed() {
    let whole = file(&body(true));
    for at in (0..whole.len()).filter(|at| !(5..8).contains(at)) {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        let expected = match at {
            0..4 => LoadError::NotAModel,
            4 => LoadError::Version { found: 0x11 },
            _ => LoadError::Damaged,
        };
        assert_eq!(Model::from_bytes(&changed).expect_err("changed"), expected, "at {at}");
    }
}

#[test]
fn a_contradictory_body_with_a_fitting_hash_never_panics() {
    let body = body(true);
    // Every byte of the front with its sizes and texts, and some of the weights.
    for at in (0..360).chain((360..body.len()).step_by(13)) {
        for value in [0, 1, 0x7f, 0xff, body[at].wrapping_add(1)] {
            let mut changed = body.clone();
            changed[at] = value;
            // Either refused, or a model that still answers.
            if let Ok(model) = Model::from_bytes(&file(&changed)) {
                model.predict(&mut Scratch::default(), &ModelInput::sentence("You must answer now."));
            }
        }
    }
}

#[test]
fn bytes_left_over_are_refused() {
    let mut body = body(false);
    body.push(0);
    assert_eq!(Model::from_bytes(&file(&body)).expect_err("too long"), LoadError::Malformed("length"));
}

#[test]
fn errors_say_what_to_do_with() {
    let error = Model::from_bytes(b"<!doctype html>").expect_err("a web page");
    assert_eq!(error.to_string(), "this is not a weights file of Amends");
    let error = Model::from_bytes(b"AMDL\x02").expect_err("newer");
    assert_eq!(error.to_string(), "the weights file has format version 2; this program reads version 1");
}
