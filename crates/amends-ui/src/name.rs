//! Entries in addresses and form fields: the device and the place in its chain, nothing of what they say.

use amends_domain::id::{DeviceId, EventId};

/// Name of an entry: 32 hexadecimal digits, a dash, a number.
pub(crate) fn name(id: EventId) -> String {
    let device: String = id.device.0.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{device}-{}", id.seq)
}

/// The entry of a name.
pub(crate) fn named(text: &str) -> Option<EventId> {
    let (device, seq) = text.split_once('-')?;
    if device.len() != 32 || !device.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let device = u128::from_str_radix(device, 16).ok()?.to_be_bytes();
    Some(EventId { device: DeviceId(device), seq: seq.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_entries() {
        let id = EventId { device: DeviceId([7; 16]), seq: 12 };
        assert_eq!(named(&name(id)), Some(id));
        for bad in ["", "-", "07-1", "../etc-1", &"0".repeat(32)] {
            assert_eq!(named(bad), None, "{bad}");
        }
    }
}
