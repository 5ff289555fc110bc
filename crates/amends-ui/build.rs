//! Turns data/help-lines.toml into a table, so that the app carries no TOML reader and a mistake in the data
//! stops the build.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, ensure};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HelpLines {
    checked: String,
    elsewhere: Vec<String>,
    elsewhere_unsure: Vec<String>,
    elsewhere_crisis: String,
    country: Vec<Country>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Country {
    code: String,
    name: String,
    emergency: String,
    mark: String,
    #[serde(default)]
    pages: Vec<String>,
    #[serde(default)]
    pages_unsure: Vec<String>,
    #[serde(default)]
    note: String,
    line: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: String,
    #[serde(default)]
    name: String,
    number: String,
    hours: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    unsure: bool,
}

const KINDS: [&str; 8] = ["abuse", "men", "migrants", "sexual", "state", "police", "crisis", "force"];

fn main() -> anyhow::Result<()> {
    let path = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("../../data/help-lines.toml");
    println!("cargo::rerun-if-changed={}", path.display());
    let data: HelpLines = toml::from_str(&std::fs::read_to_string(&path)?).context("data/help-lines.toml")?;
    let mut code = format!(
        "pub(crate) static DATA: HelpLines = HelpLines {{ checked: {:?}, elsewhere: &{:?}, elsewhere_unsure: &{:?}, \
         elsewhere_crisis: {:?}, countries: &[\n",
        data.checked, data.elsewhere, data.elsewhere_unsure, data.elsewhere_crisis
    );
    for country in &data.country {
        write_country(&mut code, country).with_context(|| format!("country {}", country.code))?;
    }
    code.push_str("] };\n");
    let out = std::env::var_os("OUT_DIR").context("OUT_DIR is set by cargo")?;
    std::fs::write(Path::new(&out).join("help_lines.rs"), code)?;
    Ok(())
}

fn write_country(code: &mut String, country: &Country) -> anyhow::Result<()> {
    ensure!(
        country.code.len() >= 2 && country.code[..2].bytes().all(|byte| byte.is_ascii_uppercase()),
        "code"
    );
    ensure!(country.emergency.bytes().any(|byte| byte.is_ascii_digit()), "no emergency number");
    ensure!(!country.line.is_empty(), "no line");
    let mark = match country.mark.as_str() {
        "A" | "A1" | "B" | "C" => &country.mark,
        other => anyhow::bail!("no such mark: {other}"),
    };
    write!(
        code,
        "Country {{ code: {:?}, name: {:?}, emergency: {:?}, mark: Mark::{mark}, pages: &{:?}, pages_unsure: &{:?}, \
         note: {:?}, lines: &[",
        country.code, country.name, country.emergency, country.pages, country.pages_unsure, country.note
    )?;
    for line in &country.line {
        ensure!(KINDS.contains(&line.kind.as_str()), "no such kind: {}", line.kind);
        ensure!(line.number.bytes().any(|byte| byte.is_ascii_digit()), "a line without a number");
        ensure!(!line.hours.is_empty(), "a line without hours");
        writeln!(
            code,
            "Line {{ kind: {:?}, name: {:?}, number: {:?}, hours: {:?}, text: {:?}, unsure: {} }},",
            line.kind, line.name, line.number, line.hours, line.text, line.unsure
        )?;
    }
    code.push_str("] },\n");
    Ok(())
}
