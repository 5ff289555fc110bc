//! Passphrase and recovery phrase.

use amends_client::{
    CreateError, KdfCost, KeyChangeError, LockedVault, NewVault, RecoveryPhrase, Trouble, UnlockError, Vault,
};
use amends_store::{Change, Store};

use crate::{Disk, PASSPHRASE, create, create_on, letters, new_vault, open, rng, write};

const OTHER: &str = "seven blue lamps";

fn unlock(disk: &Disk, passphrase: &str) -> Result<Vault<Disk>, UnlockError> {
    LockedVault::find(disk.clone())?.unlock(passphrase, rng(2)).map_err(|failed| failed.reason)
}

fn put(disk: &Disk, name: &str, bytes: Vec<u8>) {
    disk.clone().commit(&[Change::Put { name: name.to_owned(), bytes }]).unwrap();
}

#[test]
fn a_wrong_passphrase_is_told_and_the_vault_can_be_tried_again() {
    let (mut vault, disk) = create();
    write(&mut vault, "mine");
    drop(vault);
    let locked = LockedVault::find(disk).unwrap();
    let failed = locked.unlock("three green chair", rng(2)).unwrap_err();
    assert!(matches!(failed.reason, UnlockError::WrongPassphrase));
    assert_eq!(Trouble::from(&failed.reason).code(), "wrong-passphrase");
    let vault = failed.vault.unlock(PASSPHRASE, rng(2)).unwrap();
    assert_eq!(letters(&vault), ["mine"]);
}

#[test]
fn the_recovery_phrase_opens_the_vault_and_sets_a_new_passphrase() {
    let disk = Disk::default();
    let (mut vault, phrase) = create_on(disk.clone());
    write(&mut vault, "mine");
    assert!(vault.check_recovery_phrase(&phrase).unwrap());
    drop(vault);

    let written_down: Vec<&str> = phrase.words().collect();
    let typed = RecoveryPhrase::parse(&written_down.join(" ")).unwrap();
    let mut vault = LockedVault::find(disk.clone()).unwrap().unlock_with_phrase(&typed, rng(2)).unwrap();
    assert_eq!(letters(&vault), ["mine"]);
    vault.reset_passphrase(&typed, OTHER, KdfCost::FLOOR).unwrap();
    drop(vault);
    assert!(matches!(unlock(&disk, PASSPHRASE), Err(UnlockError::WrongPassphrase)));
    assert_eq!(letters(&unlock(&disk, OTHER).unwrap()), ["mine"]);
}

#[test]
fn words_of_another_vault_do_not_open_this_one() {
    let (vault, disk) = create();
    let other = RecoveryPhrase::make(&mut *rng(9));
    assert!(!vault.check_recovery_phrase(&other).unwrap());
    drop(vault);
    let failed = LockedVault::find(disk).unwrap().unlock_with_phrase(&other, rng(2)).unwrap_err();
    assert!(matches!(failed.reason, UnlockError::WrongPhrase));
}

#[test]
fn after_a_change_only_the_new_passphrase_opens() {
    let (mut vault, disk) = create();
    write(&mut vault, "mine");
    let error = vault.change_passphrase("not it", OTHER, KdfCost::FLOOR).unwrap_err();
    assert!(matches!(error, KeyChangeError::WrongPassphrase));
    let error = vault.change_passphrase(PASSPHRASE, "short", KdfCost::FLOOR).unwrap_err();
    assert!(matches!(error, KeyChangeError::Passphrase(_)));
    vault.change_passphrase(PASSPHRASE, OTHER, KdfCost::FLOOR).unwrap();
    drop(vault);
    assert!(matches!(unlock(&disk, PASSPHRASE), Err(UnlockError::WrongPassphrase)));
    assert_eq!(letters(&unlock(&disk, OTHER).unwrap()), ["mine"]);
}

#[test]
fn after_a_change_only_the_new_recovery_phrase_opens() {
    let disk = Disk::default();
    let (mut vault, old) = create_on(disk);
    assert!(matches!(vault.change_recovery_phrase("not it"), Err(KeyChangeError::WrongPassphrase)));
    let new = vault.change_recovery_phrase(PASSPHRASE).unwrap();
    assert!(vault.check_recovery_phrase(&new).unwrap());
    assert!(!vault.check_recovery_phrase(&old).unwrap());
}

#[test]
fn a_vault_is_not_made_over_something_or_with_a_short_passphrase() {
    let (_, disk) = create();
    assert!(matches!(Vault::create(disk, new_vault(), rng(1)), Err(CreateError::NotEmpty)));
    let short = NewVault { passphrase: "short", ..new_vault() };
    assert!(matches!(Vault::create(Disk::default(), short, rng(1)), Err(CreateError::Passphrase(_))));
    assert!(matches!(LockedVault::find(Disk::default()), Err(UnlockError::NoVault)));
}

#[test]
fn a_weakened_damaged_or_newer_key_is_told_apart() {
    let (_, disk) = create();
    let key = disk.value("key/passphrase").unwrap().unwrap();
    let mut weak = key.clone();
    weak[18..22].copy_from_slice(&8_u32.to_be_bytes());
    let mut newer = key.clone();
    newer[0] = 9;
    let cases = [
        (weak, "unsafe-cost"),
        (newer, "newer-version"),
        (key[..10].to_vec(), "damaged"),
        (vec![], "damaged"),
    ];
    for (bytes, code) in cases {
        put(&disk, "key/passphrase", bytes);
        assert_eq!(Trouble::from(&unlock(&disk, PASSPHRASE).unwrap_err()).code(), code);
    }
    put(&disk, "key/passphrase", key);
    open(disk);
}

#[test]
fn the_key_of_another_vault_does_not_open_this_one() {
    let (_, disk) = create();
    let other = Disk::default();
    Vault::create(other.clone(), new_vault(), rng(7)).unwrap();
    put(&disk, "key/passphrase", other.value("key/passphrase").unwrap().unwrap());
    assert!(matches!(unlock(&disk, PASSPHRASE), Err(UnlockError::WrongPassphrase)));
}

#[test]
fn debug_output_of_a_vault_tells_nothing() {
    let (vault, disk) = create();
    assert_eq!(format!("{vault:?}"), "Vault(content hidden)");
    assert_eq!(format!("{:?}", LockedVault::find(disk).unwrap()), "LockedVault");
    assert!(!format!("{:?}", new_vault()).contains(PASSPHRASE));
}
