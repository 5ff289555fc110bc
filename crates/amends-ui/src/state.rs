//! What a device remembers, and the effects that change it. Nothing in here is about what happened when.

use std::collections::BTreeMap;

use amends_lint::{Fingerprint, Genre, NotHereKey};
use serde::{Deserialize, Serialize};

/// Page that opens on the way out, unless another one was chosen: shows nothing personal.
pub(crate) const DEFAULT_EXIT: &str = "https://www.bbc.com/weather";

/// Everything that a device remembers between two visits. The shell stores it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The page before the first use was read.
    pub begun: bool,
    /// Settings.
    pub settings: Settings,
    /// Places marked "not here".
    pub not_here: NotHere,
    /// A draft, if it is to be kept. Not encrypted.
    pub draft: Option<DeskDraft>,
    /// For each place with a vault, the day of its last backup, counted from 1970-01-01.
    pub backups: BTreeMap<String, u32>,
}

/// Settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Size of all text.
    pub size: TextSize,
    /// Light, dark, or as the device is set.
    pub theme: Theme,
    /// Three presses of Shift leave.
    pub exit_shortcut: bool,
    /// Where the way out leads; always `https`.
    pub exit_target: String,
    /// Country for help lines, if chosen.
    pub country: Option<String>,
    /// Minutes without a key or a touch after which an open vault is locked.
    pub idle_minutes: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            size: TextSize::default(),
            theme: Theme::default(),
            exit_shortcut: true,
            exit_target: DEFAULT_EXIT.to_owned(),
            country: None,
            idle_minutes: 5,
        }
    }
}

/// Size of all text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextSize {
    /// As the browser is set.
    #[default]
    Normal,
    /// A quarter larger.
    Large,
    /// Twice as large.
    Largest,
}

impl TextSize {
    /// All sizes in order.
    pub(crate) const ALL: [Self; 3] = [Self::Normal, Self::Large, Self::Largest];

    /// Name in forms, attributes and message keys.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
            Self::Largest => "largest",
        }
    }
}

/// Colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All themes in order.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Name in forms, attributes and message keys.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Places marked "not here", as keyed hashes; without the key they tell nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NotHere {
    /// Key of this device, 64 hex digits; made by the shell at the first use.
    pub key: String,
    /// Fingerprints, 16 hex digits each.
    pub marks: Vec<String>,
}

impl NotHere {
    /// The key; all zero if the shell made none.
    pub fn key(&self) -> NotHereKey {
        let mut key = [0_u8; 32];
        for (byte, digits) in key.iter_mut().zip(self.key.as_bytes().chunks_exact(2)) {
            *byte = std::str::from_utf8(digits)
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok())
                .unwrap_or(0);
        }
        NotHereKey(key)
    }

    /// The fingerprints.
    pub fn fingerprints(&self) -> Vec<Fingerprint> {
        self.marks.iter().filter_map(|mark| u64::from_str_radix(mark, 16).ok()).map(Fingerprint).collect()
    }
}

/// A draft on the desk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskDraft {
    /// What it is, if the writer said so.
    pub genre: Option<Genre>,
    /// The words.
    pub text: String,
    /// What the partner had said, for a reply.
    pub partner: String,
}

/// A change of what the device remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The page before the first use was read.
    Begin,
    /// Settings were saved.
    Settings(Settings),
    /// A hint is not wanted at a place (16 hex digits).
    NotHere(String),
    /// Hints may show at all places again.
    ForgetNotHere,
    /// Keep this draft on the device.
    Keep(DeskDraft),
    /// Erase the kept draft.
    Forget,
    /// A backup was made at a place, on a day counted from 1970-01-01.
    BackedUp(String, u32),
    /// There is no vault at a place any more.
    NoBackup(String),
    /// Erase everything.
    EraseAll,
}

impl State {
    /// State as it was stored; anything unreadable counts as nothing.
    pub fn from_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// State to be stored.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("strings, lists and flags always encode")
    }

    /// Gives the device its key if it has none.
    pub fn ensure_key(&mut self, random: [u8; 32]) {
        if self.not_here.key.len() != 64 {
            self.not_here =
                NotHere { key: random.iter().map(|byte| format!("{byte:02x}")).collect(), marks: Vec::new() };
        }
    }

    /// Whether there is nothing worth storing: the shell then removes what it had stored.
    pub fn is_blank(&self) -> bool {
        *self
            == Self {
                not_here: NotHere { key: self.not_here.key.clone(), marks: Vec::new() },
                ..Self::default()
            }
    }

    /// Performs an effect.
    pub fn apply(&mut self, effect: &Effect) {
        match effect {
            Effect::Begin => self.begun = true,
            Effect::Settings(settings) => self.settings = settings.clone(),
            Effect::NotHere(mark) => {
                if !self.not_here.marks.contains(mark) {
                    self.not_here.marks.push(mark.clone());
                }
            }
            Effect::ForgetNotHere => self.not_here.marks.clear(),
            Effect::Keep(draft) => self.draft = Some(draft.clone()),
            Effect::Forget => self.draft = None,
            Effect::BackedUp(place, day) => {
                self.backups.insert(place.clone(), *day);
            }
            Effect::NoBackup(place) => {
                self.backups.remove(place);
            }
            Effect::EraseAll => *self = Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_comes_back_and_damage_counts_as_nothing() {
        let mut state = State::default();
        state.ensure_key([7; 32]);
        state.apply(&Effect::Begin);
        state.apply(&Effect::NotHere("00000000000000ff".into()));
        assert_eq!(State::from_json(&state.to_json()), state);
        assert_eq!(state.not_here.fingerprints(), [Fingerprint(255)]);
        assert_eq!(state.not_here.key(), NotHereKey([7; 32]));
        assert_eq!(State::from_json("{broken"), State::default());
    }

    #[test]
    fn erasing_leaves_nothing_to_store() {
        let mut state = State::default();
        state.apply(&Effect::Keep(DeskDraft { text: "private".into(), ..DeskDraft::default() }));
        assert!(!state.is_blank());
        state.apply(&Effect::EraseAll);
        assert!(state.is_blank());
        assert!(!state.to_json().contains("private"));
    }
}
