//! Hurt anger or abuse: the table that stands wherever "harsh words are pain" stands.
//!
//! The right column opens the help page, whoever does it.

/// One row: hurt anger on the left, abuse or danger on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Message key: stay, listen, reflect.
    pub hurt: &'static str,
    /// Message key: stop, leave, get help.
    pub danger: &'static str,
}

macro_rules! rows {
    ($($name:literal),* $(,)?) => {
        /// The twelve rows.
        pub const ROWS: [Row; 12] =
            [$(Row { hurt: concat!("hurt-", $name), danger: concat!("danger-", $name) }),*];
    };
}

rows!(
    "words",
    "shouting",
    "questions",
    "house",
    "telling",
    "contact",
    "staying",
    "bed",
    "looking",
    "money",
    "checking",
    "children",
);

/// Message key of the rule under the table.
pub const RULE: &str = "hurt-or-danger-rule";
