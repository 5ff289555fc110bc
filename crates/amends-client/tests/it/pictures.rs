//! Pictures: sealed, there again, and gone with the entry that named them.

use amends_domain::id::BlobId;
use amends_store::Store;

use crate::{NOW, create, open};

#[test]
fn a_picture_is_there_again_and_nobody_can_read_it_on_the_disk() {
    let (mut vault, disk) = create();
    let words = b"points of a picture, many of them";
    let id = vault.keep_picture(words).unwrap();
    let stored: Vec<u8> =
        disk.names("picture/").unwrap().iter().flat_map(|name| disk.value(name).unwrap().unwrap()).collect();
    assert!(!stored.windows(words.len()).any(|part| part == words));
    drop(vault);
    let vault = open(disk);
    assert_eq!(vault.picture(id).unwrap().unwrap().as_slice(), words);
    assert!(vault.picture(BlobId([1; 16])).unwrap().is_none());
}

#[test]
fn a_picture_that_no_entry_names_goes_when_the_vault_is_locked() {
    let (mut vault, disk) = create();
    vault.keep_picture(b"nobody sent this").unwrap();
    let (locked, tidied) = vault.lock(NOW);
    tidied.unwrap();
    drop(locked);
    assert!(disk.names("picture/").unwrap().is_empty());
}
