//! A link as squares: drawn here, so that no picture is fetched or kept.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Quiet squares around the code.
const EDGE: usize = 4;

/// The text as a picture with a name; nothing if it is too long for one.
pub(super) fn svg(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return html! {} };
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + EDGE, at / width + EDGE));
        }
    }
    let size = width + 2 * EDGE;
    html! {
        svg class="qr" role="img" aria-label=(label) viewBox=(format!("0 0 {size} {size}"))
            xmlns="http://www.w3.org/2000/svg" shape-rendering="crispEdges" {
            rect width=(size) height=(size) fill="#ffffff" {}
            path d=(path) fill="#000000" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_black_and_white_squares_with_a_name() {
        let svg = svg("https://example.org/#1.abc", "QR code").into_string();
        assert!(svg.contains("aria-label=\"QR code\"") && svg.matches("h1v1h-1z").count() > 100);
        assert!(!svg.contains("example.org"), "only as squares");
    }
}
