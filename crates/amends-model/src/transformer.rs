//! The transformer: word embeddings of sentence and context, a few layers of attention, and one logit a check.

use fearless_simd::{Level, Simd, dispatch};

use crate::dense::{Dense, Rounded};
use crate::floats::{Norm, add, add_share, dot, gelu, softmax};
use crate::weights::Weights;

#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) query: Dense,
    pub(crate) key: Dense,
    pub(crate) value: Dense,
    pub(crate) output: Dense,
    pub(crate) attention_norm: Norm,
    pub(crate) inner: Dense,
    pub(crate) outer: Dense,
    pub(crate) norm: Norm,
}

#[derive(Debug)]
pub(crate) struct Transformer {
    pub(crate) width: usize,
    pub(crate) n_heads: usize,
    /// One row a piece, eight bits, one scale a row.
    pub(crate) words: Weights,
    pub(crate) word_scales: Vec<f32>,
    pub(crate) positions: Vec<f32>,
    /// Two rows: sentence, context.
    pub(crate) kinds: Vec<f32>,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
    /// One row a check over the mean and the maximum of the sentence's tokens.
    pub(crate) head: Vec<f32>,
    pub(crate) head_bias: Vec<f32>,
}

/// Buffers that are kept between sentences.
#[derive(Debug, Default)]
pub(crate) struct LayerBuffers {
    x: Vec<f32>,
    rounded: Rounded,
    query: Vec<f32>,
    key: Vec<f32>,
    value: Vec<f32>,
    mixed: Vec<f32>,
    scores: Vec<f32>,
    inner: Vec<f32>,
    change: Vec<f32>,
    pooled: Vec<f32>,
}

impl LayerBuffers {
    /// Mean and maximum of the tokens of the last sentence that was run.
    pub(crate) fn pooled(&self) -> &[f32] {
        &self.pooled
    }
}

impl Transformer {
    /// One logit a check for `ids`, of which the first `n_sentence` are the sentence itself.
    pub(crate) fn logits(
        &self,
        ids: &[u32],
        n_sentence: usize,
        buffers: &mut LayerBuffers,
        out: &mut Vec<f32>,
    ) {
        out.clear();
        dispatch!(Level::new(), simd => {
            self.run(simd, ids, n_sentence, buffers);
            for (row, bias) in self.head.chunks_exact(2 * self.width).zip(&self.head_bias) {
                out.push(dot(simd, row, &buffers.pooled) + bias);
            }
        });
    }

    /// All layers, with the vectors of this processor; the pooled tokens are left in `buffers`.
    #[inline(always)]
    fn run<S: Simd>(&self, simd: S, ids: &[u32], n_sentence: usize, buffers: &mut LayerBuffers) {
        self.embed(simd, ids, n_sentence, &mut buffers.x);
        for (i, layer) in self.layers.iter().enumerate() {
            // Nobody looks at the context's tokens after the last layer.
            let n_wanted = if i + 1 == self.layers.len() { n_sentence } else { ids.len() };
            self.run_layer(simd, layer, n_wanted, buffers);
        }
        self.pool(&buffers.x, &mut buffers.pooled);
    }

    #[inline(always)]
    fn embed<S: Simd>(&self, simd: S, ids: &[u32], n_sentence: usize, x: &mut Vec<f32>) {
        let width = self.width;
        x.clear();
        for (at, &id) in ids.iter().enumerate() {
            let id = id as usize;
            let scale = self.word_scales[id];
            let kind = &self.kinds[usize::from(at >= n_sentence) * width..][..width];
            let position = &self.positions[at * width..][..width];
            let word = &self.words[id * width..][..width];
            x.extend(
                word.iter().zip(position).zip(kind).map(|((&w, p), k)| f32::from(w as i8) * scale + p + k),
            );
        }
        self.norm.apply(simd, x);
    }

    #[inline(always)]
    fn run_layer<S: Simd>(&self, simd: S, layer: &Layer, n_wanted: usize, b: &mut LayerBuffers) {
        let width = self.width;
        b.rounded.set(simd, &b.x, width);
        layer.key.apply(simd, &mut b.rounded, &mut b.key);
        layer.value.apply(simd, &mut b.rounded, &mut b.value);
        if n_wanted * width < b.x.len() {
            b.x.truncate(n_wanted * width);
            b.rounded.set(simd, &b.x, width);
        }
        layer.query.apply(simd, &mut b.rounded, &mut b.query);
        self.attend(simd, b);
        b.rounded.set(simd, &b.mixed, width);
        layer.output.apply(simd, &mut b.rounded, &mut b.change);
        add(simd, &mut b.x, &b.change);
        layer.attention_norm.apply(simd, &mut b.x);

        b.rounded.set(simd, &b.x, width);
        layer.inner.apply(simd, &mut b.rounded, &mut b.inner);
        gelu(simd, &mut b.inner);
        b.rounded.set(simd, &b.inner, layer.outer.columns);
        layer.outer.apply(simd, &mut b.rounded, &mut b.change);
        add(simd, &mut b.x, &b.change);
        layer.norm.apply(simd, &mut b.x);
    }

    /// Every wanted token takes from all tokens what fits its query, head by head.
    #[inline(always)]
    fn attend<S: Simd>(&self, simd: S, b: &mut LayerBuffers) {
        let width = self.width;
        let head = width / self.n_heads;
        let factor = 1.0 / (head as f32).sqrt();
        b.mixed.clear();
        b.mixed.resize(b.query.len(), 0.0);
        b.scores.resize(b.key.len() / width, 0.0);
        for (query, mixed) in b.query.chunks_exact(width).zip(b.mixed.chunks_exact_mut(width)) {
            for at in (0..width).step_by(head) {
                let query = &query[at..at + head];
                for (score, key) in b.scores.iter_mut().zip(b.key.chunks_exact(width)) {
                    *score = dot(simd, query, &key[at..at + head]) * factor;
                }
                softmax(simd, &mut b.scores);
                let mixed = &mut mixed[at..at + head];
                for (share, value) in b.scores.iter().zip(b.value.chunks_exact(width)) {
                    add_share(simd, mixed, *share, &value[at..at + head]);
                }
            }
        }
    }

    /// Mean and maximum over the sentence's tokens.
    #[inline(always)]
    fn pool(&self, x: &[f32], pooled: &mut Vec<f32>) {
        let width = self.width;
        pooled.clear();
        pooled.resize(width, 0.0);
        pooled.resize(2 * width, f32::NEG_INFINITY);
        let (mean, top) = pooled.split_at_mut(width);
        for token in x.chunks_exact(width) {
            for ((v, mean), top) in token.iter().zip(mean.iter_mut()).zip(top.iter_mut()) {
                *mean += v;
                *top = top.max(*v);
            }
        }
        let share = width as f32 / x.len() as f32;
        for mean in mean {
            *mean *= share;
        }
    }
}
