//! Backup, verify, restore.

use amends_client::{Backup, BackupError, NewEvent, RestoreError, Trouble, UnlockError, Vault, VerifyError};
use amends_domain::entry;

use crate::{Disk, NOW, PASSPHRASE, create, create_on, letters, new_vault, open, rng, write};

/// A backup of a vault with three letters, one of them deleted, and a draft.
fn backup() -> Vec<u8> {
    let (mut vault, _) = create();
    write(&mut vault, "one");
    let second = write(&mut vault, "two");
    write(&mut vault, "three");
    vault.save_draft("letter/new", "I l", NOW).unwrap();
    vault.append(NOW, NewEvent::private(entry::Event::Delete { target: second })).unwrap();
    vault.backup(NOW).unwrap()
}

fn restore(file: &[u8], passphrase: &str) -> Result<Vault<Disk>, RestoreError> {
    Backup::read(file).unwrap().restore(Disk::default(), passphrase, rng(5))
}

#[test]
fn a_backup_is_verified_and_restored() {
    let file = backup();
    let read = Backup::read(&file).unwrap();
    assert_eq!(read.made_at(), NOW);
    let verified = read.verify(PASSPHRASE, rng(4)).unwrap();
    assert!(verified.report.is_healthy());
    assert_eq!((verified.report.n_events, verified.report.n_erased, verified.report.n_drafts), (3, 1, 1));

    let vault = restore(&file, PASSPHRASE).unwrap();
    assert_eq!(letters(&vault), ["one", "three"]);
    assert_eq!(vault.draft("letter/new").map(|draft| draft.text.as_str()), Some("I l"));
}

#[test]
fn the_restored_vault_and_the_old_one_can_both_go_on() {
    let (mut vault, _) = create();
    write(&mut vault, "one");
    let file = vault.backup(NOW).unwrap();
    let disk = Disk::default();
    let mut restored = Backup::read(&file).unwrap().restore(disk.clone(), PASSPHRASE, rng(5)).unwrap();
    assert_eq!(restored.state(), vault.state());
    let [old, new] = [write(&mut vault, "old device"), write(&mut restored, "new device")];
    assert_ne!(old.device, new.device);
    drop(restored);
    let restored = open(disk);
    assert_eq!(letters(&restored), ["one", "new device"]);
    assert!(restored.doctor().unwrap().is_healthy());
}

#[test]
fn the_recovery_phrase_restores_too() {
    let (mut vault, phrase) = create_on(Disk::default());
    write(&mut vault, "one");
    let file = Backup::read(&vault.backup(NOW).unwrap()).unwrap();
    let vault = file.restore_with_phrase(Disk::default(), &phrase, rng(5)).unwrap();
    assert_eq!(letters(&vault), ["one"]);
}

#[test]
fn a_backup_cut_or_changed_anywhere_is_noticed_without_a_key() {
    let file = backup();
    for len in 0..file.len() {
        let error = Backup::read(&file[..len]).unwrap_err();
        let expected = if len < 13 { BackupError::NotABackup } else { BackupError::Damaged };
        assert_eq!(error, expected, "cut to {len}");
    }
    for at in (14..file.len()).step_by(7) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert_eq!(Backup::read(&changed).unwrap_err(), BackupError::Damaged, "byte {at}");
    }
}

#[test]
fn other_files_and_newer_backups_are_told_apart() {
    let mut file = backup();
    assert_eq!(Backup::read(b"{\"format\": 1}").unwrap_err(), BackupError::NotABackup);
    assert_eq!(Backup::read(b"").unwrap_err(), BackupError::NotABackup);
    file[13] = 2;
    assert_eq!(Backup::read(&file).unwrap_err(), BackupError::NewerVersion);
    file[13] = 0;
    assert_eq!(Backup::read(&file).unwrap_err(), BackupError::NotABackup);
}

#[test]
fn somebody_without_the_key_cannot_make_or_change_a_backup() {
    let file = backup();
    // Change a sealed record and make the open hash at the end fit again.
    let mut forged = file[..file.len() - 32].to_vec();
    let at = forged.len() - 700;
    forged[at] ^= 1;
    let hash = amends_crypto::ChainHash::of(&forged);
    forged.extend_from_slice(hash.as_bytes());
    let error = Backup::read(&forged).unwrap().verify(PASSPHRASE, rng(4)).unwrap_err();
    assert!(matches!(error, VerifyError::Forged), "{error:?}");
    assert_eq!(Trouble::from(&error).code(), "backup-forged");
}

#[test]
fn a_wrong_passphrase_and_a_used_place_write_nothing() {
    let file = backup();
    let error = restore(&file, "not the passphrase").unwrap_err();
    let wrong = matches!(error, RestoreError::Verify(VerifyError::Unlock(UnlockError::WrongPassphrase)));
    assert!(wrong, "{error:?}");
    let disk = Disk::default();
    let (mut other, _) = Vault::create(disk.clone(), new_vault(), rng(7)).unwrap();
    write(&mut other, "untouched");
    drop(other);
    let error = Backup::read(&file).unwrap().restore(disk.clone(), PASSPHRASE, rng(5)).unwrap_err();
    assert!(matches!(error, RestoreError::NotEmpty));
    assert_eq!(letters(&open(disk)), ["untouched"]);
}

/// The first released backup. The file is never edited; it must open for ever.
#[test]
fn a_backup_of_version_1_opens() {
    let file = include_bytes!("../files/backup-1.amends-backup");
    let vault = restore(file, PASSPHRASE).unwrap();
    assert_eq!(letters(&vault), ["one", "three"]);
    assert_eq!(vault.draft("letter/new").map(|draft| draft.text.as_str()), Some("I l"));
}

#[test]
fn backups_written_today_are_version_1_to_the_byte() {
    assert!(backup() == include_bytes!("../files/backup-1.amends-backup"));
}
