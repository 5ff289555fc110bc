//! A linear probe: how well other people's labels can be told from what the reader carries, with nothing else learned.
//!
//! Logistic regression with AdaGrad, one weight a feature and label, the same order and the same result on every run.

use amends_reader::Carried;

use crate::eval::score::Score;

const N_NGRAMS: usize = 1 << Carried::NGRAM_BITS;
const EPOCHS: usize = 10;
const RATE: f32 = 0.1;
/// Pulls weights towards zero.
const DECAY: f32 = 1e-3;
/// Lines that are enough to choose a threshold by.
const ENOUGH: usize = 1500;
const FOLDS: usize = 5;

/// One text as the probe sees it.
pub(super) struct Features {
    sparse: Vec<(u32, f32)>,
    dense: Vec<f32>,
}

impl Features {
    /// N-grams weigh as much together in a short text as in a long one.
    pub(super) fn of(carried: &Carried) -> Self {
        let weight = 1.0 / (carried.ngrams.len().max(1) as f32).sqrt();
        let facts = carried.facts.iter().map(|&fact| (N_NGRAMS as u32 + u32::from(fact), 0.3));
        Self {
            sparse: carried.ngrams.iter().map(|&bucket| (bucket, weight)).chain(facts).collect(),
            dense: carried.learned.clone(),
        }
    }
}

/// Brings what the model carries to one scale: mean 0, together as heavy as the n-grams.
pub(super) fn scale(parts: [&mut Vec<Features>; 3]) {
    let train = &*parts[0];
    let n_dense = train.first().map_or(0, |features| features.dense.len());
    let n = train.len().max(1) as f32;
    let mut shift = vec![0.0f32; n_dense];
    let mut spread = vec![0.0f32; n_dense];
    for features in train {
        for ((shift, spread), value) in shift.iter_mut().zip(&mut spread).zip(&features.dense) {
            *shift += value / n;
            *spread += value * value / n;
        }
    }
    let together = 2.0 / (n_dense.max(1) as f32).sqrt();
    for part in parts {
        for features in part.iter_mut() {
            for ((value, shift), spread) in features.dense.iter_mut().zip(&shift).zip(&spread) {
                *value = (*value - shift) / (spread - shift * shift).max(1e-8).sqrt() * together;
            }
        }
    }
}

/// Weights and the sums of their squared gradients.
struct Weights {
    value: Vec<f32>,
    seen: Vec<f32>,
}

impl Weights {
    fn new(n: usize) -> Self {
        Self { value: vec![0.0; n], seen: vec![1e-2; n] }
    }

    fn learn(&mut self, at: usize, errors: &[f32], by: f32) {
        let (value, seen) = (&mut self.value[at..at + errors.len()], &mut self.seen[at..at + errors.len()]);
        for ((value, seen), error) in value.iter_mut().zip(seen).zip(errors) {
            let gradient = error * by + DECAY * *value;
            *seen += gradient * gradient;
            *value -= RATE * gradient / seen.sqrt();
        }
    }
}

struct Probe {
    n_labels: usize,
    sparse: Weights,
    dense: Weights,
    bias: Weights,
}

impl Probe {
    fn scores(&self, features: &Features, out: &mut [f32]) {
        out.copy_from_slice(&self.bias.value);
        let mut add = |weights: &[f32], at: usize, by: f32| {
            for (out, weight) in out.iter_mut().zip(&weights[at * self.n_labels..]) {
                *out += weight * by;
            }
        };
        features.sparse.iter().for_each(|&(at, by)| add(&self.sparse.value, at as usize, by));
        features.dense.iter().enumerate().for_each(|(at, &by)| add(&self.dense.value, at, by));
    }

    fn learn(&mut self, features: &Features, errors: &[f32]) {
        self.bias.learn(0, errors, 1.0);
        for &(at, by) in &features.sparse {
            self.sparse.learn(at as usize * self.n_labels, errors, by);
        }
        for (at, &by) in features.dense.iter().enumerate() {
            self.dense.learn(at * self.n_labels, errors, by);
        }
    }
}

/// Features of a part with the labels people gave.
pub(super) type Part<'f> = Vec<(&'f Features, &'f [usize])>;

/// Macro-F1 on the test part. Epochs and thresholds are chosen on lines that were not learned from: on the tuning part
/// where it is large, else on each fifth of all training lines while the other four fifths are learned from.
pub(super) fn macro_f1(n_labels: usize, train: Part<'_>, tune: Part<'_>, test: &Part<'_>) -> f64 {
    let folds: Vec<(Part<'_>, Part<'_>)> = if tune.len() >= ENOUGH {
        vec![(train.clone(), tune.clone())]
    } else {
        let all: Part<'_> = train.iter().chain(&tune).copied().collect();
        (0..FOLDS).map(|fold| part_at(&all, fold)).collect()
    };
    let mut unseen: Vec<Vec<Vec<f32>>> = vec![Vec::new(); EPOCHS];
    for (learned, judged) in &folds {
        learn(n_labels, learned, |epoch, probe| unseen[epoch].extend(all_scores(probe, judged)));
    }
    let labels: Vec<&[usize]> =
        folds.iter().flat_map(|(_, judged)| judged).map(|(_, labels)| *labels).collect();
    let choose = |scores: &Vec<Vec<f32>>| {
        let thresholds: Vec<f32> =
            (0..n_labels).map(|label| threshold(label, n_labels, scores, &labels)).collect();
        (judge(&thresholds, scores, &labels), thresholds)
    };
    let chosen: Vec<(f64, Vec<f32>)> = unseen.iter().map(choose).collect();
    let mut best = 0;
    for (epoch, (score, _)) in chosen.iter().enumerate() {
        if *score > chosen[best].0 {
            best = epoch;
        }
    }
    let all: Part<'_> = train.into_iter().chain(tune).collect();
    let of_test: Vec<&[usize]> = test.iter().map(|(_, labels)| *labels).collect();
    let mut result = 0.0;
    learn(n_labels, &all, |epoch, probe| {
        if epoch == best {
            result = judge(&chosen[best].1, &all_scores(probe, test), &of_test);
        }
    });
    result
}

/// The lines without every fifth, and every fifth.
fn part_at<'f>(all: &Part<'f>, fold: usize) -> (Part<'f>, Part<'f>) {
    let (judged, learned): (Vec<_>, Vec<_>) =
        all.iter().enumerate().partition(|(index, _)| index % FOLDS == fold);
    let bare =
        |part: Vec<(usize, &(&'f Features, &'f [usize]))>| part.into_iter().map(|(_, line)| *line).collect();
    (bare(learned), bare(judged))
}

/// Learns from scratch and shows the probe after each epoch.
fn learn(n_labels: usize, lines: &Part<'_>, mut after: impl FnMut(usize, &Probe)) {
    let n_facts = usize::from(u16::MAX) + 1;
    let n_dense = lines.first().map_or(0, |(features, _)| features.dense.len());
    let mut probe = Probe {
        n_labels,
        sparse: Weights::new((N_NGRAMS + n_facts) * n_labels),
        dense: Weights::new(n_dense * n_labels),
        bias: Weights::new(n_labels),
    };
    let mut errors = vec![0.0; n_labels];
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let mut state = 1u64;
    for epoch in 0..EPOCHS {
        shuffle(&mut order, &mut state);
        for &index in &order {
            let (features, labels) = lines[index];
            probe.scores(features, &mut errors);
            for (label, error) in errors.iter_mut().enumerate() {
                let is = f32::from(u8::from(labels.contains(&label)));
                *error = 1.0 / (1.0 + (-*error).exp()) - is;
            }
            probe.learn(features, &errors);
        }
        after(epoch, &probe);
    }
}

fn shuffle(order: &mut [usize], state: &mut u64) {
    for index in (1..order.len()).rev() {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(index, (*state >> 33) as usize % (index + 1));
    }
}

fn all_scores(probe: &Probe, part: &Part<'_>) -> Vec<Vec<f32>> {
    let mut scores = vec![0.0; probe.n_labels];
    part.iter()
        .map(|(features, _)| {
            probe.scores(features, &mut scores);
            scores.clone()
        })
        .collect()
}

/// The threshold of a label that is best on the tuning part.
fn threshold(label: usize, n_labels: usize, scores: &[Vec<f32>], labels: &[&[usize]]) -> f32 {
    let steps = (-40..=40).map(|step| step as f32 / 10.0);
    let score = |at: f32| f1(label, at, n_labels, scores, labels);
    steps
        .map(|at| (score(at), at))
        .fold((-1.0, 0.0), |best, seen| if seen.0 > best.0 { seen } else { best })
        .1
}

/// The mean over labels.
fn judge(thresholds: &[f32], scores: &[Vec<f32>], labels: &[&[usize]]) -> f64 {
    let n_labels = thresholds.len();
    let each = thresholds.iter().enumerate().map(|(label, &at)| f1(label, at, n_labels, scores, labels));
    each.sum::<f64>() / n_labels as f64
}

/// F1 of a label; of a yes-or-no set the mean of the F1 of yes and the F1 of no.
fn f1(label: usize, at: f32, n_labels: usize, scores: &[Vec<f32>], labels: &[&[usize]]) -> f64 {
    let mut yes = Score::default();
    let mut no = Score::default();
    for (scores, labels) in scores.iter().zip(labels) {
        let (is, says) = (labels.contains(&label), scores[label] >= at);
        yes.count(is, says);
        no.count(!is, !says);
    }
    if n_labels == 1 { f64::midpoint(yes.f1(), no.f1()) } else { yes.f1() }
}
