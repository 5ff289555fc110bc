//! The app's screens: a request goes in, a page and effects come out.
//!
//! [`Core::handle`] is a function of the request, of what the device remembers ([`State`]) and of the vault that is
//! open ([`Session`]). It knows no network, clock, file or browser: a *shell* brings the request, the time and a
//! [`Keeper`], performs the [`Effect`]s and shows the page. There
//! are two shells, a worker in the browser (`amends-wasm`) and a server on loopback (`amends open`), and both
//! show the very same pages. Every page works as plain HTML with links and forms; the script in `web/` only
//! makes it live.
//!
//! ```
//! use amends_ui::{Core, Request, Session, Shell, State, Visit};
//! let core = Core::new(amends_reader::Reader::by_rules(), Shell::default());
//! let answer = core.handle(
//!     &Request::get("/"),
//!     &Visit::new(&State::default()),
//!     &mut Session::without_keeper(),
//! );
//! assert!(answer.html.contains("Before you begin"));
//! ```

mod area;
mod between;
mod core;
mod date;
mod desk;
mod doors;
mod guest;
mod help_lines;
mod keeper;
mod kit;
mod layout;
mod looks;
mod mirror;
mod name;
mod pages;
mod request;
mod screens;
mod session;
mod state;
mod timer;
mod tools;

pub use crate::core::{Answer, Core, Download, Visit};
pub use crate::date::Date;
pub use crate::desk::{Live, Mark};
pub use crate::help_lines::{Country, HelpLines, Line, Mark as HelpLineMark, help_lines};
pub use crate::keeper::{AnyStore, Keeper, Obstacle, Place};
pub use crate::layout::{Assets, CONTENT_SECURITY_POLICY, Shell, ShellKind};
pub use crate::mirror::{MakeRng, Mirror, MirrorKeeper, Write};
pub use crate::request::{Method, Request, Upload};
pub use crate::screens::{ANY, Sent, forms, questions, screen_of, screens};
pub use crate::session::{Door, Secret, Session, Storage};
pub use crate::state::{DeskDraft, Effect, NotHere, Settings, State, TextSize, Theme};
pub use amends_calendar::Zone;
