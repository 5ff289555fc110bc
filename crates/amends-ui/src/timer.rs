//! Time that is left: the clock time stands in the page, a script counts the minutes beside it.

use amends_domain::id::Millis;
use maud::{Markup, html};

use crate::layout::Frame;

/// A line whose words hold a time of day; the script adds how long it is until the next of these moments, and says when it
/// has come.
pub(crate) fn timer(frame: &Frame<'_>, words: &str, until: &[Millis]) -> Markup {
    let until: Vec<String> = until.iter().map(|at| at.0.to_string()).collect();
    // The script puts the number in place of the sign.
    let many = |key: &str| frame.fill(key, "number", "#");
    html! {
        p class="timer" data-until=(until.join(" ")) data-one=(frame.text("timer-minute"))
            data-many=(many("timer-minutes")) data-last=(frame.text("timer-last"))
            data-hour=(frame.text("timer-hour")) data-hours=(many("timer-hours"))
            data-end=(frame.text("timer-end")) { (words) }
    }
}
