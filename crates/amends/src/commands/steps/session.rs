//! A step in a terminal: what it asks, the tools that are open now, and one tool question by question.

use amends_client::AppendError;
use amends_domain::event::{Body, Space};
use amends_domain::permit::Action;
use amends_domain::refusal::Refusal;
use amends_guide::{evidence, hurt_or_danger, step_by_slug};
use amends_messages::Messages;
use amends_reader::Reader;
use amends_tools::beside::{First, Next};
use amends_tools::writing::{self, Said};
use amends_tools::{
    Field, Form, Kind, Possible, Shape, Side, TAKE_BACK, To, Tool, Writing, answers, beside, closed, guest,
    show, title_key, tools, voice,
};
use serde_json::{Value, json};

use super::interview::{Interview, Stop};
use super::moment;
use crate::commands::vault::{self, OpenVault, offset_at};
use crate::commands::{CLEAN, FOUND, USAGE, reader, terminal};

/// Leads through a step, or through one tool of it.
pub(super) fn run(
    vault: &mut OpenVault,
    slug: &str,
    tool: Option<&str>,
    words: &Messages,
) -> anyhow::Result<u8> {
    let mut reader = reader::reader(false);
    if let Some(name) = tool {
        let Some(tool) = amends_tools::tool(slug, name) else {
            let names: Vec<&str> = tools(slug).iter().map(|tool| tool.name).collect();
            anstream::eprintln!("{} {}", words.text("cli-no-such-tool"), names.join(", "));
            return Ok(USAGE);
        };
        let kept = lead(vault, slug, tool, None, &mut reader, words)?;
        return Ok(if kept { CLEAN } else { FOUND });
    }
    introduce(slug, Side::ever(vault.state()), words);
    if slug == "activities" {
        super::list::matches(vault, words);
    }
    loop {
        let open = menu(vault, slug, words);
        let Some(line) = choose()? else { return Ok(CLEAN) };
        match line.parse::<usize>().ok().and_then(|number| open.get(number.checked_sub(1)?)) {
            Some(tool) => {
                lead(vault, slug, tool, None, &mut reader, words)?;
            }
            None => anstream::println!("{}", words.text("cli-not-understood")),
        }
    }
}

/// What the step asks, what to take care of, and the studies behind it.
fn introduce(slug: &str, side: Side, words: &Messages) {
    let Some(step) = step_by_slug(slug) else { return };
    let part = |name: &str| words.text(&format!("step-{slug}-{name}"));
    anstream::println!("{} {}\n", step.number, voice::step_title(words, slug, side));
    if side.was_hurt() {
        if side == Side::Both {
            let title = voice::step_title(words, slug, Side::Hurt);
            anstream::println!("{}", words.with("step-where-hurt", &[("title", title.into())]));
        }
        anstream::println!("{}\n", part("hurt"));
    }
    if side == Side::Hurt {
        anstream::println!("{}", words.with("step-hurt-asks-lead", &[("title", part("title").into())]));
    }
    anstream::println!("{}\n", part("asks"));
    anstream::println!("{}\n", part("care"));
    for id in step.evidence {
        let Some(study) = evidence(id) else { continue };
        anstream::println!(
            "{id}: {} ({})",
            words.text(&format!("evidence-{}", id.to_lowercase())),
            study.source
        );
    }
}

fn menu(vault: &OpenVault, slug: &str, words: &Messages) -> Vec<&'static Tool> {
    let all = || tools(slug).iter().chain([&TAKE_BACK]);
    let possible = Possible::new(vault.state(), moment());
    let (later, open): (Vec<&Tool>, Vec<&Tool>) = all()
        .filter(|tool| closed(vault.state(), slug, tool, moment()).is_none())
        .partition(|tool| possible.waits(slug, tool).is_some());
    anstream::println!("\n{}", words.text("cli-open-now"));
    for (index, tool) in open.iter().enumerate() {
        anstream::println!("  {:>2}. {}", index + 1, words.text(&title_key(slug, tool)));
    }
    let shut: Vec<(&Tool, Refusal)> =
        all().filter_map(|tool| Some((tool, closed(vault.state(), slug, tool, moment())?))).collect();
    if !shut.is_empty() || !later.is_empty() {
        anstream::println!("{}", words.text("cli-not-open"));
    }
    for tool in later {
        let waits = possible.waits(slug, tool).map(|key| words.text(&key)).unwrap_or_default();
        anstream::println!("   -  {}: {waits}", words.text(&title_key(slug, tool)));
    }
    for (tool, refusal) in shut {
        anstream::println!(
            "   -  {}: {}",
            words.text(&title_key(slug, tool)),
            words.text(&refusal.message_key())
        );
    }
    anstream::println!("{}", words.text("cli-choose"));
    open
}

fn choose() -> anyhow::Result<Option<String>> {
    use std::io::Write as _;
    anstream::print!("> ");
    std::io::stdout().flush()?;
    let line = vault::secret::line()?.map(|line| line.trim().to_owned());
    Ok(line.filter(|line| !matches!(line.as_str(), "" | "0" | "/leave")))
}

/// Leads through one tool; whether something was written. `given` are answers known beforehand.
pub(super) fn lead(
    vault: &mut OpenVault,
    slug: &str,
    tool: &Tool,
    given: Option<Value>,
    reader: &mut Reader,
    words: &Messages,
) -> anyhow::Result<bool> {
    anstream::println!("\n== {} ==", words.text(&title_key(slug, tool)));
    if let Some(refusal) = closed(vault.state(), slug, tool, moment()) {
        anstream::println!("{}", words.text(&refusal.message_key()));
        return Ok(false);
    }
    for first in beside::first(vault.state(), tool.first, moment()) {
        tell_first(&first, words);
    }
    let mut interview = Interview::new(vault, words, format!("cli/{slug}/{}", tool.name));
    match converse(&mut interview, slug, tool, given, reader) {
        Ok(kept) => Ok(kept),
        Err(Stop::Left) => {
            anstream::println!("\n{}", words.text("cli-left"));
            Ok(false)
        }
        Err(Stop::Nothing(key)) => {
            anstream::println!("{}", words.text(key));
            Ok(false)
        }
        Err(Stop::Failed(error)) => Err(error),
    }
}

fn tell_first(first: &First, words: &Messages) {
    match first {
        First::Text(key) => anstream::println!("{}", words.text(key)),
        First::HurtOrDanger => {
            anstream::println!(
                "{} | {}",
                words.text("hurt-or-danger-left"),
                words.text("hurt-or-danger-right")
            );
            for row in hurt_or_danger::ROWS {
                anstream::println!("  {} | {}", words.text(row.hurt), words.text(row.danger));
            }
            anstream::println!("{}", words.text(hurt_or_danger::RULE));
        }
        First::List(heading, points) => {
            anstream::println!("{}", words.text(heading));
            points.iter().for_each(|key| anstream::println!("  - {}", words.text(key)));
        }
    }
}

fn converse(
    interview: &mut Interview<'_>,
    slug: &str,
    tool: &Tool,
    given: Option<Value>,
    reader: &mut Reader,
) -> Result<bool, Stop> {
    if let Some(text) = interview.was_editing() {
        anstream::println!("{}\n{text}", interview.words.text("cli-was-changing"));
    }
    if interview.has_kept() {
        anstream::println!("{}", interview.words.text("cli-kept-lines"));
        let go_on = vault::secret::yes(interview.words, &interview.words.text("cli-go-on-there"))
            .map_err(Stop::Failed)?;
        if !go_on {
            interview.forget()?;
        }
    }
    let (mut form, old) = begin(interview, slug, tool, given)?;
    for (number, field) in tool.fields.iter().enumerate() {
        let answer = interview.question(
            number + 1,
            field,
            show::at(&old, field.path).filter(|_| !field.path.is_empty()),
            &form.answers,
        )?;
        show::set(&mut form.answers, field.path, answer);
    }
    decide(interview, slug, tool, form, reader)
}

/// For a document: a new one, or the next version of one that is there.
fn begin(
    interview: &mut Interview<'_>,
    slug: &str,
    tool: &Tool,
    given: Option<Value>,
) -> Result<(Form, Value), Stop> {
    let empty = Form::default();
    if tool.shape != Shape::Save || given.is_some() {
        return Ok((empty, given.unwrap_or_else(|| json!({}))));
    }
    let name = format!("{slug}/{}", tool.event);
    let there = show::entries(interview.vault.state(), moment()).iter().any(|event| {
        let (step, event, _) = show::name(&event.body);
        format!("{step}/{event}") == name
    });
    if !there {
        return Ok((empty, json!({})));
    }
    let chosen = interview.document(&name)?;
    let Some(event) = chosen else { return Ok((empty, json!({}))) };
    Ok((Form::upon(&event), answers::of_document(&event)))
}

/// Shows what was written and what the checks see, and asks: keep, edit or leave?
fn decide(
    interview: &mut Interview<'_>,
    slug: &str,
    tool: &Tool,
    mut form: Form,
    reader: &mut Reader,
) -> Result<bool, Stop> {
    let words = interview.words;
    let mut is_asked = false;
    loop {
        let writing = Writing::with(interview.vault.state(), tool, &form.answers, interview.copied);
        let may_ask = tool.genre.is_some() && writing.is_left_alone(interview.vault.state());
        let is_unasked = may_ask && !is_asked;
        let body = form
            .body(slug, tool, reader, interview.said.as_deref())
            .map_err(|error| Stop::Failed(anyhow::anyhow!("{} ({error})", words.text("cli-does-not-fit"))))?;
        let body = guest::completed(interview.vault.state(), body, words, &offset_at);
        let space = space(interview, tool, &form)?;
        anstream::println!(
            "\n{}",
            words.text(if space == Space::Shared { "cli-for-both" } else { "cli-for-you" })
        );
        show::lines(&form.answers, 0, words, &offset_at).iter().for_each(|line| anstream::println!("{line}"));
        let checked = tool.genre.map(|genre| writing::read(reader, &body, genre, interview.said.as_deref()));
        if let Some(checked) = checked.as_ref().filter(|checked| !checked.text.is_empty()) {
            anstream::println!();
            if is_unasked && checked.report.safety.is_empty() {
                anstream::println!("{}", words.text("cli-unasked"));
            } else {
                terminal::print_report(reader.engine(), &checked.text, &checked.report, false);
            }
        }
        let gaps = beside::gaps(interview.vault.state(), &body);
        if !gaps.is_empty() && !is_unasked {
            anstream::println!("\n{}", words.text("cli-not-dealt-with"));
            gaps.iter().for_each(|key| anstream::println!("  - {}", words.text(key)));
        }
        match keep_edit_leave(words, may_ask)? {
            Decision::Look => is_asked = true,
            Decision::Leave => return Err(Stop::Left),
            Decision::Edit => edit(interview, tool, &mut form)?,
            Decision::Keep => {
                let findings = writing::findings(reader, &body, checked.as_ref());
                let action = Action { space, body };
                if keep(interview, &action, &findings)? {
                    let read = checked.as_ref().filter(|_| !is_unasked);
                    let report = read.map(|checked| &checked.report);
                    let next = beside::next(interview.vault.state(), &action.body, report, words, &offset_at);
                    for next in next {
                        anstream::println!("{}", next_words(next, words));
                    }
                    return Ok(true);
                }
            }
        }
    }
}

fn next_words(next: Next, words: &Messages) -> String {
    match next {
        Next::PromiseFound => words.text("cli-promise-found"),
        Next::IsThisSafe => words.text("cli-is-this-safe"),
        Next::Text(text) => text,
    }
}

/// Own devices or both: by the tool, by what it is about, or as the writer says.
fn space(interview: &Interview<'_>, tool: &Tool, form: &Form) -> Result<Space, Stop> {
    match tool.to {
        To::Own => Ok(Space::Private),
        To::Pair => Ok(Space::Shared),
        To::Follow => match writing::space_of(interview.vault.state(), &form.answers) {
            Some(space) => Ok(space),
            None if interview.vault.state().world().partner.is_none() => Ok(Space::Private),
            None => {
                let both = vault::secret::yes(interview.words, &interview.words.text("cli-ask-both"));
                both.map(|both| if both { Space::Shared } else { Space::Private }).map_err(Stop::Failed)
            }
        },
    }
}

enum Decision {
    Keep,
    Edit,
    Leave,
    /// Say what the checks see: who was hurt is told only when they ask.
    Look,
}

fn keep_edit_leave(words: &Messages, may_ask: bool) -> Result<Decision, Stop> {
    loop {
        let question = if may_ask { "cli-keep-edit-leave-look" } else { "cli-keep-edit-leave" };
        anstream::println!("\n{}", words.text(question));
        match choose().map_err(Stop::Failed)?.map(|line| line.to_lowercase()).as_deref() {
            Some("k" | "keep") => return Ok(Decision::Keep),
            Some("e" | "edit") => return Ok(Decision::Edit),
            None | Some("l" | "leave") => return Ok(Decision::Leave),
            Some("look") if may_ask => return Ok(Decision::Look),
            Some(_) => anstream::println!("{}", words.text("cli-not-understood")),
        }
    }
}

fn edit(interview: &mut Interview<'_>, tool: &Tool, form: &mut Form) -> Result<(), Stop> {
    let asked: Vec<(usize, &Field)> =
        tool.fields.iter().enumerate().filter(|(number, _)| interview.was_asked(number + 1)).collect();
    for (number, (_, field)) in asked.iter().enumerate() {
        anstream::println!("  {:>2}. {}", number + 1, interview.words.text(field.key));
    }
    let line = choose().map_err(Stop::Failed)?.unwrap_or_default();
    let chosen = line.parse::<usize>().ok().and_then(|number| asked.get(number.checked_sub(1)?));
    let Some((number, field)) = chosen else { return Ok(()) };
    let old = show::at(&form.answers, field.path).filter(|_| !field.path.is_empty()).cloned();
    let answer = interview.question(number + 1, field, old.as_ref(), &form.answers)?;
    show::set(&mut form.answers, field.path, answer);
    // What is filled in from other answers follows them.
    for field in tool.fields.iter().filter(|field| matches!(field.kind, Kind::Points | Kind::VersionOf(_))) {
        let answer = interview.pick(field, None, &form.answers)?;
        show::set(&mut form.answers, field.path, answer);
    }
    Ok(())
}

/// Writes it. Where the writer may go on after a question, asks it. False if it was refused.
fn keep(
    interview: &mut Interview<'_>,
    action: &Action,
    findings: &[amends_domain::permit::Finding],
) -> Result<bool, Stop> {
    let words = interview.words;
    let mut said =
        Said { draft: interview.copied, finishes: Some(interview.key().to_owned()), ..Said::default() };
    loop {
        match writing::write(interview.vault, action.clone(), findings, &said, moment()) {
            Ok(id) => {
                anstream::println!("{}", words.text("cli-kept"));
                opened(interview, id);
                return Ok(true);
            }
            Err(AppendError::Refused(refusal)) => {
                anstream::println!("{}", words.text(&refusal.message_key()));
                let (flag, question) = match refusal {
                    Refusal::RestFirst if !said.without_rest => (&mut said.without_rest, "cli-go-on"),
                    Refusal::BetterLater if !said.before_stage => (&mut said.before_stage, "cli-go-on"),
                    Refusal::AskSafetyFirst if !said.telling_is_safe => {
                        (&mut said.telling_is_safe, "ask-telling-safe")
                    }
                    _ => return Ok(false),
                };
                *flag = vault::secret::yes(words, &words.text(question)).map_err(Stop::Failed)?;
                if !*flag {
                    return Ok(false);
                }
            }
            Err(error) => {
                return Err(Stop::Failed(vault::trouble(words, amends_client::Trouble::from(&error))));
            }
        }
    }
}

/// After opening a letter or a section: shows it.
fn opened(interview: &Interview<'_>, id: amends_domain::id::EventId) {
    use amends_domain::admit::responsibility;
    use amends_domain::prove::communication;
    let state = interview.vault.state();
    let target = match state.event(id).map(|event| &event.body) {
        Some(Body::Communication(communication::Event::OpenLetter { letter })) => *letter,
        Some(Body::Responsibility(responsibility::Event::OpenSection { disclosure, .. })) => *disclosure,
        _ => return,
    };
    let readable = state.event(target).and_then(|event| show::readable(state, event));
    let lines =
        readable.map(|payload| show::lines(&payload, 0, interview.words, &offset_at)).unwrap_or_default();
    lines.iter().for_each(|line| anstream::println!("{line}"));
}
