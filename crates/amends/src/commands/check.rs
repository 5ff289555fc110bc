//! `amends check`: a draft from a file or standard input; `--batch` for many.

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};

use amends_lint::{Draft, Engine, Genre, NotHereKey, Report, Severity};
use amends_reader::Reader;
use amends_report::{Words, batch_line, document, read_batch_request, sarif};
use anyhow::Context as _;
use clap::ValueEnum;

use super::terminal;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The draft; `-` or nothing reads standard input.
    file: Option<PathBuf>,
    /// What the draft is for; guessed if left out.
    #[arg(long, value_parser = parse_genre)]
    genre: Option<Genre>,
    /// What the partner had said: a file, or the words themselves.
    #[arg(long, value_name = "FILE|TEXT")]
    reply_to: Option<String>,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 when a finding of at least this weight is there.
    #[arg(long, value_enum, default_value_t = FailOn::Normal)]
    fail_on: FailOn,
    /// Put words of the draft into JSON and SARIF output.
    #[arg(long)]
    with_text: bool,
    /// Show all hints, not only the three most important.
    #[arg(long)]
    all: bool,
    /// Leave the learned model out.
    #[arg(long)]
    rules_only: bool,
    /// Read JSON lines {"id","text","genre"?,"partner_said"?} and answer each with one line.
    #[arg(long, conflicts_with_all = ["file", "format", "reply_to", "all"])]
    batch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Normal,
    Strong,
    Interrupt,
    Never,
}

fn parse_genre(name: &str) -> Result<Genre, String> {
    Genre::by_name(name).ok_or_else(|| {
        let names: Vec<&str> = Genre::ALL.into_iter().map(Genre::name).collect();
        format!("choose one of {}", names.join(", "))
    })
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let mut reader = super::reader::reader(arguments.rules_only);
    if arguments.batch {
        return batch(&mut reader, std::io::stdin().lock(), std::io::stdout().lock());
    }
    let (name, bytes) = read_draft(arguments.file.as_deref())?;
    let text = decode(&name, bytes)?;
    let partner_said = arguments.reply_to.as_deref().map(read_partner).transpose()?;
    let draft = Draft {
        text: &text,
        genre: arguments.genre,
        partner_said: partner_said.as_deref(),
        key: NotHereKey::default(),
    };
    let report = reader.read(&draft);
    print(arguments, reader.engine(), &name, &text, &report)?;
    Ok(exit_code(arguments.fail_on, &report))
}

fn read_draft(file: Option<&Path>) -> anyhow::Result<(String, Vec<u8>)> {
    match file {
        Some(path) if path != Path::new("-") => {
            let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            Ok((path.display().to_string(), bytes))
        }
        _ => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
            Ok(("stdin".to_owned(), bytes))
        }
    }
}

/// A draft is text; bytes that are none are refused with the place of the first.
fn decode(name: &str, bytes: Vec<u8>) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        anyhow::anyhow!("{name} is not UTF-8 text (byte {place}); save it as UTF-8 and try again")
    })
}

fn read_partner(words_or_file: &str) -> anyhow::Result<String> {
    let path = Path::new(words_or_file);
    if path.is_file() {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        return decode(words_or_file, bytes);
    }
    Ok(words_or_file.to_owned())
}

fn print(
    arguments: &Arguments,
    engine: &Engine,
    name: &str,
    text: &str,
    report: &Report,
) -> anyhow::Result<()> {
    let words = if arguments.with_text { Words::Included } else { Words::LeftOut };
    match arguments.format {
        Format::Text => terminal::print_report(engine, text, report, arguments.all),
        Format::Json => {
            anstream::println!("{}", serde_json::to_string_pretty(&document(engine, text, report, words))?);
        }
        Format::Sarif => {
            anstream::println!(
                "{}",
                serde_json::to_string_pretty(&sarif(engine, name, text, report, words))?
            );
        }
    }
    Ok(())
}

fn exit_code(fail_on: FailOn, report: &Report) -> u8 {
    let threshold = match fail_on {
        FailOn::Normal => Severity::Normal,
        FailOn::Strong => Severity::Strong,
        FailOn::Interrupt => Severity::Interrupt,
        FailOn::Never => return super::CLEAN,
    };
    let found = report.findings.iter().any(|finding| finding.severity >= threshold);
    if found { super::FOUND } else { super::CLEAN }
}

/// Answers each line as it comes; a bad line gets an error and stops nothing.
fn batch(reader: &mut Reader, mut input: impl BufRead, output: impl Write) -> anyhow::Result<u8> {
    let mut output = std::io::BufWriter::new(output);
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line).context("cannot read standard input")? == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match read_batch_request(&line) {
            Ok(request) => {
                let draft = Draft {
                    text: &request.text,
                    genre: request.genre,
                    partner_said: request.partner_said.as_deref(),
                    key: NotHereKey::default(),
                };
                let report = reader.read(&draft);
                serde_json::to_writer(&mut output, &batch_line(reader.engine(), request.id, &report))?;
            }
            Err(error) => serde_json::to_writer(&mut output, &error)?,
        }
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(super::CLEAN)
}
