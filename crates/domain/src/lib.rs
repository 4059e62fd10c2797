//! Values that every part of Nền Nếp uses.
//!
//! Nothing here knows a database, a file, a page or the clock: every value is
//! plain data with its rules. Days are days (`chrono::NaiveDate`), instants are
//! UTC milliseconds, money is whole đồng, ids are time-ordered UUIDs. Names keep
//! the spelling they came with; only keys made from them are folded.

mod actor;
mod clock;
mod day;
mod id;
mod lang;
mod message;
mod money;
pub mod number;
mod period;
pub mod text;

pub use actor::{Action, Actor, Role};
pub use clock::{Clock, FixedClock, Instant, SystemClock};
pub use day::{Day, FAR_DAY, day_long, day_short, parse_day};
pub use id::Id;
pub use lang::Lang;
pub use message::{Arg, Message};
pub use money::Money;
pub use period::{Period, PeriodError};
