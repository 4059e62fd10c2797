//! Every input that the fuzzers keep, through the same functions, with a stable compiler: what was
//! once found stays mended. `fuzz/README.md` says how the inputs are made.

use std::path::Path;

#[path = "../../../fuzz/src/targets.rs"]
mod targets;

#[test]
fn every_kept_input() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, run) in targets::ALL {
        let mut count = 0;
        for entry in std::fs::read_dir(root.join(name)).expect(name).flatten() {
            let bytes = std::fs::read(entry.path()).expect("an input");
            // Says which input it was when one of them fails.
            println!("{name} {}", entry.file_name().to_string_lossy());
            run(&bytes);
            count += 1;
        }
        assert!(count > 0, "{name} has no inputs");
    }
}
