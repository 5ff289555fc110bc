//! Languages, and the two pseudo-languages for tests.

use std::borrow::Cow;

use unic_langid::LanguageIdentifier;

use crate::pseudo;

/// A language of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English.
    #[default]
    English,
    /// English with accents and a third longer: shows text that is in no message file, and what breaks when
    /// a translation is longer.
    Accented,
    /// English mirrored: shows what breaks when a script runs from right to left.
    Mirrored,
}

/// Which way the script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As English.
    LeftToRight,
    /// As Arabic.
    RightToLeft,
}

impl Direction {
    /// Value of the `dir` attribute.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl Locale {
    /// Languages that people can choose.
    pub const OFFERED: [Self; 1] = [Self::English];

    /// Value of the `lang` attribute (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Accented => "en-XA",
            Self::Mirrored => "en-XB",
        }
    }

    /// Which way its script runs.
    pub fn direction(self) -> Direction {
        match self {
            Self::English | Self::Accented => Direction::LeftToRight,
            Self::Mirrored => Direction::RightToLeft,
        }
    }

    /// Folder under `locales/`.
    pub(crate) fn folder(self) -> &'static str {
        "en"
    }

    pub(crate) fn language_tag(self) -> LanguageIdentifier {
        self.tag().parse().expect("the tags above are well-formed")
    }

    pub(crate) fn transform(self) -> Option<fn(&str) -> Cow<'_, str>> {
        match self {
            Self::English => None,
            Self::Accented => Some(pseudo::accented),
            Self::Mirrored => Some(pseudo::mirrored),
        }
    }
}
