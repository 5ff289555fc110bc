//! The eight private questions and what follows from them. Own words, not a validated screen.
//!
//! Answers live in memory only: the type cannot be copied, printed or serialized, and is wiped when dropped.
//! What follows is told to nobody; to the other side a failed, a skipped and an unanswered gate are the same.

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::Event;
use crate::consent;
use crate::event::Body;

/// Message keys of the eight questions, in order.
pub const QUESTIONS: [&str; 8] = [
    "gate-afraid",
    "gate-hurt-by-partner",
    "gate-hurt-partner",
    "gate-permission",
    "gate-threat",
    "gate-court-order",
    "gate-dangerous-if-seen",
    "gate-ending-life",
];

/// Weeks until the questions come again.
pub const EVERY_WEEKS: u64 = 4;

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Left out.
    Skipped,
}

/// The answers of one person, in memory only.
///
/// ```compile_fail
/// fn stored<T: serde::Serialize>() {}
/// stored::<amends_domain::safety::Answers>();
/// ```
/// ```compile_fail
/// fn copied<T: Clone>() {}
/// copied::<amends_domain::safety::Answers>();
/// ```
#[derive(Default, Zeroize, ZeroizeOnDrop)]
pub struct Answers {
    // 0 left out, 1 no, 2 yes: bytes, so that they can be wiped.
    given: [u8; 8],
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answers")
    }
}

impl Answers {
    /// Answers question `number`, 1 to 8; other numbers are ignored.
    pub fn answer(&mut self, number: usize, answer: Answer) {
        if let Some(place) = number.checked_sub(1).and_then(|place| self.given.get_mut(place)) {
            *place = match answer {
                Answer::Skipped => 0,
                Answer::No => 1,
                Answer::Yes => 2,
            };
        }
    }

    fn yes(&self, number: usize) -> bool {
        self.given[number - 1] == 2
    }

    fn complete(&self) -> bool {
        self.given.iter().all(|given| *given != 0)
    }

    /// What follows. Takes the answers, which are wiped.
    pub fn verdict(self) -> Verdict {
        let closed = [2, 3, 5, 6].into_iter().any(|number| self.yes(number));
        let read_first = [1, 4, 7, 8].into_iter().any(|number| self.yes(number));
        let couple = if closed || !self.complete() {
            Couple::Closed
        } else if read_first {
            Couple::AfterReading(Reading(()))
        } else {
            Couple::Open(GatePass(()))
        };
        let mut help = Vec::new();
        let mut show = |holds: bool, what: Help| {
            if holds {
                help.push(what);
            }
        };
        show(self.yes(8), Help::CrisisLine);
        show(closed, Help::HelpPage);
        show(closed, Help::ExitPlan);
        show(self.yes(3), Help::StopUsingForce);
        show(self.yes(1) || self.yes(4) || self.yes(7), Help::HelpLine);
        Verdict { couple, close_tools: self.yes(3), close_both_ways: self.yes(6), help }
    }
}

/// Leave to open couple mode now. Only a gate can make one; it cannot be kept.
#[derive(Debug)]
pub struct GatePass(());

/// Couple mode stays closed until the person has read the help page and opens it.
#[derive(Debug)]
pub struct Reading(());

impl Reading {
    /// The person has read, and wants to open couple mode.
    pub fn open_after_reading(self) -> GatePass {
        GatePass(())
    }
}

/// Couple mode after the gate.
#[derive(Debug)]
pub enum Couple {
    /// May be opened.
    Open(GatePass),
    /// May be opened after reading.
    AfterReading(Reading),
    /// Stays closed.
    Closed,
}

/// Help to show, in this order. Shown here, told to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Help {
    /// A crisis line, before everything else.
    CrisisLine,
    /// The help page.
    HelpPage,
    /// How to leave safely.
    ExitPlan,
    /// Programs for people who used force.
    StopUsingForce,
    /// A help line to talk to.
    HelpLine,
}

/// What follows from the answers.
#[derive(Debug)]
pub struct Verdict {
    /// Couple mode.
    pub couple: Couple,
    /// Letter and apology tools towards this partner close.
    pub close_tools: bool,
    /// Sending stops in both directions.
    pub close_both_ways: bool,
    /// Help to show.
    pub help: Vec<Help>,
}

impl Verdict {
    /// Events for own devices: open or closed, never why.
    pub fn own_events(&self) -> Vec<Body> {
        let open = matches!(self.couple, Couple::Open(_));
        let tools = match (self.close_tools, open) {
            (true, _) => Some(Event::Tools { open: false }),
            (false, true) => Some(Event::Tools { open: true }),
            (false, false) => None,
        };
        std::iter::once(Event::Door { open }).chain(tools).map(Body::Safety).collect()
    }

    /// What has to cross to stop sending both ways: the same event as a pause, and only while the channel is
    /// still open. When the questions are due it has lapsed already, so nothing crosses.
    pub fn shared_events(&self, channel_open: bool) -> Vec<Body> {
        if self.close_both_ways && channel_open {
            vec![Body::Consent(consent::Event::Close)]
        } else {
            Vec::new()
        }
    }
}
