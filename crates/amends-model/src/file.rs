//! Reads the weights file; its bytes are described in `docs/formats/model.md`.
//!
//! Nothing in a file is trusted: the hash is checked first, every length against what is left, and every size
//! against a limit, so that a broken file gives an error and never a panic or a huge allocation.

use std::borrow::Cow;
use std::sync::Arc;

use thiserror::Error;

use crate::dense::{Dense, VECTOR};
use crate::floats::Norm;
use crate::linear::Linear;
use crate::model::{Check, Model};
use crate::transformer::{Layer, Transformer};
use crate::weights::{File, Weights};
use crate::wordpiece::{SPECIALS, WordPiece};

const MAGIC: &[u8; 4] = b"AMDL";
const VERSION: u8 = 1;
const HASH_END: usize = 8 + 32;

/// Why a weights file could not be used. The engine goes on with rules alone.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The first bytes are not those of a weights file.
    #[error("this is not a weights file of Amends")]
    NotAModel,
    /// Written by a newer (or never released) version of the format.
    #[error("the weights file has format version {found}; this program reads version {VERSION}")]
    Version {
        /// The version the file names.
        found: u8,
    },
    /// The file is cut short or was changed on its way.
    #[error("the weights file is incomplete or damaged: its hash does not fit")]
    Damaged,
    /// The hash fits, but the contents contradict each other; names the part.
    #[error("the weights file is not well formed: {0}")]
    Malformed(&'static str),
}

use LoadError::Malformed;

/// A file and how far it has been read.
struct Reader<'a> {
    file: &'a File,
    at: usize,
}

impl<'a> Reader<'a> {
    fn bytes(&mut self, n: usize, part: &'static str) -> Result<&'a [u8], LoadError> {
        let end = self.at.checked_add(n).ok_or(Malformed(part))?;
        let bytes = self.file.get(self.at..end).ok_or(Malformed(part))?;
        self.at = end;
        Ok(bytes)
    }

    fn number(&mut self, limit: usize, part: &'static str) -> Result<usize, LoadError> {
        let bytes = self.bytes(4, part)?.try_into().map_err(|_| Malformed(part))?;
        let n = u32::from_le_bytes(bytes) as usize;
        if n <= limit { Ok(n) } else { Err(Malformed(part)) }
    }

    fn text(&mut self, part: &'static str) -> Result<&'a str, LoadError> {
        let n = self.bytes(1, part)?[0];
        std::str::from_utf8(self.bytes(usize::from(n), part)?).map_err(|_| Malformed(part))
    }

    fn floats(&mut self, n: usize, part: &'static str) -> Result<Vec<f32>, LoadError> {
        let bytes = self.bytes(4 * n, part)?;
        let floats: Vec<f32> =
            bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if floats.iter().all(|f| f.is_finite()) { Ok(floats) } else { Err(Malformed(part)) }
    }

    fn weights(&mut self, n: usize, part: &'static str) -> Result<Weights, LoadError> {
        let begin = self.at;
        self.bytes(n, part)?;
        Weights::of(self.file, begin..self.at).ok_or(Malformed(part))
    }

    fn dense(&mut self, columns: usize, rows: usize, part: &'static str) -> Result<Dense, LoadError> {
        Ok(Dense {
            columns,
            weights: self.weights(rows * columns, part)?,
            scales: self.floats(rows, part)?,
            bias: self.floats(rows, part)?,
        })
    }

    fn norm(&mut self, width: usize, part: &'static str) -> Result<Norm, LoadError> {
        Ok(Norm { gain: self.floats(width, part)?, shift: self.floats(width, part)? })
    }
}

pub(crate) fn read(file: Cow<'static, [u8]>) -> Result<Model, LoadError> {
    if file.len() < 5 || &file[..4] != MAGIC {
        return Err(LoadError::NotAModel);
    }
    if file[4] != VERSION {
        return Err(LoadError::Version { found: file[4] });
    }
    let body = file.get(HASH_END..).ok_or(LoadError::Damaged)?;
    let hash = blake3::hash(body);
    if hash.as_bytes() != &file[8..HASH_END] {
        return Err(LoadError::Damaged);
    }
    let file = Arc::new(file);
    let mut r = Reader { file: &file, at: HASH_END };
    let name = r.text("name")?.to_owned();
    let checks = read_checks(&mut r)?;
    let linear = read_linear(&mut r, checks.len())?;
    let transformer = match r.number(24, "layers")? {
        0 => None,
        n_layers => Some(read_transformer(&mut r, n_layers, checks.len())?),
    };
    if r.at != file.len() {
        return Err(Malformed("length"));
    }
    Ok(Model { name, hash: *hash.as_bytes(), checks, linear, transformer })
}

fn read_checks(r: &mut Reader<'_>) -> Result<Vec<Check>, LoadError> {
    let n = r.number(256, "checks")?;
    (0..n)
        .map(|_| {
            let id: Box<str> = r.text("check id")?.into();
            let f = r.floats(4, "calibration")?;
            Ok(Check { id, of_transformer: f[0], of_linear: f[1], shift: f[2], threshold: f[3] })
        })
        .collect()
}

fn read_linear(r: &mut Reader<'_>, n_checks: usize) -> Result<Linear, LoadError> {
    let bits = r.number(20, "n-gram buckets")? as u32;
    Ok(Linear {
        bits,
        weights: r.weights(n_checks << bits, "n-gram weights")?,
        scales: r.floats(n_checks, "n-gram scales")?,
        bias: r.floats(n_checks, "n-gram bias")?,
    })
}

fn read_transformer(
    r: &mut Reader<'_>,
    n_layers: usize,
    n_checks: usize,
) -> Result<(WordPiece, Transformer), LoadError> {
    let width = r.number(1024, "width")?;
    let n_heads = r.number(64, "heads")?;
    let inner = r.number(4096, "inner width")?;
    let n_positions = r.number(512, "positions")?;
    let max_sentence = r.number(512, "longest sentence")?;
    let max_context = r.number(512, "longest context")?;
    if width == 0 || !width.is_multiple_of(VECTOR) || inner == 0 || !inner.is_multiple_of(VECTOR) {
        return Err(Malformed("width"));
    }
    if n_heads == 0 || !width.is_multiple_of(n_heads) {
        return Err(Malformed("heads"));
    }
    if max_sentence < 3 || max_context < 3 || max_sentence + 2 * max_context > n_positions {
        return Err(Malformed("positions"));
    }
    let n_pieces = r.number(1 << 16, "pieces")?;
    let pieces = (0..n_pieces).map(|_| r.text("piece")).collect::<Result<Vec<_>, _>>()?;
    if pieces.get(..SPECIALS.len()) != Some(&SPECIALS) {
        return Err(Malformed("special pieces"));
    }
    let wordpiece = WordPiece::new(pieces.into_iter(), max_sentence, max_context);
    let words = r.weights(n_pieces * width, "word embeddings")?;
    let word_scales = r.floats(n_pieces, "word embeddings")?;
    let positions = r.floats(n_positions * width, "positions")?;
    let kinds = r.floats(2 * width, "kinds")?;
    let norm = r.norm(width, "embedding norm")?;
    let layers = (0..n_layers)
        .map(|_| {
            Ok(Layer {
                query: r.dense(width, width, "query")?,
                key: r.dense(width, width, "key")?,
                value: r.dense(width, width, "value")?,
                output: r.dense(width, width, "attention output")?,
                attention_norm: r.norm(width, "attention norm")?,
                inner: r.dense(width, inner, "inner")?,
                outer: r.dense(inner, width, "outer")?,
                norm: r.norm(width, "layer norm")?,
            })
        })
        .collect::<Result<_, LoadError>>()?;
    let head = r.floats(n_checks * 2 * width, "head")?;
    let head_bias = r.floats(n_checks, "head")?;
    let transformer =
        Transformer { width, n_heads, words, word_scales, positions, kinds, norm, layers, head, head_bias };
    Ok((wordpiece, transformer))
}
