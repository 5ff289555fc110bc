//! The frame around every page: way out, skip link, name, navigation, foot.

use maud::{DOCTYPE, Markup, html};

use amends_client::Vault;
use amends_tools::{Side, voice};

use crate::core::{Core, Visit};
use crate::doors;
use crate::request::Request;
use crate::session::{AnyStore, Session};

/// What a page may do, for the header and the `meta` element: own files only, no inline script or style, and
/// no HTML from script but through the one policy of the page script.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types amends";

/// In which house the core lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShellKind {
    /// A worker in the browser.
    Browser,
    /// A program on the same computer.
    #[default]
    Native,
}

/// Addresses of the static files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// Style sheet.
    pub style: String,
    /// Small script that runs before anything is shown.
    pub guard: String,
    /// Page script.
    pub script: String,
    /// Icon.
    pub icon: String,
    /// Web app manifest.
    pub manifest: String,
}

impl Default for Assets {
    fn default() -> Self {
        let path = |name: &str| format!("/assets/{name}");
        Self {
            style: path("amends.css"),
            guard: path("guard.js"),
            script: path("app.js"),
            icon: path("icon.svg"),
            manifest: path("manifest.webmanifest"),
        }
    }
}

/// Shell and its files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shell {
    /// In which house the core lives.
    pub kind: ShellKind,
    /// Addresses of the static files.
    pub assets: Assets,
}

/// A page before it is framed.
pub(crate) struct Page {
    pub(crate) status: u16,
    /// Path of the navigation entry it belongs to.
    pub(crate) section: &'static str,
    pub(crate) main: Markup,
}

impl Page {
    pub(crate) fn new(section: &'static str, main: Markup) -> Self {
        Self { status: 200, section, main }
    }
}

/// What every page needs.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'c> {
    pub(crate) core: &'c Core,
    pub(crate) visit: &'c Visit<'c>,
    pub(crate) session: &'c Session,
    /// Key of a message to be said once, at the top of the page.
    pub(crate) said: Option<&'c str>,
    /// The form that was sent and comes back, with what was typed in it.
    pub(crate) sent: Option<&'c Request>,
}

/// Where a refusal leads on to.
fn further(said: &str) -> Option<(&'static str, &'static str)> {
    match said {
        "refusal-gate-due" => Some(("/safety/questions", "gate-title")),
        "refusal-tools-closed" => Some(("/safety/letters", "letters-closed-title")),
        "refusal-opens-help" | "refusal-not-for-this-tool" => Some(("/safety", "nav-help")),
        "refusal-no-partner" => Some(("/pair", "pair-title")),
        _ => None,
    }
}

const NAVIGATION: [(&str, &str); 5] = [
    ("/", "nav-today"),
    ("/path", "nav-path"),
    ("/desk", "nav-desk"),
    ("/safety", "nav-help"),
    ("/more", "nav-more"),
];

impl<'c> Frame<'c> {
    /// The open vault.
    pub(crate) fn vault(&self) -> Option<&'c Vault<AnyStore>> {
        self.session.vault()
    }

    /// What was typed into a field of a form that comes back.
    pub(crate) fn typed(&self, field: &str) -> Option<&'c str> {
        self.sent.filter(|sent| sent.has(field)).map(|sent| sent.field(field))
    }

    /// Text of a message.
    pub(crate) fn text(&self, key: &str) -> String {
        self.core.messages.text(key)
    }

    /// Who the person of the open vault is; without one, nobody has said it.
    pub(crate) fn side(&self) -> Side {
        self.vault().map_or(Side::New, |vault| Side::ever(vault.state()))
    }

    /// Text of a message; for who was hurt the one that speaks to them, where there is one.
    pub(crate) fn spoken(&self, key: &str) -> String {
        voice::spoken(&self.core.messages, key, self.side())
    }

    /// The name of a step for who reads.
    pub(crate) fn step_title(&self, slug: &str) -> String {
        voice::step_title(&self.core.messages, slug, self.side())
    }

    /// Text of a message with one argument.
    pub(crate) fn fill(&self, key: &str, name: &str, value: impl Into<String>) -> String {
        self.core.messages.with(key, &[(name, value.into().into())])
    }

    /// The whole document.
    pub(crate) fn document(&self, page: &Page) -> String {
        let locale = self.core.messages.locale();
        let settings = &self.visit.state.settings;
        let shell = &self.core.shell;
        let kind = match shell.kind {
            ShellKind::Browser => "browser",
            ShellKind::Native => "native",
        };
        let document = html! {
            (DOCTYPE)
            html lang=(locale.tag()) dir=(locale.direction().attribute()) data-shell=(kind)
                data-theme=(settings.theme.name()) data-size=(settings.size.name()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(CONTENT_SECURITY_POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="robots" content="noindex";
                    meta name="color-scheme" content="light dark";
                    title { (self.text("app-tab-title")) }
                    link rel="icon" href=(shell.assets.icon) type="image/svg+xml";
                    link rel="manifest" href=(shell.assets.manifest) crossorigin="use-credentials";
                    link rel="stylesheet" href=(shell.assets.style);
                    script src=(shell.assets.guard) {}
                    script src=(shell.assets.script) type="module" {}
                }
                body { (self.body(page)) }
            }
        };
        document.into_string()
    }

    fn body(&self, page: &Page) -> Markup {
        html! {
            (self.way_out())
            header class="top" {
                a class="skip" href="#main" { (self.text("skip-to-main")) }
                p class="name" { a href="/" { (self.text("app-name")) } }
                @if self.visit.state.begun {
                    nav class="nav" aria-label=(self.text("nav-label")) {
                        ul {
                            @for (path, key) in NAVIGATION {
                                li {
                                    a href=(path) aria-current=[(path == page.section).then_some("page")] {
                                        (self.text(key))
                                    }
                                }
                            }
                        }
                    }
                }
                (doors::bar(self))
            }
            (doors::notes(self))
            main id="main" tabindex="-1" {
                @if let Some(key) = self.said { (self.said_once(key)) }
                (page.main)
            }
            div id="status" class="unseen" role="status" {}
            div id="exit-status" class="unseen" role="status" {}
        }
    }

    /// What was done or went wrong, and the way to take it back.
    fn said_once(&self, key: &str) -> Markup {
        let trouble = key.starts_with("trouble-");
        let class = if trouble || key.starts_with("refusal-") || key.ends_with("-wrong") {
            "problem"
        } else {
            "done"
        };
        html! {
            p class=(class) role="alert" {
                (self.text(key))
                @if trouble { " " (self.text(&format!("{key}-help"))) }
                @if let Some((path, key)) = further(key) { " " a href=(path) { (self.text(key)) } }
            }
            @if self.session.offers_undo() {
                form method="post" action="/undo" class="undo" {
                    button type="submit" { (self.text("undo-button")) }
                }
            }
        }
    }

    /// The way out: a real link, first in tab order, above everything.
    fn way_out(&self) -> Markup {
        let settings = &self.visit.state.settings;
        html! {
            section class="exit-bar" aria-label=(self.text("exit-label")) {
                a id="exit" class="exit" href=(settings.exit_target) rel="nofollow noreferrer"
                    data-shortcut=(if settings.exit_shortcut { "on" } else { "off" })
                    data-two=(self.text("exit-press-two")) data-one=(self.text("exit-press-one"))
                    data-going=(self.text("exit-going")) data-timeout=(self.text("exit-timeout"))
                    data-covered=(self.text("exit-covered")) data-closed=(self.text("covered-text"))
                    data-open=(self.text("covered-open")) data-name=(self.text("covered-title"))
                    data-stopped=(self.text("failed-stopped")) data-failed=(self.text("failed-text")) {
                    span class="unseen" { (self.text("exit-emergency")) " " }
                    (self.text("exit-label"))
                    span class="lights" aria-hidden="true" { span {} span {} span {} }
                }
            }
        }
    }
}
