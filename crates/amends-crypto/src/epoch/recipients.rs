//! Who must get the secret of an epoch, by the states of the device lists that it goes by.

use super::grant::ListState;
use crate::device_list::ActiveDevice;
use crate::ids::DeviceKeyId;
use crate::kem::KemPublic;
use crate::space::Members;

/// Somebody to whom a secret is sealed.
pub(super) struct Recipient {
    pub(super) id: DeviceKeyId,
    pub(super) generation: u64,
    pub(super) kem: KemPublic,
}

pub(super) fn current_lists(members: &Members<'_>) -> Vec<ListState> {
    members.lists().iter().map(|list| ListState { person: list.person(), head: list.head() }).collect()
}

/// Devices active in these states of the lists; `None` when a state is unknown.
pub(super) fn active<'a>(
    members: &'a Members<'_>,
    lists: &[ListState],
) -> Option<impl Iterator<Item = ActiveDevice> + use<'a>> {
    let mut devices = Vec::new();
    for state in lists {
        devices.extend(members.list(state.person)?.active_after(state.head)?);
    }
    Some(devices.into_iter())
}

pub(super) fn is_signer(members: &Members<'_>, lists: &[ListState], id: DeviceKeyId) -> bool {
    active(members, lists).is_some_and(|mut devices| devices.any(|device| device.id == id))
}

/// All who must get a secret by these states of the lists, sorted by name.
pub(super) fn recipients(members: &Members<'_>, lists: &[ListState]) -> Option<Vec<Recipient>> {
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
