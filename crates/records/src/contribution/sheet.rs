//! The sheets of contributions and of savings.

use crate::kind::{Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, needed, nothing};
use domain::Message;

/// What the unit was in it. `participant` is never added to the others: another row, of whoever
/// gave or raised it, holds the same money and things.
pub const SIDE: [Choice; 4] = [
    choice("sponsor", "Nhà tài trợ", "Sponsor"),
    choice("participant", "Tham gia thực hiện", "Participant"),
    choice("own", "Tự vận động đóng góp", "Own collection"),
    choice("raised", "Kêu gọi vận động", "Raised from others"),
];

/// Whether others were called upon, or the unit gave.
pub const WAY: [Choice; 2] = [choice("raised", "Kêu gọi", "Raised"), choice("given", "Ủng hộ", "Given")];

/// What for.
pub const PURPOSE: [Choice; 9] = [
    choice("covid", "Phòng, chống dịch Covid-19", "Covid-19"),
    choice("students", "Học sinh, sinh viên", "Students"),
    choice("new_rural", "Nông thôn mới", "New countryside"),
    choice("urban_green", "Đô thị văn minh, cây xanh", "Civilised city, trees"),
    choice("housing", "Nhà tình nghĩa", "Houses of gratitude"),
    choice("bridge", "Cầu nông thôn", "Rural bridges"),
    choice("poor", "Hộ nghèo", "Poor households"),
    choice("disaster", "Thiên tai, bão lụt", "Disasters"),
    choice("other", "Mục đích khác", "Other"),
];

/// Things that are counted.
pub const THING: [Choice; 5] = [
    choice("house", "Căn nhà", "House"),
    choice("bridge", "Cây cầu", "Bridge"),
    choice("gift", "Suất quà", "Gift"),
    choice("tree", "Cây xanh", "Tree"),
    choice("other", "Hiện vật khác", "Other"),
];

/// What is saved.
pub const ITEM: [Choice; 6] = [
    choice("electricity", "Điện", "Electricity"),
    choice("water", "Nước", "Water"),
    choice("phone", "Điện thoại", "Telephone"),
    choice("paper", "Giấy, văn phòng phẩm", "Paper"),
    choice("fuel", "Xăng dầu", "Fuel"),
    choice("office", "Chi hành chính", "Office expenses"),
];

/// Money or things for others.
pub static CONTRIBUTION_KIND: Kind = Kind {
    name: "contribution",
    vi: "An sinh xã hội",
    en: "Contributions",
    note: "Mỗi dòng là một khoản tiền hoặc một loại hiện vật cho một mục đích. Nhiều đơn vị cùng làm một việc thì chỉ đơn vị chủ trì ghi “Tự vận động đóng góp”, “Kêu gọi vận động” hoặc “Nhà tài trợ”; đơn vị khác ghi “Tham gia thực hiện” để không tính hai lần. Mã không trùng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("AS-2023-01").also(&["Mã hoạt động", "Số hiệu"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("Chi bộ B").also(&["Đơn vị thực hiện", "Tổ chức đảng"]),
        Field::new("side", "Vai trò của đơn vị", "Side", Ty::Choice(&SIDE))
            .required()
            .note("Tham gia thực hiện: tiền hoặc hiện vật do nơi khác bỏ ra và đã ghi ở nơi đó; không cộng vào tổng.")
            .example("Tự vận động đóng góp")
            .also(&["Vai trò", "Tư cách"]),
        Field::new("way", "Cách làm", "Way", Ty::Choice(&WAY))
            .required()
            .note("Kêu gọi: người khác bỏ ra theo lời kêu gọi của đơn vị. Ủng hộ: đơn vị và người của đơn vị bỏ ra.")
            .example("Ủng hộ")
            .also(&["Hình thức", "Kêu gọi hay ủng hộ"]),
        Field::new("day", "Ngày", "Day", Ty::Day).required().example("20/01/2023").also(&["Ngày tháng", "Thời gian"]),
        Field::new("purpose", "Mục đích", "Purpose", Ty::Choice(&PURPOSE))
            .required()
            .example("Hộ nghèo")
            .also(&["Nội dung", "Chương trình", "Lĩnh vực"]),
        Field::new("beneficiary", "Nơi nhận", "Beneficiary", Ty::Text(200))
            .note("Xã, thôn, trường, quỹ; không ghi tên người nhận.")
            .example("Xã Sơn Hà")
            .also(&["Đơn vị thụ hưởng", "Địa phương nhận"]),
        Field::new("amount", "Số tiền (đồng)", "Amount (đồng)", Ty::Money)
            .example("25.000.000")
            .also(&["Số tiền", "Kinh phí", "Trị giá", "Thành tiền"]),
        Field::new("thing", "Hiện vật", "Thing", Ty::Choice(&THING)).example("Suất quà").also(&["Loại hiện vật"]),
        Field::new("things", "Số lượng", "Count", Ty::Whole(1, 10_000_000))
            .note("Bắt buộc khi có hiện vật.")
            .example("50")
            .also(&["Số hiện vật", "Số lượng hiện vật"]),
        Field::new("sponsor", "Tên nhà tài trợ", "Sponsor", Ty::Text(200))
            .note("Bắt buộc khi vai trò là nhà tài trợ.")
            .also(&["Nhà tài trợ", "Đơn vị tài trợ"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "contribution",
    sensitive: false,
    check: money_or_things,
    derive: nothing,
};

/// What an item of expense was, what it was to be, and what it became in a month.
pub static SAVING_KIND: Kind = Kind {
    name: "saving",
    vi: "Tiết kiệm",
    en: "Savings",
    note: "Mỗi dòng là một khoản chi của một đơn vị trong một tháng. Khóa: đơn vị, năm, tháng, khoản chi.",
    fields: &[
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("Chi bộ B"),
        Field::new("year", "Năm", "Year", Ty::Year).required().example("2023"),
        Field::new("month", "Tháng", "Month", Ty::Month).required().example("3"),
        Field::new("item", "Khoản chi", "Item", Ty::Choice(&ITEM))
            .required()
            .example("Điện")
            .also(&["Nội dung", "Khoản mục"]),
        Field::new("baseline", "Mức so sánh (đồng)", "Baseline (đồng)", Ty::Money)
            .required()
            .note("Thường là số chi cùng tháng năm trước.")
            .example("4.000.000")
            .also(&["Mức so sánh", "Cùng kỳ năm trước", "Định mức"]),
        Field::new("actual", "Thực chi (đồng)", "Actual (đồng)", Ty::Money)
            .required()
            .example("3.500.000")
            .also(&["Thực chi", "Thực hiện", "Số chi"]),
        Field::new("target", "Chỉ tiêu giảm (%)", "Target (%)", Ty::Decimal(1))
            .note("Phần trăm đã cam kết giảm so với mức so sánh.")
            .example("10")
            .also(&["Chỉ tiêu", "Cam kết giảm", "Tỷ lệ cam kết"]),
        Field::new("met", "Đạt chỉ tiêu", "Target met", Ty::Flag).computed(),
    ],
    key: &["unit", "year", "month", "item"],
    owner: Owner::Field("unit"),
    day: Some("year"),
    returns: "saving",
    sensitive: false,
    check: sane_saving,
    derive: met,
};

fn money_or_things(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    if draft.is_empty("amount") && draft.is_empty("thing") && draft.is_empty("things") {
        faults.push(Fault::at("amount", Message::new("contribution-nothing")));
    }
    if draft.int("amount").is_some_and(|n| n <= 0) {
        faults.push(Fault::at("amount", Message::new("contribution-amount")));
    }
    faults.extend(needed(draft, "things", !draft.is_empty("thing"), "contribution-things"));
    faults.extend(needed(draft, "thing", !draft.is_empty("things"), "contribution-thing"));
    faults.extend(needed(draft, "sponsor", draft.text("side") == Some("sponsor"), "contribution-sponsor"));
    faults
}

fn sane_saving(draft: &Draft) -> Vec<Fault> {
    let negative = |field| {
        draft
            .int(field)
            .is_some_and(|n| n < 0)
            .then(|| Fault::at(field, Message::new("contribution-negative")))
    };
    let mut faults: Vec<Fault> = ["baseline", "actual"].into_iter().filter_map(negative).collect();
    if draft.int("target").is_some_and(|t| !(0..=1000).contains(&t)) {
        faults.push(Fault::at("target", Message::new("contribution-target")));
    }
    faults
}

/// Met when the actual expense is at most the baseline less the target; without a target there is
/// nothing to meet. `target` is in tenths of a percent.
fn met(draft: &mut Draft) {
    let of = |field| draft.int(field).map(i128::from);
    let met = match (of("baseline"), of("actual"), of("target")) {
        (Some(baseline), Some(actual), Some(target)) => actual * 1000 <= baseline * (1000 - target),
        _ => false,
    };
    draft.set("met", Held::Int(i64::from(met)));
}
