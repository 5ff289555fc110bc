//! A guest with a link: what was asked, and what came back. In memory only.

use amends_client::{GuestProblem, GuestRead, GuestVisit, open_guest};
use amends_domain::id::Millis;

/// Where a guest stands.
#[derive(Debug, Default)]
pub(crate) enum Guest {
    /// Nobody came with a link.
    #[default]
    None,
    /// Asked, without an answer yet.
    Asked(GuestVisit),
    /// A sheet.
    Read(GuestRead),
    /// Message key of why there is none.
    Wrong(&'static str),
}

impl Guest {
    /// A link was given: what is to be asked of the relay, if it is one.
    pub(crate) fn ask(&mut self, link: &str) -> Vec<u8> {
        match GuestVisit::new(link) {
            Ok(visit) => {
                let question = visit.question();
                *self = Self::Asked(visit);
                question
            }
            Err(problem) => {
                *self = Self::Wrong(key(problem));
                Vec::new()
            }
        }
    }

    /// The relay's answer; empty if it could not be reached.
    pub(crate) fn answer(&mut self, answer: &[u8], now: Millis) {
        let Self::Asked(visit) = self else { return };
        *self = match open_guest(visit, answer, now) {
            _ if answer.is_empty() => Self::Wrong("guest-no-answer"),
            Ok(read) => Self::Read(read),
            Err(problem) => Self::Wrong(key(problem)),
        };
    }
}

fn key(problem: GuestProblem) -> &'static str {
    match problem {
        GuestProblem::Gone => "guest-gone",
        GuestProblem::NoAnswer => "guest-no-answer",
        problem if problem.is_expired() => "guest-over",
        problem if problem.is_bad_link() => "guest-bad-link",
        _ => "guest-unreadable",
    }
}
