//! Beginning a pair: inviting, joining, comparing four words. And the own devices.
//!
//! Nothing here sends anything: whoever shows the screens brings what is to be sent to a relay. Where there is none, two
//! people can share one device ([`crate::between`]).

mod begin;
mod compare;
mod devices;
mod invite;
mod missing;
mod qr;
mod relay;

use amends_client::{SyncError, Trouble};

use crate::area::{Area, Outcome, Turn};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::pages::here::Here;
use crate::request::Request;

/// These pages among the parts of the house.
pub(crate) const AREA: Area = Area { act, page };

fn page(frame: &Frame<'_>, request: &Request) -> Option<Page> {
    let parts = request.parts();
    if !matches!(
        parts.as_slice(),
        ["pair"] | ["devices"] | ["pair" | "devices", "join"] | ["devices", "invite"]
    ) {
        return None;
    }
    let Some(here) = Here::of(frame) else { return Some(doors::needed_for(frame, request)) };
    Some(match parts.as_slice() {
        ["pair"] => begin::page(&here, None),
        ["pair", _] => begin::join_page(&here, None),
        ["devices", "join"] => devices::join_page(&here, None),
        _ => devices::page(&here, None),
    })
}

fn act(turn: &mut Turn<'_>) -> Option<Outcome> {
    let parts = turn.request.parts();
    let ["pair" | "devices", rest @ ..] = parts.as_slice() else { return None };
    if turn.session.vault().is_none() {
        return Some(Outcome::Show(doors::needed(&turn.frame())));
    }
    if parts[0] == "devices" {
        return devices::act(turn, rest);
    }
    match rest {
        ["invite"] => invite::act(turn),
        ["relay"] => relay::act(turn),
        ["join"] => begin::join(turn),
        ["here"] => begin::join_here(turn),
        ["words"] => compare::act(turn),
        ["cancel"] => compare::cancel(turn),
        _ => None,
    }
}

pub(crate) use devices::join_by as join_own_devices;
pub(crate) use missing::link as missing_link;

/// Message key of why it did not work.
pub(crate) fn why(error: &SyncError) -> String {
    format!("trouble-{}", Trouble::from(error).code())
}

/// Address of the relay that carries between devices; none where two people share one device.
pub(super) fn relay(here: &Here<'_>) -> Option<String> {
    here.vault.relay_address().ok().flatten()
}
