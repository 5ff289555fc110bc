//! The wrapped vault key: opens with the right words only, and cannot be made cheaper to guess.

use amends_crypto::{KdfCost, Passphrase, RecordKey, RecoveryPhrase, UnwrapError, VaultKey, WrappedKey};
use amends_vectors::golden::{PHRASE, VAULT_ID};

use crate::{PLACE, rng};

fn passphrase() -> Passphrase {
    Passphrase::typed("three green chairs")
}

fn by_passphrase() -> WrappedKey {
    let mut rng = rng();
    WrappedKey::with_passphrase(&VaultKey::make(&mut rng), VAULT_ID, &passphrase(), KdfCost::FLOOR, &mut rng)
}

fn by_phrase() -> WrappedKey {
    let mut rng = rng();
    let phrase = RecoveryPhrase::parse(PHRASE).unwrap();
    WrappedKey::with_recovery_phrase(&VaultKey::make(&mut rng), VAULT_ID, &phrase, &mut rng)
}

fn open(bytes: &[u8]) -> UnwrapError {
    WrappedKey::from_bytes(bytes.to_vec()).open_with_passphrase(VAULT_ID, &passphrase()).unwrap_err()
}

fn open_recovery(bytes: &[u8]) -> UnwrapError {
    let phrase = RecoveryPhrase::parse(PHRASE).unwrap();
    WrappedKey::from_bytes(bytes.to_vec()).open_with_recovery_phrase(VAULT_ID, &phrase).unwrap_err()
}

#[test]
fn both_ways_lead_to_the_same_key() {
    let seal_with = |key: &VaultKey| RecordKey::derive(key).seal(PLACE, b"x", &mut rng()).unwrap();
    let first = by_passphrase().open_with_passphrase(VAULT_ID, &passphrase()).unwrap();
    let phrase = RecoveryPhrase::parse(PHRASE).unwrap();
    let second = by_phrase().open_with_recovery_phrase(VAULT_ID, &phrase).unwrap();
    assert_eq!(seal_with(&first), seal_with(&second));
}

#[test]
fn wrong_words_and_other_vaults_do_not_open() {
    for typed in ["", "three green chair", "three green chairs ", "Three green chairs"] {
        let error = by_passphrase().open_with_passphrase(VAULT_ID, &Passphrase::typed(typed)).unwrap_err();
        assert_eq!(error, UnwrapError::Wrong, "{typed:?}");
    }
    let error = by_passphrase().open_with_passphrase([0; 16], &passphrase()).unwrap_err();
    assert_eq!(error, UnwrapError::Wrong);
    let zoo = RecoveryPhrase::parse("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong").unwrap();
    assert_eq!(by_phrase().open_with_recovery_phrase(VAULT_ID, &zoo).unwrap_err(), UnwrapError::Wrong);
}

#[test]
fn a_lowered_cost_is_refused_and_a_changed_one_does_not_open() {
    let mut bytes = by_passphrase().as_bytes().to_vec();
    let memory = 18..22;
    bytes[memory.clone()].copy_from_slice(&1024_u32.to_be_bytes());
    assert_eq!(open(&bytes), UnwrapError::UnsafeCost);
    bytes[memory.clone()].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(open(&bytes), UnwrapError::UnsafeCost);
    bytes[memory].copy_from_slice(&(20_u32 * 1024).to_be_bytes());
    assert_eq!(open(&bytes), UnwrapError::Wrong);
}

#[test]
fn the_other_kind_a_newer_version_and_cut_bytes_are_told_apart() {
    let wrapped = by_passphrase();
    assert_eq!(open(by_phrase().as_bytes()), UnwrapError::Damaged);
    assert_eq!(open_recovery(wrapped.as_bytes()), UnwrapError::Damaged);
    let mut newer = wrapped.as_bytes().to_vec();
    newer[0] = 2;
    assert_eq!(open(&newer), UnwrapError::NewerVersion);
    for len in [0, 1, 2, 17, 18, 29] {
        assert_eq!(open(&wrapped.as_bytes()[..len]), UnwrapError::Damaged, "cut to {len}");
    }
    for len in [30, 60, wrapped.as_bytes().len() - 1] {
        assert_eq!(open(&wrapped.as_bytes()[..len]), UnwrapError::Wrong, "cut to {len}");
    }
}

#[test]
fn every_changed_byte_of_a_phrase_wrapped_key_is_noticed() {
    let bytes = by_phrase().as_bytes().to_vec();
    for at in 2..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        assert_eq!(open_recovery(&changed), UnwrapError::Wrong, "byte {at}");
    }
}

#[test]
fn the_cost_can_be_read_to_offer_a_better_one() {
    assert_eq!(by_passphrase().cost(), Ok(KdfCost::FLOOR));
    assert_eq!(by_phrase().cost(), Err(UnwrapError::Damaged));
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let key = VaultKey::make(&mut rng());
    assert_eq!(format!("{key:?} {:?}", RecordKey::derive(&key)), "VaultKey(hidden) RecordKey(hidden)");
}
