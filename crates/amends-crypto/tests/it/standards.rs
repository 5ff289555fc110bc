//! The building blocks give the values printed in their standards.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, XChaCha20Poly1305};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::{hex, unhex};

#[test]
fn argon2id_of_rfc_9106_section_5_3() {
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).unwrap())
        .output_len(32)
        .build()
        .unwrap();
    let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(hex(&tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

const SUNSCREEN: &[u8] = b"Ladies and Gentlemen of the class of '99: \
    If I could offer you only one tip for the future, sunscreen would be it.";
const AAD: &str = "50515253c0c1c2c3c4c5c6c7";
const KEY: &str = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";

#[test]
fn chacha20_poly1305_of_rfc_8439_section_2_8_2() {
    let cipher = ChaCha20Poly1305::new_from_slice(&unhex(KEY)).unwrap();
    let nonce = unhex("070000004041424344454647");
    let mut text = SUNSCREEN.to_vec();
    cipher.encrypt_in_place(nonce.as_slice().try_into().unwrap(), &unhex(AAD), &mut text).unwrap();
    assert_eq!(
        hex(&text),
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b\
         1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc\
         3ff4def08e4b7a9de576d26586cec64b6116\
         1ae10b594f09e26a7e902ecbd0600691"
    );
}

#[test]
fn xchacha20_poly1305_of_draft_irtf_cfrg_xchacha_appendix_a_3() {
    let cipher = XChaCha20Poly1305::new_from_slice(&unhex(KEY)).unwrap();
    let nonce = unhex("404142434445464748494a4b4c4d4e4f5051525354555657");
    let mut text = SUNSCREEN.to_vec();
    cipher.encrypt_in_place(nonce.as_slice().try_into().unwrap(), &unhex(AAD), &mut text).unwrap();
    assert_eq!(
        hex(&text),
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39\
         ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
         21f9664c97637da9768812f615c68b13b52e\
         c0875924c1c7987947deafd8780acf49"
    );
}

#[test]
fn hkdf_sha256_of_rfc_5869_appendix_a() {
    let check = |ikm: &str, salt: &str, info: &str, okm: &str| {
        let mut out = vec![0; okm.len() / 2];
        Hkdf::<Sha256>::new(Some(&unhex(salt)), &unhex(ikm)).expand(&unhex(info), &mut out).unwrap();
        assert_eq!(hex(&out), okm);
    };
    let range = |from: u8, to: u8| hex(&(from..=to).collect::<Vec<_>>());
    check(
        &"0b".repeat(22),
        &range(0x00, 0x0c),
        &range(0xf0, 0xf9),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    );
    check(
        &range(0x00, 0x4f),
        &range(0x60, 0xaf),
        &range(0xb0, 0xff),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09\
         da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    );
    check(
        &"0b".repeat(22),
        "",
        "",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    );
}

#[test]
fn blake3_test_vectors() {
    // Lengths 0, 1, 1023, 1024, 1025 and 2049 of the official file: plain hash, then keyed hash.
    let cases = [
        (
            0,
            "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
            "92b2b75604ed3c761f9d6f62392c8a9227ad0ea3f09573e783f1498a4ed60d26",
        ),
        (
            1,
            "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
            "6d7878dfff2f485635d39013278ae14f1454b8c0a3a2d34bc1ab38228a80c95b",
        ),
        (
            1023,
            "10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11",
            "c951ecdf03288d0fcc96ee3413563d8a6d3589547f2c2fb36d9786470f1b9d6e",
        ),
        (
            1024,
            "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
            "75c46f6f3d9eb4f55ecaaee480db732e6c2105546f1e675003687c31719c7ba4",
        ),
        (
            1025,
            "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444",
            "357dc55de0c7e382c900fd6e320acc04146be01db6a8ce7210b7189bd664ea69",
        ),
        (
            2049,
            "5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030",
            "9f29700902f7c86e514ddc4df1e3049f258b2472b6dd5267f61bf13983b78dd5",
        ),
    ];
    for (len, hash, keyed) in cases {
        let input: Vec<u8> = (0..=250_u8).cycle().take(len).collect();
        assert_eq!(blake3::hash(&input).to_hex().as_str(), hash, "{len}");
        let key = b"whats the Elvish word for friend";
        assert_eq!(blake3::keyed_hash(key, &input).to_hex().as_str(), keyed, "{len}");
        assert_eq!(amends_crypto::ChainHash::of(&input).as_bytes(), blake3::hash(&input).as_bytes());
    }
}
