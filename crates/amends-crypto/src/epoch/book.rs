//! The epochs of one space that this device knows: a graph, because two devices may begin a new one at the same moment.
//!
//! No order of a server is needed: writers take the deepest epoch that was granted to exactly the devices that count now,
//! the higher name among equals; readers take every epoch that was granted by a device active at that time.

use core::fmt;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::grant::{
    Body, Cut, Grant, GrantParseError, Head, Inside, Link, ListState, PURPOSE, SecretBox, box_info,
};
use super::secret::EpochSecret;
use crate::device::DeviceKeys;
use crate::device_list::ActiveDevice;
use crate::ids::{DeviceKeyId, EpochId, KeyId, PersonId, SpaceId};
use crate::kem::KemPublic;
use crate::padding::{pad, unpad};
use crate::recovery_key::RecoveryKey;
use crate::space::Members;
use crate::{aead, cbor};

/// A new epoch begins after this many days.
pub const ROTATE_AFTER_DAYS: u64 = 30;
/// A new epoch begins after this many records.
pub const ROTATE_AFTER_RECORDS: u64 = 1_000;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// All epochs of a space, with the secrets of those that were opened.
pub struct EpochBook {
    pub(super) space: SpaceId,
    pub(super) epochs: BTreeMap<EpochId, Epoch>,
    /// Opened epochs by their name on the wire.
    pub(super) by_key: BTreeMap<KeyId, EpochId>,
    /// Secrets of epochs whose grant has not arrived.
    pub(super) waiting: BTreeMap<EpochId, EpochSecret>,
    /// Epochs by the names of their own MAC keys, as far as they were asked for.
    mac_ids: Mutex<BTreeMap<(SpaceId, [u8; 16]), EpochId>>,
}

pub(super) struct Epoch {
    pub(super) head: Head,
    /// To whom the secret was sealed, and to which of their keys.
    pub(super) recipients: Vec<(DeviceKeyId, u64)>,
    /// Sealed; read once the secret is there.
    pub(super) inside: Vec<u8>,
    pub(super) opened: Option<OpenedEpoch>,
}

pub(super) struct OpenedEpoch {
    pub(super) secret: EpochSecret,
    pub(super) cuts: Vec<Cut>,
    pub(super) has_links: bool,
}

/// Whoever opens a grant.
#[derive(Debug, Clone, Copy)]
pub enum Opener<'a> {
    /// This device.
    Device(&'a DeviceKeys),
    /// Somebody who typed the recovery words.
    Recovery(&'a RecoveryKey),
}

/// Whether those who get a new secret also get those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// Everybody reads everything from before.
    Open,
    /// A device that was just added reads only what comes; a later rotation can open the history.
    Withheld,
}

/// What a new epoch is made of.
#[derive(Debug)]
pub struct Rotation<'a> {
    /// Who gets the secret.
    pub members: &'a Members<'a>,
    /// The device that makes it.
    pub device: &'a DeviceKeys,
    /// For every chain of the space, the first position this device has not seen. What lies after it counts only under
    /// the new epoch; its authors send it again. For a device that was removed this is where it ends.
    pub cuts: Vec<Cut>,
    /// Whether new devices can read what was before.
    pub history: History,
    /// Now, in milliseconds since 1970-01-01T00:00:00Z.
    pub at: u64,
}

/// Why a new epoch is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RotationDue {
    /// There is none yet, or devices, keys or recovery words have changed since.
    Members,
    /// It is older than [`ROTATE_AFTER_DAYS`].
    Age,
    /// More than [`ROTATE_AFTER_RECORDS`] were written under it.
    Records,
}

/// What a grant did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantApplied {
    /// It was known.
    Known,
    /// Its secret is here.
    Opened,
    /// It counts, but this device has no key for it; a later grant may bring its secret.
    Locked,
}

/// A grant does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyGrantError {
    /// Unreadable or of a newer version.
    #[error(transparent)]
    Parse(#[from] GrantParseError),
    /// It belongs to another space.
    #[error("this grant belongs to another space")]
    OtherSpace,
    /// It names other persons than the members.
    #[error("this grant is for other persons")]
    OtherMembers,
    /// It goes by a record of a device list that has not arrived. Keep it and try again.
    #[error("a record of a device list is missing")]
    MissingList,
    /// The device was not active in the lists the grant goes by.
    #[error("this grant was not made by an active device")]
    SignerNotActive,
    /// The signature, the depth or the secret does not fit.
    #[error("this grant was changed or forged")]
    Forged,
    /// It leaves out a device that counts, or adds one that does not.
    #[error("this grant is for other devices than it says")]
    OtherRecipients,
}

/// Somebody to whom a secret is sealed.
struct Recipient {
    id: DeviceKeyId,
    generation: u64,
    kem: KemPublic,
}

impl EpochBook {
    /// Of a space without epochs.
    pub fn new(space: SpaceId) -> Self {
        Self {
            space,
            epochs: BTreeMap::new(),
            by_key: BTreeMap::new(),
            waiting: BTreeMap::new(),
            mac_ids: Mutex::default(),
        }
    }

    /// The space.
    pub fn space(&self) -> SpaceId {
        self.space
    }

    /// Begins a new epoch and makes the grant that tells the others.
    ///
    /// # Errors
    /// [`ApplyGrantError::SignerNotActive`] if this device does not count.
    pub fn rotate(
        &mut self,
        rotation: &Rotation<'_>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Grant, ApplyGrantError> {
        let lists = current_lists(rotation.members);
        if !is_signer(rotation.members, &lists, rotation.device.id()) {
            return Err(ApplyGrantError::SignerNotActive);
        }
        let secret = EpochSecret::make(rng);
        let parents = self.leaves(rotation.members);
        let head = cbor::encode(&Head {
            space: self.space,
            depth: self.depth_after(&parents),
            parents: parents.clone(),
            lists: lists.clone(),
            signer: rotation.device.id(),
            at: rotation.at,
            commitment: secret.commitment(self.space),
            key_id: secret.key_id(),
        });
        let epoch = super::grant::epoch_id(&head);
        let mut boxes = Vec::new();
        for to in recipients(rotation.members, &lists).ok_or(ApplyGrantError::MissingList)? {
            let sealed = to.kem.seal(&box_info(epoch, to.id), None, secret.bytes().as_ref(), rng);
            boxes.push(SecretBox { recipient: to.id, generation: to.generation, sealed: sealed.into() });
        }
        let links = match rotation.history {
            History::Open => self.links(&parents),
            History::Withheld => Vec::new(),
        };
        let inside = cbor::encode_secret(&Inside { cuts: rotation.cuts.clone(), links });
        let inside = aead::seal(&secret.link_key(), &epoch.0, &pad(&inside), rng);
        let body = Body { head: head.into(), boxes, inside: inside.into() };
        let grant = Grant::sign(&body, |purpose, bytes| rotation.device.sign(purpose, bytes));
        self.apply(&grant, rotation.members, Opener::Device(rotation.device))?;
        Ok(grant)
    }

    /// Checks a grant and takes it in, with every older secret it leads to.
    ///
    /// # Errors
    /// [`ApplyGrantError`]; the book stays as it was.
    pub fn apply(
        &mut self,
        grant: &Grant,
        members: &Members<'_>,
        opener: Opener<'_>,
    ) -> Result<GrantApplied, ApplyGrantError> {
        if let Some(known) = self.epochs.get(&grant.epoch)
            && known.opened.is_some()
        {
            return Ok(GrantApplied::Known);
        }
        self.check(grant, members)?;
        let mut epoch = Epoch {
            head: grant.head.clone(),
            recipients: grant.boxes.iter().map(|sealed| (sealed.recipient, sealed.generation)).collect(),
            inside: grant.inside.clone(),
            opened: None,
        };
        let mut found = Vec::new();
        if let Some(secret) = open_box(grant, opener) {
            found = epoch.open(grant.epoch, secret).ok_or(ApplyGrantError::Forged)?;
        } else if let Some(secret) = self.waiting.remove(&grant.epoch) {
            found = epoch.open(grant.epoch, secret).unwrap_or_default();
        }
        let applied = if epoch.opened.is_some() { GrantApplied::Opened } else { GrantApplied::Locked };
        self.insert(grant.epoch, epoch);
        self.follow(found);
        Ok(applied)
    }

    /// The epoch to write under: granted to exactly those who count now. `None` when [`Self::rotate`] must come first.
    pub fn current(&self, members: &Members<'_>) -> Option<EpochId> {
        let lists = current_lists(members);
        let mut now: Vec<(DeviceKeyId, u64)> =
            recipients(members, &lists)?.iter().map(|to| (to.id, to.generation)).collect();
        now.sort_unstable();
        let fits = |epoch: &Epoch| {
            epoch.opened.is_some() && epoch.head.lists == lists && {
                let mut granted = epoch.recipients.clone();
                granted.sort_unstable();
                granted == now
            }
        };
        let fitting = self.epochs.iter().filter(|(_, epoch)| fits(epoch));
        fitting.map(|(id, epoch)| (epoch.head.depth, *id)).max().map(|(_, id)| id)
    }

    /// Whether a new epoch is needed: `now` in milliseconds since 1970, `written` records under the present one.
    /// "Somebody had my phone" needs no reason: call [`Self::rotate`] after a rekey of all devices.
    pub fn rotation_due(&self, members: &Members<'_>, now: u64, written: u64) -> Option<RotationDue> {
        let Some(current) = self.current(members) else { return Some(RotationDue::Members) };
        let begun = self.epochs[&current].head.at;
        // A clock that was far ahead does not put a rotation off.
        if now.abs_diff(begun) > ROTATE_AFTER_DAYS * DAY {
            return Some(RotationDue::Age);
        }
        (written > ROTATE_AFTER_RECORDS).then_some(RotationDue::Records)
    }

    /// Whether this device holds the secret of an epoch.
    pub fn is_open(&self, epoch: EpochId) -> bool {
        self.epochs.get(&epoch).is_some_and(|epoch| epoch.opened.is_some())
    }

    /// All epochs of which a grant has arrived.
    pub fn epochs(&self) -> impl Iterator<Item = EpochId> + '_ {
        self.epochs.keys().copied()
    }

    pub(crate) fn by_key(&self, key: KeyId) -> Option<EpochId> {
        self.by_key.get(&key).copied()
    }

    pub(crate) fn secret(&self, epoch: EpochId) -> Option<&EpochSecret> {
        self.epochs.get(&epoch)?.opened.as_ref().map(|opened| &opened.secret)
    }

    /// The epoch of the own devices whose MAC key for `space` has this name.
    pub(crate) fn by_self_mac_id(&self, space: SpaceId, id: [u8; 16]) -> Option<(EpochId, &EpochSecret)> {
        let mut known = self.mac_ids.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains_key(&(space, id)) {
            let opened = self.epochs.iter().filter_map(|(id, epoch)| Some((*id, epoch.opened.as_ref()?)));
            known.extend(opened.map(|(epoch, opened)| ((space, opened.secret.self_mac_id(space)), epoch)));
        }
        let epoch = *known.get(&(space, id))?;
        Some((epoch, self.secret(epoch)?))
    }

    /// The state of a person's device list by which an epoch was granted.
    pub(crate) fn list_state(&self, epoch: EpochId, person: PersonId) -> Option<crate::ListHash> {
        let lists = &self.epochs.get(&epoch)?.head.lists;
        lists.iter().find(|list| list.person == person).map(|list| list.head)
    }

    fn check(&self, grant: &Grant, members: &Members<'_>) -> Result<(), ApplyGrantError> {
        let head = &grant.head;
        if head.space != self.space {
            return Err(ApplyGrantError::OtherSpace);
        }
        if !head.lists.iter().map(|list| list.person).eq(members.lists().iter().map(|list| list.person())) {
            return Err(ApplyGrantError::OtherMembers);
        }
        let signer = active(members, &head.lists)
            .ok_or(ApplyGrantError::MissingList)?
            .find(|device| device.id == head.signer)
            .ok_or(ApplyGrantError::SignerNotActive)?;
        if !signer.sign.verify(PURPOSE, &grant.body_bytes, &grant.signature) {
            return Err(ApplyGrantError::Forged);
        }
        let all_known = head.parents.iter().all(|parent| self.epochs.contains_key(parent));
        if all_known && head.depth != self.depth_after(&head.parents) {
            return Err(ApplyGrantError::Forged);
        }
        let expected = recipients(members, &head.lists).ok_or(ApplyGrantError::MissingList)?;
        let granted = grant.boxes.iter().map(|sealed| sealed.recipient);
        if granted.eq(expected.iter().map(|to| to.id)) {
            Ok(())
        } else {
            Err(ApplyGrantError::OtherRecipients)
        }
    }

    fn insert(&mut self, id: EpochId, epoch: Epoch) {
        if epoch.opened.is_some() {
            self.by_key.insert(epoch.head.key_id, id);
        }
        self.epochs.insert(id, epoch);
    }

    /// Opens older epochs whose secrets came with a grant, and those they lead to.
    fn follow(&mut self, mut found: Vec<Link>) {
        while let Some(link) = found.pop() {
            let secret = EpochSecret::new(link.secret.0);
            match self.epochs.get_mut(&link.epoch) {
                None => {
                    self.waiting.insert(link.epoch, secret);
                }
                Some(epoch) if epoch.opened.is_none() => {
                    // A secret that does not fit is left out: whoever sent it harms only their own link.
                    if let Some(more) = epoch.open(link.epoch, secret) {
                        self.by_key.insert(epoch.head.key_id, link.epoch);
                        found.extend(more);
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// Opened epochs that no opened epoch follows, without those that a removed device made up later.
    fn leaves(&self, members: &Members<'_>) -> Vec<EpochId> {
        let opened = || self.epochs.iter().filter(|(_, epoch)| epoch.opened.is_some());
        let is_followed = |id: &EpochId| opened().any(|(_, epoch)| epoch.head.parents.contains(id));
        let unfollowed = opened().filter(|(id, _)| !is_followed(id));
        unfollowed
            .filter(|(_, epoch)| !self.is_left_behind(epoch.head.signer, members))
            .map(|(id, _)| *id)
            .collect()
    }

    fn depth_after(&self, parents: &[EpochId]) -> u32 {
        let depths =
            parents.iter().filter_map(|parent| self.epochs.get(parent)).map(|epoch| epoch.head.depth);
        depths.max().map_or(0, |deepest| deepest.saturating_add(1))
    }

    /// Secrets of the parents, and of those before epochs that withheld theirs.
    fn links(&self, parents: &[EpochId]) -> Vec<Link> {
        let withheld =
            self.epochs.values().filter(|epoch| epoch.opened.as_ref().is_some_and(|it| !it.has_links));
        let mut ids: Vec<EpochId> = withheld.flat_map(|epoch| epoch.head.parents.iter().copied()).collect();
        ids.extend(parents);
        ids.sort_unstable();
        ids.dedup();
        let link = |id: EpochId| {
            let secret = cbor::Secret(self.secret(id)?.bytes().clone());
            Some(Link { epoch: id, secret })
        };
        ids.into_iter().filter_map(link).collect()
    }
}

impl Epoch {
    /// Takes the secret in if it is the one of this epoch; gives the older secrets that lie inside.
    fn open(&mut self, id: EpochId, secret: EpochSecret) -> Option<Vec<Link>> {
        let fits =
            secret.commitment(self.head.space) == self.head.commitment && secret.key_id() == self.head.key_id;
        if !fits {
            return None;
        }
        let inside = aead::open(&secret.link_key(), &id.0, &self.inside)?;
        let inside = unpad(inside)?;
        let Inside { cuts, links } = cbor::decode(&inside)?;
        self.opened = Some(OpenedEpoch { secret, cuts, has_links: !links.is_empty() });
        Some(links)
    }
}

impl fmt::Debug for EpochBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EpochBook").field("space", &self.space).finish_non_exhaustive()
    }
}

fn open_box(grant: &Grant, opener: Opener<'_>) -> Option<EpochSecret> {
    let id = match opener {
        Opener::Device(device) => device.id(),
        Opener::Recovery(key) => key.public().id(),
    };
    let sealed = &grant.boxes.iter().find(|sealed| sealed.recipient == id)?.sealed;
    let info = box_info(grant.epoch, id);
    let bytes = match opener {
        Opener::Device(device) => device.open(&info, sealed),
        Opener::Recovery(key) => key.open(&info, sealed),
    };
    let bytes = bytes.ok()?;
    let mut secret = Zeroizing::new([0; 32]);
    (bytes.len() == secret.len()).then(|| secret.copy_from_slice(&bytes))?;
    Some(EpochSecret::new(secret))
}

fn current_lists(members: &Members<'_>) -> Vec<ListState> {
    members.lists().iter().map(|list| ListState { person: list.person(), head: list.head() }).collect()
}

/// Devices active in these states of the lists; `None` when a state is unknown.
fn active<'a>(
    members: &'a Members<'_>,
    lists: &[ListState],
) -> Option<impl Iterator<Item = ActiveDevice> + use<'a>> {
    let mut devices = Vec::new();
    for state in lists {
        devices.extend(members.list(state.person)?.active_after(state.head)?);
    }
    Some(devices.into_iter())
}

fn is_signer(members: &Members<'_>, lists: &[ListState], id: DeviceKeyId) -> bool {
    active(members, lists).is_some_and(|mut devices| devices.any(|device| device.id == id))
}

/// All who must get a secret by these states of the lists, sorted by name.
fn recipients(members: &Members<'_>, lists: &[ListState]) -> Option<Vec<Recipient>> {
    let devices = active(members, lists)?;
    let mut all: Vec<Recipient> = devices
        .map(|device| Recipient { id: device.id, generation: device.generation, kem: device.kem })
        .collect();
    for state in lists {
        if let Some(recovery) = members.list(state.person)?.recovery_after(state.head) {
            all.push(Recipient { id: recovery.id(), generation: 0, kem: recovery.kem.clone() });
        }
    }
    all.sort_by_key(|to| to.id);
    Some(all)
}
