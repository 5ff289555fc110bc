//! Two vaults on one device: what one person writes for the other goes from vault to vault through a relay in this
//! memory, sealed as on any relay. It is used where the device itself reaches no other relay.

use std::collections::VecDeque;

use amends_client::{Connection, Input, LocalRelay, Output, SyncError, Vault};
use amends_domain::id::Millis;
use amends_wire::UnixSeconds;

use crate::keeper::{AnyStore, Place};

/// Most steps of one exchange: far more than two people write between two hand-overs, and an end for what never rests.
const MOST_STEPS: usize = 10_000;

/// The relay in memory, and who is connected to it.
#[derive(Debug, Default)]
pub(crate) struct Between {
    relay: Option<LocalRelay>,
    connection: Option<Connection>,
    /// An invitation for the other person on this device, and the place of who invites.
    pub(crate) invitation: Option<(Place, String)>,
}

impl Between {
    /// Sends what waits in the open vault, and fetches what waits for it. `life` names this relay if it is a new one.
    pub(crate) fn exchange(
        &mut self,
        vault: &mut Vault<AnyStore>,
        now: Millis,
        life: u64,
    ) -> Result<(), SyncError> {
        let relay = self.relay.get_or_insert_with(|| LocalRelay::new(life));
        let mut inputs = VecDeque::from([Input::Tick]);
        for _ in 0..MOST_STEPS {
            let input = match inputs.pop_front() {
                Some(input) => input,
                None => {
                    let frames = self.connection.map(|open| relay.take_frames(open)).unwrap_or_default();
                    if frames.is_empty() {
                        break;
                    }
                    Input::Frames(frames)
                }
            };
            for output in vault.sync_input(now, input)? {
                match output {
                    Output::Connect => {
                        self.connection = Some(relay.connect());
                        inputs.push_back(Input::Connected);
                    }
                    Output::Disconnect => {
                        if let Some(open) = self.connection.take() {
                            relay.disconnect(open);
                        }
                        inputs.push_back(Input::Disconnected);
                    }
                    Output::Send(frame) => {
                        if let Some(open) = self.connection {
                            relay.frame(open, UnixSeconds(now.0 / 1_000), &frame);
                        }
                    }
                    Output::Notice(_) => {}
                }
            }
        }
        Ok(())
    }

    /// The vault that was connected is locked.
    pub(crate) fn hang_up(&mut self) {
        if let (Some(relay), Some(open)) = (&mut self.relay, self.connection.take()) {
            relay.disconnect(open);
        }
    }
}
