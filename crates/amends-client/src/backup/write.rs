//! Making a backup.

use amends_crypto::ChainHash;
use amends_domain::id::Millis;
use amends_store::{Position, Store};

use super::{Head, MAGIC, VERSION};
use crate::layout::{BACKUP_END, SNAPSHOT_NAME, UNTIDY};
use crate::vault::{EraseError, Vault};

impl<S: Store> Vault<S> {
    /// The whole vault as one file. It opens with the passphrase or recovery phrase of this moment. Deleted words are
    /// erased first, so that they are not in it; deleting cannot be undone after this.
    ///
    /// # Errors
    /// [`EraseError`] if deleted words could not be erased or the vault could not be read.
    pub fn backup(&mut self, now: Millis) -> Result<Vec<u8>, EraseError> {
        self.erase(now)?;
        let mut names = self.store.names("")?;
        names.retain(|name| name != SNAPSHOT_NAME && name != UNTIDY);
        let records = self.store.read_after(Position::START, usize::MAX)?;
        let count = |n: usize| u32::try_from(n).expect("a vault has fewer than four billion records");
        let head = Head { made_at: now.0, n_values: count(names.len()), n_records: count(records.len()) };

        let mut file = Writer(MAGIC.to_vec());
        file.0.push(VERSION);
        file.item(&head);
        for name in names {
            let bytes = self.store.value(&name)?.unwrap_or_default();
            file.item(&name);
            file.bytes(&bytes);
        }
        for record in records {
            file.bytes(&record.id.0);
            file.bytes(&record.bytes);
        }
        let hash = ChainHash::of(&file.0);
        let end = self
            .keys
            .seal_own(BACKUP_END, hash.as_bytes(), &mut *self.rng)
            .expect("a hash is far below the limit");
        file.bytes(&end);
        let whole = ChainHash::of(&file.0);
        file.0.extend_from_slice(whole.as_bytes());
        Ok(file.0)
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn item(&mut self, item: &impl minicbor::Encode<()>) {
        minicbor::encode(item, &mut self.0).expect("writing to memory cannot fail");
    }

    fn bytes(&mut self, bytes: &[u8]) {
        minicbor::Encoder::new(&mut self.0).bytes(bytes).expect("writing to memory cannot fail");
    }
}
