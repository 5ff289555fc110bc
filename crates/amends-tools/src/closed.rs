//! Which tools are closed, and why, as far as that is known before anything is typed.

use amends_domain::consent::Connection;
use amends_domain::refusal::Refusal;
use amends_domain::state::State;
use amends_domain::view::Moment;

use crate::tool::{To, Tool};

/// Why a tool cannot be used now; none if it is open.
pub fn closed(state: &State, slug: &str, tool: &Tool, moment: Moment) -> Option<Refusal> {
    let world = state.world();
    let letters = matches!(
        (slug, tool.event),
        ("honesty", "save" | "give") | ("communication", "save_letter" | "send" | "send_sealed")
    );
    if letters && world.safety.tools_closed() {
        return Some(Refusal::ToolsClosed);
    }
    if tool.to != To::Pair {
        return None;
    }
    if world.partner.is_none() {
        return Some(Refusal::NoPartner);
    }
    match state.connection(world.me, moment.now) {
        Connection::Alone => Some(Refusal::NoPartner),
        Connection::NotConnected => Some(Refusal::NotConnected),
        Connection::Open | Connection::NoAnswerYet if tool.area == Some("consent") => None,
        _ if world.safety.closed_since().is_some() || !world.consent.is_open(world.me, moment.now) => {
            Some(Refusal::GateDue)
        }
        Connection::NoAnswerYet => Some(Refusal::NotOpen),
        Connection::Open => None,
    }
}
