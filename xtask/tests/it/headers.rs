//! Every Rust file says in its first line what it is for.

use crate::{files, root};

#[test]
fn every_file_says_what_it_is_for() {
    for path in files(&root(), ".rs") {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        assert!(text.starts_with("//!"), "{} does not begin with `//!`", path.display());
    }
}

#[test]
fn nothing_is_left_for_later() {
    for path in files(&root(), ".rs") {
        if path.ends_with("headers.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        for mark in ["todo!(", "unimplemented!(", "TODO", "FIXME", "#[ignore"] {
            assert!(!text.contains(mark), "{} holds `{mark}`", path.display());
        }
    }
}
