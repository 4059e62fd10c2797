//! The fuzzers' targets; see the README beside.

pub mod targets;

/// Libraries whose panics our code catches: such a panic is a problem of the file, no finding.
const CAUGHT: [&str; 2] = ["/lopdf-", "/calamine-"];

/// Lets those panics unwind. One that nobody catches still ends the fuzzer.
pub fn prepare() {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|l| CAUGHT.iter().any(|c| l.file().contains(c))) {
            abort(panic);
        }
    }));
}
