//! A report for people in a terminal: marked lines, why, pattern, what is missing.

use amends_lint::{Engine, Finding, Kind, Reading, Report, SafetyKind, choose_hints};
use amends_text::offsets::Locator;
use anstyle::{AnsiColor, Style};

const MARK: Style = AnsiColor::Yellow.on_default().underline();
const TITLE: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

/// Prints the hints, what is missing and the promises found.
pub(crate) fn print_report(engine: &Engine, text: &str, report: &Report, all: bool) {
    match report.reading {
        Reading::Read => {}
        Reading::Empty => return anstream::println!("There is no text to read yet."),
        Reading::OtherLanguage => {
            return anstream::println!("I only read English so far, so I say nothing about this text.");
        }
    }
    if !report.safety.is_empty() {
        print_safety(&report.safety);
        return;
    }
    let shown: Vec<&Finding> = if all {
        report.findings.iter().collect()
    } else {
        choose_hints(engine.pack(), &report.findings, &[])
            .iter()
            .map(|hint| &report.findings[hint.finding])
            .collect()
    };
    let locator = Locator::new(text);
    for finding in &shown {
        let rule = &engine.pack().rules[finding.check as usize];
        let place = locator.locate(finding.span.start);
        anstream::println!(
            "{TITLE}{}{TITLE:#} {QUIET}{}:{}  {}{QUIET:#}",
            rule.title,
            place.line,
            place.column,
            rule.id
        );
        anstream::println!("  {}", in_context(text, finding));
        anstream::println!("  Why: {} {QUIET}({}){QUIET:#}", rule.why, rule.sources.join(", "));
        if !rule.question.is_empty() {
            anstream::println!("  Ask yourself: {}", rule.question);
        }
        if !rule.pattern.is_empty() {
            anstream::println!("  A pattern: {}", rule.pattern);
        }
        anstream::println!();
    }
    let n_more = report.findings.len() - shown.len();
    if n_more > 0 {
        anstream::println!("{QUIET}{n_more} more with --all{QUIET:#}\n");
    }
    print_elements(engine, report);
    if shown.is_empty() {
        anstream::println!(
            "No hints. That says nothing about whether it is true or enough; only you can know."
        );
    }
}

fn print_elements(engine: &Engine, report: &Report) {
    for missing in &report.missing {
        let rule = &engine.pack().rules[missing.check as usize];
        debug_assert_eq!(rule.kind, Kind::Presence);
        anstream::println!("{TITLE}Not there yet:{TITLE:#} {}. {}", rule.title, rule.why);
        anstream::println!("  A pattern: {}", rule.pattern);
    }
    if report.explains_before_owning {
        anstream::println!("The reason stands before what you did. What you did comes first (E1).");
    }
    let n_promises = report.commitments.len();
    if n_promises > 0 {
        let n_unbounded = report.commitments.iter().filter(|commitment| !commitment.bounded).count();
        anstream::println!(
            "{n_promises} {} in it, {n_unbounded} without an end or a time.",
            if n_promises == 1 { "promise" } else { "promises" }
        );
    }
}

/// The sentence part around a finding on one line, with the finding marked.
fn in_context(text: &str, finding: &Finding) -> String {
    let (start, end) = (finding.span.start as usize, finding.span.end as usize);
    let before = text[..start].char_indices().rev().take(40).last().map_or(start, |(index, _)| index);
    let after = text[end..].char_indices().nth(40).map_or(text.len(), |(index, _)| end + index);
    let clean = |part: &str| part.replace(['\n', '\r', '\t'], " ");
    format!(
        "{}{MARK}{}{MARK:#}{}",
        clean(&text[before..start]),
        clean(&text[start..end]),
        clean(&text[end..after])
    )
}

fn print_safety(kinds: &[SafetyKind]) {
    anstream::println!(
        "{TITLE}Stop here for a moment.{TITLE:#} This text speaks of danger, so there are no hints about wording."
    );
    for kind in kinds {
        anstream::println!(
            "  {}",
            match kind {
                SafetyKind::Threat => "A threat: if somebody is in danger now, call your emergency number.",
                SafetyKind::SelfHarm => "Wanting to die: a crisis line is there for you, day and night.",
                SafetyKind::Fear =>
                    "Being afraid of somebody: an abuse help line listens and does not judge.",
                SafetyKind::UsedForce => "Having used force: there are lines for people who want to stop.",
            }
        );
    }
    anstream::println!(
        "  Numbers by country: amends help-lines --country CODE. Nothing is sent or reported."
    );
}
