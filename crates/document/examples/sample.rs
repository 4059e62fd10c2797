//! Fills a sample template and writes it as DOCX and HTML: for looking at the layout.
//!
//! `cargo run -p document --example sample -- OUTPUT_FOLDER` writes; with `read FILE.docx` instead of the folder it
//! tells what an edited file still holds.

use document::layout;
use document::model::{About, Figure, Head, Signature};
use document::template::format::Form;
use document::template::{
    Answer, Answers, FillMode, Format, Frame, Hole, Item, Template, Value, fill, prose,
};

use domain::{Money, number};

/// Numbers of the sample: indicator, period, value ("a/b" is a share).
const NUMBERS: [(&str, &str, &str); 22] = [
    ("register.issued", "2021-2023", "22"),
    ("study.attended", "2021-2023", "15130"),
    ("study.attended", "2021", "4320"),
    ("study.attended", "2022", "4686"),
    ("study.attended", "2023", "6124"),
    ("study.sites", "2021-2023", "384"),
    ("study.share", "2021-2023", "6124/6230"),
    ("people.exempt", "2021-2023", "8"),
    ("study.units", "2021-2023", "80"),
    ("study.units", "2021", "64"),
    ("study.units", "2022", "71"),
    ("study.units", "2023", "80"),
    ("plans.kept", "2021-2023", "20769/21000"),
    ("plans.broken", "2021-2023", "231"),
    ("awards.units", "2021-2023", "68"),
    ("awards.units", "2021", "24"),
    ("awards.units", "2022", "21"),
    ("awards.units", "2023", "23"),
    ("welfare.money", "2021-2023", "50720000000"),
    ("welfare.money", "2021", "20500000000"),
    ("welfare.money", "2022", "29720000000"),
    ("models.active", "2021-2023", "72"),
];

fn figure(indicator: &str, period: &str, format: Format) -> Figure {
    let found = NUMBERS.iter().find(|(i, p, _)| *i == indicator && *p == period);
    let value = found.map_or("", |(_, _, v)| v);
    let whole = |text: &str| text.parse::<i64>().unwrap_or(0);
    let shown = match value.split_once('/') {
        Some((a, b)) => format!("{} %", number::decimal(whole(a) * 100, whole(b).max(1), 1)),
        None if value.is_empty() => "chưa có số liệu".to_owned(),
        None if format.form == Form::Money => Money(whole(value)).words(),
        None if format.padded => number::padded(whole(value)),
        None => number::grouped(whole(value)),
    };
    Figure {
        indicator: indicator.to_owned(),
        period: period.to_owned(),
        unit: "ĐBK".to_owned(),
        value: value.to_owned(),
        shown,
        link: format!("/figures/{indicator}?period={period}&unit=K"),
        remark: "97 trên 110 đơn vị đã báo cáo".to_owned(),
        ..Figure::default()
    }
}

fn item(fields: &[(&str, &str)]) -> Item {
    fields.iter().map(|(k, v)| ((*k).to_owned(), Value::from(*v))).collect()
}

fn list(name: &str) -> Vec<Item> {
    match name {
        "register.plans" => vec![
            item(&[("symbol", "25-KH/ĐUK"), ("day", "10/11/2021")]),
            item(&[("symbol", "31-KH/ĐUK"), ("day", "10/11/2022")]),
            item(&[("symbol", "46-KH/ĐUK"), ("day", "01/02/2023")]),
        ],
        _ => vec![
            item(&[
                ("name", "Ngày thứ Bảy vì dân"),
                ("unit", "Đảng bộ Sở Tư pháp"),
                ("result", "trả 1.250 hồ sơ trước hẹn"),
            ]),
            item(&[("name", "Bữa sáng tiết kiệm"), ("unit", "Chi bộ Công ty Môi trường"), ("result", "")]),
            item(&[
                ("name", "Giờ làm việc không giấy tờ"),
                ("unit", "Đảng bộ Ngân hàng Chính sách"),
                ("result", ""),
            ]),
        ],
    }
}

fn text(name: &str) -> &'static str {
    match name {
        "leadership" => {
            "Cấp ủy các cấp chọn việc cụ thể, giao người cụ thể và có thời hạn cụ thể; cuối mỗi quý, bộ phận giúp việc báo \
            cáo tiến độ bằng một bảng ngắn để Ban Thường vụ cho ý kiến ngay tại phiên họp. Cách làm này giúp các đơn vị \
            không phải viết báo cáo riêng, số liệu thống nhất và có thể đối chiếu lại khi cần."
        }
        "inspection" => {
            "Ủy ban Kiểm tra Đảng ủy Khối đã kiểm tra việc thực hiện tại các chi bộ, đảng bộ theo chương trình đầu năm; qua kiểm \
            tra đã nhắc nhở những nơi ghi sổ chưa kịp thời, nội dung đăng ký còn trùng lặp.\n\
            Việc giám sát thường xuyên được giao cho từng cấp ủy viên phụ trách địa bàn; kết quả giám sát là một căn cứ để \
            đánh giá, xếp loại cuối năm."
        }
        "strengths" => {
            "Nền nếp học tập được giữ vững; việc đăng ký gắn với vị trí việc làm, dễ kiểm tra. Cán bộ chủ chốt nêu gương trước, \
            đảng viên theo dõi được và nhận xét được.\n\
            - Nội dung sinh hoạt sát với nhiệm vụ của từng cơ quan, doanh nghiệp;\n\
            - Số liệu được ghi ngay khi việc diễn ra, không chờ cuối kỳ;\n\
            - Điển hình được phát hiện từ cơ sở và giới thiệu kịp thời."
        }
        "weaknesses" => {
            "Một số chi bộ doanh nghiệp còn sinh hoạt chuyên đề thưa, nội dung chưa sâu. Việc theo dõi đảng viên thường xuyên đi \
            công tác xa chưa có cách làm thống nhất.\n\
            Nguyên nhân chủ yếu là cấp ủy viên kiêm nhiệm nhiều việc, thời gian dành cho công tác đảng chưa nhiều; công cụ \
            theo dõi trước đây phân tán ở nhiều sổ, nhiều tệp."
        }
        _ => {
            "- Tiếp tục đưa nội dung học tập vào kế hoạch công tác hằng năm của từng cấp ủy, gắn trách nhiệm người đứng đầu;\n\
            - Ghi chép một lần, tại nơi việc diễn ra, để báo cáo của cấp trên được tổng hợp từ chính sổ sách của cơ sở;\n\
            - Tăng cường kiểm tra ở những nơi nhiều kỳ liền không có vướng mắc cần báo cáo.\n\
            Trên đây là báo cáo sơ kết của Đảng bộ Khối, trân trọng báo cáo Thường trực Tỉnh ủy và Ban Tuyên giáo và Dân vận Tỉnh ủy."
        }
    }
}

fn answer(hole: &Hole) -> Option<Answer> {
    Some(match hole {
        Hole::Figure(asked) => {
            let period = match asked.period.to_string().as_str() {
                "report" => "2021-2023".to_owned(),
                other => other.to_owned(),
            };
            Answer::Figure(figure(&asked.indicator, &period, asked.format))
        }
        Hole::Split { figure: asked, .. } => Answer::List(
            ["2021", "2022", "2023"]
                .map(|year| {
                    let mut item = item(&[("key", year)]);
                    item.insert("value".to_owned(), figure(&asked.indicator, year, asked.format).into());
                    item
                })
                .into(),
        ),
        Hole::List(asked) => Answer::List(list(&asked.name)),
        Hole::Text(name) => Answer::Text(prose(text(name))),
        Hole::Field(name) => Answer::Field(
            match name.as_str() {
                "years" => "03 năm",
                "programme.short" => "Kết luận số 01-KL/TW",
                "request.symbol" => "Công văn số 218-CV/TU",
                "unit.name" => "Ban Thường vụ Đảng ủy Khối",
                "period.words" => "ba năm 2021, 2022 và 2023",
                _ => return None,
            }
            .to_owned(),
        ),
    })
}

fn tell(file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let edited = document::edited::read(&std::fs::read(file)?).map_err(|m| m.to_string())?;
    for figure in &edited.figures {
        let sign = if figure.changed() { '!' } else { ' ' };
        let place = figure.place.message();
        println!("{sign} {} {} {:?} {place}", figure.id, figure.key(), figure.shown_now);
    }
    println!("missing {:?}", edited.missing);
    println!("strangers {:?}", edited.strangers);
    for paragraph in &edited.paragraphs {
        println!("[{}] {}", paragraph.style, paragraph.text);
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder to write to?")?;
    if folder == "read" {
        return tell(&std::env::args().nth(2).ok_or("which file to read?")?);
    }
    let template = Template::parse("sample.txt", include_str!("sample.txt"))
        .map_err(|problems| problems.iter().map(|p| format!("{p}\n")).collect::<String>())?;
    let mut answers = Answers::new(Frame {
        head: Head {
            superior: "TỈNH ỦY HÀ BẮC".to_owned(),
            issuer: "ĐẢNG ỦY KHỐI CÁC CƠ QUAN\nVÀ DOANH NGHIỆP TỈNH".to_owned(),
            symbol: "Số 05-BC/ĐUK".to_owned(),
            place: "Hà Bắc".to_owned(),
            day: domain::parse_day("15/03/2024"),
        },
        signature: Some(Signature {
            authority: "T/M BAN THƯỜNG VỤ".to_owned(),
            position: "PHÓ BÍ THƯ".to_owned(),
            name: "Nguyễn Thị Mẫu".to_owned(),
        }),
        about: About {
            unit: "ĐBK".to_owned(),
            period: "2021-2023".to_owned(),
            date: "2024-03-15".to_owned(),
            ..About::default()
        },
        ..Frame::default()
    });
    for hole in template.holes() {
        if let Some(answer) = answer(&hole) {
            answers.insert(hole, answer);
        }
    }
    for (name, mode) in [("report", FillMode::Report), ("form", FillMode::BlankForm)] {
        let filled = fill(&template, &answers, mode);
        for missing in &filled.missing {
            eprintln!("missing: line {}: {}", missing.line, missing.hole);
        }
        let profile = filled.document.head.day.map_or(&layout::PROFILES[0], layout::profile);
        let docx = document::docx::write(&filled.document, profile).map_err(|m| m.to_string())?;
        std::fs::write(format!("{folder}/{name}.docx"), docx)?;
        let page = format!(
            "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>{name}</title><style>{}</style><body>{}</body></html>",
            document::html::STYLE,
            document::html::write(&filled.document)
        );
        std::fs::write(format!("{folder}/{name}.html"), page)?;
    }
    Ok(())
}
