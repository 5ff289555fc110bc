//! Pictures drawn anew: decoded to plain points and encoded again, so that nothing but the points is left.
//!
//! Cameras write place, time, their own number and often a small second picture into a file. None of it survives
//! here, because none of it is copied; only the direction in which the camera was held is read, and then done. The
//! result is a JPEG of at most a given size. Nothing here reads a file or a clock or goes to a network.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

/// Largest file that is looked at, in bytes.
pub const LARGEST_FILE: usize = 32 << 20;
/// Longest side of a file that is looked at, in pixels.
const LONGEST_SIDE: u32 = 16_384;
/// Memory that decoding may use, in bytes.
const MEMORY: u64 = 512 << 20;
/// Longest sides of the new picture that are tried, in pixels, until it is small enough.
const SIDES: [u32; 5] = [1600, 1200, 900, 640, 320];
/// Qualities that are tried for each side.
const QUALITIES: [u8; 3] = [85, 75, 60];

/// A picture with nothing in it but its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// A JPEG file.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
}

/// Why a picture cannot be drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PhotoError {
    /// The file is larger than [`LARGEST_FILE`], or the picture in it is.
    #[error("the picture is too large")]
    TooLarge,
    /// It is neither a JPEG nor a PNG, or it is damaged.
    #[error("this cannot be read as a JPEG or PNG picture")]
    Unreadable,
    /// No size was small enough.
    #[error("the picture cannot be made small enough")]
    NotSmallEnough,
}

/// Draws a JPEG or PNG anew as a JPEG of at most `most` bytes. What was see-through becomes white.
///
/// # Errors
/// [`PhotoError`].
pub fn clean(bytes: &[u8], most: usize) -> Result<Clean, PhotoError> {
    if bytes.len() > LARGEST_FILE {
        return Err(PhotoError::TooLarge);
    }
    let points = flat(&decode(bytes)?);
    for side in SIDES {
        let drawn = fitted(&points, side);
        for quality in QUALITIES {
            let mut file = Vec::new();
            let encoder = JpegEncoder::new_with_quality(&mut file, quality);
            drawn.write_with_encoder(encoder).map_err(|_| PhotoError::Unreadable)?;
            if file.len() <= most {
                let pixels = |side: u32| u16::try_from(side).unwrap_or(u16::MAX);
                return Ok(Clean {
                    bytes: file,
                    width: pixels(drawn.width()),
                    height: pixels(drawn.height()),
                });
            }
        }
    }
    Err(PhotoError::NotSmallEnough)
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, PhotoError> {
    let format = image::guess_format(bytes).map_err(|_| PhotoError::Unreadable)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
        return Err(PhotoError::Unreadable);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| problem(&error))?;
    let held = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| problem(&error))?;
    picture.apply_orientation(held);
    Ok(picture)
}

fn problem(error: &image::ImageError) -> PhotoError {
    match error {
        image::ImageError::Limits(_) => PhotoError::TooLarge,
        _ => PhotoError::Unreadable,
    }
}

/// Plain points in three colors; what is see-through is laid on white.
fn flat(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let from = picture.to_rgba8();
    let mut points = RgbImage::new(from.width(), from.height());
    for (to, point) in points.pixels_mut().zip(from.pixels()) {
        let [red, green, blue, alpha] = point.0.map(u32::from);
        let on_white = |color: u32| ((color * alpha + 255 * (255 - alpha)) / 255) as u8;
        *to = Rgb([on_white(red), on_white(green), on_white(blue)]);
    }
    points
}

/// No side longer than this.
fn fitted(points: &RgbImage, side: u32) -> DynamicImage {
    let picture = DynamicImage::ImageRgb8(points.clone());
    if points.width() <= side && points.height() <= side {
        return picture;
    }
    picture.resize(side, side, FilterType::Triangle)
}
