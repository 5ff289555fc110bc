//! Arithmetic in 32-bit floats, in a fixed order: the same result to the last bit on every processor.
//!
//! Plain loops over eight lanes that the compiler vectorizes. Everything is inlined into its caller, so that it takes
//! part in the vectors for which `dense.rs` asks the processor.

/// Gain and shift of a layer normalization.
#[derive(Debug)]
pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

impl Norm {
    /// Normalizes each token of `x` in place.
    #[inline(always)]
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

#[inline(always)]
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

#[inline(always)]
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
#[inline(always)]
pub(crate) fn add(x: &mut [f32], y: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

/// The Gaussian error linear unit, by its usual tanh form.
#[inline(always)]
pub(crate) fn gelu(x: &mut [f32]) {
    for v in x {
        let inner = 0.797_884_6 * (*v + 0.044_715 * *v * *v * *v);
        *v = 0.5 * *v * (1.0 + tanh(inner));
    }
}

/// Rational approximation of tanh (as used in Eigen), exact to about 1e-7; no branch, so it vectorizes.
#[inline(always)]
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
#[inline(always)]
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
#[inline(always)]
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
}
