//! The verbs of the command line, one file each.

mod account;
mod check;
mod demo;
mod evidence;
mod explain;
mod export;
mod figure;
mod import;
mod issue;
mod mail;
mod read;
mod report;
mod request;
pub(crate) mod serve;
mod workbook;

use crate::fail::Fail;
use crate::program::Program;
use std::process::ExitCode;

/// What can be asked of the program.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Nạp sổ số liệu hoặc danh sách của cơ quan (.xlsx); cả tệp hoặc không gì cả
    Import(import::Args),
    /// Tạo sổ số liệu để điền: tên cột, danh sách chọn, ghi chú, dòng ví dụ, số đã biết
    Workbook(workbook::Args),
    /// Xuất số liệu đang có ra .xlsx
    Export(export::Args),
    /// Hỏi một chỉ tiêu (--list để xem danh mục)
    Figure(figure::Args),
    /// Yêu cầu báo cáo của cấp trên: ghi, gửi mẫu, nhận lại, ai còn thiếu
    #[command(subcommand)]
    Request(request::Args),
    /// Đọc báo cáo nhận được (Word, PDF, Excel, văn bản): mỗi con số một dòng, kèm câu trích
    Read(read::Args),
    /// Viết báo cáo ra Word, PDF hoặc HTML; --refill cập nhật số liệu của tệp đã sửa
    Report(report::Args),
    /// Ban hành báo cáo: chốt số liệu, định nghĩa và tình trạng nộp
    Issue(issue::Args),
    /// Kiểm tra tệp báo cáo đã sửa: số bị sửa tay, số không có nguồn, tổng không khớp
    Check(check::Args),
    /// Vì sao có con số ấy: từ chỉ tiêu đến sổ sách, câu trích và tệp
    Explain(explain::Args),
    /// Trình diễn: năm tổ chức hư cấu, báo cáo của họ và trang web
    Demo(demo::Args),
    /// Mở trang web cho người dùng
    Serve(serve::Args),
    /// Nhận một tệp làm minh chứng (tài liệu Mật bị từ chối)
    Evidence(evidence::Args),
    /// Thư báo: gửi những thư đang chờ (khi máy chủ không tự gửi)
    #[command(subcommand)]
    Mail(mail::Args),
    /// Tài khoản và quyền trên đơn vị
    #[command(subcommand)]
    Account(account::Args),
}

impl Verb {
    /// Runs the verb.
    pub async fn run(self, program: &Program) -> Result<ExitCode, Fail> {
        match self {
            Verb::Import(args) => import::run(args, program).await,
            Verb::Workbook(args) => workbook::run(args, program).await,
            Verb::Export(args) => export::run(args, program).await,
            Verb::Figure(args) => figure::run(args, program).await,
            Verb::Request(args) => request::run(args, program).await,
            Verb::Read(args) => read::run(args, program).await,
            Verb::Report(args) => report::run(args, program).await,
            Verb::Issue(args) => issue::run(args, program).await,
            Verb::Check(args) => check::run(args, program).await,
            Verb::Explain(args) => explain::run(args, program).await,
            Verb::Demo(args) => demo::run(args, program).await,
            Verb::Serve(args) => serve::run(args, program).await,
            Verb::Evidence(args) => evidence::run(args, program).await,
            Verb::Mail(args) => mail::run(args, program).await,
            Verb::Account(args) => account::run(args, program).await,
        }
    }
}
