//! Pages.

use shell::Route;

pub(super) fn routes() -> Vec<Route> {
    Vec::new()
}
