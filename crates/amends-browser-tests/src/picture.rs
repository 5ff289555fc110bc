//! Pictures of pages: taken whole, made small, compared.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, ensure};
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

/// Share of pixels (0-1) that differ between a kept picture and a new one, both by more than what drawing letters
/// anew explains. One that is longer or shorter differs there.
///
/// # Errors
/// When the kept one cannot be read.
pub fn difference(kept: &Path, new: &RgbImage) -> anyhow::Result<f64> {
    let kept = image::open(kept).with_context(|| kept.display().to_string())?.to_rgb8();
    let (width, height) = (kept.width().max(new.width()), kept.height().max(new.height()));
    ensure!(width > 0 && height > 0, "an empty picture");
    let differs = |x: u32, y: u32| match (kept.get_pixel_checked(x, y), new.get_pixel_checked(x, y)) {
        (Some(one), Some(other)) => one.0.iter().zip(other.0).any(|(a, b)| a.abs_diff(b) > SAME),
        _ => true,
    };
    let count = (0..height).map(|y| (0..width).filter(|x| differs(*x, y)).count()).sum::<usize>();
    Ok(count as f64 / (f64::from(width) * f64::from(height)))
}
