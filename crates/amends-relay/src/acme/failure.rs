//! Why there is no new certificate, in words that say what to do.
//!
//! The authority's own words are left out: they may repeat the contact, and addresses of machines.

use std::time::Duration;

use instant_acme::{Error, Problem};

use super::Acme;
use super::ask::Unreachable;

/// A try that came to nothing.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) kind: Kind,
    /// The authority wants to be left alone for so long.
    pub(super) wait: Option<Duration>,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// No connection to the authority; why, in the words of the system.
    Unreachable(String),
    /// What answers there is no authority.
    NoDirectory,
    /// The name is not in the DNS.
    NoName,
    /// Nobody answered at the name.
    NobodyThere,
    /// Somebody else answered at the name.
    SomebodyElse,
    /// The name's owner says in the DNS who may give certificates for it.
    NotAllowed,
    /// The authority gives none for this name.
    NameRefused,
    /// Too many of late.
    TooOften,
    /// It does not take the contact.
    Contact,
    /// It wants an account made by hand.
    AccountByHand,
    /// It does not know or want the kept account.
    Account,
    /// It wants a person to agree to something.
    Agreement,
    /// It has trouble of its own.
    Trouble,
    /// It did not come to an end.
    Slow,
    /// It offers no challenge that can be met on this port.
    NoChallenge,
    /// The answer to its question cannot be made; why.
    Answer(String),
    /// It gave something that is of no use; why.
    Useless(String),
    /// By this machine's clock the new certificate is old.
    Clock,
    /// It cannot be kept; why.
    Folder(String),
    /// The roots of `--acme-root` are of no use; why.
    Root(String),
    /// Anything else, by its type.
    Other(String),
}

impl From<Kind> for Failure {
    fn from(kind: Kind) -> Self {
        Self { kind, wait: None }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Kind::of(&error).into()
    }
}

impl Kind {
    fn of(error: &Error) -> Self {
        match error {
            Error::Api(problem) => Self::of_problem(problem, false),
            Error::Json(_) => Self::NoDirectory,
            Error::Timeout(_) => Self::Slow,
            Error::Other(other) => match other.downcast_ref::<Unreachable>() {
                Some(Unreachable(why)) => Self::Unreachable(why.clone()),
                None => Self::Other("its answer was not understood".to_owned()),
            },
            // These say nothing of anybody.
            Error::Str(why) | Error::Unsupported(why) => Self::Other((*why).to_owned()),
            _ => Self::Other("its answer was not understood".to_owned()),
        }
    }

    /// By the type of a problem (RFC 8555, 6.7). `asked_back`: the authority has asked at the name.
    pub(super) fn of_problem(problem: &Problem, asked_back: bool) -> Self {
        let kind = problem.r#type.as_deref().unwrap_or_default();
        let name = kind.strip_prefix("urn:ietf:params:acme:error:").unwrap_or_default();
        let inner = problem.subproblems.iter().find_map(|inner| inner.r#type.as_deref());
        match name {
            "dns" => Self::NoName,
            "connection" => Self::NobodyThere,
            "unauthorized" | "incorrectResponse" | "tls" if asked_back => Self::SomebodyElse,
            "unauthorized" | "accountDoesNotExist" => Self::Account,
            "caa" => Self::NotAllowed,
            "rejectedIdentifier" | "unsupportedIdentifier" => Self::NameRefused,
            "rateLimited" => Self::TooOften,
            "invalidContact" | "unsupportedContact" => Self::Contact,
            "externalAccountRequired" => Self::AccountByHand,
            "userActionRequired" => Self::Agreement,
            "serverInternal" => Self::Trouble,
            "compound" | "malformed" if inner.is_some_and(|inner| inner != kind) => Self::of_problem(
                &Problem {
                    r#type: inner.map(str::to_owned),
                    detail: None,
                    status: None,
                    subproblems: Vec::new(),
                },
                asked_back,
            ),
            "" => match problem.status {
                Some(429) => Self::TooOften,
                Some(status) => Self::Other(format!("status {status}")),
                None => Self::Other("no reason given".to_owned()),
            },
            other => Self::Other(other.chars().filter(char::is_ascii_alphanumeric).take(40).collect()),
        }
    }

    /// One or two sentences, without what anybody wrote.
    pub(super) fn words(&self, acme: &Acme) -> String {
        let (domain, host) = (&acme.domain, acme.host());
        match self {
            Self::Unreachable(why) => format!(
                "{host} cannot be reached ({why}). May this machine open connections to it, and does it find names of hosts?"
            ),
            Self::NoDirectory => {
                format!(
                    "{host} does not answer as a directory of certificates does. Is --acme-directory right?"
                )
            }
            Self::NoName => format!(
                "{host} does not find {domain} in the DNS. Make an A or AAAA record with this machine's public address"
            ),
            Self::NobodyThere => format!(
                "{host} asked at {domain}, port 443, and nobody answered. Does {domain} point to this machine, with each \
                 of its A and AAAA records, and does port 443 lead to this relay?"
            ),
            Self::SomebodyElse => format!(
                "{host} asked at {domain}, port 443, and another program answered. Does {domain} point to this machine, \
                 with each of its A and AAAA records, and is no proxy or web server in front of this relay?"
            ),
            Self::NotAllowed => {
                format!(
                    "a CAA record of {domain} does not let {host} give certificates. Add it there, or take another authority"
                )
            }
            Self::NameRefused => format!("{host} gives no certificates for {domain}. Is the name right?"),
            Self::TooOften => {
                format!("{host} has had too many orders for {domain}, or from here, of late. Waiting helps")
            }
            Self::Contact => format!("{host} does not take the address of --acme-contact. Is it right?"),
            Self::AccountByHand => {
                format!(
                    "{host} wants an account that was made by hand, which this relay cannot use. Take another authority"
                )
            }
            Self::Account => format!(
                "{host} does not take this relay's account any more. To make a new one, remove account.json from {}",
                acme.folder.display()
            ),
            Self::Agreement => {
                format!("{host} wants its operator's agreement to new terms. Look at its web pages")
            }
            Self::Trouble => format!("{host} says that it has trouble of its own. Waiting helps"),
            Self::Slow => format!("{host} did not finish in time"),
            Self::NoChallenge => {
                format!(
                    "{host} cannot ask back by TLS-ALPN-01, the only way this relay answers. Take another authority"
                )
            }
            Self::Answer(why) => format!("the answer to {host} cannot be made: {why}"),
            Self::Useless(why) => format!("{host} gave a certificate that is of no use here: {why}"),
            Self::Clock => {
                "by this machine's clock the new certificate is already old. Is the clock right?".to_owned()
            }
            Self::Folder(why) => format!(
                "{} cannot be written ({why}). Is there room, and does it belong to the user that the relay runs as?",
                acme.folder.display()
            ),
            Self::Root(why) => format!("the file of --acme-root is of no use: {why}"),
            Self::Other(what) => format!("{host} refused ({what})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(json: &str) -> Kind {
        Kind::of(&Error::Api(serde_json::from_str(json).unwrap()))
    }

    #[test]
    fn what_an_authority_refuses_is_told_in_own_words_without_the_contact() {
        let acme = Acme::new("data".into(), "relay.example.org", super::super::USUAL_DIRECTORY).unwrap();
        let detail = "ana@example.org from 203.0.113.7";
        for (kind, expected) in [
            ("dns", "A or AAAA record"),
            ("connection", "nobody answered"),
            ("caa", "CAA record"),
            ("rejectedIdentifier", "no certificates for relay.example.org"),
            ("rateLimited", "too many orders"),
            ("invalidContact", "--acme-contact"),
            ("externalAccountRequired", "made by hand"),
            ("accountDoesNotExist", "account.json"),
            ("userActionRequired", "new terms"),
            ("serverInternal", "trouble of its own"),
            ("badCSR", "badCSR"),
        ] {
            let json =
                format!(r#"{{"type":"urn:ietf:params:acme:error:{kind}","detail":"{detail}","status":400}}"#);
            let words = problem(&json).words(&acme);
            assert!(words.contains(expected), "{kind}: {words}");
            assert!(!words.contains("ana") && !words.contains("203.0"), "{words}");
        }
    }

    #[test]
    fn a_reason_that_stands_inside_another_one_is_found() {
        let json = r#"{"type":"urn:ietf:params:acme:error:malformed","detail":"several","subproblems":[
            {"type":"urn:ietf:params:acme:error:rejectedIdentifier","detail":"no",
             "identifier":{"type":"dns","value":"relay.example.org"}}]}"#;
        assert_eq!(problem(json), Kind::NameRefused);
        assert_eq!(problem(r#"{"status":429}"#), Kind::TooOften);
        assert_eq!(problem("{}"), Kind::Other("no reason given".into()));
    }
}
