//! `nenep mail send`: sends the notices that wait, once; for a timer of the machine where the server does not send.

use super::serve::MailArgs;
use crate::fail::Fail;
use crate::program::Program;
use crate::serve::{self, Settings};
use domain::Message;
use records::notice::{self, Post};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use tokio::sync::watch;

/// What can be done with mails.
#[derive(clap::Subcommand)]
pub enum Args {
    /// Gửi những thư báo đang chờ rồi kết thúc
    Send(Send),
}

/// What sending takes.
#[derive(clap::Args)]
pub struct Send {
    /// Địa chỉ mà người dùng mở, ví dụ https://nenep.example.vn
    #[arg(long, env = "NENEP_BASE_URL")]
    pub base_url: String,
    #[command(flatten)]
    pub mail: MailArgs,
}

/// Sends what is due. Ends with 3 when something could not be sent now.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let Args::Send(args) = args;
    let carrier = serve::carrier(&args.mail)?.ok_or_else(|| Fail::Say(Message::new("nenep-mail-unset")))?;
    let pace = serve::pace(&args.mail);
    let db = program.open().await?;
    let settings = Settings { base_url: args.base_url.clone(), ..Settings::default() };
    let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let site = serve::site(program, db.clone(), nowhere, settings, true)?;
    let post = Post { site, carrier, base: args.base_url, pace };
    // Nobody tells the end: it stops when nothing is due.
    let (_end, told) = watch::channel(false);
    let outcome = notice::round(&post, &told).await?;
    db.close().await;
    let said = Message::new("nenep-mail-sent").with("sent", outcome.sent).with("failed", outcome.failed);
    println!("{}", program.tr(&said));
    Ok(if outcome.failed > 0 { ExitCode::from(3) } else { ExitCode::SUCCESS })
}
