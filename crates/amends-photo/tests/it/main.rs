//! What a person can count on who sends a picture.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::Cursor;

use amends_photo::{Clean, PhotoError, clean};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

const MOST: usize = 512 * 1024;

/// A picture with a red left half and a blue right half.
fn halves(width: u32, height: u32) -> DynamicImage {
    let color = |x: u32, _| if x < width / 2 { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, color))
}

/// The EXIF block of a camera: held a quarter turn to the side, made in 2026, with a place.
fn exif() -> Vec<u8> {
    let mut tiff: Vec<u8> = b"MM\0\x2a\0\0\0\x08".to_vec();
    let make = b"SecretCam\0\0\0";
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut bytes = tag.to_be_bytes().to_vec();
        bytes.extend(kind.to_be_bytes());
        bytes.extend(count.to_be_bytes());
        bytes.extend(value);
        bytes
    };
    // Maker, direction 6 (a quarter turn), and a pointer to the place.
    let after = 8 + 2 + 3 * 12 + 4;
    tiff.extend(3_u16.to_be_bytes());
    tiff.extend(entry(0x010f, 2, 10, u32::to_be_bytes(after)));
    tiff.extend(entry(0x0112, 3, 1, [0, 6, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, u32::to_be_bytes(after + 12)));
    tiff.extend([0; 4]);
    tiff.extend(make);
    tiff.extend(1_u16.to_be_bytes());
    tiff.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    tiff.extend([0; 4]);
    let mut block = b"Exif\0\0".to_vec();
    block.extend(tiff);
    block
}

fn camera_file() -> Vec<u8> {
    let mut plain = Vec::new();
    halves(400, 200).write_with_encoder(JpegEncoder::new_with_quality(&mut plain, 90)).unwrap();
    let exif = exif();
    let mut file = plain[..2].to_vec();
    file.extend([0xff, 0xe1]);
    file.extend((u16::try_from(exif.len()).unwrap() + 2).to_be_bytes());
    file.extend(exif);
    let comment = b"GPS 48.2082 N 16.3738 E 2026:11:22";
    file.extend([0xff, 0xfe]);
    file.extend((u16::try_from(comment.len()).unwrap() + 2).to_be_bytes());
    file.extend(comment);
    file.extend(&plain[2..]);
    file
}

/// Names of the blocks of a JPEG file before its points.
fn blocks(file: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    let mut at = 2;
    while file.get(at) == Some(&0xff) && file[at + 1] != 0xda {
        found.push(file[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
    }
    found
}

fn holds(file: &[u8], words: &[u8]) -> bool {
    file.windows(words.len()).any(|part| part == words)
}

/// Checksum of a PNG block (CRC-32, ISO 3309).
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[test]
fn place_time_and_camera_are_gone() {
    let file = camera_file();
    assert!(holds(&file, b"Exif") && holds(&file, b"SecretCam") && holds(&file, b"GPS"));
    let Clean { bytes, .. } = clean(&file, MOST).unwrap();
    for words in [b"Exif".as_slice(), b"SecretCam", b"GPS", b"48.2082", b"2026", b"http://ns.adobe.com"] {
        assert!(!holds(&bytes, words), "{}", String::from_utf8_lossy(words));
    }
    // Only the blocks that a decoder needs: JFIF head, tables, size.
    for block in blocks(&bytes) {
        assert!(matches!(block, 0xe0 | 0xdb | 0xc0 | 0xc4), "block {block:02x}");
    }
}

#[test]
fn the_picture_stands_as_the_camera_was_held() {
    let Clean { bytes, width, height } = clean(&camera_file(), MOST).unwrap();
    assert_eq!((width, height), (200, 400));
    let drawn = image::load_from_memory(&bytes).unwrap().to_rgb8();
    let [red, _, blue] = drawn.get_pixel(100, 20).0;
    assert!(red > 150 && blue < 80, "what was left is now above");
}

#[test]
fn a_large_picture_becomes_small_enough() {
    let noise = |x: u32, y: u32| {
        let mixed = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519);
        Rgb([(mixed >> 24) as u8, (mixed >> 16) as u8, (mixed >> 8) as u8])
    };
    let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(1000, 750, noise));
    let mut file = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut file, 95)).unwrap();
    let most = 100 * 1024;
    assert!(file.len() > 3 * most);
    let Clean { bytes, width, height } = clean(&file, most).unwrap();
    assert!(bytes.len() <= most && width < 1000);
    assert!(u32::from(width) * 3 == u32::from(height) * 4, "{width} x {height} keeps its shape");
    assert_eq!(clean(&file, 100), Err(PhotoError::NotSmallEnough));
}

#[test]
fn a_see_through_picture_is_laid_on_white_and_loses_its_texts() {
    let picture = DynamicImage::ImageRgba8(RgbaImage::from_pixel(40, 30, Rgba([0, 0, 0, 0])));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    let mut file = file.into_inner();
    // A text block right after the head of the PNG file.
    let text = b"tEXtAuthor\0Somebody";
    let mut block = (u32::try_from(text.len()).unwrap() - 4).to_be_bytes().to_vec();
    block.extend(text);
    block.extend(checksum(text).to_be_bytes());
    file.splice(33..33, block);
    assert!(holds(&file, b"Somebody"));
    let Clean { bytes, .. } = clean(&file, MOST).unwrap();
    assert!(!holds(&bytes, b"Somebody"));
    let drawn = image::load_from_memory(&bytes).unwrap().to_rgb8();
    assert!(drawn.get_pixel(20, 15).0.iter().all(|color| *color > 250));
}

#[test]
fn what_is_no_picture_says_so_and_nothing_panics() {
    let file = camera_file();
    for bad in [b"".as_slice(), b"GIF89a", b"hello", &file[..200], &file[..file.len() / 2]] {
        match clean(bad, MOST) {
            Ok(found) => assert!(found.bytes.len() <= MOST),
            Err(error) => assert_eq!(error, PhotoError::Unreadable),
        }
    }
    for at in (0..file.len()).step_by(61) {
        let mut broken = file.clone();
        broken[at] ^= 0x5a;
        let _ = clean(&broken, MOST);
    }
    assert_eq!(clean(&vec![0; amends_photo::LARGEST_FILE + 1], MOST), Err(PhotoError::TooLarge));
}

#[test]
fn a_bomb_is_not_unpacked() {
    // A PNG head that claims 60,000 x 60,000 points.
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    file.extend(60_000_u32.to_be_bytes());
    file.extend(60_000_u32.to_be_bytes());
    file.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    assert!(clean(&file, MOST).is_err());
}
