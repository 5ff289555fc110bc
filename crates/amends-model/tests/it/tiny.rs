//! A tiny weights file built byte by byte from `docs/formats/model.md`, without the crate's own code.

pub(crate) const CHECKS: [&str; 2] = ["pressure", "freedom"];
const PIECES: [&str; 12] = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[unused1]",
    "[unused2]",
    "you",
    "must",
    "answer",
    "##s",
    "now",
    ".",
];
const WIDTH: usize = 16;
const INNER: usize = 24;
const POSITIONS: usize = 32;

struct Writer(Vec<u8>, u32);

impl Writer {
    fn number(&mut self, n: usize) {
        self.0.extend((n as u32).to_le_bytes());
    }

    fn text(&mut self, s: &str) {
        self.0.push(s.len() as u8);
        self.0.extend(s.as_bytes());
    }

    /// Not random, but no two alike for a while.
    fn next(&mut self) -> u32 {
        self.1 = self.1.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.1 >> 8
    }

    fn weights(&mut self, n: usize) {
        for _ in 0..n {
            let byte = self.next() as u8;
            self.0.push(byte);
        }
    }

    fn floats(&mut self, n: usize, value: f32) {
        for _ in 0..n {
            let v = value + (self.next() % 100) as f32 * 1e-4;
            self.0.extend(v.to_le_bytes());
        }
    }

    fn dense(&mut self, columns: usize, rows: usize) {
        self.weights(columns * rows);
        self.floats(rows, 0.005);
        self.floats(rows, 0.0);
    }

    fn norm(&mut self) {
        self.floats(WIDTH, 1.0);
        self.floats(WIDTH, 0.0);
    }
}

/// The body of a file with one layer, or with n-grams alone.
pub(crate) fn body(with_transformer: bool) -> Vec<u8> {
    let mut w = Writer(Vec::new(), 7);
    w.text("tiny 1");
    w.number(CHECKS.len());
    for check in CHECKS {
        w.text(check);
        for value in [1.0f32, 0.5, -0.25, 0.4] {
            w.0.extend(value.to_le_bytes());
        }
    }
    w.number(6);
    w.weights(CHECKS.len() << 6);
    w.floats(2 * CHECKS.len(), 0.02);
    if !with_transformer {
        w.number(0);
        return w.0;
    }
    for n in [1, WIDTH, 2, INNER, POSITIONS, 12, 8, PIECES.len()] {
        w.number(n);
    }
    for piece in PIECES {
        w.text(piece);
    }
    w.weights(PIECES.len() * WIDTH);
    w.floats(PIECES.len(), 0.01);
    w.floats(POSITIONS * WIDTH, 0.0);
    w.floats(2 * WIDTH, 0.0);
    w.norm();
    for _ in 0..4 {
        w.dense(WIDTH, WIDTH);
    }
    w.norm();
    w.dense(WIDTH, INNER);
    w.dense(INNER, WIDTH);
    w.norm();
    w.floats(CHECKS.len() * 2 * WIDTH, 0.03);
    w.floats(CHECKS.len(), 0.0);
    w.0
}

/// A whole file around a body.
pub(crate) fn file(body: &[u8]) -> Vec<u8> {
    let mut out = b"AMDL\x01\0\0\0".to_vec();
    out.extend(blake3::hash(body).as_bytes());
    out.extend(body);
    out
}
