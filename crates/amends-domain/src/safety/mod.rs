//! The safety rule: the private gate, leaving, help. Works without partner, network or state.

mod event;
pub mod gate;
pub mod leave;

pub use event::Event;
pub use gate::{Answer, Answers, Couple, GatePass, Help, Verdict};
pub use leave::{LeavePlan, Leaving, MyThings};

use crate::event::Reach;
use crate::refusal::Refusal;
use crate::state::Stamp;

impl Event {
    /// In which space an event of this kind may live.
    pub fn reach(&self) -> Reach {
        Reach::Own
    }
}

/// Open or closed on own devices. Why is written nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct State {
    closed_since: Option<crate::id::Hlc>,
    tools_closed: bool,
}

impl State {
    /// Since when couple mode is closed here, if it is.
    pub fn closed_since(&self) -> Option<crate::id::Hlc> {
        self.closed_since
    }

    /// Whether letter and apology tools towards this partner are closed here.
    pub fn tools_closed(&self) -> bool {
        self.tools_closed
    }

    pub(crate) fn judge(&self, _: &Event) -> Result<(), Refusal> {
        Ok(())
    }

    pub(crate) fn commit(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::Door { open: true } => self.closed_since = None,
            Event::Door { open: false } => self.closed_since = self.closed_since.or(Some(stamp.at)),
            Event::Tools { open } => self.tools_closed = !open,
        }
    }
}
