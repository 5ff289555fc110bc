//! Records and wrapped keys as released: every version ever written must stay readable. The files are never edited;
//! a new version gets a new file.

use amends_crypto::{KdfCost, Passphrase, RecoveryPhrase, VaultKey, WrappedKey};

use crate::wrapped::{PHRASE, VAULT_ID};
use crate::{PLACE, hex, record_key, rng, vectors};

const RECORDS_V1: &str = include_str!("../vectors/record-v1.txt");
const WRAPPED_V1: &str = include_str!("../vectors/wrapped-key-v1.txt");

/// Name and body of each golden record.
fn bodies() -> [(&'static str, Vec<u8>); 4] {
    [
        ("empty", vec![]),
        ("short", b"I told you I had stopped. I had not.".to_vec()),
        ("floor", vec![0xa5; 220]),
        ("above-floor", vec![0x5a; 221]),
    ]
}

#[test]
fn records_of_version_1_open() {
    let golden = vectors(RECORDS_V1);
    assert_eq!(golden.len(), bodies().len());
    for ((name, record), (expected, body)) in golden.iter().zip(bodies()) {
        assert_eq!(*name, expected);
        assert_eq!(*record_key().open(PLACE, record).unwrap(), body, "{name}");
    }
}

#[test]
fn records_written_today_are_version_1_to_the_byte() {
    for ((name, record), (_, body)) in vectors(RECORDS_V1).iter().zip(bodies()) {
        let written = record_key().seal(PLACE, &body, &mut rng()).unwrap();
        assert_eq!(hex(&written), hex(record), "{name}");
    }
}

#[test]
fn wrapped_keys_of_version_1_open_and_are_written_the_same() {
    let golden = vectors(WRAPPED_V1);
    let [(_, by_passphrase), (_, by_phrase)] = golden.as_slice() else { panic!("two wrapped keys") };
    let key = VaultKey::make(&mut rng());
    let passphrase = Passphrase::typed("a golden passphrase");
    let phrase = RecoveryPhrase::parse(PHRASE).unwrap();

    let written = WrappedKey::with_passphrase(&key, VAULT_ID, &passphrase, KdfCost::FLOOR, &mut rng());
    assert_eq!(hex(written.as_bytes()), hex(by_passphrase));
    let written = WrappedKey::with_recovery_phrase(&key, VAULT_ID, &phrase, &mut rng());
    assert_eq!(hex(written.as_bytes()), hex(by_phrase));

    let record = record_key().seal(PLACE, b"same key", &mut rng()).unwrap();
    for key in [
        WrappedKey::from_bytes(by_passphrase.clone()).open_with_passphrase(VAULT_ID, &passphrase).unwrap(),
        WrappedKey::from_bytes(by_phrase.clone()).open_with_recovery_phrase(VAULT_ID, &phrase).unwrap(),
    ] {
        let opened = amends_crypto::RecordKey::derive(&key).open(PLACE, &record).unwrap();
        assert_eq!(*opened, b"same key");
    }
}
