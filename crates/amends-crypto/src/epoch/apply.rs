//! Taking in a grant that came: whether it counts, and which secrets it opens.

use zeroize::Zeroizing;

use super::book::{Epoch, EpochBook, OpenedEpoch};
use super::grant::{Grant, GrantParseError, Inside, Link, PURPOSE, box_info};
use super::recipients::{active, recipients};
use super::secret::EpochSecret;
use crate::device::DeviceKeys;
use crate::ids::EpochId;
use crate::padding::unpad;
use crate::recovery_key::RecoveryKey;
use crate::space::Members;
use crate::{aead, cbor};

/// Whoever opens a grant.
#[derive(Debug, Clone, Copy)]
pub enum Opener<'a> {
    /// This device.
    Device(&'a DeviceKeys),
    /// Somebody who typed the recovery words.
    Recovery(&'a RecoveryKey),
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

impl EpochBook {
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
