//! Arithmetic in 32-bit floats, in a fixed order: the same result to the last bit on every processor.
//!
//! Always eight lanes, as vectors that are asked for: where code is built small, no compiler makes them of loops.
//! Nothing is fused. Everything is inlined into its caller, so that it takes part in the vectors for which `dense.rs`
//! asks the processor.

use fearless_simd::prelude::*;
use fearless_simd::{f32x8, i32x8};

/// Gain and shift of a layer normalization.
#[derive(Debug)]
pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

impl Norm {
    /// Normalizes each token of `x` in place.
    #[inline(always)]
    pub(crate) fn apply<S: Simd>(&self, simd: S, x: &mut [f32]) {
        let width = self.gain.len();
        for token in x.chunks_exact_mut(width) {
            let mean = sum(simd, token) / width as f32;
            each(
                simd,
                token,
                #[inline(always)]
                |v| v - mean,
            );
            let variance = dot(simd, token, token) / width as f32;
            let factor = 1.0 / (variance + 1e-6).sqrt();
            let (gain, shift) = (self.gain.as_chunks::<LANES>().0, self.shift.as_chunks::<LANES>().0);
            for ((v, gain), shift) in token.as_chunks_mut::<LANES>().0.iter_mut().zip(gain).zip(shift) {
                let (gain, shift) = (load(simd, gain), load(simd, shift));
                (load(simd, v) * factor * gain + shift).store_array(v);
            }
        }
    }
}

/// Widths of the model are multiples of it ([`crate::dense::VECTOR`]).
const LANES: usize = 8;

#[inline(always)]
fn load<S: Simd>(simd: S, lanes: &[f32; LANES]) -> f32x8<S> {
    f32x8::load_array_ref(simd, lanes)
}

/// Changes every value by `change`.
#[inline(always)]
fn each<S: Simd>(simd: S, x: &mut [f32], change: impl Fn(f32x8<S>) -> f32x8<S>) {
    let (chunks, rest) = x.as_chunks_mut::<LANES>();
    for chunk in chunks {
        change(load(simd, chunk)).store_array(chunk);
    }
    if !rest.is_empty() {
        let mut last = [0.0; LANES];
        last[..rest.len()].copy_from_slice(rest);
        change(load(simd, &last)).store_array(&mut last);
        rest.copy_from_slice(&last[..rest.len()]);
    }
}

#[inline(always)]
pub(crate) fn dot<S: Simd>(simd: S, a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = f32x8::splat(simd, 0.0);
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (x, y) in a.iter().zip(b) {
        lanes += load(simd, x) * load(simd, y);
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    lanes.to_array().iter().sum::<f32>() + rest
}

#[inline(always)]
fn sum<S: Simd>(simd: S, x: &[f32]) -> f32 {
    let mut lanes = f32x8::splat(simd, 0.0);
    let (chunks, rest) = x.as_chunks::<LANES>();
    for chunk in chunks {
        lanes += load(simd, chunk);
    }
    lanes.to_array().iter().sum::<f32>() + rest.iter().sum::<f32>()
}

/// Adds `y` to `x`, values of whole tokens.
#[inline(always)]
pub(crate) fn add<S: Simd>(simd: S, x: &mut [f32], y: &[f32]) {
    add_share(simd, x, 1.0, y);
}

/// Adds `share` of `y` to `x`, values of whole heads.
#[inline(always)]
pub(crate) fn add_share<S: Simd>(simd: S, x: &mut [f32], share: f32, y: &[f32]) {
    for (x, y) in x.as_chunks_mut::<LANES>().0.iter_mut().zip(y.as_chunks::<LANES>().0) {
        (load(simd, x) + load(simd, y) * share).store_array(x);
    }
}

/// The Gaussian error linear unit, by its usual tanh form.
#[inline(always)]
pub(crate) fn gelu<S: Simd>(simd: S, x: &mut [f32]) {
    each(
        simd,
        x,
        #[inline(always)]
        |v| {
            let inner = (v + v * 0.044_715 * v * v) * 0.797_884_6;
            v * 0.5 * (tanh(simd, inner) + 1.0)
        },
    );
}

/// Rational approximation of tanh (as used in Eigen), exact to about 1e-7; no branch, so it stays in vectors.
#[inline(always)]
fn tanh<S: Simd>(simd: S, x: f32x8<S>) -> f32x8<S> {
    let x = x.max(f32x8::splat(simd, -7.904_95)).min(f32x8::splat(simd, 7.904_95));
    let s = x * x;
    let p = [2.000_188e-13, -8.604_672e-11, 5.122_297e-8, 1.485_722_4e-5, 6.372_619e-4, 4.893_525e-3];
    let q = [1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3];
    let p = x * polynomial(simd, s, -2.760_768_5e-16, &p);
    p / polynomial(simd, s, 1.198_258_4e-6, &q)
}

/// By Horner's rule, from the highest power down.
#[inline(always)]
fn polynomial<S: Simd>(simd: S, x: f32x8<S>, highest: f32, others: &[f32]) -> f32x8<S> {
    let mut value = f32x8::splat(simd, highest);
    for factor in others {
        value = x * value + *factor;
    }
    value
}

/// Turns scores into shares that add up to one.
#[inline(always)]
pub(crate) fn softmax<S: Simd>(simd: S, x: &mut [f32]) {
    let largest = x.iter().fold(f32::NEG_INFINITY, |m, &v| m.max(v));
    each(
        simd,
        x,
        #[inline(always)]
        |v| exp(simd, v - largest),
    );
    let mut total = 0.0;
    for v in x.iter() {
        total += *v;
    }
    let factor = 1.0 / total;
    each(
        simd,
        x,
        #[inline(always)]
        |v| v * factor,
    );
}

/// e^x for x <= 0, exact to about 1e-6: 2^whole by its bits, 2^fraction by a polynomial.
#[inline(always)]
fn exp<S: Simd>(simd: S, x: f32x8<S>) -> f32x8<S> {
    let y = (x * std::f32::consts::LOG2_E).max(f32x8::splat(simd, -126.0));
    let whole: i32x8<S> = (y - 0.5).to_int();
    let f = y - whole.to_float::<f32x8<S>>();
    let others = [0.009_618_13, 0.055_504_11, 0.240_226_5, std::f32::consts::LN_2, 1.0];
    let power = polynomial(simd, f, 0.001_333_356, &others);
    ((whole + 127) << 23).bitcast::<f32x8<S>>() * power
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;

    /// Of one value, in all lanes.
    fn one(value: f32, change: impl Fn(&mut [f32])) -> f32 {
        let mut lanes = [value; LANES];
        change(&mut lanes);
        lanes[0]
    }

    fn tanh(value: f32) -> f32 {
        one(
            value,
            |x| dispatch!(Level::new(), simd => each(simd, x, #[inline(always)] |v| super::tanh(simd, v))),
        )
    }

    fn exp(value: f32) -> f32 {
        one(
            value,
            |x| dispatch!(Level::new(), simd => each(simd, x, #[inline(always)] |v| super::exp(simd, v))),
        )
    }

    #[test]
    fn approximations_are_close() {
        for i in -1000..=1000 {
            let x = i as f32 / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-6, "tanh {x}: {} {}", tanh(x), x.tanh());
            let e = -x.abs() * 3.0;
            assert!((exp(e) - e.exp()).abs() < 1e-5 * e.exp().max(1e-6), "exp {e}: {} {}", exp(e), e.exp());
        }
    }
}
