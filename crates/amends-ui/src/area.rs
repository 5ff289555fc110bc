//! Parts of the house. Each answers its own addresses: with a page, or by doing what a form asks for.

use amends_client::Vault;

use crate::core::{Core, Download, Visit};
use crate::doors;
use crate::layout::{Frame, Page};
use crate::looks;
use crate::pages;
use crate::request::Request;
use crate::session::{AnyStore, Session};
use crate::state::Effect;
use crate::tools;

/// One part of the house.
pub(crate) struct Area {
    /// Does what a sent form asks for; nothing if the address is not one of its own.
    pub(crate) act: fn(&mut Turn<'_>) -> Option<Outcome>,
    /// Shows a page and changes nothing; nothing if the address is not one of its own.
    pub(crate) page: fn(&Frame<'_>, &Request) -> Option<Page>,
}

/// All parts, asked in this order.
pub(crate) const AREAS: &[Area] = &[
    doors::AREA,
    tools::AREA,
    looks::AREA,
    pages::home::AREA,
    pages::incident::AREA,
    pages::pace::AREA,
    pages::safety::AREA,
    pages::leave::AREA,
    pages::removal::AREA,
    pages::find::AREA,
    pages::you::AREA,
    pages::device::AREA,
    pages::pair::AREA,
    pages::guest::AREA,
    pages::more::AREA,
];

/// A form that was sent, and everything it may change.
pub(crate) struct Turn<'t> {
    pub(crate) core: &'t Core,
    pub(crate) request: &'t Request,
    pub(crate) visit: &'t Visit<'t>,
    pub(crate) session: &'t mut Session,
    /// What the device is to remember.
    pub(crate) effects: &'t mut Vec<Effect>,
}

/// What comes of a form.
pub(crate) enum Outcome {
    /// It is done: this address is shown next.
    Go(String),
    /// This page: usually the form again, with what is wrong with it.
    Show(Page),
    /// A file for the person to keep.
    File(Download),
}

impl Turn<'_> {
    /// Done; shows this address, which says this once (message key).
    pub(crate) fn done(&mut self, path: impl Into<String>, said: &str) -> Option<Outcome> {
        self.session.say(said);
        Some(Outcome::Go(path.into()))
    }

    /// Frame for showing a page after all.
    pub(crate) fn frame(&self) -> Frame<'_> {
        Frame {
            core: self.core,
            visit: self.visit,
            session: self.session,
            said: None,
            sent: Some(self.request),
        }
    }

    /// The open vault, to write.
    pub(crate) fn vault(&mut self) -> Option<&mut Vault<AnyStore>> {
        self.session.vault_mut()
    }
}
