//! What a row about a person holds, and the rules one row must keep.

use crate::kind::{Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, not_backwards, nothing};
use domain::{Message, text};

/// Categories of people. Programmes reach all of them, not party members alone.
pub use crate::unit::CATEGORY;

/// Sexes.
pub const SEX: [Choice; 2] = [choice("male", "Nam", "Male"), choice("female", "Nữ", "Female")];

/// What a member is within the party organisation.
pub const STANDING: [Choice; 4] = [
    choice("probationary", "Dự bị", "Probationary"),
    choice("official", "Chính thức", "Official"),
    choice("exempt", "Được miễn sinh hoạt", "Exempt from meetings"),
    choice("suspended", "Đình chỉ sinh hoạt", "Suspended from meetings"),
];

/// What people lead or do for a unit.
pub const POSITION: [Choice; 9] = [
    choice("secretary", "Bí thư", "Secretary"),
    choice("deputy_secretary", "Phó bí thư", "Deputy secretary"),
    choice("standing_member", "Ủy viên ban thường vụ", "Member of the standing committee"),
    choice("committee_member", "Cấp ủy viên", "Committee member"),
    choice("group_leader", "Tổ trưởng tổ đảng", "Group leader"),
    choice("agency_head", "Thủ trưởng cơ quan, đơn vị", "Head of the agency"),
    choice("agency_deputy", "Cấp phó của thủ trưởng", "Deputy head of the agency"),
    choice("association_head", "Trưởng tổ chức đoàn thể", "Head of a union or association"),
    choice("other", "Chức vụ khác", "Other position"),
];

/// A person.
pub static PERSON: Kind = Kind {
    name: "person",
    vi: "Đảng viên, quần chúng",
    en: "People",
    note: "Mỗi người một dòng, phân biệt bằng mã (số thẻ đảng viên hoặc mã do đơn vị đặt).",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code)
            .required()
            .note("Số thẻ đảng viên, hoặc mã do đơn vị đặt; không đặt theo số căn cước.")
            .example("45.012345")
            .also(&["Mã số", "Số thẻ đảng viên", "Số thẻ ĐV", "Số thẻ", "Mã đảng viên", "Mã định danh đảng viên", "Mã cán bộ"]),
        Field::new("name", "Họ và tên", "Full name", Ty::Name)
            .required()
            .example("Nguyễn Văn An")
            .also(&["Họ tên", "Họ và tên khai sinh", "Họ và tên đảng viên", "Họ tên đảng viên", "Tên đảng viên", "Đồng chí"]),
        Field::new("sex", "Giới tính", "Sex", Ty::Choice(&SEX)).example("nam").also(&["Nam/nữ", "Giới"]),
        Field::new("birth_year", "Năm sinh", "Year of birth", Ty::Whole(1900, 2100))
            .note("Chỉ cần năm; không nhập ngày sinh đầy đủ.")
            .example("1975"),
        Field::new("unit", "Chi bộ/đơn vị", "Cell or unit", Ty::Unit)
            .required()
            .note("Nơi được ghi nhận lần đầu; chuyển nơi khác thì ghi ở trang Quá trình sinh hoạt.")
            .example("CB01")
            .also(&["Chi bộ", "Đơn vị", "Sinh hoạt tại chi bộ", "Chi bộ sinh hoạt", "Chi bộ đang sinh hoạt", "Đơn vị công tác", "Tổ chức đảng", "Nơi sinh hoạt"]),
        Field::new("category", "Đối tượng", "Category", Ty::Choice(&CATEGORY))
            .required()
            .example("đảng viên")
            .also(&["Loại", "Diện", "Thành phần"]),
        Field::new("since", "Từ ngày", "Since", Ty::Day)
            .required()
            .note("Ngày bắt đầu thuộc đơn vị này với tư cách đó; ghi ngày vào Đảng hoặc ngày chuyển đến đều được.")
            .example("03/02/2005")
            .also(&["Sinh hoạt từ ngày", "Ngày chuyển đến", "Ngày về chi bộ", "Ngày vào chi bộ"]),
        Field::new("joined_day", "Ngày vào Đảng", "Joined the Party", Ty::Day)
            .example("03/02/2005")
            .also(&["Ngày kết nạp", "Ngày vào Đảng lần đầu", "Vào Đảng", "Ngày kết nạp Đảng"]),
        Field::new("official_day", "Ngày chính thức", "Official since", Ty::Day)
            .note("Để trống nếu còn dự bị.")
            .example("03/02/2006")
            .also(&["Ngày công nhận chính thức", "Ngày vào Đảng chính thức", "Chính thức"]),
        Field::new("search", "Tìm kiếm", "Search", Ty::Text(300)).computed(),
        Field::new("sort", "Sắp xếp", "Sort", Ty::Text(600)).computed(),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("since"),
    returns: "person",
    sensitive: false,
    check: check_person,
    derive: keys_of_the_name,
};

/// A spell of belonging to a unit.
pub static MEMBERSHIP: Kind = Kind {
    name: "membership",
    vi: "Quá trình sinh hoạt",
    en: "Spells of belonging",
    note: "Mỗi lần một người thuộc một đơn vị là một dòng. Lần đầu lấy từ danh sách người; chỉ ghi thêm khi chuyển nơi hoặc đổi đối tượng.",
    fields: &[
        Field::new("person", "Người", "Person", Ty::Person)
            .required()
            .note("Mã hoặc họ và tên.")
            .example("45.012345")
            .also(&["Họ và tên", "Họ tên", "Đảng viên", "Số thẻ đảng viên", "Mã số"]),
        Field::new("unit", "Chi bộ/đơn vị", "Cell or unit", Ty::Unit).required().example("CB02").also(&[
            "Chi bộ",
            "Đơn vị",
            "Nơi sinh hoạt",
            "Chi bộ chuyển đến",
            "Nơi chuyển đến",
        ]),
        Field::new("category", "Đối tượng", "Category", Ty::Choice(&CATEGORY))
            .required()
            .example("đảng viên")
            .also(&["Loại", "Diện"]),
        Field::new("from_day", "Từ ngày", "From", Ty::Day)
            .required()
            .example("01/07/2023")
            .also(&["Ngày chuyển đến", "Ngày bắt đầu"]),
        Field::new("to_day", "Đến ngày", "To", Ty::Day)
            .note("Ngày cuối cùng còn thuộc đơn vị; để trống nếu đến nay vẫn thuộc.")
            .also(&["Ngày chuyển đi", "Ngày kết thúc"]),
    ],
    key: &["person", "category", "from_day"],
    owner: Owner::Field("unit"),
    day: Some("from_day"),
    returns: "person",
    sensitive: false,
    check: spell,
    derive: nothing,
};

/// A spell of standing: probationary, official, exempt, suspended.
pub static STANDING_SPELL: Kind = Kind {
    name: "standing",
    vi: "Tư cách đảng viên",
    en: "Standing of members",
    note: "Mỗi khoảng thời gian một đảng viên dự bị, chính thức, được miễn hoặc bị đình chỉ sinh hoạt là một dòng.",
    fields: &[
        Field::new("person", "Đảng viên", "Member", Ty::Person).required().example("45.012345").also(&[
            "Họ và tên",
            "Họ tên",
            "Người",
            "Số thẻ đảng viên",
            "Mã số",
        ]),
        Field::new("standing", "Tư cách", "Standing", Ty::Choice(&STANDING))
            .required()
            .example("được miễn sinh hoạt")
            .also(&["Tình trạng", "Trạng thái", "Tình trạng sinh hoạt"]),
        Field::new("from_day", "Từ ngày", "From", Ty::Day)
            .required()
            .example("01/01/2024")
            .also(&["Ngày bắt đầu"]),
        Field::new("to_day", "Đến ngày", "To", Ty::Day)
            .note("Để trống nếu đến nay vẫn vậy.")
            .also(&["Ngày kết thúc"]),
    ],
    key: &["person", "standing", "from_day"],
    owner: Owner::Through("person"),
    day: Some("from_day"),
    returns: "person",
    sensitive: false,
    check: spell,
    derive: nothing,
};

/// A spell of holding a position.
pub static POSITION_SPELL: Kind = Kind {
    name: "position",
    vi: "Chức vụ",
    en: "Positions",
    note: "Mỗi lần một người giữ một chức vụ ở một đơn vị là một dòng.",
    fields: &[
        Field::new("person", "Người", "Person", Ty::Person).required().example("45.012345").also(&[
            "Họ và tên",
            "Họ tên",
            "Đảng viên",
            "Số thẻ đảng viên",
            "Mã số",
        ]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("CB01").also(&[
            "Chi bộ",
            "Tổ chức đảng",
            "Nơi giữ chức vụ",
        ]),
        Field::new("position", "Chức vụ", "Position", Ty::Choice(&POSITION))
            .required()
            .example("bí thư")
            .also(&["Chức danh"]),
        Field::new("head", "Là người đứng đầu", "Is the head", Ty::Flag)
            .note("Để trống: bí thư, thủ trưởng và trưởng đoàn thể được tính là người đứng đầu.")
            .also(&["Người đứng đầu", "Đứng đầu"]),
        Field::new("from_day", "Từ ngày", "From", Ty::Day)
            .required()
            .example("15/06/2020")
            .also(&["Ngày bổ nhiệm", "Ngày bắt đầu"]),
        Field::new("to_day", "Đến ngày", "To", Ty::Day)
            .note("Để trống nếu đến nay vẫn giữ.")
            .also(&["Ngày thôi giữ", "Ngày kết thúc"]),
    ],
    key: &["person", "unit", "position", "from_day"],
    owner: Owner::Field("unit"),
    day: Some("from_day"),
    returns: "position",
    sensitive: false,
    check: spell,
    derive: head_of_the_unit,
};

/// The Charter admits people from 18 years on (Article 1).
const AGE: i64 = 18;

fn check_person(draft: &Draft) -> Vec<Fault> {
    use chrono::Datelike;
    let mut faults = not_backwards(draft, "joined_day", "official_day");
    if let (Some(born), Some(joined)) = (draft.int("birth_year"), draft.day("joined_day"))
        && i64::from(joined.year()) - born < AGE
    {
        let message = Message::new("person-too-young").with("age", AGE).with("born", born.to_string());
        faults.push(Fault::at("joined_day", message.with("day", domain::day_short(joined))));
    }
    if draft.day("official_day").is_some() && draft.is_empty("joined_day") {
        faults.push(Fault::at("joined_day", Message::new("person-official-not-joined")));
    }
    faults
}

/// Both databases order by bytes; the order of the Vietnamese alphabet is made here.
fn keys_of_the_name(draft: &mut Draft) {
    let name = draft.text("name").unwrap_or_default().to_owned();
    draft.set("search", Held::Text(text::fold(&name)));
    draft.set("sort", Held::Text(text::name_sort_key(&name)));
}

fn spell(draft: &Draft) -> Vec<Fault> {
    not_backwards(draft, "from_day", "to_day")
}

/// A secretary heads the cell unless the row says otherwise (an acting head, a vacancy).
fn head_of_the_unit(draft: &mut Draft) {
    if draft.is_empty("head") {
        let heads = matches!(draft.text("position"), Some("secretary" | "agency_head" | "association_head"));
        draft.set("head", Held::Int(i64::from(heads)));
    }
}
