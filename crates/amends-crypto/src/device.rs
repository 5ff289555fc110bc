//! The keys of one device: one to sign device lists and grants, one to be given epoch secrets.
//!
//! The second is replaced every thirty days ([`DeviceKeys::rekey`]); the one before is kept until grants to it can no
//! longer arrive, then forgotten, so that a copy of the device from before opens nothing new.

use core::fmt;

use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::cbor;
use crate::ids::{ChainId, DeviceKeyId, short_hash};
use crate::kem::{KemPublic, KemSecret, OpenSealedError};
use crate::sign::{Signature, SigningKey, VerifyKey};

/// The two chains of events that a device writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Chains {
    /// In the space of the own devices.
    #[n(0)]
    pub private: ChainId,
    /// In the space of both persons.
    #[n(1)]
    pub shared: ChainId,
}

/// What others know of a device.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct DevicePublic {
    /// Checks what the device signs.
    #[n(0)]
    pub sign: VerifyKey,
    /// Epoch secrets are sealed to it.
    #[n(1)]
    pub kem: KemPublic,
    /// The chains it writes.
    #[n(2)]
    pub chains: Chains,
}

impl DevicePublic {
    /// The name of the device in lists and grants.
    pub fn id(&self) -> DeviceKeyId {
        DeviceKeyId(short_hash("device", &[&self.sign.0]))
    }
}

/// A device's agreement to be added to a list by whoever shares this pairing with it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Acceptance {
    /// The device.
    #[n(0)]
    pub device: DevicePublic,
    /// Name of the pairing, from its secret.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub pairing: [u8; 16],
    /// By the device, over both.
    #[n(2)]
    pub signature: Signature,
}

impl Acceptance {
    /// Whether the device signed this.
    pub(crate) fn is_genuine(&self) -> bool {
        self.device.sign.verify("accept", &accepted(&self.device, self.pairing), &self.signature)
    }
}

/// The secret keys of this device. They stay in its vault.
pub struct DeviceKeys {
    sign: SigningKey,
    kem: KemSecret,
    generation: u64,
    previous: Option<KemSecret>,
    chains: Chains,
}

/// Stored keys cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoredKeyError {
    /// Written by a newer version of the program.
    #[error("this was written by a newer version of Amends")]
    NewerVersion,
    /// Not the bytes of such a key.
    #[error("these stored keys are damaged")]
    Damaged,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    #[cbor(with = "cbor::secret")]
    sign: Zeroizing<[u8; 32]>,
    #[n(2)]
    #[cbor(with = "cbor::secret")]
    kem: Zeroizing<[u8; 32]>,
    #[n(3)]
    generation: u64,
    #[n(4)]
    previous: Option<cbor::Secret>,
    #[n(5)]
    chains: Chains,
}

impl DeviceKeys {
    /// Makes the keys of a new device that writes these chains.
    pub fn make(chains: Chains, rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self { sign: SigningKey::make(rng), kem: KemSecret::make(rng), generation: 0, previous: None, chains }
    }

    /// The name of this device.
    pub fn id(&self) -> DeviceKeyId {
        self.public().id()
    }

    /// What others may know.
    pub fn public(&self) -> DevicePublic {
        DevicePublic { sign: self.sign.verify_key(), kem: self.kem.public(), chains: self.chains }
    }

    /// How often the key for epoch secrets was replaced.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Agrees to be added to a list by the other side of a pairing.
    pub fn accept(&self, pairing: [u8; 16]) -> Acceptance {
        let device = self.public();
        let signature = self.sign.sign("accept", &accepted(&device, pairing));
        Acceptance { device, pairing, signature }
    }

    /// Replaces the key for epoch secrets; the old one stays until [`Self::forget_previous`]. The change counts for
    /// others once they have the record that [`crate::DeviceList::rekey`] makes of it.
    pub fn rekey(&mut self, rng: &mut (impl CryptoRng + ?Sized)) {
        self.previous = Some(core::mem::replace(&mut self.kem, KemSecret::make(rng)));
        self.generation += 1;
    }

    /// Erases the key before the present one. Call it when grants to the present one have arrived from everybody.
    pub fn forget_previous(&mut self) {
        self.previous = None;
    }

    /// Bytes for the vault, which seals them.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        cbor::encode_secret(&Stored {
            version: 1,
            sign: self.sign.seed(),
            kem: self.kem.seed().clone(),
            generation: self.generation,
            previous: self.previous.as_ref().map(|kem| cbor::Secret(kem.seed().clone())),
            chains: self.chains,
        })
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`StoredKeyError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoredKeyError> {
        let stored: Stored = cbor::decode_stored(bytes)?;
        Ok(Self {
            sign: SigningKey::from_seed(&stored.sign),
            kem: KemSecret::from_seed(stored.kem),
            generation: stored.generation,
            previous: stored.previous.map(|seed| KemSecret::from_seed(seed.0)),
            chains: stored.chains,
        })
    }

    pub(crate) fn sign(&self, purpose: &str, body: &[u8]) -> Signature {
        self.sign.sign(purpose, body)
    }

    /// Opens what was sealed to the present or the previous key.
    pub(crate) fn open(&self, info: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenSealedError> {
        let opened = self.kem.open(info, None, sealed);
        match (&opened, &self.previous) {
            (Err(_), Some(previous)) => previous.open(info, None, sealed),
            _ => opened,
        }
    }
}

impl fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceKeys(hidden)")
    }
}

fn accepted(device: &DevicePublic, pairing: [u8; 16]) -> Vec<u8> {
    [pairing.as_slice(), &cbor::encode(device)].concat()
}
