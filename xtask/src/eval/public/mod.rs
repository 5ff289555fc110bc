//! `cargo xtask eval --public FOLDER`: how well labels of public sets can be told from what the reader carries.
//!
//! None of these sets knows our checks, so each gets a linear probe of its own (`probe.rs`), once over what the rules
//! carry (n-grams and facts) and once with what the model carries beside them. The floor is what the best of five
//! simple readers reached on the same test part.

mod probe;
mod sets;
#[cfg(test)]
mod tests;

use std::path::Path;

use amends_reader::{Carried, Reader};

use probe::{Features, Part};
use sets::{Example, Set};

/// Prints a row for each set that is there. `reader` makes a reader, with its model if it has one; each thread gets its own.
pub(super) fn run(folder: &Path, reader: impl Fn() -> anyhow::Result<Reader>) -> anyhow::Result<()> {
    let sets = sets::read_all(folder)?;
    anyhow::ensure!(!sets.is_empty(), "{}: none of the known sets is there", folder.display());
    println!("| set | lines: train, test | floor | rules | rules and model |\n|---|---|---|---|---|");
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut readers = (0..n_threads).map(|_| reader()).collect::<anyhow::Result<Vec<_>>>()?;
    for set in &sets {
        let (by_rules, by_both) = judge(set, &mut readers);
        println!(
            "| {}: {} | {}, {} | {:.2} | {by_rules:.3} | {} |",
            set.name,
            set.task,
            set.train.len() + set.tune.len(),
            set.test.len(),
            set.floor,
            by_both.map_or("-".to_owned(), |score| format!("{score:.3}")),
        );
    }
    Ok(())
}

/// Macro-F1 by the rules, and by both where there is a model.
fn judge(set: &Set, readers: &mut [Reader]) -> (f64, Option<f64>) {
    let mut carried = |examples: &[Example]| carried(examples, readers);
    let parts = [carried(&set.train), carried(&set.tune), carried(&set.test)];
    let has_model = parts[0].first().is_some_and(|carried| !carried.learned.is_empty());
    let score = |with_model: bool| {
        let features = |part: &[Carried]| -> Vec<Features> {
            let bare = |carried: &Carried| Carried { learned: Vec::new(), ..carried.clone() };
            part.iter()
                .map(|carried| if with_model { Features::of(carried) } else { Features::of(&bare(carried)) })
                .collect()
        };
        let [mut train, mut tune, mut test] = [&parts[0], &parts[1], &parts[2]].map(|part| features(part));
        probe::scale([&mut train, &mut tune, &mut test]);
        probe::macro_f1(
            set.n_labels,
            lines(&train, &set.train),
            lines(&tune, &set.tune),
            &lines(&test, &set.test),
        )
    };
    (score(false), has_model.then(|| score(true)))
}

/// What the readers carry of each example; they share the examples among them and work side by side.
fn carried(examples: &[Example], readers: &mut [Reader]) -> Vec<Carried> {
    let share = examples.len().div_ceil(readers.len()).max(1);
    std::thread::scope(|scope| {
        let read = |(part, reader): (&'_ [Example], &'_ mut Reader)| -> Vec<Carried> {
            part.iter()
                .map(|example| reader.carried(&example.text, example.partner_said.as_deref()))
                .collect()
        };
        let threads: Vec<_> = examples
            .chunks(share)
            .zip(readers)
            .map(|(part, reader)| scope.spawn(move || read((part, reader))))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no reader panics")).collect()
    })
}

fn lines<'f>(features: &'f [Features], examples: &'f [Example]) -> Part<'f> {
    features.iter().zip(examples).map(|(features, example)| (features, example.labels.as_slice())).collect()
}
