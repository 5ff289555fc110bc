//! `cargo xtask eval`: precision, recall and alarms on the labelled corpora.
//!
//! Counts are of sentences: a check is found in a sentence or not. Lines whose two labelers disagree about a
//! check are left out for that check. The held-out writers are measured only with `--heldout`.

mod corpus;
mod parity;
mod public;
mod score;

use std::collections::BTreeMap;
use std::path::PathBuf;

use amends_lint::{Draft, Engine, Genre, Kind, Pack, Severity};
use amends_reader::Reader;
use anyhow::Context as _;

use corpus::{Letter, Line};
use score::{Score, Sums, print_table};

#[derive(clap::Args)]
pub(crate) struct EvalArguments {
    /// Measure on the held-out writers instead of the development writers.
    #[arg(long)]
    heldout: bool,
    /// Only these writers, by comma.
    #[arg(long, value_delimiter = ',')]
    writers: Vec<String>,
    /// Measure on public sets in this folder instead (corpus/public/README.md); run it with `--release`.
    #[arg(long, value_name = "FOLDER")]
    public: Option<PathBuf>,
    /// Print whether it matters who is meant and in whose voice.
    #[arg(long)]
    parity: bool,
    /// Print one row each for rules alone, model alone and both.
    #[arg(long)]
    ablation: bool,
    /// Print the misses and false alarms of this check.
    #[arg(long)]
    show: Option<String>,
    /// Who reads: the rules, the model, or both (both needs the weights; without them the rules read alone).
    #[arg(long, value_enum, default_value_t = By::Both)]
    by: By,
    /// The model's weights.
    #[arg(long, default_value = "models/en.amdl")]
    weights: PathBuf,
    /// Try another veto: below this probability the model drops a rule's finding.
    #[arg(long)]
    veto: Option<f32>,
    /// Folder of the language pack.
    #[arg(long, default_value = "packs/en")]
    pack: PathBuf,
    /// Folder of the corpora.
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    Rules,
    Model,
    Both,
}

/// What the engine finds in one text: ids of faults and of good parts.
struct Found {
    faults: Vec<String>,
    present: Vec<String>,
    missing: Vec<String>,
}

struct Judge {
    reader: Reader,
}

impl Judge {
    fn read(&mut self, text: &str, partner_said: &str, genre: Option<Genre>) -> Found {
        let partner_said = (!partner_said.is_empty()).then_some(partner_said);
        let draft = Draft { genre, partner_said, ..Draft::new(text) };
        let report = self.reader.read(&draft);
        let id = |check: u8| self.reader.pack().rules[check as usize].id.clone();
        Found {
            faults: report.findings.iter().map(|finding| id(finding.check)).collect(),
            present: report.present.iter().map(|found| id(found.check)).collect(),
            missing: report.missing.iter().map(|missing| id(missing.check)).collect(),
        }
    }
}

/// The words of `text` that `check` marks, in order, for the eye.
fn marked(judge: &mut Judge, text: &str, check: &str) -> String {
    let report = judge.reader.read(&Draft::new(text));
    let words =
        report.findings.iter().filter(|found| judge.reader.pack().rules[found.check as usize].id == check);
    words
        .filter_map(|found| text.get(found.span.start as usize..found.span.end as usize))
        .collect::<Vec<_>>()
        .join(" | ")
}

pub(crate) fn run(arguments: &EvalArguments) -> anyhow::Result<()> {
    if let Some(folder) = &arguments.public {
        return public::run(folder, || reader(arguments.by, arguments));
    }
    let part = arguments.corpus.join(if arguments.heldout { "heldout" } else { "hands" });
    let lines: Vec<Line> = corpus::lines(&part, &arguments.writers).context("reading sentences")?;
    let letters: Vec<Letter> = corpus::letters(&part, &arguments.writers).context("reading letters")?;
    if arguments.ablation {
        return ablation(&lines, &letters, arguments);
    }
    let mut judge = Judge { reader: reader(arguments.by, arguments)? };
    println!("read by {}", if judge.reader.has_model() { "rules and model" } else { "rules alone" });
    if arguments.parity {
        parity::print(&mut judge, &lines);
        parity::print_writers(&mut judge, &lines);
        return Ok(());
    }
    sentences(&mut judge, &lines, arguments).print();
    whole_letters(&mut judge, &letters).print();
    if !arguments.heldout {
        development(&mut judge, arguments)?;
    }
    danger(&mut judge, arguments)?;
    benign(&mut judge, arguments)
}

/// One row for each way of reading.
fn ablation(lines: &[Line], letters: &[Letter], arguments: &EvalArguments) -> anyhow::Result<()> {
    println!(
        "| read by | faults P | R | F1 | strong P | clean alarmed | good letters alarmed | good parts F1 | missing parts F1 |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (by, name) in [(By::Rules, "rules"), (By::Model, "model"), (By::Both, "both")] {
        let mut judge = Judge { reader: reader(by, arguments)? };
        let sentences = sentences(&mut judge, lines, arguments);
        let letters = whole_letters(&mut judge, letters);
        println!(
            "| {name} | {:.2} | {:.2} | {:.2} | {:.2} | {:.1} % | {:.1} % | {:.2} | {:.2} |",
            sentences.sums.faults.precision(),
            sentences.sums.faults.recall(),
            sentences.sums.faults.f1(),
            sentences.sums.strong.precision(),
            percent(sentences.n_alarmed, sentences.n_clean),
            percent(letters.n_alarmed, letters.n_good),
            sentences.sums.good.f1(),
            letters.missing.f1(),
        );
    }
    Ok(())
}

fn reader(by: By, arguments: &EvalArguments) -> anyhow::Result<Reader> {
    let mut pack: Pack = amends_rules::compile(&amends_rules::PackFolder::read(&arguments.pack)?)?;
    if by == By::Model {
        pack.patterns.clear();
        pack.derivations.clear();
    }
    let mut reader = Reader::with_engine(Engine::new(pack));
    if by != By::Rules && (arguments.weights.exists() || by == By::Model) {
        let weights = std::fs::read(&arguments.weights)
            .with_context(|| format!("cannot read {}", arguments.weights.display()))?;
        reader.add_model(&weights)?;
        if let Some(veto) = arguments.veto {
            reader.set_veto(veto);
        }
    }
    Ok(reader)
}

/// What reading single sentences gave.
struct SentenceResult {
    checks: Vec<(String, Kind, Severity)>,
    scores: BTreeMap<String, Score>,
    sums: Sums,
    n_lines: usize,
    n_clean: usize,
    n_alarmed: usize,
}

impl SentenceResult {
    fn print(&self) {
        println!("\n{} sentences, {} clean of faults", self.n_lines, self.n_clean);
        print_table(&self.checks, &self.scores, &self.sums, self.n_lines);
        println!(
            "clean sentences with an alarm: {} of {} ({:.1} %)",
            self.n_alarmed,
            self.n_clean,
            percent(self.n_alarmed, self.n_clean)
        );
    }
}

fn sentences(judge: &mut Judge, lines: &[Line], arguments: &EvalArguments) -> SentenceResult {
    let checks: Vec<(String, Kind, Severity)> =
        judge.reader.pack().rules.iter().map(|rule| (rule.id.clone(), rule.kind, rule.severity)).collect();
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let (mut n_clean, mut n_alarmed) = (0, 0);
    for line in lines {
        let found = judge.read(&line.text, &line.partner_said, None);
        let is_fault =
            |id: &String| checks.iter().any(|(known, kind, _)| known == id && *kind == Kind::Fault);
        let clean = !line.labels.iter().any(is_fault) && !line.second.iter().flatten().any(is_fault);
        n_clean += usize::from(clean);
        n_alarmed += usize::from(clean && !found.faults.is_empty());
        for (id, _, _) in &checks {
            let first = line.labels.contains(id);
            if line.second.as_ref().is_some_and(|second| second.contains(id) != first) {
                continue;
            }
            let says = found.faults.contains(id) || found.present.contains(id);
            scores.entry(id.clone()).or_default().count(first, says);
            if arguments.show.as_ref() == Some(id) && first != says {
                let partner = if line.partner_said.is_empty() { "" } else { " (reply)" };
                println!(
                    "{} {}{partner} [{}] {}",
                    if first { "MISS " } else { "FALSE" },
                    line.id,
                    line.labels.join(","),
                    line.text
                );
            }
        }
    }
    let sums = Sums::of(&checks, &scores);
    SentenceResult { checks, scores, sums, n_lines: lines.len(), n_clean, n_alarmed }
}

/// What reading whole letters gave.
struct LetterResult {
    n_letters: usize,
    n_good: usize,
    n_alarmed: usize,
    faults: Score,
    present: Score,
    missing: Score,
}

impl LetterResult {
    fn print(&self) {
        println!("\n{} letters, {} of them good", self.n_letters, self.n_good);
        println!(
            "good letters with an alarm: {} of {} ({:.1} %)",
            self.n_alarmed,
            self.n_good,
            percent(self.n_alarmed, self.n_good)
        );
        println!(
            "faults in letters  {}\ngood parts         {}\nmissing parts      {}",
            self.faults, self.present, self.missing
        );
    }
}

fn whole_letters(judge: &mut Judge, letters: &[Letter]) -> LetterResult {
    let (mut n_good, mut n_alarmed) = (0, 0);
    let mut missing = Score::default();
    let mut present = Score::default();
    let mut faults = Score::default();
    for letter in letters {
        let genre = Genre::by_name(&letter.genre);
        let found = judge.read(&letter.text(), &letter.partner_said, genre);
        let good = letter.quality.contains("good");
        n_good += usize::from(good);
        n_alarmed += usize::from(good && !found.faults.is_empty());
        let expected: Vec<String> = judge
            .reader
            .pack()
            .expectations
            .iter()
            .find(|expectation| Some(expectation.genre) == genre)
            .map(|expectation| expectation.checks.clone())
            .unwrap_or_default();
        for id in &expected {
            missing.count(!letter.present.contains(id), found.missing.contains(id));
        }
        for rule in &judge.reader.pack().rules {
            match rule.kind {
                Kind::Presence => {
                    present.count(letter.present.contains(&rule.id), found.present.contains(&rule.id))
                }
                Kind::Fault => {
                    let labelled = letter.sentences.iter().any(|sentence| sentence.labels.contains(&rule.id));
                    faults.count(labelled, found.faults.contains(&rule.id));
                }
            }
        }
    }
    LetterResult { n_letters: letters.len(), n_good, n_alarmed, faults, present, missing }
}

fn development(judge: &mut Judge, arguments: &EvalArguments) -> anyhow::Result<()> {
    let lines = corpus::development(&arguments.corpus.join("dev.jsonl"))?;
    let mut score = Score::default();
    let mut wrong: BTreeMap<String, u32> = BTreeMap::new();
    for line in &lines {
        let found = judge.read(&line.text, &line.partner_said, None);
        let says = found.faults.contains(&line.check) || found.present.contains(&line.check);
        score.count(line.expect, says);
        if says != line.expect {
            *wrong.entry(line.check.clone()).or_default() += 1;
            if arguments.show.as_ref() == Some(&line.check) {
                println!("{} {} {}", if line.expect { "MISS " } else { "FALSE" }, line.id, line.text);
            }
        }
    }
    println!("\ndevelopment set    {score}");
    println!("wrong by check     {wrong:?}");
    Ok(())
}

/// Sentences of danger and look-alikes. Those held out are only counted.
fn danger(judge: &mut Judge, arguments: &EvalArguments) -> anyhow::Result<()> {
    println!();
    for (name, may_show) in [
        ("x1", true),
        ("heldout-x2", false),
        ("x3", true),
        ("x4", true),
        ("heldout-x4", false),
        ("x5", true),
        ("heldout-x5", false),
    ] {
        let mut score = Score::default();
        for line in corpus::development(&arguments.corpus.join("danger").join(name).with_extension("jsonl"))?
        {
            let says = judge.read(&line.text, &line.partner_said, None).faults.contains(&line.check);
            score.count(line.expect, says);
            if says != line.expect && may_show && arguments.show.as_ref() == Some(&line.check) {
                let words = marked(judge, &line.text, &line.check);
                println!(
                    "{} {} {} [[{words}]]",
                    if line.expect { "MISS " } else { "FALSE" },
                    line.id,
                    line.text
                );
            }
        }
        println!("danger {name:<11} {score}");
    }
    Ok(())
}

fn benign(judge: &mut Judge, arguments: &EvalArguments) -> anyhow::Result<()> {
    println!();
    for (name, lines) in corpus::benign(&arguments.corpus.join("benign"))? {
        let mut by_check: BTreeMap<String, u32> = BTreeMap::new();
        let mut n_findings = 0;
        for line in &lines {
            for id in judge.read(line, "", None).faults {
                if arguments.show.as_ref() == Some(&id) {
                    println!("FALSE {name} {line}");
                }
                *by_check.entry(id).or_default() += 1;
                n_findings += 1;
            }
        }
        let rate = f64::from(n_findings) * 1000.0 / lines.len().max(1) as f64;
        println!(
            "benign {name:<12} {n_findings:>4} false findings in {} lines ({rate:.1} per 1,000) {by_check:?}",
            lines.len()
        );
    }
    Ok(())
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}
