//! Beginning a new epoch: when it is due, who gets its secret, and which older secrets go along.

use rand_core::CryptoRng;

use super::apply::{ApplyGrantError, Opener};
use super::book::EpochBook;
use super::grant::{Body, Cut, Grant, Head, Inside, Link, SecretBox, box_info};
use super::recipients::{current_lists, is_signer, recipients};
use super::secret::EpochSecret;
use crate::device::DeviceKeys;
use crate::ids::EpochId;
use crate::padding::pad;
use crate::space::Members;
use crate::{aead, cbor};

/// A new epoch begins after this many days.
pub const ROTATE_AFTER_DAYS: u64 = 30;
/// A new epoch begins after this many records.
pub const ROTATE_AFTER_RECORDS: u64 = 1_000;
const DAY: u64 = 24 * 60 * 60 * 1000;

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

impl EpochBook {
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
