//! Which devices count after a record, and whether a record may follow.

use super::ListError;
use super::record::{Change, ListRecord, PURPOSE};
use crate::device::{Chains, DevicePublic};
use crate::ids::{DeviceKeyId, ListHash};
use crate::kem::KemPublic;
use crate::recovery_key::RecoveryPublic;
use crate::sign::VerifyKey;

/// The most devices one person can have at a time.
pub const MAX_DEVICES: usize = 16;

/// A device that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveDevice {
    /// Its name.
    pub id: DeviceKeyId,
    /// Checks what it signs.
    pub sign: VerifyKey,
    /// Its present key for epoch secrets.
    pub kem: KemPublic,
    /// How often that key was replaced.
    pub generation: u64,
    /// The chains it writes.
    pub chains: Chains,
}

#[derive(Debug, Clone)]
pub(super) struct State {
    /// In the order in which they were added, with whether they were removed.
    devices: Vec<(DevicePublic, bool)>,
    pub(super) recovery: Option<RecoveryPublic>,
}

impl State {
    /// After the first record.
    pub(super) fn first(record: &ListRecord) -> Result<Self, ListError> {
        let Change::Begin { device, recovery } = record.change() else {
            return Err(ListError::MissingPrevious);
        };
        if record.body.previous != ListHash::START || record.signer() != Some(device.id()) {
            return Err(ListError::DoesNotFit);
        }
        check(device.sign, record)?;
        Ok(Self { devices: vec![(device.clone(), false)], recovery: recovery.clone() })
    }

    /// After one more record.
    pub(super) fn after(&self, record: &ListRecord) -> Result<Self, ListError> {
        check(self.signer_key(record).ok_or(ListError::SignerNotActive)?, record)?;
        let mut next = self.clone();
        match record.change() {
            Change::Add { acceptance } => {
                if !acceptance.is_genuine() {
                    return Err(ListError::NotAccepted);
                }
                if self.clashes(&acceptance.device) {
                    return Err(ListError::DoesNotFit);
                }
                next.devices.push((acceptance.device.clone(), false));
            }
            Change::Revoke { device } => {
                let found = next.devices.iter_mut().find(|(public, gone)| public.id() == *device && !gone);
                found.ok_or(ListError::DoesNotFit)?.1 = true;
            }
            Change::Recovery { recovery } => next.recovery.clone_from(recovery),
            Change::Begin { .. } | Change::Rekey { .. } => return Err(ListError::DoesNotFit),
        }
        let n_active = next.active().count();
        let reachable = n_active > 0 || next.recovery.is_some();
        if n_active <= MAX_DEVICES && reachable { Ok(next) } else { Err(ListError::Count) }
    }

    pub(super) fn active(&self) -> impl Iterator<Item = &DevicePublic> {
        self.devices.iter().filter(|(_, gone)| !gone).map(|(device, _)| device)
    }

    /// A device that is or was there.
    pub(super) fn member(&self, id: DeviceKeyId) -> Option<&DevicePublic> {
        self.devices.iter().map(|(device, _)| device).find(|device| device.id() == id)
    }

    pub(super) fn is_active(&self, id: DeviceKeyId) -> bool {
        self.active().any(|device| device.id() == id)
    }

    pub(super) fn is_revoked(&self, id: DeviceKeyId) -> bool {
        self.devices.iter().any(|(device, gone)| *gone && device.id() == id)
    }

    /// Names of all devices that are or were there, and of the recovery words.
    pub(super) fn ids(&self) -> impl Iterator<Item = DeviceKeyId> {
        let devices = self.devices.iter().map(|(device, _)| device.id());
        devices.chain(self.recovery.iter().map(RecoveryPublic::id))
    }

    /// A device is added once, and its keys and chains are nobody else's.
    fn clashes(&self, new: &DevicePublic) -> bool {
        self.devices.iter().any(|(device, _)| {
            let (old, new_chains) = (device.chains, new.chains);
            device.sign == new.sign
                || device.kem == new.kem
                || old.private == new_chains.private
                || old.shared == new_chains.shared
        })
    }

    fn signer_key(&self, record: &ListRecord) -> Option<VerifyKey> {
        match record.signer() {
            Some(id) => self.active().find(|device| device.id() == id).map(|device| device.sign),
            None => self.recovery.as_ref().map(|recovery| recovery.sign),
        }
    }
}

fn check(key: VerifyKey, record: &ListRecord) -> Result<(), ListError> {
    let genuine = key.verify(PURPOSE, &record.body_bytes, &record.signature);
    if genuine { Ok(()) } else { Err(ListError::Forged) }
}
