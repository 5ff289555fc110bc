//! Pictures of pages: taken whole, made small, compared.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::RgbImage;
use serde_json::json;

use crate::browser::Browser;

/// Colors that differ less than this in each part (0-255) count as the same: letters are drawn a little differently
/// on each machine.
const SAME: u8 = 48;
/// Most colors of a picture with a palette.
const MOST_COLORS: usize = 256;

/// What a picture shows of a page.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// Pixels of the picture for one of the page.
    pub scale: f64,
    /// Most of the page that is shown, in its pixels from above.
    pub tallest: u32,
}

impl Browser {
    /// A picture of the page from its top.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn take(&self, picture: Picture) -> anyhow::Result<RgbImage> {
        let body = "document.activeElement?.blur(); scrollTo(0, 0); \
            return [innerWidth, Math.max(innerHeight, document.documentElement.scrollHeight)]";
        let [width, height]: [u32; 2] = serde_json::from_value(self.script(body, vec![]).await?)?;
        let clip = json!({
            "x": 0, "y": 0, "width": width, "height": height.min(picture.tallest), "scale": picture.scale,
        });
        let wanted = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let answer = self.devtools("Page.captureScreenshot", wanted).await?;
        let bytes = STANDARD.decode(answer["data"].as_str().context("a picture")?)?;
        Ok(image::load_from_memory(&bytes)?.to_rgb8())
    }
}

/// Writes a picture with a palette: a fourth of the size, and for pages of few colors the same to the eye.
///
/// # Errors
/// When it cannot be written.
pub fn write_small(picture: &RgbImage, file: &Path) -> anyhow::Result<()> {
    let (keys, palette) = (4..8)
        .map(|bits| reduced(picture, bits))
        .find(|(_, found)| found.len() <= MOST_COLORS)
        .context("a palette of a few colors always fits")?;
    let mut encoder = png::Encoder::new(std::fs::File::create(file)?, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_palette(palette.concat());
    encoder.write_header()?.write_image_data(&keys)?;
    Ok(())
}

/// Place in the palette of each pixel, and the palette: the mean of all colors that are alike but for `bits` of each
/// part.
fn reduced(picture: &RgbImage, bits: u32) -> (Vec<u8>, Vec<[u8; 3]>) {
    let key = |pixel: &image::Rgb<u8>| pixel.0.map(|part| part >> bits);
    let mut sums: BTreeMap<[u8; 3], ([u64; 3], u64)> = BTreeMap::new();
    for pixel in picture.pixels() {
        let (sum, count) = sums.entry(key(pixel)).or_default();
        for (whole, part) in sum.iter_mut().zip(pixel.0) {
            *whole += u64::from(part);
        }
        *count += 1;
    }
    let places: BTreeMap<[u8; 3], usize> = sums.keys().copied().zip(0..).collect();
    let indices =
        picture.pixels().map(|pixel| u8::try_from(places[&key(pixel)]).unwrap_or(u8::MAX)).collect();
    let palette =
        sums.values().map(|(sum, count)| sum.map(|whole| u8::try_from(whole / count).unwrap_or(u8::MAX)));
    (indices, palette.collect())
}

/// How a new picture differs from a kept one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Share of points (0-1) that differ by more than what drawing letters anew explains. A picture that is longer or shorter
    /// differs there.
    pub share: f64,
    /// First and last row with such a point.
    pub rows: Option<(u32, u32)>,
    /// Height of the kept picture and of the new one.
    pub heights: (u32, u32),
}

/// Compares a kept picture with a new one.
pub fn difference(kept: &RgbImage, new: &RgbImage) -> Difference {
    let (width, height) = both(kept, new);
    let row = |y: &u32| (0..width).filter(|x| differs(kept, new, *x, *y)).count();
    let rows: Vec<(u32, usize)> = (0..height).map(|y| (y, row(&y))).filter(|(_, count)| *count > 0).collect();
    let count: usize = rows.iter().map(|(_, count)| count).sum();
    Difference {
        share: count as f64 / (f64::from(width) * f64::from(height)).max(1.0),
        rows: rows.first().zip(rows.last()).map(|((first, _), (last, _))| (*first, *last)),
        heights: (kept.height(), new.height()),
    }
}

/// The kept picture, the new one, and the new one pale with what differs in black, side by side.
pub fn side_by_side(kept: &RgbImage, new: &RgbImage) -> RgbImage {
    let (width, height) = both(kept, new);
    let (wide, white) = (width + GAP, image::Rgb([255; 3]));
    RgbImage::from_fn(3 * wide, height, |x, y| {
        let (place, x) = (x / wide, x % wide);
        let at = |picture: &RgbImage| picture.get_pixel_checked(x, y).copied().unwrap_or(white);
        match place {
            _ if x >= width => white,
            0 => at(kept),
            1 => at(new),
            _ if differs(kept, new, x, y) => image::Rgb([0; 3]),
            _ => image::Rgb(at(new).0.map(|part| 192 + part / 4)),
        }
    })
}

/// Between two pictures that stand side by side, in pixels.
const GAP: u32 = 12;

fn both(kept: &RgbImage, new: &RgbImage) -> (u32, u32) {
    (kept.width().max(new.width()), kept.height().max(new.height()))
}

fn differs(kept: &RgbImage, new: &RgbImage, x: u32, y: u32) -> bool {
    match (kept.get_pixel_checked(x, y), new.get_pixel_checked(x, y)) {
        (Some(one), Some(other)) => one.0.iter().zip(other.0).any(|(a, b)| a.abs_diff(b) > SAME),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(height: u32, mark: Option<u32>) -> RgbImage {
        RgbImage::from_fn(10, height, |x, y| {
            image::Rgb(if Some(y) == mark && x < 5 { [0; 3] } else { [250; 3] })
        })
    }

    #[test]
    fn it_is_said_where_two_pictures_differ() {
        let same = difference(&page(20, Some(3)), &page(20, Some(3)));
        assert_eq!((same.share, same.rows), (0.0, None));
        let moved = difference(&page(20, Some(3)), &page(20, Some(8)));
        assert_eq!((moved.share, moved.rows), (0.05, Some((3, 8))));
        let longer = difference(&page(20, None), &page(25, None));
        assert_eq!((longer.share, longer.rows, longer.heights), (0.2, Some((20, 24)), (20, 25)));
    }

    #[test]
    fn both_stand_side_by_side_with_what_differs_in_black() {
        let beside = side_by_side(&page(20, None), &page(20, Some(8)));
        assert_eq!((beside.width(), beside.height()), (66, 20));
        assert_eq!(beside.get_pixel(2, 8).0, [250; 3]);
        assert_eq!(beside.get_pixel(24, 8).0, [0; 3]);
        assert_eq!(beside.get_pixel(46, 8).0, [0; 3]);
        assert_eq!(beside.get_pixel(46, 9).0, [254; 3]);
    }
}
