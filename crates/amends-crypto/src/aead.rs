//! XChaCha20-Poly1305 with a random nonce in front: `nonce 24 | ciphertext | tag 16`.
//!
//! It does not commit to its key; whoever uses it binds the key elsewhere (a MAC inside, or a commitment outside).

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

pub(crate) const NONCE_LEN: usize = 24;
pub(crate) const TAG_LEN: usize = 16;

pub(crate) fn seal(key: &[u8; 32], aad: &[u8], plain: &[u8], rng: &mut (impl CryptoRng + ?Sized)) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(NONCE_LEN + plain.len() + TAG_LEN);
    sealed.resize(NONCE_LEN, 0);
    rng.fill_bytes(&mut sealed);
    sealed.extend_from_slice(plain);
    let (nonce, text) = sealed.split_at_mut(NONCE_LEN);
    let nonce = XNonce::try_from(&*nonce).expect("24 bytes were reserved for it");
    let tag = XChaCha20Poly1305::new(key.into())
        .encrypt_inout_detached(&nonce, aad, text.into())
        .expect("what is sealed is below the limit of the cipher");
    sealed.extend_from_slice(&tag);
    sealed
}

pub(crate) fn open(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = sealed.split_at_checked(NONCE_LEN)?;
    let (text, tag) = rest.split_at_checked(rest.len().checked_sub(TAG_LEN)?)?;
    let (nonce, tag) = (XNonce::try_from(nonce).ok()?, Tag::try_from(tag).ok()?);
    let mut plain = Zeroizing::new(text.to_vec());
    XChaCha20Poly1305::new(key.into())
        .decrypt_inout_detached(&nonce, aad, plain.as_mut_slice().into(), &tag)
        .ok()?;
    Some(plain)
}
