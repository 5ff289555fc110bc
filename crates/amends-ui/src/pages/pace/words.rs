//! A pace and closed topics in words.

use amends_domain::consent::Pace;
use amends_domain::id::PersonId;

use crate::pages::here::{Here, clock};
use crate::pages::parts::slug;

/// "At most 2 a day, from 08:00 to 21:00: one line, a letter."
pub(crate) fn in_words(here: &Here<'_>, pace: &Pace) -> String {
    if pace.per_day == 0 || pace.kinds.is_empty() {
        return here.text("pace-words-none");
    }
    let kinds: Vec<String> =
        pace.kinds.iter().map(|kind| here.text(&format!("cli-contact-{}", slug(*kind)))).collect();
    let key = if pace.is_all_day() { "pace-words-any-hour" } else { "pace-words" };
    here.frame.core.messages.with(
        key,
        &[
            ("count", i64::from(pace.per_day).into()),
            ("from", clock(pace.from_minute).into()),
            ("to", clock(pace.to_minute % 1440).into()),
            ("kinds", kinds.join(", ").to_lowercase().into()),
        ],
    )
}

/// Topics that a person closed, with the day on which they open again.
pub(crate) fn closed_topics(here: &Here<'_>, person: PersonId) -> Vec<String> {
    let Some(channel) = here.world().consent.channel(person) else { return Vec::new() };
    channel.closed_topics(here.now()).map(|topic| here.text(&format!("cli-topic-{}", slug(topic)))).collect()
}
