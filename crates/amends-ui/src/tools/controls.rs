//! The controls of a form: each kind of question as native HTML, with label, help and what is wrong with it.

use amends_client::Vault;
use amends_domain::state::State;
use amends_tools::{Field, Kind, Moment, Options, Possible, Tool, parts, week};
use maud::{Markup, PreEscaped, html};

use super::picks;
use super::read::Problem;
use super::sheet::{ADDED, Sheet, inside, rows_name};
use crate::layout::Frame;
use crate::session::AnyStore;

/// Everything that a control needs to know.
pub(super) struct Controls<'c> {
    pub(super) frame: &'c Frame<'c>,
    pub(super) vault: &'c Vault<AnyStore>,
    pub(super) slug: &'c str,
    pub(super) tool: &'c Tool,
    /// What the tool can be used on.
    pub(super) possible: &'c Possible<'c>,
    pub(super) sheet: &'c Sheet,
    pub(super) problems: &'c [Problem],
    /// Boxes that the checks read, with their words as marked.
    pub(super) mirrors: Vec<(String, Markup)>,
}

/// How one question is asked.
struct Ask<'a> {
    label: &'a str,
    name: &'a str,
    help: Option<String>,
}

impl Controls<'_> {
    pub(super) fn state(&self) -> &State {
        self.vault.state()
    }

    pub(super) fn moment(&self) -> Moment {
        self.frame.visit.moment
    }

    pub(super) fn text(&self, key: &str) -> String {
        self.frame.text(key)
    }

    /// The controls of fields, in order.
    pub(super) fn fields(&self, fields: &[Field], prefix: &str) -> Markup {
        html! { @for field in fields { (self.field(field, prefix)) } }
    }

    fn field(&self, field: &Field, prefix: &str) -> Markup {
        if field.key.is_empty() && !matches!(field.kind, Kind::Flag) {
            return html! {};
        }
        let key = if field.key.is_empty() { "nothing" } else { field.key };
        let label = parts::label(&self.frame.core.messages, key);
        self.labelled(&label, field, &inside(prefix, field.path))
    }

    fn labelled(&self, label: &str, field: &Field, name: &str) -> Markup {
        let help = match field.kind {
            Kind::Lines => Some(self.text("tools-lines-help")),
            Kind::Number(from, to) | Kind::MaybeNumber(from, to) => {
                Some(self.range(&from.to_string(), &to.to_string()))
            }
            Kind::MinutesFromNow(from, to) | Kind::DaysFromNow(from, to) => {
                Some(self.range(&from.to_string(), &to.to_string()))
            }
            Kind::MaybeLine | Kind::MaybeDay => Some(self.text("tools-optional")),
            _ => None,
        };
        let ask = Ask { label, name, help };
        match field.kind {
            Kind::Text => self.text_box(&ask, 5),
            Kind::Lines => self.text_box(&ask, 3),
            Kind::Line | Kind::MaybeLine => self.input(&ask, "text"),
            Kind::Week => self.select(&ask, &self.weeks(name), "tools-choose-one"),
            Kind::Day | Kind::MaybeDay => self.input(&ask, "date"),
            Kind::Time => self.input(&ask, "time"),
            Kind::Moment => self.input(&ask, "datetime-local"),
            Kind::Number(from, to) | Kind::MaybeNumber(from, to) => {
                self.number(&ask, &from.to_string(), &to.to_string())
            }
            Kind::MinutesFromNow(from, to) | Kind::DaysFromNow(from, to) => {
                self.number(&ask, &from.to_string(), &to.to_string())
            }
            Kind::YesNo => self.choice(&ask, &self.yes_no(), None),
            Kind::MaybeYesNo => self.choice(&ask, &self.yes_no(), Some("tools-leave-out")),
            Kind::Choice(options) => self.choice(&ask, &self.options(options), None),
            Kind::MaybeChoice(options) => self.choice(&ask, &self.options(options), Some("tools-leave-out")),
            Kind::Choices(options) => self.choices(&ask, &self.options(options)),
            Kind::Variant(options, with) => self.variant(&ask, options, with),
            Kind::Each(options, _, fields) => self.each(&ask, options, fields),
            Kind::Rows(fields) => self.rows(&ask, fields),
            Kind::Flag => self.tick(&ask),
            Kind::Incident => self.pick(&ask, picks::incidents(self, name), None, "tools-no-incident"),
            Kind::MaybeIncident => match picks::incidents(self, name) {
                empty if empty.is_empty() => html! {},
                all => self.pick(&ask, all, Some("tools-leave-out"), ""),
            },
            Kind::Entry(_) | Kind::Copy(..) => {
                self.pick(&ask, picks::possible(self, field), None, "tools-nothing-here-yet")
            }
            Kind::MaybeEntry(of) => match picks::entries(self, of) {
                empty if empty.is_empty() => html! {},
                all => self.pick(&ask, all, Some("tools-leave-out"), ""),
            },
            Kind::Entries => self.choices(&ask, &picks::all_entries(self)),
            Kind::Feelings => self.feelings(&ask),
            Kind::Need => self.need(&ask),
            Kind::Statement(bank) => picks::statement(self, bank, name),
            Kind::Activity => self.select(&ask, &picks::activities(self), "tools-choose-one"),
            Kind::Match => self.select(&ask, &picks::matches(self), "tools-own-idea"),
            Kind::Offset | Kind::ClockChanges | Kind::VersionOf(_) | Kind::Points => html! {},
            Kind::Tally(_) | Kind::Noticed(_) | Kind::SameAs(_) => html! {},
        }
    }

    fn range(&self, from: &str, to: &str) -> String {
        self.frame.core.messages.with("tools-from-to", &[("from", from.into()), ("to", to.into())])
    }

    /// This week and those before; an older one too, where it is what was said.
    fn weeks(&self, name: &str) -> Vec<(String, String)> {
        let (words, moment) = (self.frame.core.messages(), self.moment());
        let said = self.sheet.one(name).parse().ok().map(week::monday);
        let latest = week::latest(moment);
        let older = said.filter(|said| !latest.contains(said));
        latest
            .into_iter()
            .chain(older)
            .map(|week| (week.to_string(), week::name(words, week, moment)))
            .collect()
    }

    fn yes_no(&self) -> Vec<(String, String)> {
        vec![("yes".to_owned(), self.text("gate-yes")), ("no".to_owned(), self.text("gate-no"))]
    }

    fn options(&self, options: Options) -> Vec<(String, String)> {
        options.values.iter().map(|value| ((*value).to_owned(), self.text(&options.key(value)))).collect()
    }

    /// What is wrong with a field, if something is.
    fn problem(&self, name: &str) -> Option<String> {
        let problem = self.problems.iter().find(|problem| problem.name == name)?;
        Some(problem_text(self.frame, problem))
    }

    fn described(&self, ask: &Ask<'_>) -> Option<String> {
        let help = ask.help.as_ref().map(|_| format!("help-{}", ask.name));
        let wrong = self.problem(ask.name).map(|_| format!("wrong-{}", ask.name));
        let all: Vec<String> = help.into_iter().chain(wrong).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    fn help_and_problem(&self, ask: &Ask<'_>) -> Markup {
        html! {
            @if let Some(help) = &ask.help { p class="help" id=(format!("help-{}", ask.name)) { (help) } }
            @if let Some(wrong) = self.problem(ask.name) {
                p class="wrong" id=(format!("wrong-{}", ask.name)) { (wrong) }
            }
        }
    }

    fn invalid(&self, name: &str) -> Option<&'static str> {
        self.problem(name).map(|_| "true")
    }

    fn input(&self, ask: &Ask<'_>, kind: &str) -> Markup {
        html! {
            div class="field" {
                label for=(id(ask.name)) { (ask.label) }
                (self.help_and_problem(ask))
                input type=(kind) id=(id(ask.name)) name=(ask.name) value=(self.sheet.one(ask.name)) autocomplete="off"
                    spellcheck="false" aria-describedby=[self.described(ask)] aria-invalid=[self.invalid(ask.name)];
            }
        }
    }

    fn number(&self, ask: &Ask<'_>, from: &str, to: &str) -> Markup {
        html! {
            div class="field" {
                label for=(id(ask.name)) { (ask.label) }
                (self.help_and_problem(ask))
                input type="number" id=(id(ask.name)) name=(ask.name) value=(self.sheet.one(ask.name)) min=(from) max=(to)
                    step="1" inputmode="numeric" autocomplete="off" aria-describedby=[self.described(ask)]
                    aria-invalid=[self.invalid(ask.name)];
            }
        }
    }

    /// A box to write in: no service of the browser may send its words anywhere.
    fn text_box(&self, ask: &Ask<'_>, rows: u8) -> Markup {
        let mirror = self.mirrors.iter().find(|(name, _)| name == ask.name).map(|(_, mirror)| mirror);
        let area = html! {
            textarea id=(id(ask.name)) name=(ask.name) rows=(rows) data-checked[mirror.is_some()] autocomplete="off"
                autocorrect="off" spellcheck="false" writingsuggestions="false" data-gramm="false"
                data-lt-active="false" aria-describedby=[self.described(ask)] aria-invalid=[self.invalid(ask.name)] {
                // HTML drops the first line end in a box.
                "\n" (self.sheet.one(ask.name))
            }
        };
        html! {
            div class="field" {
                label for=(id(ask.name)) { (ask.label) }
                (self.help_and_problem(ask))
                @match mirror {
                    Some(mirror) => div class="paper" { div class="mirror" aria-hidden="true" { (mirror) } (area) },
                    None => (area),
                }
            }
        }
    }

    fn group(&self, ask: &Ask<'_>, inner: &Markup) -> Markup {
        html! {
            fieldset class="field" id=(id(ask.name)) tabindex="-1" aria-describedby=[self.described(ask)] {
                legend { (ask.label) }
                (self.help_and_problem(ask))
                (inner)
            }
        }
    }

    fn radio(&self, name: &str, value: &str, label: &Markup, checked: bool) -> Markup {
        html! {
            label class="choice" {
                input type="radio" name=(name) value=(value) checked[checked];
                span { (label) }
            }
        }
    }

    /// One of a few; with `none`, or nothing.
    fn choice(&self, ask: &Ask<'_>, all: &[(String, String)], none: Option<&str>) -> Markup {
        let chosen = self.sheet.one(ask.name);
        self.group(ask, &html! {
            @for (value, words) in all { (self.radio(ask.name, value, &html! { (words) }, chosen == value)) }
            @if let Some(none) = none { (self.radio(ask.name, "", &html! { (self.text(none)) }, chosen.is_empty())) }
        })
    }

    fn choices(&self, ask: &Ask<'_>, all: &[(String, String)]) -> Markup {
        let is_chosen = |value: &str| self.sheet.all(ask.name).any(|chosen| chosen == value);
        self.group(
            ask,
            &html! {
                @for (value, words) in all { (self.checkbox(ask.name, value, words, is_chosen(value))) }
                @if all.is_empty() { p class="quiet" { (self.text("tools-no-entries")) } }
            },
        )
    }

    fn checkbox(&self, name: &str, value: &str, words: &str, checked: bool) -> Markup {
        html! {
            label class="choice" {
                input type="checkbox" name=(name) value=(value) checked[checked];
                span { (words) }
            }
        }
    }

    fn tick(&self, ask: &Ask<'_>) -> Markup {
        html! { div class="field" { (self.checkbox(ask.name, "yes", ask.label, self.sheet.one(ask.name) == "yes")) } }
    }

    fn select(&self, ask: &Ask<'_>, all: &[(String, String)], none: &str) -> Markup {
        let chosen = self.sheet.one(ask.name);
        html! {
            div class="field" {
                label for=(id(ask.name)) { (ask.label) }
                (self.help_and_problem(ask))
                select id=(id(ask.name)) name=(ask.name) autocomplete="off" aria-describedby=[self.described(ask)]
                    aria-invalid=[self.invalid(ask.name)] {
                    option value="" { (self.text(none)) }
                    @for (value, words) in all { option value=(value) selected[chosen == value] { (words) } }
                }
            }
        }
    }

    /// Where some values have fields of their own, they follow their value and show when it is chosen.
    fn variant(&self, ask: &Ask<'_>, options: Options, with: &[(&str, &[Field])]) -> Markup {
        let chosen = self.sheet.one(ask.name);
        self.group(ask, &html! {
            @for (value, words) in self.options(options) {
                (self.radio(ask.name, &value, &html! { (words) }, chosen == value))
                @if let Some((value, fields)) = with.iter().find(|(known, _)| *known == value) {
                    div class="inner" role="group" aria-label=(words) { (self.fields(fields, &inside(ask.name, value))) }
                }
            }
        })
    }

    /// The same fields for each value of a list: one line each, or a part that opens.
    fn each(&self, ask: &Ask<'_>, options: Options, fields: &[Field]) -> Markup {
        let items = self.options(options).into_iter().map(|(value, words)| {
            let group = inside(ask.name, &value);
            match fields {
                [field] => self.each_line(&words, field, &inside(&group, field.path)),
                _ => html! {
                    details class="part" id=(id(&group)) open[self.is_open(&group)] {
                        summary { (words) }
                        div role="group" aria-label=(words) {
                            @for field in fields {
                                @if field.is_for(&value) || self.sheet.has(&inside(&group, field.path)) {
                                    (self.field(field, &group))
                                }
                            }
                        }
                    }
                },
            }
        });
        self.group(ask, &PreEscaped(items.map(PreEscaped::into_string).collect::<String>()))
    }

    fn each_line(&self, words: &str, field: &Field, name: &str) -> Markup {
        let ask = Ask { label: words, name, help: None };
        match field.kind {
            Kind::Choice(options) | Kind::MaybeChoice(options) => {
                self.select(&ask, &self.options(options), "tools-leave-out")
            }
            Kind::Number(from, to) | Kind::MaybeNumber(from, to) => {
                self.number(&ask, &from.to_string(), &to.to_string())
            }
            _ => self.labelled(words, field, name),
        }
    }

    fn is_open(&self, group: &str) -> bool {
        let inside = |problem: &Problem| problem.name.starts_with(&format!("{group}."));
        self.sheet.any_in(group) || self.problems.iter().any(inside)
    }

    /// Lines of fields; a button adds one, without a script too.
    fn rows(&self, ask: &Ask<'_>, fields: &[Field]) -> Markup {
        let rows = self.sheet.rows(ask.name);
        self.group(ask, &html! {
            @for row in 0..rows {
                @let group = inside(ask.name, &row.to_string());
                fieldset class="inner" id=(id(&group)) tabindex="-1" data-focus[self.sheet.one(ADDED) == group] {
                    legend { (self.frame.fill("tools-row", "number", (row + 1).to_string())) }
                    (self.fields(fields, &group))
                }
            }
            input type="hidden" name=(rows_name(ask.name)) value=(rows);
            p { button type="submit" name="_do" value=(format!("add {}", ask.name)) { (self.text("tools-add-row")) } }
        })
    }

    /// Incidents or entries.
    fn pick(&self, ask: &Ask<'_>, all: Vec<picks::Pick>, none: Option<&str>, nothing: &str) -> Markup {
        if all.is_empty() {
            return self.group(ask, &html! { p class="quiet" { (self.text(nothing)) } });
        }
        let sent = self.sheet.one(ask.name);
        self.group(ask, &html! {
            @for pick in &all {
                (self.radio(ask.name, &pick.value, &pick.words, pick.is(sent)))
                @if let Some(address) = &pick.address {
                    p class="read-it" {
                        a href=(address) {
                            (self.text("tools-read-it")) span class="unseen" { ": " (pick.words) }
                        }
                    }
                }
            }
            @if let Some(none) = none { (self.radio(ask.name, "", &html! { (self.text(none)) }, sent.is_empty())) }
        })
    }

    /// Sixty words in six families, folded until one is chosen.
    fn feelings(&self, ask: &Ask<'_>) -> Markup {
        let is_chosen = |value: &str| self.sheet.all(ask.name).any(|chosen| chosen == value);
        self.group(
            ask,
            &html! {
                details open[self.sheet.has(ask.name)] {
                    summary { (self.text("tools-words")) }
                    @for (family, words) in picks::feelings(self) {
                        fieldset class="family" {
                            legend { (family) }
                            @for (value, word) in words {
                                (self.checkbox(ask.name, &value, &word, is_chosen(&value)))
                            }
                        }
                    }
                }
            },
        )
    }

    fn need(&self, ask: &Ask<'_>) -> Markup {
        let chosen = self.sheet.one(ask.name);
        let own = inside(ask.name, "own");
        let own_word = self.text("tools-own-word");
        html! {
            div class="field" {
                label for=(id(ask.name)) { (ask.label) }
                (self.help_and_problem(ask))
                select id=(id(ask.name)) name=(ask.name) autocomplete="off" aria-describedby=[self.described(ask)]
                    aria-invalid=[self.invalid(ask.name)] {
                    option value="" { (own_word) }
                    @for (group, words) in picks::needs(self) {
                        optgroup label=(group) {
                            @for (value, word) in words {
                                option value=(value) selected[chosen == value] { (word) }
                            }
                        }
                    }
                }
            }
            (self.input(&Ask { label: &own_word, name: &own, help: None }, "text"))
        }
    }
}

/// Id of a control, or of the group of its controls.
pub(super) fn id(name: &str) -> String {
    format!("f-{name}")
}

/// What to do about a problem.
pub(super) fn problem_text(frame: &Frame<'_>, problem: &Problem) -> String {
    match problem.range {
        Some((from, to)) => {
            let arguments = [("from", from.to_string().into()), ("to", to.to_string().into())];
            frame.core.messages.with(problem.key, &arguments)
        }
        None => frame.text(problem.key),
    }
}
