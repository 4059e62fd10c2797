//! The guide sheet, and the words that explain a column. The workbook is for Vietnamese clerks, so
//! these texts are Vietnamese whatever the language of the interface.

use super::sheet::{EXAMPLE_COLOUR, EXAMPLE_GROUND, OPTIONAL_COLOUR, REQUIRED_COLOUR, plain};
use super::{SheetOut, WriteOptions};
use crate::marks;
use crate::spec::{CellType, ColumnSpec};
use domain::number;
use rust_xlsxwriter::{FormatAlign, FormatBorder, Worksheet, XlsxError};

/// What to write into a column, in a sentence.
pub(super) fn hint(column: &ColumnSpec) -> String {
    match column.ty {
        CellType::Text { max } => format!("Ghi chữ, tối đa {} ký tự.", number::grouped(whole(max))),
        CellType::Day => "Ghi ngày/tháng/năm, đủ bốn chữ số của năm: 16/01/2024.".to_owned(),
        CellType::Year => "Ghi năm, bốn chữ số: 2024.".to_owned(),
        CellType::Month => "Ghi tháng/năm: 06/2024.".to_owned(),
        CellType::Whole { min, max: i64::MAX } => {
            format!("Ghi số nguyên, từ {} trở lên.", number::grouped(min))
        }
        CellType::Whole { min, max } => {
            format!("Ghi số nguyên, từ {} đến {}.", number::grouped(min), number::grouped(max))
        }
        CellType::Money => {
            "Ghi số tiền bằng đồng: 20.000.000; hoặc ghi chữ: 20 triệu đồng, 1,5 tỷ.".to_owned()
        }
        CellType::Decimal { places: 0 } => "Ghi số.".to_owned(),
        CellType::Decimal { places } => format!("Ghi số, tối đa {places} chữ số sau dấu phẩy: 98,5."),
        CellType::Flag => "Ghi x nếu có, không nếu không.".to_owned(),
        CellType::Choice(items) => {
            const SHOWN: usize = 12;
            let mut labels: Vec<&str> = items.iter().take(SHOWN).map(|i| i.vi).collect();
            if items.len() > SHOWN {
                labels.push("…");
            }
            format!("Chọn trong danh sách: {}.", labels.join("; "))
        }
        CellType::Period => {
            "Ghi khoảng thời gian: 2024; 2021-2023; quý II/2024; 06/2024; 01/01/2024-30/06/2024.".to_owned()
        }
        CellType::Name => "Ghi họ và tên đầy đủ, không ghi đ/c, ông, bà.".to_owned(),
        CellType::UnitRef => "Ghi tên hoặc mã đơn vị như trong danh mục.".to_owned(),
        CellType::PersonRef => "Ghi họ và tên hoặc số thẻ đảng viên.".to_owned(),
        CellType::Ref(_) => "Ghi đúng tên hoặc mã đã có trong sổ.".to_owned(),
    }
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The comment on a heading.
pub(super) fn note_of(column: &ColumnSpec) -> String {
    let mut lines = vec![if column.required { "Bắt buộc." } else { "Không bắt buộc." }.to_owned()];
    if !column.note.is_empty() {
        lines.push(column.note.to_owned());
    }
    lines.push(hint(column));
    if !column.example.is_empty() {
        lines.push(format!("Ví dụ: {}", column.example));
    }
    lines.join("\n")
}

const STEPS: [&str; 6] = [
    "Mỗi trang tính là một loại việc. Mỗi dòng là một việc, một người hoặc một đơn vị. Trang nào không có việc thì để trống.",
    "Điền từ dòng ngay dưới dòng ví dụ màu xám. Dòng ví dụ không được nạp; có thể xóa hoặc để nguyên.",
    "Cột có dấu * phải điền. Giữ con trỏ chuột trên tên cột để xem cách ghi. Ô có mũi tên thì chọn trong danh sách.",
    "Có thể đổi thứ tự cột, đổi tên trang tính, thêm cột ghi chú riêng. Không đổi tên cột.",
    "Có thể sao chép từ bảng khác: dùng lệnh dán giá trị (Paste Values) để giữ định dạng và danh sách chọn.",
    "Lưu tệp ở dạng Excel (.xlsx), không đặt mật khẩu, rồi nạp lên. Ô nào ghi chưa đúng, chương trình báo rõ trang, dòng, cột.",
];

/// Writes the first sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    sheets: &[SheetOut],
    titles: &[String],
    options: &WriteOptions,
) -> Result<(), XlsxError> {
    let text = plain().set_text_wrap().set_align(FormatAlign::Top);
    let label = text.clone().set_bold();
    let big = plain().set_bold().set_font_size(16);
    let head = label.clone().set_font_color(0xFF_FF_FF_u32).set_background_color(OPTIONAL_COLOUR);
    let head = head.set_border(FormatBorder::Thin);
    let cell = text.clone().set_border(FormatBorder::Thin);

    sheet.set_name(marks::GUIDE)?;
    sheet.set_column_width(0, 30)?.set_column_width(1, 70)?.set_column_width(2, 46)?;
    sheet.set_screen_gridlines(false).set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let title = if options.title.is_empty() { "Sổ nhập liệu" } else { &options.title };
    sheet.write_string_with_format(0, 0, title, &big)?;
    let mut row = 2;
    let period = options.period.map(|p| p.to_string()).unwrap_or_default();
    for (name, value) in [("Đơn vị", &options.unit), ("Kỳ", &period)] {
        if !value.is_empty() {
            sheet.write_string_with_format(row, 0, name, &label)?;
            sheet.write_string_with_format(row, 1, value, &text)?;
            row += 1;
        }
    }
    row += 1;
    sheet.write_string_with_format(row, 0, "Cách điền", &label)?;
    let own = options.notes.iter().map(String::as_str);
    for (n, step) in (1..).zip(STEPS.into_iter().chain(own)) {
        sheet.write_string_with_format(row, 1, format!("{n}. {step}"), &text)?;
        // Excel does not grow rows by itself in a file it did not write.
        let lines = u32::try_from(step.chars().count() / 80 + 1).unwrap_or(1).min(20);
        sheet.set_row_height(row, lines * 17)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, "Màu", &label)?;
    let white = plain().set_bold().set_font_color(0xFF_FF_FF_u32).set_align(FormatAlign::Center);
    let grey = plain()
        .set_italic()
        .set_font_color(EXAMPLE_COLOUR)
        .set_background_color(EXAMPLE_GROUND)
        .set_align(FormatAlign::Center);
    for (sample, format) in [
        ("Tên cột *: phải điền", white.clone().set_background_color(REQUIRED_COLOUR)),
        ("Tên cột: điền nếu có", white.set_background_color(OPTIONAL_COLOUR)),
        ("Dòng ví dụ: không nạp vào", grey),
    ] {
        sheet.write_string_with_format(row, 1, sample, &format)?;
        row += 1;
    }
    row += 1;
    for (at, name) in (0..).zip(["Trang tính", "Dùng để ghi", "Cột phải điền"]) {
        sheet.write_string_with_format(row, at, name, &head)?;
    }
    row += 1;
    for (out, title) in sheets.iter().zip(titles) {
        let required: Vec<&str> = out.spec.columns.iter().filter(|c| c.required).map(|c| c.heading).collect();
        let required = required.join("; ");
        sheet.write_string_with_format(row, 0, title, &cell)?;
        sheet.write_string_with_format(row, 1, out.spec.note, &cell)?;
        sheet.write_string_with_format(row, 2, &required, &cell)?;
        let lines = (out.spec.note.chars().count() / 80).max(required.chars().count() / 46) + 1;
        sheet.set_row_height(row, u32::try_from(lines).unwrap_or(1).min(20) * 17)?;
        row += 1;
    }
    Ok(())
}
