//! Fixed lists: feelings, needs, activities, practice statements. Ids are for ever; the words stand in
//! message files under the key of each id.

mod activities;
mod statements;
mod words;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

pub use activities::{ACTIVITIES, Activity};
pub use statements::{Grade, HARD_WORDS, STATEMENTS, Statement};
pub use words::{FEELING_FAMILIES, FEELINGS, FeelingFamily, NEED_GROUPS, NEEDS, NeedGroup};

macro_rules! bank_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
        )]
        #[cbor(transparent)]
        #[serde(transparent)]
        pub struct $name(#[n(0)] pub u16);
    };
}

bank_id! {
    /// A word of the feelings list: an index into [`FEELINGS`].
    FeelingId
}
bank_id! {
    /// A word of the needs list: an index into [`NEEDS`].
    NeedId
}
bank_id! {
    /// A row of [`ACTIVITIES`].
    ActivityId
}
bank_id! {
    /// A row of [`STATEMENTS`] (1 to 99) or [`HARD_WORDS`] (from 101).
    StatementId
}

impl FeelingId {
    /// Message key, for example `feeling-uneasy`; `None` for a word of a later version.
    pub fn message_key(self) -> Option<String> {
        FEELINGS.get(usize::from(self.0)).map(|slug| format!("feeling-{slug}"))
    }
}

impl NeedId {
    /// Message key, for example `need-honesty`; `None` for a word of a later version.
    pub fn message_key(self) -> Option<String> {
        NEEDS.get(usize::from(self.0)).map(|slug| format!("need-{slug}"))
    }
}

impl ActivityId {
    /// The row, unless it comes from a later version.
    pub fn get(self) -> Option<&'static Activity> {
        ACTIVITIES.iter().find(|activity| activity.id == self)
    }

    /// Message key, for example `activity-12`.
    pub fn message_key(self) -> String {
        format!("activity-{:02}", self.0)
    }
}

impl StatementId {
    /// The row, unless it comes from a later version.
    pub fn get(self) -> Option<&'static Statement> {
        STATEMENTS.iter().chain(HARD_WORDS).find(|statement| statement.id == self)
    }

    /// Message key, for example `statement-07` or `hard-words-103`.
    pub fn message_key(self) -> String {
        if self.0 > 100 { format!("hard-words-{}", self.0) } else { format!("statement-{:02}", self.0) }
    }
}
