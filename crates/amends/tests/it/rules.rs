//! `amends rules`.

use crate::{amends, stderr, stdout};

#[test]
fn all_checks_are_listed_and_each_can_be_explained() {
    let list = stdout(&amends(&["rules", "list", "--json"], b""));
    let rules: Vec<serde_json::Value> = serde_json::from_str(&list).expect("the list is JSON");
    assert_eq!(rules.len(), 30);
    for rule in rules {
        let id = rule["id"].as_str().expect("each has an id");
        let output = amends(&["rules", "explain", id], b"");
        assert_eq!(output.status.code(), Some(0), "{id}");
        assert!(stdout(&output).contains("Evidence:"), "{id}");
    }
}

#[test]
fn an_unknown_check_is_a_usage_error() {
    let output = amends(&["rules", "explain", "rudeness"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("rules list"));
}

#[test]
fn a_pack_folder_is_tested_and_its_mistakes_are_named() {
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/en");
    let output = amends(&["rules", "test", pack], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("pack.toml"), "language = \"en\"\n").expect("it can be written");
    std::fs::create_dir(folder.path().join("honesty")).expect("it can be made");
    std::fs::write(folder.path().join("honesty/x.toml"), "id = \"x\"\n").expect("it can be written");
    let output = amends(&["rules", "test", &folder.path().to_string_lossy()], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("honesty/x.toml"), "{}", stderr(&output));
}
