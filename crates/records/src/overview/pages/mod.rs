//! Pages: home, the tree, a unit.

mod home;
mod tree;
mod unit;
mod ways;

pub(crate) use home::mine;

use shell::{Access, Route};

pub use unit::expect;

pub(super) fn routes() -> Vec<Route> {
    use domain::Action::ReadUnits;
    vec![
        Route::get("/", Access::SignedIn, home::page),
        Route::get("/units", Access::Anywhere(ReadUnits), tree::page),
        Route::get("/unit/{unit}", Access::On(ReadUnits), unit::page),
    ]
}
