//! HPKE, X-Wing and ristretto255 give the values of their standards.

use core::convert::Infallible;

use curve25519_dalek::RistrettoPoint;
use hpke::kem::{Kem, X25519HkdfSha256, XWing};
use hpke::{Deserializable, OpModeR, OpModeS, PskBundle, Serializable};
use rand_chacha::rand_core::{TryCryptoRng, TryRng};

use crate::checks::{Checks, Wrong, array, holds, lines, same, unhex};

/// Gives out fixed bytes where a standard says which random bytes were drawn.
struct Fixed(Vec<u8>);

impl TryRng for Fixed {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("only bytes are drawn")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("only bytes are drawn")
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Infallible> {
        to.copy_from_slice(&self.0.drain(..to.len()).collect::<Vec<_>>());
        Ok(())
    }
}

impl TryCryptoRng for Fixed {}

const INFO: &str = "4f6465206f6e2061204772656369616e2055726e";
const PLAIN: &str = "4265617574792069732074727574682c20747275746820626561757479";
const COUNT_0: &str = "436f756e742d30";

struct HpkeVector {
    ephemeral: &'static str,
    recipient: &'static str,
    encapsulation: &'static str,
    ciphertext: &'static str,
}

const BASE: HpkeVector = HpkeVector {
    ephemeral: "909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b",
    recipient: "1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df",
    encapsulation: "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
    ciphertext: "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
};

const PSK: HpkeVector = HpkeVector {
    ephemeral: "35706a0b09fb26fb45c39c2f5079c709c7cf98e43afa973f14d88ece7e29c2e3",
    recipient: "26b923eade72941c8a85b09986cdfa3f1296852261adedc52d58d2930269812b",
    encapsulation: "2261299c3f40a9afc133b969a97f05e95be2c514e54f3de26cbe5644ac735b04",
    ciphertext: "4a177f9c0d6f15cfdf533fb65bf84aecdc6ab16b8b85b4cf65a370e07fc1d78d28fb073214525276f4a89608ff",
};

fn check_hpke(vector: &HpkeVector, psk: Option<PskBundle<'_>>) -> Result<(), Wrong> {
    type Suite = X25519HkdfSha256;
    type Aead = hpke::aead::ChaCha20Poly1305;
    type Kdf = hpke::kdf::HkdfSha256;

    let (secret, public) = Suite::derive_keypair(&unhex(vector.recipient));
    let mode = psk.map_or(OpModeS::Base, OpModeS::Psk);
    let (info, plain, aad) = (unhex(INFO), unhex(PLAIN), unhex(COUNT_0));
    let mut rng = Fixed(unhex(vector.ephemeral));
    let (encapsulation, ciphertext) =
        hpke::single_shot_seal_with_rng::<Aead, Kdf, Suite>(&mode, &public, &info, &plain, &aad, &mut rng)?;
    same("encapsulation", encapsulation.to_bytes(), unhex(vector.encapsulation))?;
    same("ciphertext", &ciphertext, unhex(vector.ciphertext))?;
    let mode = psk.map_or(OpModeR::Base, OpModeR::Psk);
    let opened =
        hpke::single_shot_open::<Aead, Kdf, Suite>(&mode, &secret, &encapsulation, &info, &ciphertext, &aad)?;
    same("opened text", opened, plain)
}

pub(crate) fn hpke(checks: &mut Checks) {
    checks.vector("appendix A.2.1, base mode", || check_hpke(&BASE, None));
    checks.vector("appendix A.2.2, mode with a shared key", || {
        let key = unhex("0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82");
        let name = unhex("456e6e796e20447572696e206172616e204d6f726961");
        check_hpke(&PSK, Some(PskBundle::new(&key, &name)?))
    });
}

pub(crate) fn x_wing(checks: &mut Checks) {
    let file = lines(include_str!("../../amends-crypto/tests/vectors/x-wing-draft-06.txt"));
    for (number, vector) in file.chunks(5).enumerate() {
        checks.vector(format!("appendix C, vector {}", number + 1), || {
            let [(_, seed), (_, randomness), (_, shared), (_, public), (_, encapsulation)] = vector else {
                return Err(Wrong("a vector has five lines".to_owned()));
            };
            let secret = <XWing as Kem>::PrivateKey::from_bytes(seed)?;
            let key = XWing::sk_to_pk(&secret);
            same("public key", key.to_bytes(), public)?;
            let (ours, sent) = XWing::encap_with_rng(&key, None, &mut Fixed(randomness.clone()))?;
            same("shared secret", &ours.0, shared)?;
            same("encapsulation", sent.to_bytes(), encapsulation)?;
            same("opened secret", &XWing::decap(&secret, None, &sent)?.0, shared)
        });
    }
    checks.vector("appendix C has three", || holds("15 lines", file.len() == 15));
}

pub(crate) fn ristretto255(checks: &mut Checks) {
    checks.vector("appendix A.3", || {
        let bytes = array(
            "5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c1\
             4d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7705668b47dffe5bb6",
        )?;
        let expected = unhex("3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46");
        same("point", RistrettoPoint::from_uniform_bytes(&bytes).compress().as_bytes(), expected)
    });
}
