//! Every text that people read, from the message files in `locales/<language>/*.ftl` (Project Fluent).
//!
//! ```
//! use amends_messages::{Locale, Messages};
//! let messages = Messages::new(Locale::English);
//! assert_eq!(messages.text("app-name"), "Amends");
//! ```
//!
//! A key that does not exist stops a build for development and its tests; a release shows the key.
//! The two pseudo-languages change every text so that anything left unchanged on a screen stands out as
//! text that is not in a message file.

mod locale;
mod pseudo;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

pub use fluent_bundle::FluentValue;
pub use locale::{Direction, Locale};

/// `(language, [(file, text)])` of all message files.
static FILES: &[(&str, &[(&str, &str)])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The texts of one language.
pub struct Messages {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Messages({:?})", self.locale)
    }
}

impl Messages {
    /// The texts of `locale`.
    pub fn new(locale: Locale) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![locale.language_tag()]);
        bundle.set_use_isolating(locale.direction() == Direction::RightToLeft);
        bundle.set_transform(locale.transform());
        for (name, text) in files(locale.folder()) {
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    debug_assert!(false, "{name}: {errors:?}");
                    resource
                }
            };
            let added = bundle.add_resource(resource);
            debug_assert!(added.is_ok(), "{name}: {added:?}");
        }
        Self { locale, bundle }
    }

    /// The language.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The text under `key`.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text under `key` with its arguments filled in.
    pub fn with(&self, key: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            debug_assert!(false, "no message {key:?} in locales/{}", self.locale.folder());
            return key.to_owned();
        };
        let mut filled = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            filled.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&filled), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "message {key:?}: {errors:?}");
        text
    }

    /// Whether there is a text under `key`.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// Name and text of each message file of a language folder.
pub fn files(folder: &str) -> &'static [(&'static str, &'static str)] {
    FILES.iter().find(|(name, _)| *name == folder).map_or(&[], |(_, files)| files)
}
