//! Records and wrapped keys of version 1.

use amends_crypto::{KdfCost, Passphrase, RecordKey, RecoveryPhrase, VaultKey, WrappedKey};

use super::{PHRASE, PLACE, VAULT_ID, record_key, rng};
use crate::checks::{Checks, Wrong, lines, same};

const RECORDS_V1: &str = include_str!("../../../amends-crypto/tests/vectors/record-v1.txt");
const WRAPPED_V1: &str = include_str!("../../../amends-crypto/tests/vectors/wrapped-key-v1.txt");

/// Name and body of each golden record.
fn bodies() -> [(&'static str, Vec<u8>); 4] {
    [
        ("empty", vec![]),
        ("short", b"I told you I had stopped. I had not.".to_vec()),
        ("floor", vec![0xa5; 220]),
        ("above-floor", vec![0x5a; 221]),
    ]
}

/// What the file says of a name.
fn golden(file: &'static str, name: &str) -> Result<Vec<u8>, Wrong> {
    let found = lines(file).into_iter().find(|(found, _)| *found == name);
    found.map(|(_, bytes)| bytes).ok_or_else(|| Wrong("it is missing in the file".to_owned()))
}

fn names(checks: &mut Checks, file: &'static str, expected: &[&str]) {
    checks.vector("names in the file", || {
        let found: Vec<_> = lines(file).into_iter().map(|(name, _)| name).collect();
        same("all names", found.join(" "), expected.join(" "))
    });
}

pub(crate) fn records(checks: &mut Checks) {
    names(checks, RECORDS_V1, &bodies().each_ref().map(|(name, _)| *name));
    for (name, body) in bodies() {
        checks.vector(format!("{name} opens"), || {
            same("body", &*record_key().open(PLACE, &golden(RECORDS_V1, name)?)?, &body)
        });
        checks.vector(format!("{name} is written the same"), || {
            same("record", record_key().seal(PLACE, &body, &mut rng())?, golden(RECORDS_V1, name)?)
        });
    }
}

pub(crate) fn wrapped_keys(checks: &mut Checks) {
    names(checks, WRAPPED_V1, &["passphrase", "recovery-phrase"]);
    let key = VaultKey::make(&mut rng());
    let passphrase = Passphrase::typed("a golden passphrase");
    let opens = |key: &VaultKey| {
        let record = record_key().seal(PLACE, b"same key", &mut rng())?;
        same("record under the key", &*RecordKey::derive(key).open(PLACE, &record)?, b"same key")
    };
    checks.vector("passphrase is written the same", || {
        let written = WrappedKey::with_passphrase(&key, VAULT_ID, &passphrase, KdfCost::FLOOR, &mut rng());
        same("wrapped key", written.as_bytes(), golden(WRAPPED_V1, "passphrase")?)
    });
    checks.vector("passphrase opens", || {
        let wrapped = WrappedKey::from_bytes(golden(WRAPPED_V1, "passphrase")?);
        opens(&wrapped.open_with_passphrase(VAULT_ID, &passphrase)?)
    });
    checks.vector("recovery-phrase is written the same", || {
        let phrase = RecoveryPhrase::parse(PHRASE)?;
        let written = WrappedKey::with_recovery_phrase(&key, VAULT_ID, &phrase, &mut rng());
        same("wrapped key", written.as_bytes(), golden(WRAPPED_V1, "recovery-phrase")?)
    });
    checks.vector("recovery-phrase opens", || {
        let wrapped = WrappedKey::from_bytes(golden(WRAPPED_V1, "recovery-phrase")?);
        opens(&wrapped.open_with_recovery_phrase(VAULT_ID, &RecoveryPhrase::parse(PHRASE)?)?)
    });
}
