//! Reads public, human-labelled sets in the form in which their makers publish them; corpus/public/README.md names them.

use std::path::Path;

use anyhow::Context as _;
use csv::StringRecord;

/// A text with the labels that people gave it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Example {
    pub(super) text: String,
    /// What it answers.
    pub(super) partner_said: Option<String>,
    /// Numbers of its labels; a set with one label has yes (`[0]`) and no (`[]`).
    pub(super) labels: Vec<usize>,
}

/// One set, divided as its makers divided it.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) name: &'static str,
    /// What is asked.
    pub(super) task: &'static str,
    pub(super) n_labels: usize,
    pub(super) train: Vec<Example>,
    /// Where thresholds are chosen: the makers' validation part, or every tenth line of the training part.
    pub(super) tune: Vec<Example>,
    pub(super) test: Vec<Example>,
    /// The macro-F1 to be reached: the best that simple readers reached on the same test part.
    pub(super) floor: f64,
}

/// The sets that are there below a folder.
pub(super) fn read_all(folder: &Path) -> anyhow::Result<Vec<Set>> {
    type Read = fn(&Path) -> anyhow::Result<Set>;
    let readers: [(&str, Read); 5] = [
        ("emailintent", email_intent),
        ("convabuse", conv_abuse),
        ("empathic_reactions", empathic_reactions),
        ("ethics", excuses),
        ("goemotions", go_emotions),
    ];
    let there = readers.iter().filter(|(name, _)| folder.join(name).is_dir());
    there.map(|(name, read)| read(&folder.join(name)).with_context(|| (*name).to_owned())).collect()
}

/// Every tenth line of a training part is kept for thresholds.
fn split(examples: Vec<Example>) -> (Vec<Example>, Vec<Example>) {
    let (tune, train): (Vec<_>, Vec<_>) =
        examples.into_iter().enumerate().partition(|(index, _)| index % 10 == 9);
    let bare = |part: Vec<(usize, Example)>| part.into_iter().map(|(_, example)| example).collect();
    (bare(train), bare(tune))
}

fn yes_or_no(text: &str, partner_said: Option<&str>, yes: bool) -> Example {
    let labels = if yes { vec![0] } else { Vec::new() };
    Example { text: text.trim().to_owned(), partner_said: partner_said.map(str::to_owned), labels }
}

/// `Yes` or `No`, a tab, a sentence.
pub(super) fn email_intent(folder: &Path) -> anyhow::Result<Set> {
    let part = |name: &str| -> anyhow::Result<Vec<Example>> {
        let text = std::fs::read_to_string(folder.join(name))?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines
            .map(|line| match line.split_once('\t') {
                Some(("Yes", text)) => Ok(yes_or_no(text, None, true)),
                Some(("No", text)) => Ok(yes_or_no(text, None, false)),
                _ => anyhow::bail!("{name}: neither Yes nor No: {line}"),
            })
            .collect()
    };
    let (train, tune) = split(part("train.txt")?);
    let task = "asks or promises something (EmailIntent)";
    Ok(Set { name: "emailintent", task, n_labels: 1, train, tune, test: part("test.txt")?, floor: 0.82 })
}

/// A table with a header, and the places of its columns.
struct Table {
    header: StringRecord,
    rows: Vec<StringRecord>,
}

impl Table {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_path(path)
            .with_context(|| format!("{}", path.display()))?;
        let header = reader.headers()?.clone();
        Ok(Self { header, rows: reader.records().collect::<Result<_, _>>()? })
    }

    fn column(&self, name: &str) -> anyhow::Result<usize> {
        self.header.iter().position(|known| known == name).with_context(|| format!("no column {name}"))
    }
}

/// What users said to a chatbot; abuse is what more than half of the labelers called mild, strong or very strong abuse.
pub(super) fn conv_abuse(folder: &Path) -> anyhow::Result<Set> {
    let part = |name: &str| -> anyhow::Result<Vec<Example>> {
        let table = Table::read(&folder.join(format!("ConvAbuseEMNLP{name}.csv")))?;
        let (agent, user) = (table.column("agent")?, table.column("user")?);
        let labelers: Vec<Vec<usize>> = (1..=8)
            .map(|n| {
                ["1", "0", "-1", "-2", "-3"]
                    .iter()
                    .map(|grade| table.column(&format!("Annotator{n}_is_abuse.{grade}")))
                    .collect()
            })
            .collect::<anyhow::Result<_>>()?;
        // Some labelers saw a line twice: "0, 1".
        let marked = |row: &StringRecord, column: usize| {
            row.get(column)
                .unwrap_or_default()
                .split(',')
                .any(|mark| mark.trim().trim_end_matches(".0") == "1")
        };
        let examples = table.rows.iter().map(|row| {
            let voices: Vec<&Vec<usize>> =
                labelers.iter().filter(|grades| grades.iter().any(|&grade| marked(row, grade))).collect();
            let n_abuse =
                voices.iter().filter(|grades| grades[2..].iter().any(|&grade| marked(row, grade))).count();
            yes_or_no(row.get(user).unwrap_or_default(), row.get(agent), 2 * n_abuse > voices.len())
        });
        Ok(examples.collect())
    };
    let (train, tune, test) = (part("train")?, part("valid")?, part("test")?);
    Ok(Set { name: "convabuse", task: "abuse (ConvAbuse)", n_labels: 1, train, tune, test, floor: 0.87 })
}

/// Reactions to news; has no parts of its makers: every fifth line is the test.
fn empathic_reactions(folder: &Path) -> anyhow::Result<Set> {
    let table = Table::read(&folder.join("messages.csv"))?;
    let (essay, distress) = (table.column("essay")?, table.column("distress_bin")?);
    let example = |row: &StringRecord| {
        yes_or_no(row.get(essay).unwrap_or_default(), None, row.get(distress) == Some("1"))
    };
    let every_fifth = |wanted: bool| {
        let rows = table.rows.iter().enumerate().filter(move |(index, _)| (index % 5 == 4) == wanted);
        rows.map(|(_, row)| example(row)).collect::<Vec<_>>()
    };
    let (train, tune) = split(every_fifth(false));
    let task = "own distress (empathic reactions)";
    Ok(Set {
        name: "empathic_reactions",
        task,
        n_labels: 1,
        train,
        tune,
        test: every_fifth(true),
        floor: 0.61,
    })
}

/// Is this excuse reasonable? The request is what the excuse answers.
pub(super) fn excuses(folder: &Path) -> anyhow::Result<Set> {
    let part = |name: &str| -> anyhow::Result<Vec<Example>> {
        let table = Table::read(&folder.join(format!("deontology_{name}.csv")))?;
        let (label, scenario, excuse) =
            (table.column("label")?, table.column("scenario")?, table.column("excuse")?);
        let example = |row: &StringRecord| {
            yes_or_no(row.get(excuse).unwrap_or_default(), row.get(scenario), row.get(label) == Some("1"))
        };
        Ok(table.rows.iter().map(example).collect())
    };
    let (train, tune) = split(part("train")?);
    let task = "reasonable excuse (ETHICS)";
    Ok(Set { name: "ethics", task, n_labels: 1, train, tune, test: part("test")?, floor: 0.73 })
}

/// Comments with 27 feelings and "neutral": text, numbers of labels, id, by tabs.
pub(super) fn go_emotions(folder: &Path) -> anyhow::Result<Set> {
    let part = |name: &str| -> anyhow::Result<Vec<Example>> {
        let text = std::fs::read_to_string(folder.join(name))?;
        text.lines()
            .map(|line| {
                let mut fields = line.split('\t');
                let text = fields.next().unwrap_or_default().to_owned();
                let labels = fields.next().with_context(|| format!("{name}: no labels: {line}"))?;
                let labels = labels.split(',').map(str::parse).collect::<Result<Vec<usize>, _>>();
                Ok(Example { text, partner_said: None, labels: labels.context("labels are numbers")? })
            })
            .collect()
    };
    let (train, tune, test) = (part("train.tsv")?, part("dev.tsv")?, part("test.tsv")?);
    Ok(Set {
        name: "goemotions",
        task: "28 feelings (GoEmotions)",
        n_labels: 28,
        train,
        tune,
        test,
        floor: 0.46,
    })
}
