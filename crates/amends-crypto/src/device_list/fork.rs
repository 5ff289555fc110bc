//! Which branch counts when two records follow the same one.
//!
//! In this order: a branch whose author the other branch removed loses; a branch begun with the recovery words
//! wins; a branch that removes a device wins; the lower hash wins. When each branch removed the author of the other, nothing
//! in the records can say who is right: the branch that was held first stays, until the recovery words speak.

use super::DeviceList;
use super::record::{Change, ListRecord};
use crate::ids::ListHash;

/// Hashes from the first record to the last that counts.
pub(super) fn path(list: &DeviceList) -> Vec<ListHash> {
    let mut path = vec![list.begin];
    path.extend(best_branch(list, list.begin));
    path
}

/// The branch that counts after `from`.
fn best_branch(list: &DeviceList, from: ListHash) -> Vec<ListHash> {
    let mut branch = Vec::new();
    let mut last = from;
    loop {
        match list.children.get(&last).map_or([].as_slice(), Vec::as_slice) {
            [] => return branch,
            [only] => {
                branch.push(*only);
                last = *only;
            }
            several => {
                let branches = several.iter().map(|child| [vec![*child], best_branch(list, *child)].concat());
                let best = branches.reduce(|held, new| if beats(list, &new, &held) { new } else { held });
                branch.extend(best.unwrap_or_default());
                return branch;
            }
        }
    }
}

/// Whether `new` counts rather than `held`.
fn beats(list: &DeviceList, new: &[ListHash], held: &[ListHash]) -> bool {
    let (first_new, first_held) = (record(list, new[0]), record(list, held[0]));
    let (new_is_deposed, held_is_deposed) = (deposes(list, held, first_new), deposes(list, new, first_held));
    if new_is_deposed || held_is_deposed {
        return !new_is_deposed;
    }
    let rank = |branch: &[ListHash], first: &ListRecord| {
        (first.signer().is_none(), branch.iter().any(|hash| is_revoke(record(list, *hash))))
    };
    match rank(new, first_new).cmp(&rank(held, first_held)) {
        core::cmp::Ordering::Equal => new[0] < held[0],
        order => order.is_gt(),
    }
}

/// Whether the branch takes away the power of whoever signed `other`.
fn deposes(list: &DeviceList, branch: &[ListHash], other: &ListRecord) -> bool {
    branch.iter().any(|hash| match (record(list, *hash).change(), other.signer()) {
        (Change::Revoke { device }, Some(signer)) => *device == signer,
        (Change::Recovery { .. }, None) => true,
        _ => false,
    })
}

fn is_revoke(record: &ListRecord) -> bool {
    matches!(record.change(), Change::Revoke { .. })
}

fn record(list: &DeviceList, hash: ListHash) -> &ListRecord {
    &list.nodes[&hash].record
}
