//! Search, undo, export, backup, doctor, demonstration, leaving.

use super::{Owner, PASSPHRASE, text_of, write_letter};
use crate::{stderr, stdout};

#[test]
fn own_entries_are_found_and_the_last_one_can_be_taken_back() {
    let owner = Owner::new();
    write_letter(&owner, "The evening at the harbor.");
    write_letter(&owner, "The drive home.");
    assert!(owner.succeeds(&["search", "harb"], "").contains("evening at the harbor"));
    assert_eq!(owner.runs(&["search", "airport"], "").status.code(), Some(1));
    owner.succeeds(&["undo"], "no\n");
    assert!(owner.succeeds(&["search", "drive"], "").contains("The drive home."));
    owner.succeeds(&["undo"], "yes\n");
    assert_eq!(owner.runs(&["search", "drive"], "").status.code(), Some(1));
    let bytes = std::fs::read(owner.vault_file()).expect("it can be read");
    assert!(!bytes.windows(10).any(|part| part == b"drive home"), "nothing lies open in the file");
}

#[test]
fn an_export_comes_back_to_the_same_entries() {
    let owner = Owner::new();
    write_letter(&owner, "# Not a heading\nTwo lines.");
    let file = owner.path("all.json");
    owner.succeeds(&["export", text_of(&file)], "");
    assert!(owner.succeeds(&["export", "--format", "markdown"], "").contains("Two lines."));
    assert_eq!(
        owner.runs(&["export", text_of(&file)], "").status.code(),
        Some(3),
        "a file that is there stays"
    );

    let other = Owner::new();
    assert!(other.succeeds(&["import", text_of(&file)], "").contains("New entries: 1."));
    assert_eq!(other.lists("communication")["entries"], owner.lists("communication")["entries"]);
    assert!(other.succeeds(&["import", text_of(&file)], "").contains("Already here: 1."));
    let stranger = Owner::new();
    write_letter(&stranger, "Mine.");
    let refused = stranger.runs(&["import", text_of(&file)], "");
    assert_eq!(refused.status.code(), Some(3));
    assert!(stderr(&refused).contains("another person"), "{}", stderr(&refused));
}

#[test]
fn a_backup_is_checked_and_restored_in_an_empty_place_only() {
    let owner = Owner::new();
    write_letter(&owner, "Kept twice.");
    let file = owner.path("mine.amends-backup");
    owner.succeeds(&["backup", "make", text_of(&file)], "");
    assert!(owner.succeeds(&["backup", "verify", text_of(&file)], "").contains("holds 1 entries"));
    let occupied = owner.runs(&["restore", text_of(&file)], "");
    assert_eq!(occupied.status.code(), Some(3));

    let elsewhere = Owner::without_vault();
    let wrong = elsewhere.runs_bare(&["restore", text_of(&file)], "three red chairs\n");
    assert_eq!(wrong.status.code(), Some(3));
    assert!(!elsewhere.vault_file().exists(), "a wrong passphrase leaves nothing behind");
    elsewhere.succeeds(&["restore", text_of(&file)], "");
    assert!(elsewhere.succeeds(&["search", "twice"], "").contains("Kept twice."));

    let mut bytes = std::fs::read(&file).expect("it can be read");
    bytes.truncate(bytes.len() - 10);
    let cut = owner.path("cut.amends-backup");
    std::fs::write(&cut, bytes).expect("it can be written");
    let output = owner.runs(&["backup", "verify", text_of(&cut)], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("cut off or damaged"), "{}", stderr(&output));
}

#[test]
fn the_doctor_shows_numbers_and_no_words() {
    let owner = Owner::new();
    write_letter(&owner, "Nobody else reads this.");
    let text = owner.succeeds(&["doctor"], "");
    assert!(text.contains("\"n_events\": 1") && text.contains("All is in order."), "{text}");
    assert!(!text.contains("Nobody"), "{text}");
}

#[test]
fn the_demonstration_has_its_own_place_and_something_in_every_step() {
    let owner = Owner::without_vault();
    let text = owner.succeeds(&["demo"], "");
    assert!(text.contains("robin and kim") && text.contains("demo"), "{text}");
    assert!(!owner.vault_file().exists());
    let robin = owner.path("data/demo/robin");
    for step in ["responsibility", "listening", "honesty", "contact", "patience"] {
        let output = owner.runs_bare(&[step, "--list", "--data", text_of(&robin)], "robin and kim\n");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(!stdout(&output).contains("There is nothing here yet"), "{step}: {}", stdout(&output));
    }
    let talks = owner.path("talks.ics");
    let place = ["--data", text_of(&robin)];
    let write = ["communication", "--ics", text_of(&talks), "--zone", "Europe/Berlin"];
    let output = owner.runs_bare(&[&write[..], &place].concat(), "robin and kim\n");
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    let calendar = std::fs::read_to_string(&talks).expect("it was written");
    assert!(
        calendar.contains("RRULE:FREQ=WEEKLY") && calendar.contains("SUMMARY:Time to talk"),
        "{calendar}"
    );
    assert!(owner.succeeds(&["demo"], "").contains("robin and kim"), "a second time shows the same");
}

#[test]
fn leaving_is_one_act_and_can_erase_everything() {
    let owner = Owner::new();
    write_letter(&owner, "To be gone.");
    assert!(owner.succeeds(&["leave", "--erase", "--yes"], "").contains("You have left."));
    assert_eq!(owner.runs(&["search", "gone"], "").status.code(), Some(1));
    assert_eq!(owner.runs_bare(&["vault", "status"], &format!("{PASSPHRASE}\n")).status.code(), Some(0));
}
