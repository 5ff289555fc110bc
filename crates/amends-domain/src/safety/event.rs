//! What the safety rule leaves behind on own devices: open or closed, never why.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Events of the safety rule. All stay on own devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Whether couple mode is open here. Closed by pausing, by waiting too long and by the gate alike.
    #[n(0)]
    Door {
        #[n(0)]
        open: bool,
    },
    /// Whether letter and apology tools towards this partner are open. Closed by own wish,
    /// by the gate and by a text alike.
    #[n(1)]
    Tools {
        #[n(0)]
        open: bool,
    },
}
