//! ChaCha20-Poly1305 and its long-nonce form give the values printed in their standards.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, XChaCha20Poly1305};

use crate::checks::{Checks, Wrong, array, same, unhex};

const SUNSCREEN: &[u8] = b"Ladies and Gentlemen of the class of '99: \
    If I could offer you only one tip for the future, sunscreen would be it.";
const AAD: &str = "50515253c0c1c2c3c4c5c6c7";
const KEY: &str = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";

/// What one vector gives: the text, then its tag.
fn check(cipher: &impl AeadInOut, nonce: &str, sealed: &str, tag: &str) -> Result<(), Wrong> {
    let (nonce, aad) = (unhex(nonce), unhex(AAD));
    let nonce = nonce.as_slice().try_into()?;
    let mut text = SUNSCREEN.to_vec();
    let written = cipher.encrypt_inout_detached(nonce, &aad, text.as_mut_slice().into())?;
    same("text", &text, unhex(sealed))?;
    same("tag", &written, unhex(tag))?;
    cipher.decrypt_inout_detached(nonce, &aad, text.as_mut_slice().into(), &written)?;
    same("opened text", text, SUNSCREEN)
}

pub(crate) fn chacha20_poly1305(checks: &mut Checks) {
    checks.vector("section 2.8.2", || {
        check(
            &ChaCha20Poly1305::new(&array(KEY)?.into()),
            "070000004041424344454647",
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b\
             1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc\
             3ff4def08e4b7a9de576d26586cec64b6116",
            "1ae10b594f09e26a7e902ecbd0600691",
        )
    });
}

pub(crate) fn xchacha20_poly1305(checks: &mut Checks) {
    checks.vector("appendix A.3", || {
        check(
            &XChaCha20Poly1305::new(&array(KEY)?.into()),
            "404142434445464748494a4b4c4d4e4f5051525354555657",
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39\
             ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
             21f9664c97637da9768812f615c68b13b52e",
            "c0875924c1c7987947deafd8780acf49",
        )
    });
}
