//! The epochs of one space that this device knows: a graph, because two devices may begin a new one at the same moment.
//!
//! No order of a server is needed: writers take the deepest epoch that was granted to exactly the devices that count now,
//! the higher name among equals; readers take every epoch that was granted by a device active at that time.

use core::fmt;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::grant::{Cut, Head};
use super::recipients::{current_lists, recipients};
use super::secret::EpochSecret;
use crate::ids::{DeviceKeyId, EpochId, KeyId, PersonId, SpaceId};
use crate::space::Members;

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

    pub(super) fn depth_after(&self, parents: &[EpochId]) -> u32 {
        let depths =
            parents.iter().filter_map(|parent| self.epochs.get(parent)).map(|epoch| epoch.head.depth);
        depths.max().map_or(0, |deepest| deepest.saturating_add(1))
    }
}

impl fmt::Debug for EpochBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EpochBook").field("space", &self.space).finish_non_exhaustive()
    }
}
