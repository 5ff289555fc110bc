//! Every tool as a form, and every entry as a page.

mod dom;
mod entries;
mod every;
mod forms;
mod mistakes;
mod writing;

use amends_ui::Answer;

pub(crate) use dom::{Form, tags};

use crate::house::House;

/// The form of a tool.
fn open(house: &mut House, path: &str) -> Form {
    let html = house.get(path).html;
    Form::find(&html, "tool").unwrap_or_else(|| panic!("{path} has no form: {}", crate::words(&html)))
}

/// Sends a form with its main button.
fn send(house: &mut House, form: &Form) -> Answer {
    house.post(&form.action, &form.sent(("_do", "send")))
}

/// Name of an event as `step/event`.
fn name(event: &amends_domain::event::Event) -> String {
    let (step, name, _) = amends_tools::show::name(&event.body);
    format!("{step}/{name}")
}
