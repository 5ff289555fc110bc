//! Working ahead: the sentences of a draft that the model has not read yet are shared among the cores of the machine.
//!
//! A sentence says the same whoever reads it, so this changes the time alone. Where there are no threads (the browser)
//! nothing happens here, and sentences are read one by one.

use std::sync::atomic::{AtomicUsize, Ordering};

use amends_model::{Model, ModelInput, Scratch};

/// More cores than this help little: a letter has some fifteen sentences.
const MOST_THREADS: usize = 8;

/// Texts of one input as the model gets them: sentence, the one before, the partner's words.
pub(crate) type Texts = (String, Option<String>, Option<String>);

pub(crate) fn input_of(texts: &Texts) -> ModelInput<'_> {
    ModelInput { sentence: &texts.0, previous: texts.1.as_deref(), partner_said: texts.2.as_deref() }
}

/// Reads the inputs that `scratch` does not know, on several threads, and leaves what the model said in it.
pub(crate) fn read_ahead(model: &Model, scratch: &mut Scratch, helpers: &mut Vec<Scratch>, all: &[Texts]) {
    let unknown: Vec<&Texts> = all.iter().filter(|texts| !scratch.knows(&input_of(texts))).collect();
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    let n_threads = n_cores.min(MOST_THREADS).min(unknown.len());
    if n_threads < 2 {
        return;
    }
    helpers.resize_with(n_threads, Scratch::default);
    let next = AtomicUsize::new(0);
    let read = |helper: &mut Scratch| -> Vec<(&Texts, Vec<f32>)> {
        let mut said = Vec::new();
        while let Some(texts) = unknown.get(next.fetch_add(1, Ordering::Relaxed)) {
            said.push((*texts, model.predict(helper, &input_of(texts)).to_vec()));
        }
        said
    };
    let said = std::thread::scope(|scope| {
        let threads: Vec<_> = helpers.iter_mut().map(|helper| scope.spawn(|| read(helper))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect::<Vec<_>>()
    });
    for (texts, probabilities) in said {
        scratch.remember(&input_of(texts), &probabilities);
    }
}
