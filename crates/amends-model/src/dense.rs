//! Matrix products: 8-bit weights times 13-bit activations in whole numbers.
//!
//! `fearless_simd` picks the widest vectors that the processor has when the program runs: AVX-512, AVX2 or SSE2 on
//! x86, NEON on Arm, simd128 in WASM where it was built for it. Whole numbers add up the same in any order, so every
//! width gives the same result to the last bit. No `unsafe` of ours.

use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{f32x8, i32x8};

use crate::weights::Weights;

/// Activations are rounded to whole numbers up to this: 4,096 products of 127 x 4,095 stay below `i32::MAX`.
const LARGEST: f32 = 4095.0;
/// Widths of matrices are multiples of it.
pub(crate) const VECTOR: usize = 8;
/// Whole numbers in the widest vector of any processor: rows are filled up with zeros to multiples of it.
const WIDEST: usize = 32;
/// In bytes; room for [`WIDEST`] whole numbers.
const CACHE_LINE: usize = 64;
/// Tokens that are multiplied together with two weight rows.
const BLOCK: usize = 4;

/// A weight matrix of `rows` outputs, eight bits a weight, one scale a row.
#[derive(Debug)]
pub(crate) struct Dense {
    pub(crate) columns: usize,
    pub(crate) weights: Weights,
    pub(crate) scales: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Activations rounded for [`Dense::apply`], one scale a token, and room for two widened weight rows.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    n_tokens: usize,
    values: Aligned,
    scales: Vec<f32>,
    rows: Aligned,
}

/// Whole numbers that begin on a cache line, so that no vector lies across two.
#[derive(Debug, Default)]
struct Aligned {
    buffer: Vec<i16>,
    begin: usize,
}

impl Aligned {
    /// `n` zeros.
    fn zeros(&mut self, n: usize) -> &mut [i16] {
        self.buffer.clear();
        self.buffer.resize(n + WIDEST, 0);
        self.begin = self.buffer.as_ptr().align_offset(CACHE_LINE).min(WIDEST);
        &mut self.buffer[self.begin..self.begin + n]
    }
}

impl Rounded {
    /// Rounds all tokens of `x`; rows and the last block are filled up with zeros.
    #[inline(always)]
    pub(crate) fn set<S: Simd>(&mut self, simd: S, x: &[f32], columns: usize) {
        let stride = columns.next_multiple_of(WIDEST);
        self.n_tokens = x.len() / columns;
        let n_padded = self.n_tokens.next_multiple_of(BLOCK);
        self.scales.clear();
        let values = self.values.zeros(n_padded * stride);
        for (token, values) in x.chunks_exact(columns).zip(values.chunks_exact_mut(stride)) {
            let largest = largest(simd, token);
            let factor = LARGEST / largest;
            self.scales.push(largest / LARGEST);
            for (values, v) in
                values.as_chunks_mut::<VECTOR>().0.iter_mut().zip(token.as_chunks::<VECTOR>().0)
            {
                round(simd, f32x8::load_array_ref(simd, v) * factor, values);
            }
        }
        self.scales.resize(n_padded, 0.0);
    }
}

/// The largest absolute value of a token whose length is a multiple of [`VECTOR`].
#[inline(always)]
fn largest<S: Simd>(simd: S, token: &[f32]) -> f32 {
    let mut lanes = f32x8::splat(simd, 1e-6);
    for chunk in token.as_chunks::<VECTOR>().0 {
        lanes = lanes.max(f32x8::load_array_ref(simd, chunk).abs());
    }
    lanes.to_array().iter().fold(1e-6, |m, &v| m.max(v))
}

/// To the nearest whole numbers, halves away from zero.
#[inline(always)]
fn round<S: Simd>(simd: S, v: f32x8<S>, to: &mut [i16; VECTOR]) {
    let half = f32x8::splat(simd, 0.5).copysign(v);
    let whole: i32x8<S> = (v + half).to_int();
    for (to, whole) in to.iter_mut().zip(whole.to_array()) {
        *to = whole as i16;
    }
}

impl Dense {
    /// `out[token][row] = x[token] . weights[row] + bias[row]` for every token of `x`.
    #[inline(always)]
    pub(crate) fn apply<S: Simd>(&self, simd: S, x: &mut Rounded, out: &mut Vec<f32>) {
        out.clear();
        out.resize(x.n_tokens * self.bias.len(), 0.0);
        simd.vectorize(
            #[inline(always)]
            || self.multiply(simd, x, out),
        );
    }

    #[inline(always)]
    fn multiply<S: Simd>(&self, simd: S, x: &mut Rounded, out: &mut [f32]) {
        let (columns, n_rows) = (self.columns, self.bias.len());
        let stride = columns.next_multiple_of(WIDEST);
        let (row_a, row_b) = x.rows.zeros(2 * stride).split_at_mut(stride);
        let values = &x.values.buffer[x.values.begin..][..x.n_tokens.next_multiple_of(BLOCK) * stride];
        for r in (0..n_rows).step_by(2) {
            // Two rows at a time; an odd last row is computed twice, which is harmless.
            let s = (r + 1).min(n_rows - 1);
            widen(simd, &self.weights[row(r, columns)], row_a);
            widen(simd, &self.weights[row(s, columns)], row_b);
            for (block, values) in values.chunks_exact(BLOCK * stride).enumerate() {
                let sums = dots(simd, row_a, row_b, values);
                for (t, [a, b]) in (BLOCK * block..x.n_tokens).zip(sums) {
                    let out = &mut out[t * n_rows..][..n_rows];
                    out[r] = a as f32 * (self.scales[r] * x.scales[t]) + self.bias[r];
                    out[s] = b as f32 * (self.scales[s] * x.scales[t]) + self.bias[s];
                }
            }
        }
    }
}

fn row(index: usize, columns: usize) -> Range<usize> {
    index * columns..(index + 1) * columns
}

/// Weights are stored as bytes.
#[inline(always)]
fn widen<S: Simd>(simd: S, from: &[u8], to: &mut [i16]) {
    let n = S::i16s::LEN;
    let (from, mut to) = (from.chunks_exact(2 * n), to[..from.len()].chunks_exact_mut(2 * n));
    let rest = from.remainder();
    for (from, to) in from.zip(&mut to) {
        let (low, high) = S::u8s::from_slice(simd, from).bitcast::<S::i8s>().widen();
        let (to_low, to_high) = to.split_at_mut(n);
        low.store_slice(to_low);
        high.store_slice(to_high);
    }
    for (to, &from) in to.into_remainder().iter_mut().zip(rest) {
        *to = i16::from(from as i8);
    }
}

/// Eight dot products that share their loads: two weight rows by the four tokens of a block.
#[inline(always)]
fn dots<S: Simd>(simd: S, a: &[i16], b: &[i16], block: &[i16]) -> [[i32; 2]; BLOCK] {
    let n = S::i16s::LEN;
    let (front, back) = block.split_at(2 * a.len());
    let ((x0, x1), (x2, x3)) = (front.split_at(a.len()), back.split_at(a.len()));
    let mut sums = [[S::i32s::splat(simd, 0); 2]; BLOCK];
    let rows = a.chunks_exact(n).zip(b.chunks_exact(n));
    let tokens = x0.chunks_exact(n).zip(x1.chunks_exact(n)).zip(x2.chunks_exact(n).zip(x3.chunks_exact(n)));
    for ((a, b), ((x0, x1), (x2, x3))) in rows.zip(tokens) {
        let (a, b) = (S::i16s::from_slice(simd, a), S::i16s::from_slice(simd, b));
        for (sums, x) in sums.iter_mut().zip([x0, x1, x2, x3]) {
            let x = S::i16s::from_slice(simd, x);
            sums[0] += a.pairwise_dot_product(x);
            sums[1] += b.pairwise_dot_product(x);
        }
    }
    // A loop on purpose: `map` of an array is a function of its own, without the wide vectors.
    let mut totals = [[0; 2]; BLOCK];
    for (total, [a, b]) in totals.iter_mut().zip(sums) {
        *total = [a.reduce_sum(), b.reduce_sum()];
    }
    totals
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;

    #[test]
    fn whole_number_products_equal_f32_within_rounding() {
        let (k, rows) = (48, 5);
        let weights: Vec<u8> = (0..k * rows).map(|i| ((i * 37 + 11) % 255) as u8).collect();
        let dense =
            Dense { columns: k, weights: weights.into(), scales: vec![0.01; rows], bias: vec![0.5; rows] };
        for n_tokens in [1, 4, 6] {
            let x: Vec<f32> = (0..k * n_tokens).map(|i| ((i * 29) % 101) as f32 / 50.0 - 1.0).collect();
            let (mut rounded, mut out) = (Rounded::default(), Vec::new());
            dispatch!(Level::new(), simd => {
                rounded.set(simd, &x, k);
                dense.apply(simd, &mut rounded, &mut out);
            });
            let mut narrow = Vec::new();
            dispatch!(Level::baseline(), simd => {
                rounded.set(simd, &x, k);
                dense.apply(simd, &mut rounded, &mut narrow);
            });
            assert_eq!(out, narrow, "the same on every processor");
            assert_eq!(out.len(), rows * n_tokens);
            for (i, got) in out.iter().enumerate() {
                let (t, r) = (i / rows, i % rows);
                let row = &dense.weights[row(r, k)];
                let products = x[t * k..][..k].iter().zip(row).map(|(x, &w)| x * f32::from(w as i8) * 0.01);
                let want = 0.5 + products.sum::<f32>();
                assert!((got - want).abs() < 5e-3, "{got} {want}");
            }
        }
    }
}
