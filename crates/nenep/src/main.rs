//! `nenep`: the command line of Nền Nếp.
//!
//! Every verb is a file under `verb/`. What verbs share — which database, which language, who
//! acts — is [`program::Program`]. A verb ends with a code: 0 done, 1 it could not be done and
//! the message says why, 2 the command line is wrong (from clap), 3 it was done and found
//! something to look at (`check`, a dry run with bad cells).

mod demo;
mod fail;
mod program;
mod serve;
mod verb;

use clap::Parser;
use std::process::ExitCode;

// A server lives for months: the system's allocator keeps what one large workbook took, this one gives it back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(
    name = "nenep",
    version,
    about = "Nền Nếp: ghi mỗi việc một lần, báo cáo tự viết, mỗi con số mở được đến nguồn.",
    disable_help_subcommand = true
)]
struct Line {
    #[command(flatten)]
    options: program::Options,
    #[command(subcommand)]
    verb: verb::Verb,
}

fn main() -> ExitCode {
    let line = Line::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("NENEP_LOG").unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("nenep: {error}");
            return ExitCode::FAILURE;
        }
    };
    let program = program::Program::new(line.options);
    match runtime.block_on(line.verb.run(&program)) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("{}", program.words(&failure));
            ExitCode::FAILURE
        }
    }
}
