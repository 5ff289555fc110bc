//! Names of entries in addresses and fields: letters, digits and a dash, which say nothing.

use amends_domain::id::EventId;
use serde_json::json;

/// The name of an entry.
pub(crate) fn token(id: EventId) -> String {
    let value = json!(id.device);
    format!("{}-{}", value.as_str().unwrap_or_default(), id.seq)
}

/// The entry of a name.
pub(crate) fn entry_of(token: &str) -> Option<EventId> {
    let (device, seq) = token.split_once('-')?;
    let device = serde_json::from_value(json!(device)).ok()?;
    Some(EventId { device, seq: seq.parse().ok()? })
}
