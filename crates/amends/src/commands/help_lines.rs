//! `amends help-lines`: whom to call, by country, with no network.

use amends_messages::{Locale, Messages};
use amends_ui::{Country, HelpLines, help_lines};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Code of the country (ISO 3166, for example SE or GB-SCT); guessed from the language settings if left
    /// out. Your network address is never used.
    #[arg(long, value_name = "XX")]
    country: Option<String>,
}

impl Arguments {
    /// The lines of one country, or of the one guessed.
    pub(crate) fn for_country(code: Option<&str>) -> Self {
        Self { country: code.map(str::to_owned) }
    }
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let messages = Messages::new(Locale::English);
    let lines = help_lines();
    if super::open::today().is_some_and(|today| lines.is_expired(today)) {
        anstream::println!("{}\n", messages.text("help-expired"));
    }
    let found = match &arguments.country {
        Some(code) => lines.country(code),
        None => ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find_map(|language| lines.guess(language.split('.').next().unwrap_or_default())),
    };
    match found {
        Some(country) => print_country(&messages, lines, country),
        None => print_codes(&messages, lines),
    }
    anstream::println!("{}", messages.text("help-before-call-text"));
    let unknown = arguments.country.is_some() && found.is_none();
    Ok(if unknown { super::INPUT } else { super::CLEAN })
}

fn print_country(messages: &Messages, lines: &HelpLines, country: &Country) {
    anstream::println!("{} ({})", country.name, country.code);
    anstream::println!("  {}: {}", messages.text("lines-emergency"), country.emergency);
    for line in country.lines {
        let kind = messages.text(&format!("help-kind-{}", line.kind));
        let hours = match line.hours {
            "always" | "weekdays" | "unknown" => messages.text(&format!("help-hours-{}", line.hours)),
            other => other.to_owned(),
        };
        let unsure = if line.unsure {
            format!(", {}", messages.text("help-unsure").to_lowercase())
        } else {
            String::new()
        };
        let name = if line.name.is_empty() { String::new() } else { format!(" {}", line.name) };
        anstream::println!("  {kind}: {}{name} ({hours}{unsure})", line.number);
    }
    for page in country.pages {
        anstream::println!("  https://{page}");
    }
    if !country.note.is_empty() {
        anstream::println!("  {}", country.note);
    }
    let mark = messages.text(&format!("help-mark-{}", country.mark.slug()));
    anstream::println!("\n{mark} {}", messages.text("help-unopened"));
    if country.mark.is_dated() {
        anstream::println!("{}: {}", messages.text("lines-checked"), lines.checked);
    }
}

fn print_codes(messages: &Messages, lines: &HelpLines) {
    anstream::println!("{}", messages.text("help-now-unknown"));
    for country in lines.countries {
        anstream::println!("  {:<7} {}", country.code, country.name);
    }
    anstream::println!("{}: {}", messages.text("lines-elsewhere"), lines.elsewhere.join(", "));
}
