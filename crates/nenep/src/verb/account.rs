//! `nenep account …`: accounts and what they may do, by the operator at the machine.

use crate::fail::Fail;
use crate::program::Program;
use domain::{Clock as _, FixedClock, Message, Role};
use records::account::{self, NewGrant, NewPassword};
use shell::SystemRandom;
use std::process::ExitCode;

/// What the verb takes.
#[derive(clap::Subcommand)]
pub enum Args {
    /// Thêm tài khoản; mật khẩu đọc từ đầu vào chuẩn
    Add {
        /// Tên đăng nhập
        name: String,
        /// Mã đảng viên mà tài khoản thuộc về
        #[arg(long)]
        person: Option<String>,
    },
    /// Mời bằng liên kết dùng một lần; người nhận tự đặt mật khẩu. Chưa có tài khoản thì thêm
    Invite {
        /// Tên đăng nhập
        name: String,
        /// Địa chỉ mà người dùng mở, ví dụ https://nenep.example.vn
        #[arg(long, default_value = "http://127.0.0.1:8080", env = "NENEP_BASE_URL")]
        base_url: String,
    },
    /// Đặt lại mật khẩu; đọc từ đầu vào chuẩn
    Password {
        /// Tên đăng nhập
        name: String,
    },
    /// Giao vai trò trên một đơn vị và các đơn vị trực thuộc
    Grant {
        /// Tên đăng nhập
        name: String,
        /// Vai trò: administrator, officer, secretary, inspector, member, superior
        role: String,
        /// Mã đơn vị
        #[arg(long)]
        unit: String,
        /// Đến hết ngày (mặc định không thời hạn)
        #[arg(long)]
        until: Option<String>,
    },
}

/// Runs it.
pub async fn run(args: Args, program: &Program) -> Result<ExitCode, Fail> {
    let db = program.open().await?;
    let actor = program.actor(&db).await?;
    let today = program.clock.today();
    let unknown = |name: &str| Fail::Say(Message::new("nenep-no-account").with("name", name));
    let refused = |error: shell::Error| Fail::Say(error.message());
    let mut tx = db.write(&actor).await?;
    let done = match args {
        Args::Add { name, person } => {
            let password = NewPassword::make(&SystemRandom, &name, &typed()?).await.map_err(refused)?;
            let person = match person {
                None => None,
                Some(code) => {
                    let sql = "SELECT id FROM person WHERE code = $1 AND withdrawn IS NULL";
                    let row = tx.first(sql, store::params![&code]).await?;
                    let none = || Fail::Say(Message::new("nenep-no-person").with("code", &code));
                    row.ok_or_else(none)?.text("id")?.parse().ok()
                }
            };
            account::create_account(&mut tx, &actor, &name, &password, person).await.map_err(refused)?;
            Message::new("nenep-account-added").with("name", name)
        }
        Args::Invite { name, base_url } => {
            let account = match account::by_name(&mut tx, &name).await? {
                Some(found) => found.id,
                None => account::new_account(&mut tx, &actor, &name, None, None).await.map_err(refused)?,
            };
            let given =
                account::invite(&mut tx, &SystemRandom, &actor, account, today).await.map_err(refused)?;
            let until = domain::day_short(FixedClock(given.expires).today());
            let url = format!("{}/invite/{}", base_url.trim_end_matches('/'), given.token);
            Message::new("nenep-invited").with("name", name).with("until", until).with("url", url)
        }
        Args::Password { name } => {
            let found = account::by_name(&mut tx, &name).await?.ok_or_else(|| unknown(&name))?;
            let password = NewPassword::make(&SystemRandom, &name, &typed()?).await.map_err(refused)?;
            account::set_password(&mut tx, &actor, found.id, &password, None).await.map_err(refused)?;
            Message::new("nenep-password-set").with("name", name)
        }
        Args::Grant { name, role, unit, until } => {
            let found = account::by_name(&mut tx, &name).await?.ok_or_else(|| unknown(&name))?;
            let codes = || Role::ALL.map(Role::code).join(", ");
            let no_role = || Message::new("nenep-no-role").with("role", &role).with("known", codes());
            let role = Role::from_code(&role).ok_or_else(no_role)?;
            let no_unit = || Fail::Say(Message::new("figure-unknown-unit").with("code", &unit));
            let at = records::unit::by_code(&mut tx, &unit, today).await?.ok_or_else(no_unit)?;
            let to = match until.as_deref() {
                None => None,
                Some(text) => Some(super::figure::report_day(program, Some(text))?),
            };
            let new = NewGrant { account: found.id, role, unit: at.id, from: today, to };
            account::grant(&mut tx, &actor, &new).await.map_err(refused)?;
            Message::new("nenep-granted").with("name", name).with("unit", at.name)
        }
    };
    tx.commit().await?;
    println!("{}", program.tr(&done));
    Ok(ExitCode::SUCCESS)
}

/// The first line of standard input: a password never stands on a command line, where others see it.
fn typed() -> Result<String, Fail> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(Fail::file("stdin"))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
