//! Reading a text by the checks and writing the event, if the domain permits it.

use amends_client::{AppendError, NewEvent, Vault};
use amends_domain::apologize::change;
use amends_domain::event::{Body, Space};
use amends_domain::id::EventId;
use amends_domain::permit::{Action, Finding};
use amends_domain::refusal::Refusal;
use amends_domain::safety;
use amends_domain::state::State;
use amends_domain::texts::texts;
use amends_domain::view::Moment;
use amends_lint::{Draft, Genre, NotHereKey, Report, SafetyKind};
use amends_reader::Reader;
use amends_store::Store;
use serde_json::{Value, json};

/// What the writer said before going on.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub without_rest: bool,
    pub before_stage: bool,
    pub telling_is_safe: bool,
    /// The draft it comes from.
    pub draft: Option<EventId>,
    /// Key of the kept lines that this finishes.
    pub finishes: Option<String>,
}

/// A text with what the checks say about it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// All words of the event.
    pub text: String,
    /// What the checks say.
    pub report: Report,
}

/// Reads all words of an event.
pub fn read(reader: &mut Reader, body: &Body, genre: Genre, partner_said: Option<&str>) -> Checked {
    let text =
        texts(body).into_iter().filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n");
    let report = reader.read(&draft(&text, genre, partner_said));
    Checked { text, report }
}

fn draft<'t>(text: &'t str, genre: Genre, partner_said: Option<&'t str>) -> Draft<'t> {
    Draft { text, genre: Some(genre), partner_said, key: NotHereKey::default() }
}

/// What in a text decides whether it may be written or sent.
pub fn findings(reader: &Reader, body: &Body, checked: Option<&Checked>) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(Checked { report, .. }) = checked {
        if report.safety.contains(&SafetyKind::UsedForce) {
            found.push(Finding::UsedForce);
        }
        // The check "control" covers access, tracking, other people and money alike; all of them open the help page.
        let control = |check| reader.pack().rules[check as usize].id == "control";
        if report.findings.iter().any(|finding| control(finding.check)) {
            found.push(Finding::Tracking);
        }
    }
    if plan_of(body).is_some_and(|plan| is_about_partner(&plan.if_situation)) {
        found.push(Finding::ConditionOnPartner);
    }
    found
}

fn plan_of(body: &Body) -> Option<&change::Plan> {
    match body {
        Body::Change(change::Event::SavePlan(save)) => Some(&save.content),
        Body::Change(
            change::Event::SharePlan { content, .. } | change::Event::EditShared { content, .. },
        ) => Some(content),
        _ => None,
    }
}

/// Whether the condition of a plan is what the partner does: its subject is "you" or "my partner".
fn is_about_partner(condition: &str) -> bool {
    let plain = condition.to_lowercase().replace('\u{2019}', "'");
    let mut words = plain
        .split_whitespace()
        .filter(|word| !matches!(*word, "if" | "when" | "whenever" | "each" | "every" | "time"));
    match words.next() {
        Some("you" | "you're" | "you've") => true,
        Some("my") => {
            words.next().is_some_and(|word| word.trim_matches(|c: char| !c.is_alphabetic()) == "partner")
        }
        _ => false,
    }
}

/// Writes an event. A text in which the writer tells of force of their own also closes the letter and apology tools.
///
/// # Errors
/// [`AppendError`]: refused, or not written; then nothing has changed, but for the tools that are closed.
pub fn write<S: Store>(
    vault: &mut Vault<S>,
    action: Action,
    findings: &[Finding],
    said: &Said,
    moment: Moment,
) -> Result<EventId, AppendError> {
    let time = moment.now;
    let new = NewEvent { action, finishes: said.finishes.clone() };
    let written = vault.append_knowing(time, new, |local| {
        local.utc_offset = moment.utc_offset;
        local.draft = said.draft;
        local.without_rest = said.without_rest;
        local.before_stage = said.before_stage;
        local.telling_is_safe = said.telling_is_safe;
        local.findings = findings;
    });
    let force = findings.contains(&Finding::UsedForce) && !vault.state().world().safety.tools_closed();
    if force && matches!(written, Err(AppendError::Refused(Refusal::ToolsClosed))) {
        vault.append(time, NewEvent::private(safety::Event::Tools { open: false }))?;
    }
    written
}

/// Where an event belongs that can be private or shared: with what it is about. None if that does not decide it.
pub fn space_of(state: &State, payload: &Value) -> Option<Space> {
    let world = state.world();
    let id = |value: &Value| serde_json::from_value::<EventId>(value.clone()).ok();
    let found = payload.as_object()?.values().find_map(id)?;
    let incident = world.incidents.get(found).map(|incident| incident.space);
    incident.or_else(|| state.event(found).map(|event| event.space))
}

/// Plain counts of one reply (step 1.3), made by the checks.
pub fn tally(reader: &mut Reader, reply: &str, said: Option<&str>) -> Value {
    let report = reader.read(&draft(reply, Genre::Reply, said));
    let pack = reader.pack();
    let present =
        |id: &str| report.present.iter().filter(|found| pack.rules[found.check as usize].id == id).count();
    let faults = |ids: &[&str]| {
        report
            .findings
            .iter()
            .filter(|found| ids.contains(&pack.rules[found.check as usize].id.as_ref()))
            .count()
    };
    let plain = reply.to_lowercase();
    let advice = [
        "you should",
        "you could",
        "you need to",
        "why don't you",
        "have you tried",
        "you have to",
        "try to",
    ];
    json!({
        "content": small(present("content-reflected")),
        "feeling": small(present("feeling-reflected")),
        "questions": small(reply.matches('?').count()),
        "advice": small(advice.iter().map(|phrase| plain.matches(phrase).count()).sum()),
        "reasons": small(faults(&["excuse", "defending", "blame-shift"])),
        "parroting": small(said.map_or(0, |said| parroted(reply, said))),
    })
}

/// Counts of a reply in which nothing was counted.
pub(crate) fn no_tally() -> Value {
    let names = ["content", "feeling", "questions", "advice", "reasons", "parroting"];
    names.iter().map(|name| ((*name).to_owned(), json!(0))).collect::<serde_json::Map<_, _>>().into()
}

fn small(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

/// Sentences of what was said, of five words and more, that come back word for word.
fn parroted(reply: &str, said: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        let letters =
            |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        text.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect()
    };
    let reply = format!(" {} ", words(reply).join(" "));
    let sentences = said.split(['.', '?', '!', ';']).map(words).filter(|sentence| sentence.len() >= 5);
    sentences.filter(|sentence| reply.contains(&format!(" {} ", sentence.join(" ")))).count()
}

/// Names of the checks that notice something in a reply to hard words.
pub fn noticed(reader: &mut Reader, reply: &str, said: Option<&str>) -> Value {
    let report = reader.read(&draft(reply, Genre::Reply, said));
    let mut ids: Vec<String> = report
        .findings
        .iter()
        .map(|found| reader.pack().rules[found.check as usize].id.to_string())
        .collect();
    ids.dedup();
    json!(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_may_not_hang_on_the_partner() {
        for bad in ["If you shout at me", "my partner asks again", "When you're late", "you go out"] {
            assert!(is_about_partner(bad), "{bad}");
        }
        for good in
            ["I am alone at night", "When I think of you", "the phone rings after ten", "If my boss calls"]
        {
            assert!(!is_about_partner(good), "{good}");
        }
    }

    #[test]
    fn word_for_word_repetition_is_counted() {
        let said = "You told your mother before you told me. I was the last to know.";
        assert_eq!(parroted("You told your mother, before you told me.", said), 1);
        assert_eq!(parroted("Your mother heard it first, and it hurt.", said), 0);
    }
}
