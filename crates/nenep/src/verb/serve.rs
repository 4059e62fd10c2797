//! `nenep serve`: the site in the browser.

use crate::fail::Fail;
use crate::program::Program;
use crate::serve::{self, Settings};
use std::net::SocketAddr;
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Args)]
pub struct Args {
    /// Địa chỉ và cổng để nghe
    #[arg(long, default_value = "127.0.0.1:8080", env = "NENEP_LISTEN")]
    pub listen: SocketAddr,
    /// Địa chỉ mà người dùng mở, ví dụ https://nenep.example.vn
    #[arg(long, default_value = "", env = "NENEP_BASE_URL")]
    pub base_url: String,
    /// Đứng sau máy chủ trung gian của chính cơ quan (tin X-Forwarded-For)
    #[arg(long)]
    pub trust_proxy: bool,
}

/// Runs it until Ctrl-C.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let settings = Settings { base_url: args.base_url, trust_proxy: args.trust_proxy };
    serve::run_with(program, args.listen, settings).await?;
    Ok(ExitCode::SUCCESS)
}
