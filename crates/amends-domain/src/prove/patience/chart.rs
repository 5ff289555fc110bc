//! Own answers as a picture: raw points and the band of the last eight. No line, no trend, no target.

use super::{Item, Point};

/// Fewest points before anything is drawn.
pub const LEAST_POINTS: usize = 4;
/// Answers that the band covers.
const BAND: usize = 8;

/// What is drawn, and what stands in the table beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Which item.
    pub item: Item,
    /// Raw points, oldest first.
    pub points: Vec<Point>,
    /// Lowest and highest of the last eight values.
    pub band: (u8, u8),
}

impl Chart {
    /// A chart, unless there are fewer than four points.
    pub fn new(item: Item, points: Vec<Point>) -> Option<Self> {
        if points.len() < LEAST_POINTS {
            return None;
        }
        let last = points.iter().rev().take(BAND).map(|point| point.value);
        let band = (last.clone().min()?, last.max()?);
        Some(Chart { item, points, band })
    }
}
