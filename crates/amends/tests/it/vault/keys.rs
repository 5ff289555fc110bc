//! Passphrase, recovery words, and files that are not what they should be.

use super::{Owner, PASSPHRASE, write_letter};
use crate::{stderr, stdout};

/// The twelve words that `vault create` printed.
fn words_in(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .lines()
        .filter_map(|line| line.trim().split_once(". "))
        .filter(|(number, _)| number.parse::<u8>().is_ok())
        .map(|(_, word)| word.to_owned())
        .collect();
    assert_eq!(words.len(), 12, "{text}");
    words
}

#[test]
fn a_new_vault_shows_twelve_words_and_is_for_its_owner_alone() {
    let owner = Owner::without_vault();
    let text = owner.succeeds(&["vault", "create"], "skip\n");
    words_in(&text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(owner.vault_file()).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
    let again = owner.runs(&["vault", "create"], "");
    assert_eq!(again.status.code(), Some(3));
    assert!(stderr(&again).contains("already something here"), "{}", stderr(&again));
}

#[test]
fn a_wrong_passphrase_is_said_plainly() {
    let owner = Owner::new();
    let output = owner.runs_bare(&["vault", "status"], "three red chairs\n");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("does not open your vault"), "{}", stderr(&output));
    assert_eq!(owner.runs_bare(&["vault", "status"], &format!("{PASSPHRASE}\n")).status.code(), Some(0));
}

#[test]
fn a_cut_or_empty_vault_file_is_said_to_be_damaged_and_left_as_it_is() {
    let owner = Owner::new();
    write_letter(&owner, "This one is kept.");
    let whole = std::fs::read(owner.vault_file()).expect("it can be read");
    for len in [0, 50, whole.len() / 2] {
        std::fs::write(owner.vault_file(), &whole[..len]).expect("it can be written");
        let output = owner.runs(&["vault", "status"], "");
        assert_eq!(output.status.code(), Some(3), "cut to {len}: {}", stdout(&output));
        assert!(stderr(&output).contains("damaged"), "cut to {len}: {}", stderr(&output));
    }
    std::fs::write(owner.vault_file(), &whole).expect("it can be written");
    assert!(owner.succeeds(&["search", "kept"], "").contains("This one is kept."));
}

#[test]
fn there_is_no_vault_before_one_is_made() {
    let output = Owner::without_vault().runs(&["responsibility", "--list"], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("no vault here"), "{}", stderr(&output));
}

#[test]
fn the_passphrase_can_be_changed_and_set_anew_with_the_twelve_words() {
    let owner = Owner::without_vault();
    let words = words_in(&owner.succeeds(&["vault", "create"], "skip\n")).join(" ");
    let new = owner.path("new");
    std::fs::write(&new, "four blue tables\n").expect("it can be written");
    let new = super::text_of(&new);
    owner.succeeds(&["vault", "change-passphrase", "--new-passphrase-file", new], "");
    assert_eq!(owner.runs(&["vault", "status"], "").status.code(), Some(3));
    assert_eq!(owner.runs_bare(&["vault", "status"], "four blue tables\n").status.code(), Some(0));

    let old = owner.path("passphrase");
    let reset = ["vault", "recovery", "--reset-passphrase", "--new-passphrase-file", super::text_of(&old)];
    let wrong = owner
        .runs_bare(&reset, "legal winner thank year wave sausage worth useful legal winner thank yellow\n");
    assert_eq!(wrong.status.code(), Some(3));
    assert_eq!(owner.runs_bare(&reset, &format!("{words}\n")).status.code(), Some(0));
    assert!(
        owner.succeeds(&["vault", "recovery"], &format!("{words}\n")).contains("These words open your vault")
    );
}

#[test]
fn three_words_are_asked_back() {
    let owner = Owner::new();
    let mut child = owner.starts(&["vault", "recovery", "--new"]);
    let mut answered = std::io::BufReader::new(child.stdout.take().expect("a pipe"));
    let mut stdin = child.stdin.take().expect("a pipe");
    let (mut text, mut n_asked) = (String::new(), 0);
    use std::io::{Read as _, Write as _};
    let mut byte = [0];
    while answered.read(&mut byte).expect("a pipe") == 1 {
        text.push(char::from(byte[0]));
        let asked =
            text.rsplit_once("Word ").and_then(|(_, rest)| rest.strip_suffix(": ")?.parse::<usize>().ok());
        if let Some(number) = asked {
            n_asked += 1;
            text.push('\n');
            let word = text
                .lines()
                .find_map(|line| line.trim().strip_prefix(&format!("{number}. ")).map(str::to_owned));
            writeln!(stdin, "{}", word.expect("it was shown")).expect("a pipe");
        }
    }
    assert_eq!((n_asked, child.wait().expect("it ends").code()), (3, Some(0)), "{text}");
    assert!(text.contains("You have the words."), "{text}");
}
