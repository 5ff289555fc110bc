//! Who knocks: the relay's key for push services (VAPID, RFC 8292), made when it is needed first and kept in the data folder.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use amends_wire::PushKey;
use base64ct::{Base64UrlUnpadded, Encoding};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

/// Name of its file in the data folder.
const FILE: &str = "push-key";
/// How long a note for a push service counts, in seconds; a day is the most that is allowed.
const COUNTS_FOR: u64 = 12 * 3_600;

/// The key cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Its file cannot be read or written.
    #[error("push-key cannot be read or written: {0}")]
    File(#[from] io::Error),
    /// What is in the file is no key.
    #[error("push-key holds no key; devices that are woken would have to ask anew if it was removed")]
    NotAKey,
}

pub(crate) struct Key {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl Key {
    /// The key of this data folder.
    pub(crate) fn open(data: &Path) -> Result<Self, KeyError> {
        let random = SystemRandom::new();
        let path = data.join(FILE);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)
                    .map_err(|_| io::Error::other("the operating system gives no random bytes"))?;
                write_private(data, made.as_ref())?;
                made.as_ref().to_vec()
            }
            read => read?,
        };
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &bytes, &random)
            .map_err(|_| KeyError::NotAKey)?;
        Ok(Self { pair, random })
    }

    /// What a browser is told.
    pub(crate) fn public(&self) -> PushKey {
        PushKey(self.pair.public_key().as_ref().try_into().expect("a point of P-256 has 65 bytes"))
    }

    /// The `Authorization` of a knock at this service; none if the system gives no random bytes.
    pub(crate) fn note(&self, origin: &str, contact: &str, now: u64) -> Option<String> {
        let encode = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
        let claims = serde_json::json!({ "aud": origin, "exp": now + COUNTS_FOR, "sub": contact });
        let head = encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{head}.{}", encode(claims.to_string().as_bytes()));
        let signature = self.pair.sign(&self.random, signed.as_bytes()).ok()?;
        Some(format!("vapid t={signed}.{}, k={}", encode(signature.as_ref()), encode(&self.public().0)))
    }
}

/// All of it or nothing, readable for its owner alone.
fn write_private(data: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = data.join(format!("{FILE}.new"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, data.join(FILE))
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stays_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = Key::open(folder.path()).unwrap().public();
        assert_eq!(Key::open(folder.path()).unwrap().public(), first);
        #[cfg(unix)]
        {
            let path = folder.path().join(FILE);
            let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
            assert_eq!(mode & 0o077, 0);
            fs::write(&path, "not a key").unwrap();
            assert!(matches!(Key::open(folder.path()), Err(KeyError::NotAKey)));
        }
    }
}
