//! The device list of one person: which devices and which recovery words count, by whose signature.
//!
//! Records form a chain; two devices that change it at the same moment make a fork, which [`fork`] settles. A relay can
//! add nothing: every record is signed by a device that was active before it, and a new device has agreed itself.

mod fork;
mod record;
mod state;

use std::collections::BTreeMap;

pub use record::{Change, LIST_VERSION, ListRecord, ListRecordError};
pub use state::{ActiveDevice, MAX_DEVICES};

use crate::device::{Acceptance, DeviceKeys};
use crate::ids::{DeviceKeyId, ListHash, PersonId};
use crate::kem::KemPublic;
use crate::recovery_key::{RecoveryKey, RecoveryPublic};
use record::{Body, PURPOSE};
use state::State;

/// The most records one list can have, so that nobody fills the memory of others.
pub const MAX_LIST_RECORDS: usize = 1024;

/// Who signs a change.
#[derive(Debug, Clone, Copy)]
pub enum Signer<'a> {
    /// This device, which must be active.
    Device(&'a DeviceKeys),
    /// Somebody who typed the recovery words.
    Recovery(&'a RecoveryKey),
}

/// A verified device list.
#[derive(Debug, Clone)]
pub struct DeviceList {
    person: PersonId,
    begin: ListHash,
    nodes: BTreeMap<ListHash, Node>,
    /// In the order in which they arrived.
    children: BTreeMap<ListHash, Vec<ListHash>>,
    /// From the first record to the one that counts now.
    path: Vec<ListHash>,
    rekeys: BTreeMap<DeviceKeyId, ListRecord>,
}

#[derive(Debug, Clone)]
struct Node {
    record: ListRecord,
    /// After this record.
    state: State,
}

/// What a record did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It was known.
    Known,
    /// It counts now, after all that counted before.
    Extended,
    /// It counts now, and records that counted before it do not any more; their authors may make them again.
    Replaced,
    /// It is kept and does not count: another record at the same place does. Its author may make it again.
    SetAside,
}

/// A record cannot be part of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// Unreadable or of a newer version.
    #[error(transparent)]
    Record(#[from] ListRecordError),
    /// It belongs to the list of somebody else.
    #[error("this belongs to the device list of somebody else")]
    OtherPerson,
    /// The record before it has not arrived. Keep it and try again.
    #[error("the record before this one is missing")]
    MissingPrevious,
    /// The signer is unknown, or was removed before.
    #[error("this was not signed by an active device")]
    SignerNotActive,
    /// The signature does not fit.
    #[error("this was not signed by the device it names")]
    Forged,
    /// The new device did not agree to be added.
    #[error("the new device did not agree to this")]
    NotAccepted,
    /// It adds a device that is or was there, or removes one that is not.
    #[error("this does not fit the devices in the list")]
    DoesNotFit,
    /// More than [`MAX_DEVICES`] devices or [`MAX_LIST_RECORDS`] records, or no device and no recovery words.
    #[error("a device list has between one and sixteen devices")]
    Count,
}

impl DeviceList {
    /// Begins a list with this device.
    pub fn begin(
        person: PersonId,
        device: &DeviceKeys,
        recovery: Option<RecoveryPublic>,
        at: u64,
    ) -> (Self, ListRecord) {
        let change = Change::Begin { device: device.public(), recovery };
        let body = Body { person, previous: ListHash::START, signer: Some(device.id()), at, change };
        let record = ListRecord::sign(&body, |purpose, bytes| device.sign(purpose, bytes));
        let list = Self::from_first(record.clone()).expect("a list that was just begun is whole");
        (list, record)
    }

    /// Checks a whole list, as it comes with a pairing or from the recovery mailbox. Records that are set aside by a
    /// fork are part of it.
    ///
    /// # Errors
    /// [`ListError`] of the first record that does not fit.
    pub fn from_records<'a>(records: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, ListError> {
        let mut records = records.into_iter();
        let first = ListRecord::parse(records.next().ok_or(ListError::MissingPrevious)?)?;
        let mut list = Self::from_first(first)?;
        for bytes in records {
            list.apply(&ListRecord::parse(bytes)?)?;
        }
        Ok(list)
    }

    /// Checks one more record and takes it in.
    ///
    /// # Errors
    /// [`ListError`]; the list stays as it was.
    pub fn apply(&mut self, record: &ListRecord) -> Result<Applied, ListError> {
        if record.person() != self.person {
            return Err(ListError::OtherPerson);
        }
        if let Change::Rekey { generation, .. } = record.change() {
            return self.apply_rekey(record, *generation);
        }
        if self.nodes.contains_key(&record.hash) {
            return Ok(Applied::Known);
        }
        let before = self.nodes.get(&record.body.previous).ok_or(ListError::MissingPrevious)?;
        if self.nodes.len() >= MAX_LIST_RECORDS {
            return Err(ListError::Count);
        }
        let state = before.state.after(record)?;
        self.nodes.insert(record.hash, Node { record: record.clone(), state });
        self.children.entry(record.body.previous).or_default().push(record.hash);

        let path = fork::path(self);
        let applied = match path.iter().position(|hash| *hash == record.hash) {
            None => Applied::SetAside,
            Some(_) if path.starts_with(&self.path) => Applied::Extended,
            Some(_) => Applied::Replaced,
        };
        self.path = path;
        Ok(applied)
    }

    /// Adds a device that agreed during a pairing.
    ///
    /// # Errors
    /// [`ListError`] if the signer may not, the device did not agree or is there already.
    pub fn add(&mut self, device: Acceptance, signer: Signer<'_>, at: u64) -> Result<ListRecord, ListError> {
        self.change(Change::Add { acceptance: device }, signer, at)
    }

    /// Removes a device. Every space it was in then needs a new epoch, whose grant says up to which of its events count.
    ///
    /// # Errors
    /// [`ListError`].
    pub fn revoke(
        &mut self,
        device: DeviceKeyId,
        signer: Signer<'_>,
        at: u64,
    ) -> Result<ListRecord, ListError> {
        self.change(Change::Revoke { device }, signer, at)
    }

    /// Puts other recovery words in force, or none.
    ///
    /// # Errors
    /// [`ListError`].
    pub fn set_recovery(
        &mut self,
        recovery: Option<RecoveryPublic>,
        signer: Signer<'_>,
        at: u64,
    ) -> Result<ListRecord, ListError> {
        self.change(Change::Recovery { recovery }, signer, at)
    }

    /// Announces the present key of this device after [`DeviceKeys::rekey`].
    ///
    /// # Errors
    /// [`ListError`].
    pub fn rekey(&mut self, device: &DeviceKeys, at: u64) -> Result<ListRecord, ListError> {
        let change = Change::Rekey { generation: device.generation(), kem: device.public().kem };
        let body =
            Body { person: self.person, previous: ListHash::START, signer: Some(device.id()), at, change };
        let record = ListRecord::sign(&body, |purpose, bytes| device.sign(purpose, bytes));
        self.apply(&record)?;
        Ok(record)
    }

    /// Whose list it is.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The hash of the first record: names the list for ever.
    pub fn begin_hash(&self) -> ListHash {
        self.begin
    }

    /// The hash of the last record that counts.
    pub fn head(&self) -> ListHash {
        *self.path.last().expect("a list has a first record")
    }

    /// How many records count.
    pub fn len(&self) -> usize {
        self.path.len()
    }

    /// Never: a list begins with a device.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Devices that count now.
    pub fn active(&self) -> impl Iterator<Item = ActiveDevice> + '_ {
        self.active_after(self.head()).into_iter().flatten()
    }

    /// The recovery words that count now.
    pub fn recovery(&self) -> Option<&RecoveryPublic> {
        self.nodes[&self.head()].state.recovery.as_ref()
    }

    /// Whether this device counts now.
    pub fn is_active(&self, device: DeviceKeyId) -> bool {
        self.nodes[&self.head()].state.is_active(device)
    }

    /// Whether this device was in the list and was removed.
    pub fn is_revoked(&self, device: DeviceKeyId) -> bool {
        self.nodes[&self.head()].state.is_revoked(device)
    }

    /// All records in an order in which [`Self::from_records`] takes them.
    pub fn records(&self) -> Vec<&ListRecord> {
        let mut records = vec![&self.nodes[&self.begin].record];
        let mut at = 0;
        while let Some(record) = records.get(at) {
            let children = self.children.get(&record.hash).into_iter().flatten();
            let children: Vec<_> = children.map(|hash| &self.nodes[hash].record).collect();
            records.extend(children);
            at += 1;
        }
        records.extend(self.rekeys.values());
        records
    }

    /// Devices that counted after the record `head`; `None` when it is unknown here.
    pub(crate) fn active_after(&self, head: ListHash) -> Option<impl Iterator<Item = ActiveDevice> + '_> {
        let state = &self.nodes.get(&head)?.state;
        Some(state.active().map(|member| {
            let (generation, kem) = self.latest_key(member.id()).unwrap_or((0, &member.kem));
            ActiveDevice {
                id: member.id(),
                sign: member.sign,
                kem: kem.clone(),
                generation,
                chains: member.chains,
            }
        }))
    }

    /// The recovery words after the record `head`.
    pub(crate) fn recovery_after(&self, head: ListHash) -> Option<&RecoveryPublic> {
        self.nodes.get(&head)?.state.recovery.as_ref()
    }

    /// Whether this device was removed by the record `head` or before it.
    pub(crate) fn is_revoked_after(&self, head: ListHash, device: DeviceKeyId) -> bool {
        self.nodes.get(&head).is_some_and(|node| node.state.is_revoked(device))
    }

    /// The number of a record that counts, from 0; `None` when it is unknown or does not count.
    pub(crate) fn position(&self, hash: ListHash) -> Option<usize> {
        self.path.iter().position(|known| *known == hash)
    }

    /// Whether a device or a recovery key ever stood in both lists.
    pub(crate) fn shares_key_with(&self, other: &Self) -> bool {
        let ids = self.nodes.values().flat_map(|node| node.state.ids());
        ids.into_iter().any(|id| other.nodes.values().any(|node| node.state.ids().any(|known| known == id)))
    }

    fn latest_key(&self, device: DeviceKeyId) -> Option<(u64, &KemPublic)> {
        match self.rekeys.get(&device)?.change() {
            Change::Rekey { generation, kem } => Some((*generation, kem)),
            _ => None,
        }
    }

    fn from_first(record: ListRecord) -> Result<Self, ListError> {
        let state = State::first(&record)?;
        let (person, begin) = (record.person(), record.hash);
        let nodes = BTreeMap::from([(begin, Node { record, state })]);
        Ok(Self {
            person,
            begin,
            nodes,
            children: BTreeMap::new(),
            path: vec![begin],
            rekeys: BTreeMap::new(),
        })
    }

    fn change(&mut self, change: Change, signer: Signer<'_>, at: u64) -> Result<ListRecord, ListError> {
        let body = |signer| Body { person: self.person, previous: self.head(), signer, at, change };
        let record = match signer {
            Signer::Device(device) => {
                ListRecord::sign(&body(Some(device.id())), |purpose, bytes| device.sign(purpose, bytes))
            }
            Signer::Recovery(key) => ListRecord::sign(&body(None), |purpose, bytes| key.sign(purpose, bytes)),
        };
        self.apply(&record)?;
        Ok(record)
    }

    fn apply_rekey(&mut self, record: &ListRecord, generation: u64) -> Result<Applied, ListError> {
        let signer = record.signer().ok_or(ListError::SignerNotActive)?;
        let member = self.nodes.values().find_map(|node| node.state.member(signer));
        let member = member.ok_or(ListError::SignerNotActive)?;
        if record.body.previous != ListHash::START || generation == 0 {
            return Err(ListError::DoesNotFit);
        }
        if !member.sign.verify(PURPOSE, &record.body_bytes, &record.signature) {
            return Err(ListError::Forged);
        }
        let newest =
            self.rekeys.get(&signer).map(|known| (self.latest_key(signer).map(|(n, _)| n), known.hash));
        match newest {
            Some((_, hash)) if hash == record.hash => Ok(Applied::Known),
            // Two keys of one number: the lower hash counts everywhere.
            Some((n, hash)) if n > Some(generation) || (n == Some(generation) && hash < record.hash) => {
                Ok(Applied::SetAside)
            }
            _ => {
                self.rekeys.insert(signer, record.clone());
                Ok(Applied::Extended)
            }
        }
    }
}
