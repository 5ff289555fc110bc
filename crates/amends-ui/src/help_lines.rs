//! Help lines by country, from data/help-lines.toml: a dated list that works with no network.
//!
//! The country is never looked up by network address. A person chooses it; until then the language of the
//! browser is a guess, shown as one.

use crate::date::Date;

/// The whole list.
#[derive(Debug)]
pub struct HelpLines {
    /// Day on which the dated sources were checked (ISO 8601).
    pub checked: &'static str,
    /// Pages that list help lines of other countries.
    pub elsewhere: &'static [&'static str],
    /// The same, not seen.
    pub elsewhere_unsure: &'static [&'static str],
    /// Page that lists crisis lines of other countries.
    pub elsewhere_crisis: &'static str,
    /// Countries, in the order of the file.
    pub countries: &'static [Country],
}

/// A country.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166, with the part of the country where lines differ (`GB-SCT`).
    pub code: &'static str,
    /// Its name in English.
    pub name: &'static str,
    /// Emergency number.
    pub emergency: &'static str,
    /// How sure the entry is.
    pub mark: Mark,
    /// The services' own pages.
    pub pages: &'static [&'static str],
    /// The same, from one source only.
    pub pages_unsure: &'static [&'static str],
    /// What else to know; may be empty.
    pub note: &'static str,
    /// The lines.
    pub lines: &'static [Line],
}

/// A line to call.
#[derive(Debug)]
pub struct Line {
    /// For what: `abuse`, `men`, `migrants`, `sexual`, `state`, `police`, `crisis`, `force`.
    pub kind: &'static str,
    /// Name of the service; may be empty.
    pub name: &'static str,
    /// Number as one dials it.
    pub number: &'static str,
    /// `always`, `weekdays`, `unknown`, or free text.
    pub hours: &'static str,
    /// Where to send a text message; may be empty.
    pub text: &'static str,
    /// Not confirmed by any source.
    pub unsure: bool,
}

/// How sure an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Two or more sources, one of them dated.
    A,
    /// One dated source.
    A1,
    /// Two or more sources without a date.
    B,
    /// One source.
    C,
}

impl Mark {
    /// Ending of its message key (`help-mark-...`).
    pub fn slug(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::A1 => "a1",
            Self::B => "b",
            Self::C => "c",
        }
    }

    /// Whether the entry carries the day of the list.
    pub fn is_dated(self) -> bool {
        matches!(self, Self::A | Self::A1)
    }
}

include!(concat!(env!("OUT_DIR"), "/help_lines.rs"));

/// The list.
pub fn help_lines() -> &'static HelpLines {
    &DATA
}

impl HelpLines {
    /// The country with this code, in any case of letters; `GB` alone gives its first part.
    pub fn country(&self, code: &str) -> Option<&'static Country> {
        let code = code.trim().to_ascii_uppercase();
        let exact = self.countries.iter().find(|country| country.code == code);
        exact.or_else(|| {
            self.countries.iter().find(|country| code.len() == 2 && country.code.starts_with(&code))
        })
    }

    /// Guess from a language tag with a region (`de-AT`); a language alone names no country.
    pub fn guess(&self, language: &str) -> Option<&'static Country> {
        let region = language.split(['-', '_']).skip(1).find(|part| part.len() == 2)?;
        self.country(region)
    }

    /// Whether the list is older than twelve months on `today`.
    pub fn is_expired(&self, today: Date) -> bool {
        Date::parse(self.checked).is_none_or(|checked| today > checked.a_year_later())
    }
}

impl Line {
    /// Address that dials the number, if it can be dialed as it stands.
    pub fn dial(&self) -> Option<String> {
        let number = self.number.split([',', 'o']).next().unwrap_or_default();
        let digits: String =
            number.chars().filter(|c| c.is_ascii_digit() || *c == '+' || *c == '*').collect();
        (digits.len() >= 2).then(|| format!("tel:{digits}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_code_and_guessed_by_language_with_region_only() {
        let lines = help_lines();
        assert_eq!(lines.country("se").map(|country| country.name), Some("Sweden"));
        assert_eq!(lines.country("GB").map(|country| country.code), Some("GB-ENG"));
        assert_eq!(lines.guess("de-AT").map(|country| country.code), Some("AT"));
        assert!(lines.guess("de").is_none());
        assert!(lines.country("XX").is_none());
    }

    #[test]
    fn the_list_expires_after_a_year() {
        let lines = help_lines();
        let day = |text| Date::parse(text).expect("a date");
        assert!(!lines.is_expired(day("2027-09-23")));
        assert!(lines.is_expired(day("2027-09-24")));
    }

    #[test]
    fn codes_are_unique_and_every_country_has_somebody_to_call() {
        for (position, country) in help_lines().countries.iter().enumerate() {
            assert!(help_lines().countries[..position].iter().all(|other| other.code != country.code));
            assert!(country.lines.iter().any(|line| line.kind == "abuse"), "{}", country.code);
            assert!(country.lines.iter().all(|line| line.dial().is_some()), "{}", country.code);
        }
    }

    #[test]
    fn a_wrong_number_that_public_lists_carry_is_not_in_here() {
        let germany = help_lines().country("DE").expect("Germany");
        let abuse = germany.lines.iter().find(|line| line.kind == "abuse").expect("a line");
        assert_eq!(abuse.number, "116 016");
        for code in ["AT", "FR", "NL", "DK"] {
            let country = help_lines().country(code).expect("a country");
            assert!(country.lines.iter().all(|line| line.number != "116 016"), "{code}");
        }
    }
}
