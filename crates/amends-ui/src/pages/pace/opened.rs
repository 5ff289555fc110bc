//! When the own questions were last answered: known from what they left behind, not from what was answered.

use amends_domain::consent;
use amends_domain::event::Body;
use amends_domain::id::Millis;
use amends_domain::safety;

use crate::pages::here::Here;

/// The last time that the part for two was opened or closed by the questions.
pub(crate) fn last_answered(here: &Here<'_>) -> Option<Millis> {
    let by_questions = |body: &Body| {
        matches!(body, Body::Safety(safety::Event::Door { .. }) | Body::Consent(consent::Event::OptIn))
    };
    here.own().filter(|event| by_questions(&event.body)).map(|event| event.at.time()).last()
}

/// Whether the part for two was ever opened here.
pub(crate) fn ever(here: &Here<'_>) -> bool {
    here.own().any(|event| matches!(event.body, Body::Consent(consent::Event::OptIn)))
}
