//! How a tool of a step is described: what it writes, for whom, and the fields it asks for.
//!
//! The answers make the JSON of one event of the domain, field by field; serde and the domain's own rules decide
//! whether it is one. So a step's file is a list, and nothing about a step is decided twice.

use amends_lint::Genre;

/// One tool.
#[derive(Debug, Clone, Copy)]
pub struct Tool {
    /// Name after the step: `tool-<step>-<name>` is its title in the message files.
    pub name: &'static str,
    /// Where the event belongs; the step's own slug if left out.
    pub area: Option<&'static str>,
    /// Name of the event in JSON.
    pub event: &'static str,
    pub shape: Shape,
    pub to: To,
    pub fields: &'static [Field],
    /// What the text is, for the language checks; none leaves it unread, as it is for those who were hurt.
    pub genre: Option<Genre>,
    /// Message keys of what to know first.
    pub first: &'static [&'static str],
    /// Whose it is. Nobody is kept from it; it is put aside on pages for the other side.
    pub by: By,
}

/// Whose a tool is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// For both sides.
    Anybody,
    /// Speaks to the one who did the harm.
    WhoDid,
    /// Speaks to the one who was hurt.
    WhoWasHurt,
}

/// Form of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Only a name.
    Unit,
    /// Fields.
    Plain,
    /// A version of a draft: the fields are its content.
    Save,
}

/// For whom it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Own devices only.
    Own,
    /// Both.
    Pair,
    /// As the incident or entry it belongs to; else the writer is asked where there are two.
    Follow,
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Name in JSON; parts of a path are parted by dots. An empty name puts the answer's own fields in place.
    pub path: &'static str,
    /// Message key of the question.
    pub key: &'static str,
    pub kind: Kind,
    /// In a list with the same fields for each value: the values it is asked for; none means all. What an older entry
    /// says to it is asked for everywhere, so that it is not lost.
    pub only: Option<&'static [&'static str]>,
}

impl Field {
    /// The same, asked only for these values of the list it stands in.
    pub const fn only(self, values: &'static [&'static str]) -> Self {
        Self { only: Some(values), ..self }
    }

    /// Whether it is asked for this value.
    pub fn is_for(&self, value: &str) -> bool {
        self.only.is_none_or(|values| values.contains(&value))
    }
}

/// A fixed list: a value in JSON, and `<prefix>-<value>` as its words.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    pub prefix: &'static str,
    pub values: &'static [&'static str],
}

impl Options {
    /// Message key of one value.
    pub fn key(&self, value: &str) -> String {
        format!("{}-{}", self.prefix, value.replace('_', "-"))
    }
}

/// How a question is answered.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Lines of text up to an empty one; read by the checks.
    Text,
    /// One line of text; not read by the checks.
    Line,
    /// One line of text, or nothing.
    MaybeLine,
    /// A list of lines up to an empty one.
    Lines,
    /// A date.
    Day,
    /// The Monday of one of the last weeks.
    Week,
    /// A date, or nothing.
    MaybeDay,
    /// Yes or no.
    YesNo,
    /// Yes, no, or nothing.
    MaybeYesNo,
    /// A whole number.
    Number(i64, i64),
    /// A whole number, or nothing.
    MaybeNumber(i64, i64),
    /// A time of the day, as minutes since midnight.
    Time,
    /// A date and a time, as milliseconds.
    Moment,
    /// So many minutes from now (least, most).
    MinutesFromNow(u64, u64),
    /// So many days from now (least, most).
    DaysFromNow(u64, u64),
    /// This device's offset from UTC; not asked.
    Offset,
    /// The coming changes of this device's clock; not asked.
    ClockChanges,
    /// One of a list.
    Choice(Options),
    /// One of a list, or nothing.
    MaybeChoice(Options),
    /// Any of a list.
    Choices(Options),
    /// One of a list, where some values have fields of their own.
    Variant(Options, &'static [(&'static str, &'static [Field])]),
    /// For each value of a list the same fields, with the value under the first name.
    Each(Options, &'static str, &'static [Field]),
    /// Rows of fields, until the first field of a row stays empty.
    Rows(&'static [Field]),
    /// An incident.
    Incident,
    /// An incident, or nothing.
    MaybeIncident,
    /// An entry made by one of these events (`step/event`).
    Entry(&'static [&'static str]),
    /// The same, or nothing.
    MaybeEntry(&'static [&'static str]),
    /// Any number of own entries.
    Entries,
    /// The newest version of the entry under this path.
    VersionOf(&'static str),
    /// Parts copied from an entry made by this event: (from, to), where an empty name is the whole.
    Copy(&'static str, &'static [(&'static str, &'static str)]),
    /// Words of the feelings list.
    Feelings,
    /// A word of the needs list, or an own one.
    Need,
    /// A statement of the practice bank, or of the hard words.
    Statement(Bank),
    /// An activity of the list.
    Activity,
    /// An activity both would do, or nothing for an own idea.
    Match,
    /// What the checks count in the reply under this path; not asked.
    Tally(&'static str),
    /// Names of the checks that notice something in the reply under this path; not asked.
    Noticed(&'static str),
    /// In a list of sections: whether the writer said that there is nothing to tell; not asked.
    Flag,
    /// The own answers for the item and days asked before; not asked.
    Points,
    /// What is there already, else the answer under this path; not asked.
    SameAs(&'static str),
}

/// Which bank a statement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bank {
    Practice,
    HardWords,
}

impl Tool {
    /// A tool for own devices.
    pub const fn own(name: &'static str, event: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            area: None,
            event,
            shape: Shape::Plain,
            to: To::Own,
            fields,
            genre: None,
            first: &[],
            by: By::Anybody,
        }
    }

    /// A tool between two.
    pub const fn pair(name: &'static str, event: &'static str, fields: &'static [Field]) -> Self {
        Self { to: To::Pair, ..Self::own(name, event, fields) }
    }

    /// A worksheet or text that is kept in versions.
    pub const fn save(name: &'static str, event: &'static str, fields: &'static [Field]) -> Self {
        Self { shape: Shape::Save, ..Self::own(name, event, fields) }
    }

    /// A tool that is private with one, and shared with two.
    pub const fn either(name: &'static str, event: &'static str, fields: &'static [Field]) -> Self {
        Self { to: To::Follow, ..Self::own(name, event, fields) }
    }

    /// A tool whose event is only a name.
    pub const fn unit(name: &'static str, event: &'static str) -> Self {
        Self { shape: Shape::Unit, ..Self::pair(name, event, &[]) }
    }

    /// The same, with its text read by the checks as this.
    pub const fn read_as(self, genre: Genre) -> Self {
        Self { genre: Some(genre), ..self }
    }

    /// The same, with something to know first.
    pub const fn knowing(self, first: &'static [&'static str]) -> Self {
        Self { first, ..self }
    }

    /// The same, for the one who did the harm.
    pub const fn by_who_did(self) -> Self {
        Self { by: By::WhoDid, ..self }
    }

    /// The same, for the one who was hurt.
    pub const fn by_who_was_hurt(self) -> Self {
        Self { by: By::WhoWasHurt, ..self }
    }

    /// The same, with the event of another area.
    pub const fn of(self, area: &'static str) -> Self {
        Self { area: Some(area), ..self }
    }
}

/// A question.
pub const fn ask(path: &'static str, key: &'static str, kind: Kind) -> Field {
    Field { path, key, kind, only: None }
}

/// A field that is filled in without a question.
pub const fn fill(path: &'static str, kind: Kind) -> Field {
    Field { path, key: "", kind, only: None }
}

/// Which incident.
pub const INCIDENT: Field = ask("incident", "ask-incident", Kind::Incident);
/// Which incident, if one.
pub const MAYBE_INCIDENT: Field = ask("incident", "ask-incident", Kind::MaybeIncident);
