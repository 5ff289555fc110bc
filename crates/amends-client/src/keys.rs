//! The keys of an unlocked vault, and sealing with them.

use core::fmt;

use amends_crypto::{
    CryptoRng, OpenRecordError, Place, RecordKey, RecordKind, SealError, VaultKey, Zeroizing,
};

/// Everything needed to read and write the records of one vault.
pub(crate) struct Keys {
    pub(crate) vault_id: [u8; 16],
    /// Needed again only to wrap it anew.
    pub(crate) vault_key: VaultKey,
    records: RecordKey,
}

impl Keys {
    pub(crate) fn new(vault_id: [u8; 16], vault_key: VaultKey) -> Self {
        let records = RecordKey::derive(&vault_key);
        Self { vault_id, vault_key, records }
    }

    pub(crate) fn seal(
        &self,
        kind: RecordKind,
        id: [u8; 16],
        body: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, SealError> {
        self.records.seal(Place { kind, id }, body, rng)
    }

    /// Seals something there is only one of in a vault.
    pub(crate) fn seal_own(
        &self,
        kind: RecordKind,
        body: &[u8],
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, SealError> {
        self.seal(kind, self.vault_id, body, rng)
    }

    pub(crate) fn open(
        &self,
        kind: RecordKind,
        id: [u8; 16],
        record: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenRecordError> {
        self.records.open(Place { kind, id }, record)
    }

    pub(crate) fn open_own(
        &self,
        kind: RecordKind,
        record: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenRecordError> {
        self.open(kind, self.vault_id, record)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(hidden)")
    }
}
