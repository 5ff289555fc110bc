//! What every screen here needs: words, the state, headings, forms and fields.

use amends_client::Vault;
use amends_domain::consent::Connection;
use amends_domain::event::Space;
use amends_domain::id::{Day, EventId, Millis, PersonId};
use amends_domain::incident::Role;
use amends_domain::prove::contact::ContactKind;
use amends_domain::refusal::Refusal;
use amends_domain::state::{State, World};
use amends_domain::view::Moment;
use amends_guide::hurt_or_danger::{ROWS, RULE};
use amends_messages::FluentValue;
use amends_tools::{Possible, choices};
use maud::{Markup, html};

use crate::desk;
use crate::layout::{Frame, Page};
use crate::name::{name, named};
use crate::request::{Method, Request};
use crate::session::AnyStore;

/// Somebody looking at a screen.
pub(crate) struct Look<'l> {
    pub(crate) frame: &'l Frame<'l>,
    pub(crate) request: &'l Request,
    pub(crate) vault: &'l Vault<AnyStore>,
    /// What went wrong with the form that was sent.
    pub(crate) problem: Option<String>,
    /// Fields of forms of this page that were begun and not sent.
    pub(crate) kept: Vec<(String, String)>,
}

impl<'l> Look<'l> {
    pub(crate) fn state(&self) -> &'l State {
        self.vault.state()
    }

    pub(crate) fn world(&self) -> &'l World {
        self.vault.state().world()
    }

    pub(crate) fn me(&self) -> PersonId {
        self.vault.me()
    }

    pub(crate) fn moment(&self) -> Moment {
        self.frame.visit.moment
    }

    pub(crate) fn now(&self) -> Millis {
        self.moment().now
    }

    pub(crate) fn today(&self) -> Day {
        self.day_of(self.now())
    }

    pub(crate) fn text(&self, key: &str) -> String {
        self.frame.text(key)
    }

    pub(crate) fn fill(&self, key: &str, name: &str, value: impl Into<String>) -> String {
        self.frame.fill(key, name, value)
    }

    pub(crate) fn with(&self, key: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        self.frame.core.messages().with(key, arguments)
    }

    /// "You" or "They", for who wrote something.
    pub(crate) fn who(&self, person: PersonId) -> String {
        self.text(if person == self.me() { "look-you" } else { "look-they" })
    }

    /// A page of a step: way back, heading, what went wrong, the rest.
    pub(crate) fn page(&self, slug: &str, title: &str, main: &Markup) -> Page {
        let step = self.frame.step_title(slug);
        let overview = self.request.parts().len() > 2;
        let main = html! {
            p class="quiet no-print" {
                a href=(format!("/step/{slug}")) { (step) }
                @if overview { " · " a href=(format!("/look/{slug}")) { (self.frame.spoken(&format!("look-{slug}"))) } }
            }
            h1 { (self.frame.spoken(title)) }
            @if let Some(problem) = &self.problem { p class="problem" role="alert" { (problem) } }
            (main)
        };
        Page::new("/path", main)
    }

    /// A form that goes to this very page.
    pub(crate) fn form(&self, wish: &str, inner: &Markup) -> Markup {
        self.form_to(&self.request.path, wish, inner)
    }

    /// A form that goes to another page of ours.
    pub(crate) fn form_to(&self, path: &str, wish: &str, inner: &Markup) -> Markup {
        html! {
            form method="post" action=(path) autocomplete="off" class="look-form" {
                input type="hidden" name="do" value=(wish);
                (inner)
            }
        }
    }

    /// A form of one button.
    pub(crate) fn one_button(&self, wish: &str, entry: EventId, label: &str) -> Markup {
        self.form(wish, &html! { (hidden("entry", &name(entry))) (self.button(label)) })
    }

    pub(crate) fn button(&self, label: &str) -> Markup {
        html! { button type="submit" { (self.text(label)) } }
    }

    pub(crate) fn main_button(&self, label: &str) -> Markup {
        html! { p { button type="submit" class="main-button" { (self.text(label)) } } }
    }

    /// The same, which says by its name that the words are to be kept and not only looked at.
    pub(crate) fn main_button_named(&self, field: &str, label: &str) -> Markup {
        html! { p { button type="submit" name=(field) value="yes" class="main-button" { (self.text(label)) } } }
    }

    /// What was typed into a field when the form came back, or else this.
    pub(crate) fn typed(&self, field: &str, otherwise: &str) -> String {
        if self.request.method == Method::Post && self.request.has(field) {
            return self.request.field(field).replace("\r\n", "\n");
        }
        let kept = self.kept.iter().rev().find(|(name, _)| name == field);
        kept.map_or(otherwise, |(_, value)| value).to_owned()
    }

    /// A box for several lines with its label.
    pub(crate) fn area(&self, field: &str, label: &str, rows: u8, otherwise: &str) -> Markup {
        self.area_said(field, &self.text(label), rows, otherwise)
    }

    /// The same with the label's words.
    pub(crate) fn area_said(&self, field: &str, label: &str, rows: u8, otherwise: &str) -> Markup {
        html! {
            div class="field" {
                label for=(field) { (label) }
                (desk::writing_box(field, field, None, rows, &self.typed(field, otherwise)))
            }
        }
    }

    /// A field for one line with its label.
    pub(crate) fn line(&self, field: &str, label: &str, otherwise: &str) -> Markup {
        self.input(field, "text", &self.text(label), otherwise)
    }

    /// A field for a day.
    pub(crate) fn day_field(&self, field: &str, label: &str, otherwise: Option<Day>) -> Markup {
        let otherwise = otherwise.map(|day| day.to_string()).unwrap_or_default();
        self.input(field, "date", &self.text(label), &otherwise)
    }

    /// A field of some type.
    pub(crate) fn input(&self, field: &str, kind: &str, label: &str, otherwise: &str) -> Markup {
        html! {
            div class="field" {
                label for=(field) { (label) }
                input id=(field) name=(field) type=(kind) value=(self.typed(field, otherwise)) autocomplete="off"
                    spellcheck="false";
            }
        }
    }

    /// A list to pick one of: value and words.
    pub(crate) fn select(
        &self,
        field: &str,
        label: &str,
        options: &[(String, String)],
        chosen: &str,
    ) -> Markup {
        let chosen = self.typed(field, chosen);
        html! {
            div class="field" {
                label for=(field) { (label) }
                select id=(field) name=(field) autocomplete="off" {
                    @for (value, words) in options { option value=(value) selected[*value == chosen] { (words) } }
                }
            }
        }
    }

    /// Which incident, where there is something to choose. `space` leaves out the others.
    pub(crate) fn which_incident(&self, space: Option<Space>) -> Markup {
        let fits = |of: Space| space.is_none_or(|space| space == of);
        let all: Vec<(String, String)> = choices::incidents(self.state())
            .into_iter()
            .filter(|(_, incident)| fits(incident.space))
            .map(|(id, incident)| (name(id), incident.title.clone()))
            .collect();
        html! { @if all.len() > 1 { (self.select("incident", &self.text("look-incident"), &all, "")) } }
    }

    /// The incident that is chosen there now: the first one, as long as nothing was chosen.
    pub(crate) fn incident_chosen(&self) -> Option<EventId> {
        let first = choices::incidents(self.state()).first().map(|(id, _)| *id);
        named(&self.typed("incident", "")).or(first)
    }

    /// Whether nothing goes between the two any more: one of them left, or this device was taken away.
    pub(crate) fn is_apart(&self) -> bool {
        let connection = self.state().connection(self.me(), self.now());
        self.vault.is_taken_away() || connection == Connection::NotConnected
    }

    /// Why a message of this kind would not go to the other person now.
    pub(crate) fn why_not(&self, kind: ContactKind) -> Option<Refusal> {
        let Some(partner) = self.world().partner else { return Some(Refusal::NoPartner) };
        if self.is_apart() {
            return Some(Refusal::NotConnected);
        }
        if self.world().takes_break(self.now()) {
            return Some(Refusal::BreakRuns);
        }
        self.world().consent.judge_contact(self.me(), partner, kind, self.now()).err()
    }

    /// Whether there is something that both know of.
    pub(crate) fn has_shared(&self) -> bool {
        self.world().incidents.iter().any(|(_, incident)| incident.space == Space::Shared)
    }

    /// Whether this person was hurt in all that is named here, and did none of it.
    pub(crate) fn was_only_hurt(&self) -> bool {
        let mut roles =
            self.world().incidents.iter().map(|(_, incident)| incident.role(self.me())).peekable();
        roles.peek().is_some() && roles.all(|role| role == Role::InjuredPartner)
    }

    /// Work for the one who did it, under its title; folded for a person who was only hurt.
    pub(crate) fn for_who_did(&self, title: &str, inner: &Markup) -> Markup {
        html! {
            @if self.was_only_hurt() {
                details class="no-print" {
                    summary { (self.text(title)) ": " (self.text("look-if-you-too")) }
                    (inner)
                }
            } @else { h2 { (self.text(title)) } (inner) }
        }
    }

    /// A plain form of a step, for what needs no screen of its own.
    pub(crate) fn tool(&self, slug: &str, tool: &str) -> Markup {
        let title = self.text(&format!("tool-{slug}-{tool}"));
        html! { a href=(format!("/step/{slug}/{tool}")) { (title) } }
    }

    /// Several of them, as a list; alone, without those that need a partner, and without those that have nothing to be
    /// used on yet.
    pub(crate) fn tools(&self, slug: &str, tools: &[&str]) -> Markup {
        let possible = Possible::new(self.state(), self.moment());
        let is_offered = |name: &str| {
            let tool = amends_tools::tools(slug).iter().find(|tool| tool.name == name);
            tool.is_none_or(|tool| {
                let refusal = amends_tools::closed(self.state(), slug, tool, self.moment());
                refusal != Some(Refusal::NoPartner) && possible.waits(slug, tool).is_none()
            })
        };
        let shown: Vec<_> = tools.iter().filter(|name| is_offered(name)).collect();
        html! {
            @if !shown.is_empty() {
                ul class="links no-print" { @for tool in shown { li { (self.tool(slug, tool)) } } }
            }
        }
    }

    /// A link with its words from a message.
    pub(crate) fn link(&self, path: &str, label: &str) -> Markup {
        html! { a href=(path) { (self.text(label)) } }
    }

    /// The table that tells hurt from danger.
    pub(crate) fn hurt_or_danger(&self) -> Markup {
        let (hurt, danger) = (self.text("hurt-or-danger-left"), self.text("hurt-or-danger-right"));
        html! {
            table class="compare" {
                thead { tr { th scope="col" { (hurt) } th scope="col" { (danger) } } }
                tbody {
                    @for row in ROWS {
                        tr { td data-side=(hurt) { (self.text(row.hurt)) } td data-side=(danger) { (self.text(row.danger)) } }
                    }
                }
            }
            p { strong { (self.text(RULE)) } }
        }
    }

    /// A quiet sentence.
    pub(crate) fn quiet(&self, key: &str) -> Markup {
        html! { p class="quiet" { (self.text(key)) } }
    }
}

/// A field that nobody sees.
pub(crate) fn hidden(field: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(field) value=(value); }
}

/// One box or round button with its words.
pub(crate) fn choice(kind: &str, field: &str, value: &str, words: &str, checked: bool) -> Markup {
    html! {
        label class="choice" {
            input type=(kind) name=(field) value=(value) checked[checked];
            span { (words) }
        }
    }
}
