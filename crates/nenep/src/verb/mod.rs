//! The verbs of the command line, one file each.

mod check;
mod explain;
mod figure;
mod issue;
mod report;
mod serve;

use crate::fail::Fail;
use crate::program::Program;
use std::process::ExitCode;

/// What can be asked of the program.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Hỏi một chỉ tiêu (--list để xem danh mục)
    Figure(figure::Args),
    /// Viết báo cáo ra Word, PDF hoặc HTML; --refill cập nhật số liệu của tệp đã sửa
    Report(report::Args),
    /// Ban hành báo cáo: chốt số liệu, định nghĩa và tình trạng nộp
    Issue(issue::Args),
    /// Kiểm tra tệp báo cáo đã sửa: số bị sửa tay, số không có nguồn, tổng không khớp
    Check(check::Args),
    /// Vì sao có con số ấy: từ chỉ tiêu đến sổ sách, câu trích và tệp
    Explain(explain::Args),
    /// Mở trang web cho người dùng
    Serve(serve::Args),
}

impl Verb {
    /// Runs the verb.
    pub async fn run(self, program: &Program) -> Result<ExitCode, Fail> {
        match self {
            Verb::Figure(args) => figure::run(args, program).await,
            Verb::Report(args) => report::run(args, program).await,
            Verb::Issue(args) => issue::run(args, program).await,
            Verb::Check(args) => check::run(args, program).await,
            Verb::Explain(args) => explain::run(args, program).await,
            Verb::Serve(args) => serve::run(args, program).await,
        }
    }
}
