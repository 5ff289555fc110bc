//! The arithmetic: 8-bit weights times 13-bit activations in whole numbers, everything else in `f32`.
//!
//! The products go through `wide`, which becomes `pmaddwd` on x86 and `i32x4.dot_i16x8_s` in WASM with simd128; the
//! rest are plain loops that the compiler vectorizes. One code for every target, no `unsafe`.

use wide::{i16x8, i32x4};

/// Activations are rounded to whole numbers up to this: 4,096 products of 127 x 4,095 stay below `i32::MAX`.
const LARGEST: f32 = 4095.0;
/// Whole numbers in one vector; widths of matrices are multiples of it.
pub(crate) const VECTOR: usize = 8;
/// Tokens that are multiplied together with two weight rows.
const BLOCK: usize = 4;

/// A weight matrix of `rows` outputs, eight bits a weight, one scale a row.
#[derive(Debug)]
pub(crate) struct Dense {
    pub(crate) columns: usize,
    pub(crate) weights: Vec<i8>,
    pub(crate) scales: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Activations rounded for [`Dense::apply`], one scale a token, and room for two widened weight rows.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    n_tokens: usize,
    values: Vec<i16x8>,
    scales: Vec<f32>,
    rows: Vec<i16>,
}

impl Rounded {
    /// Rounds all tokens of `x`; the last block is filled up with zeros.
    pub(crate) fn set(&mut self, x: &[f32], columns: usize) {
        self.values.clear();
        self.scales.clear();
        self.n_tokens = x.len() / columns;
        for token in x.chunks_exact(columns) {
            let largest = token.iter().fold(1e-6f32, |m, v| m.max(v.abs()));
            let factor = LARGEST / largest;
            self.scales.push(largest / LARGEST);
            let (vectors, _) = token.as_chunks::<VECTOR>();
            self.values.extend(vectors.iter().map(|v| i16x8::new(v.map(|v| round(v * factor)))));
        }
        let n_padded = self.n_tokens.next_multiple_of(BLOCK);
        self.scales.resize(n_padded, 0.0);
        self.values.resize(n_padded * columns / VECTOR, i16x8::ZERO);
    }
}

/// To the nearest whole number, without the slow path of `f32::round`.
fn round(v: f32) -> i16 {
    (v + 0.5f32.copysign(v)) as i16
}

impl Dense {
    /// `out[token][row] = x[token] . weights[row] + bias[row]` for every token of `x`.
    pub(crate) fn apply(&self, x: &mut Rounded, out: &mut Vec<f32>) {
        let (k, n_rows) = (self.columns, self.bias.len());
        let n_vectors = k / VECTOR;
        out.clear();
        out.resize(x.n_tokens * n_rows, 0.0);
        x.rows.resize(2 * k, 0);
        let (row_a, row_b) = x.rows.split_at_mut(k);
        for r in (0..n_rows).step_by(2) {
            // Two rows at a time; an odd last row is computed twice, which is harmless.
            let s = (r + 1).min(n_rows - 1);
            widen(&self.weights[r * k..][..k], row_a);
            widen(&self.weights[s * k..][..k], row_b);
            for (block, values) in x.values.chunks_exact(BLOCK * n_vectors).enumerate() {
                let sums = dots(row_a, row_b, values);
                for (t, [a, b]) in (BLOCK * block..x.n_tokens).zip(sums) {
                    let out = &mut out[t * n_rows..][..n_rows];
                    out[r] = a as f32 * (self.scales[r] * x.scales[t]) + self.bias[r];
                    out[s] = b as f32 * (self.scales[s] * x.scales[t]) + self.bias[s];
                }
            }
        }
    }
}

/// A flat loop on purpose: the compiler widens sixteen weights at a time.
fn widen(from: &[i8], to: &mut [i16]) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = i16::from(from);
    }
}

/// Eight dot products that share their loads: two weight rows by the four tokens of a block.
fn dots(a: &[i16], b: &[i16], block: &[i16x8]) -> [[i32; 2]; BLOCK] {
    let ((a, _), (b, _)) = (a.as_chunks::<VECTOR>(), b.as_chunks::<VECTOR>());
    let n = a.len();
    let b = &b[..n];
    let (front, back) = block.split_at(2 * n);
    let ((x0, x1), (x2, x3)) = (front.split_at(n), back.split_at(n));
    let x = [x0, x1, x2, &x3[..n]];
    let mut sums = [[i32x4::ZERO; 2]; BLOCK];
    for i in 0..n {
        let (a, b) = (i16x8::new(a[i]), i16x8::new(b[i]));
        for (sums, x) in sums.iter_mut().zip(x) {
            sums[0] += a.dot(x[i]);
            sums[1] += b.dot(x[i]);
        }
    }
    sums.map(|[a, b]| [a.reduce_add(), b.reduce_add()])
}

/// Gain and shift of a layer normalization.
#[derive(Debug)]
pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

impl Norm {
    /// Normalizes each token of `x` in place.
    pub(crate) fn apply(&self, x: &mut [f32]) {
        let width = self.gain.len();
        for token in x.chunks_exact_mut(width) {
            let mean = sum(token) / width as f32;
            for v in token.iter_mut() {
                *v -= mean;
            }
            let variance = dot(token, token) / width as f32;
            let factor = 1.0 / (variance + 1e-6).sqrt();
            for ((v, gain), shift) in token.iter_mut().zip(&self.gain).zip(&self.shift) {
                *v = *v * factor * gain + shift;
            }
        }
    }
}

const LANES: usize = 8;

pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let (a_chunks, b_chunks) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a_chunks.zip(b_chunks) {
        for i in 0..LANES {
            lanes[i] += x[i] * y[i];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

fn sum(x: &[f32]) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let chunks = x.chunks_exact(LANES);
    let rest: f32 = chunks.remainder().iter().sum();
    for c in chunks {
        for i in 0..LANES {
            lanes[i] += c[i];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Adds `y` to `x`.
pub(crate) fn add(x: &mut [f32], y: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

/// The Gaussian error linear unit, by its usual tanh form.
pub(crate) fn gelu(x: &mut [f32]) {
    for v in x {
        let inner = 0.797_884_6 * (*v + 0.044_715 * *v * *v * *v);
        *v = 0.5 * *v * (1.0 + tanh(inner));
    }
}

/// Rational approximation of tanh (as used in Eigen), exact to about 1e-7; no branch, so it vectorizes.
fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.904_95, 7.904_95);
    let s = x * x;
    let p = x
        * (4.893_525e-3
            + s * (6.372_619e-4
                + s * (1.485_722_4e-5
                    + s * (5.122_297e-8
                        + s * (-8.604_672e-11 + s * (2.000_188e-13 + s * -2.760_768_5e-16))))));
    let q = 4.893_525e-3 + s * (2.268_434_6e-3 + s * (1.185_347_1e-4 + s * 1.198_258_4e-6));
    p / q
}

/// Turns scores into shares that add up to one.
pub(crate) fn softmax(x: &mut [f32]) {
    let largest = x.iter().fold(f32::NEG_INFINITY, |m, &v| m.max(v));
    let mut total = 0.0;
    for v in x.iter_mut() {
        *v = exp(*v - largest);
        total += *v;
    }
    let factor = 1.0 / total;
    for v in x {
        *v *= factor;
    }
}

/// e^x for x <= 0, exact to about 1e-6: 2^whole by its bits, 2^fraction by a polynomial.
fn exp(x: f32) -> f32 {
    let y = (x * std::f32::consts::LOG2_E).max(-126.0);
    let whole = (y - 0.5) as i32;
    let f = y - whole as f32;
    let power = 1.0
        + f * (std::f32::consts::LN_2
            + f * (0.240_226_5 + f * (0.055_504_11 + f * (0.009_618_13 + f * 0.001_333_356))));
    f32::from_bits(((whole + 127) << 23) as u32) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approximations_are_close() {
        for i in -1000..=1000 {
            let x = i as f32 / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-6, "tanh {x}: {} {}", tanh(x), x.tanh());
            let e = -x.abs() * 3.0;
            assert!((exp(e) - e.exp()).abs() < 1e-5 * e.exp().max(1e-6), "exp {e}: {} {}", exp(e), e.exp());
        }
    }

    #[test]
    fn whole_number_products_equal_f32_within_rounding() {
        let (k, rows) = (48, 5);
        let weights: Vec<i8> = (0..k * rows).map(|i| ((i * 37 + 11) % 255) as i8).collect();
        let dense = Dense { columns: k, weights, scales: vec![0.01; rows], bias: vec![0.5; rows] };
        for n_tokens in [1, 4, 6] {
            let x: Vec<f32> = (0..k * n_tokens).map(|i| ((i * 29) % 101) as f32 / 50.0 - 1.0).collect();
            let (mut rounded, mut out) = (Rounded::default(), Vec::new());
            rounded.set(&x, k);
            dense.apply(&mut rounded, &mut out);
            assert_eq!(out.len(), rows * n_tokens);
            for (i, got) in out.iter().enumerate() {
                let (t, r) = (i / rows, i % rows);
                let row = &dense.weights[r * k..][..k];
                let want =
                    0.5 + x[t * k..][..k].iter().zip(row).map(|(x, &w)| x * f32::from(w) * 0.01).sum::<f32>();
                assert!((got - want).abs() < 5e-3, "{got} {want}");
            }
        }
    }
}
