//! QR codes as SVG inside the page: nothing is fetched, nothing is left in a file.

use qrcode::{Color, QrCode};
use shell::{Error, Html, Result, escaped};
use std::fmt::Write as _;

/// The white border that readers need, in modules.
const QUIET: usize = 4;

/// The code of a text; `label` is what a screen reader says instead.
pub(super) fn svg(text: &str, label: &str) -> Result<Html> {
    let code = QrCode::new(text).map_err(|e| Error::Defect(format!("QR code: {e}")))?;
    let width = code.width();
    let colors = code.to_colors();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|c| **c == Color::Dark).count();
            if run > 0 {
                // Writing into a String cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Ok(Html::trusted(format!(
        r##"<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>"##,
        escaped(label)
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once_and_the_label_is_escaped() {
        let text = "https://nenep.example.vn/invite/abcdefghijklmnopqrstuvwxyz";
        let drawn = svg(text, "Mã <b>").unwrap().to_string();
        let dark = QrCode::new(text).unwrap().to_colors().iter().filter(|c| **c == Color::Dark).count();
        let runs = drawn.split('h').filter_map(|p| p.split_once('v')?.0.parse::<usize>().ok());
        assert_eq!(runs.sum::<usize>(), dark);
        assert!(drawn.contains("Mã &lt;b&gt;") && !drawn.contains("style="));
        assert!(svg(&"x".repeat(5_000), "").is_err(), "more than a code holds is no panic");
    }
}
