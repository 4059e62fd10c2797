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
    #[command(flatten)]
    pub mail: MailArgs,
    /// Đứng sau máy chủ trung gian của chính cơ quan (tin X-Forwarded-For)
    #[arg(long)]
    pub trust_proxy: bool,
}

/// The office's mail server.
#[derive(clap::Args, Default)]
pub struct MailArgs {
    /// Máy chủ thư để gửi thư báo: smtp://ten:matkhau@may-chu:587 hoặc smtps://… (nên đặt bằng NENEP_MAIL)
    #[arg(long, default_value = "", env = "NENEP_MAIL", hide_env_values = true, hide_default_value = true)]
    pub mail: String,
    /// Người gửi thư báo, ví dụ "Nền Nếp <nenep@coquan.vn>"
    #[arg(long, default_value = "", env = "NENEP_MAIL_FROM", hide_default_value = true)]
    pub mail_from: String,
    /// Số giây chờ sau lần gửi không được đầu tiên; các lần sau chờ lâu dần
    #[arg(long, default_value_t = 60, env = "NENEP_MAIL_PAUSE", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub mail_pause: u64,
}

/// Runs it until Ctrl-C.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let settings = Settings { base_url: args.base_url, trust_proxy: args.trust_proxy, mail: args.mail };
    serve::run_with(program, args.listen, settings).await?;
    Ok(ExitCode::SUCCESS)
}
