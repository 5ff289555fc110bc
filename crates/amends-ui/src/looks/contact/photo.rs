//! One picture: decoded and drawn anew, so that no place, no time and no camera is in it.

use amends_domain::prove::contact::Photo;
use maud::{Markup, html};

use super::super::Look;
use super::super::write::{Did, Wrong};
use crate::area::Turn;

pub(super) fn form(_look: &Look<'_>) -> Markup {
    html! {}
}

pub(super) fn show(_look: &Look<'_>, picture: &Photo) -> Markup {
    html! { p { (picture.alt) } }
}

pub(super) fn send(_turn: &mut Turn<'_>) -> Did {
    Err(Wrong::Unknown)
}
