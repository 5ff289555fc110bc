//! Reading a backup, as far as that needs no key.

use amends_crypto::ChainHash;
use amends_domain::id::Millis;
use amends_store::{Change, RecordId};
use minicbor::Decoder;

use super::{Head, MAGIC, VERSION};

/// A backup file that is whole. What is in it is still sealed.
#[derive(Debug)]
pub struct Backup {
    head: Head,
    pub(super) values: Vec<(String, Vec<u8>)>,
    pub(super) records: Vec<(RecordId, Vec<u8>)>,
    /// Hash of everything before the end, and the end, which holds the same hash, sealed.
    pub(super) hash: ChainHash,
    pub(super) end: Vec<u8>,
}

/// A file is no usable backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The file does not begin like a backup.
    #[error("this file is not a backup of Amends")]
    NotABackup,
    /// The backup was made by a newer version of the program.
    #[error("the backup was made by a newer version of Amends")]
    NewerVersion,
    /// The file is cut off or was changed.
    #[error("the backup is cut off or damaged")]
    Damaged,
}

impl Backup {
    /// Reads a backup file and checks that it is whole.
    ///
    /// # Errors
    /// [`BackupError`] if it is something else, of a newer version, cut off or changed.
    pub fn read(file: &[u8]) -> Result<Self, BackupError> {
        let after_magic = file.strip_prefix(MAGIC).ok_or(BackupError::NotABackup)?;
        match after_magic.first() {
            Some(&VERSION) => {}
            Some(newer) if *newer > VERSION => return Err(BackupError::NewerVersion),
            Some(_) => return Err(BackupError::NotABackup),
            None => return Err(BackupError::Damaged),
        }
        let (body, hash) = file.split_last_chunk::<32>().ok_or(BackupError::Damaged)?;
        if ChainHash::of(body).as_bytes() != hash {
            return Err(BackupError::Damaged);
        }
        Self::decode(body).map_err(|_| BackupError::Damaged)
    }

    /// When it was made, by the clock of the device that made it.
    pub fn made_at(&self) -> Millis {
        Millis(self.head.made_at)
    }

    /// Everything in it as changes to an empty store, in the order in which it was written.
    pub(super) fn changes(&self) -> Vec<Change> {
        let values =
            self.values.iter().map(|(name, bytes)| Change::Put { name: name.clone(), bytes: bytes.clone() });
        let records = self.records.iter().map(|(id, bytes)| Change::Append { id: *id, bytes: bytes.clone() });
        values.chain(records).collect()
    }

    pub(super) fn value(&self, name: &str) -> Option<&[u8]> {
        self.values.iter().find(|(other, _)| other == name).map(|(_, bytes)| bytes.as_slice())
    }

    fn decode(body: &[u8]) -> Result<Self, minicbor::decode::Error> {
        let mut decoder = Decoder::new(body);
        decoder.set_position(MAGIC.len() + 1);
        let head: Head = decoder.decode()?;
        // Counts come from the file: nothing is reserved for them.
        let mut values = Vec::new();
        for _ in 0..head.n_values {
            values.push((decoder.str()?.to_owned(), decoder.bytes()?.to_vec()));
        }
        let mut records = Vec::new();
        for _ in 0..head.n_records {
            let id =
                decoder.bytes()?.try_into().map_err(|_| minicbor::decode::Error::message("record id"))?;
            records.push((RecordId(id), decoder.bytes()?.to_vec()));
        }
        let hash = ChainHash::of(&body[..decoder.position()]);
        let end = decoder.bytes()?.to_vec();
        if decoder.position() != body.len() {
            return Err(minicbor::decode::Error::message("bytes after the end"));
        }
        Ok(Self { head, values, records, hash, end })
    }
}
