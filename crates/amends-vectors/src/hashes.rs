//! Argon2id, BLAKE3 and HKDF give the values printed in their standards.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::checks::{Checks, array, same, unhex};

pub(crate) fn argon2id(checks: &mut Checks) {
    checks.vector("section 5.3", || {
        let params = ParamsBuilder::new()
            .m_cost(32)
            .t_cost(3)
            .p_cost(4)
            .data(AssociatedData::new(&[4; 12])?)
            .output_len(32)
            .build()?;
        let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params)?;
        let mut tag = [0; 32];
        argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag)?;
        same("tag", tag, unhex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"))
    });
}

pub(crate) fn hkdf(checks: &mut Checks) {
    let range = |from: u8, to: u8| (from..=to).collect::<Vec<_>>();
    let cases = [
        (
            "appendix A.1",
            vec![0x0b; 22],
            range(0x00, 0x0c),
            range(0xf0, 0xf9),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            "appendix A.2",
            range(0x00, 0x4f),
            range(0x60, 0xaf),
            range(0xb0, 0xff),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09\
             da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        ),
        (
            "appendix A.3",
            vec![0x0b; 22],
            vec![],
            vec![],
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ];
    for (name, ikm, salt, info, okm) in cases {
        checks.vector(name, || {
            let expected = unhex(okm);
            let mut out = vec![0; expected.len()];
            Hkdf::<Sha256>::new(Some(&salt), &ikm).expand(&info, &mut out)?;
            same("key", out, expected)
        });
    }
}

/// Length of the input, plain hash, keyed hash.
const BLAKE3: [(usize, &str, &str); 6] = [
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

pub(crate) fn blake3(checks: &mut Checks) {
    let key = b"whats the Elvish word for friend";
    for (len, hash, keyed) in BLAKE3 {
        let input: Vec<u8> = (0..=250_u8).cycle().take(len).collect();
        checks.vector(format!("hash of {len} bytes"), || {
            let expected: [u8; 32] = array(hash)?;
            same("hash", blake3::hash(&input).as_bytes(), expected)?;
            same("place in a chain", amends_crypto::ChainHash::of(&input).as_bytes(), expected)
        });
        checks.vector(format!("keyed hash of {len} bytes"), || {
            same("hash", blake3::keyed_hash(key, &input).as_bytes(), unhex(keyed))
        });
    }
}
