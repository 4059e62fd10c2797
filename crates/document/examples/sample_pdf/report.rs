//! A made-up report with everything a report may hold. The units, people and numbers are invented.

use document::model::{About, Block, Column, Document, Figure, Head, Inline, Signature, Table};

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

fn figure(indicator: &str, value: &str, shown: &str) -> Inline {
    Inline::Figure(Figure {
        indicator: indicator.to_owned(),
        period: "2024-2026".to_owned(),
        unit: "DU-SL".to_owned(),
        selection: String::new(),
        value: value.to_owned(),
        shown: shown.to_owned(),
        format: String::new(),
        link: format!("/so-lieu/{indicator}"),
        remark: String::new(),
    })
}

fn note(words: &str) -> Inline {
    Inline::Note(vec![text(words)])
}

fn heading(level: u8, words: &str) -> Block {
    Block::Heading(level, vec![text(words)])
}

fn column(head: &str, width: u16, numeric: bool) -> Column {
    Column { head: head.to_owned(), width, numeric }
}

/// The report, its body repeated.
pub fn report(copies: usize) -> Document {
    Document {
        head: Head {
            superior: "TỈNH ỦY SÔNG LAM".to_owned(),
            issuer: "ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH".to_owned(),
            symbol: "Số 05-BC/ĐU".to_owned(),
            place: "Sông Lam".to_owned(),
            day: document_day(),
        },
        kind: "BÁO CÁO".to_owned(),
        extract: "kết quả ba năm học tập, thực hành tư tưởng, đạo đức, phương pháp, phong cách Hồ Chí Minh \
                  trong Đảng bộ, giai đoạn 2024 - 2026"
            .to_owned(),
        blocks: (0..copies.max(1)).flat_map(|_| body()).collect(),
        recipients: vec![
            "Ban Thường vụ Tỉnh ủy (để báo cáo),".to_owned(),
            "Ban Tuyên giáo và Dân vận Tỉnh ủy,".to_owned(),
            "Các chi bộ, đảng bộ trực thuộc,".to_owned(),
            "Các đồng chí Ủy viên Ban Chấp hành Đảng bộ,".to_owned(),
            "Lưu Văn phòng Đảng ủy.".to_owned(),
        ],
        signature: Some(Signature {
            authority: "T/M BAN THƯỜNG VỤ".to_owned(),
            position: "PHÓ BÍ THƯ".to_owned(),
            name: "Lường Thị Khánh Hằng".to_owned(),
        }),
        about: About {
            template: "ba-nam".to_owned(),
            unit: "DU-SL".to_owned(),
            period: "2024-2026".to_owned(),
            date: "2026-12-05".to_owned(),
        },
    }
}

fn document_day() -> Option<domain::Day> {
    domain::parse_day("05/12/2026")
}

fn body() -> Vec<Block> {
    let mut blocks = vec![
        Block::Paragraph(vec![
            text("Căn cứ kế hoạch của Ban Thường vụ Tỉnh ủy về việc "),
            Inline::Italic("\u{201c}học tập, thực hành tư tưởng, đạo đức, phương pháp, phong cách Hồ Chí Minh\u{201d}".to_owned()),
            text(", Ban Thường vụ Đảng ủy báo cáo kết quả ba năm triển khai trong toàn Đảng bộ như sau:"),
        ]),
        heading(1, "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO VÀ TỔ CHỨC THỰC HIỆN"),
        heading(2, "1. Quán triệt, tuyên truyền"),
        Block::Paragraph(vec![
            text("Đảng ủy tổ chức "),
            figure("study.conferences", "102", "102"),
            text(" hội nghị quán triệt, học tập với "),
            figure("study.attended", "4320", "4.320"),
            text(" lượt cán bộ, đảng viên dự, đạt "),
            figure("study.share", "4320/4386", "trên 98 %"),
            text(" số đảng viên được triệu tập"),
            note("Gồm 61 hội nghị trực tiếp và 41 hội nghị trực tuyến; đảng viên được miễn sinh hoạt không tính vào số triệu tập."),
            text("; những người vắng mặt có lý do được bố trí học bù trong tháng kế tiếp và có bản thu hoạch gửi chi bộ. Sau hội nghị, các chi bộ thảo luận chuyên đề, mỗi đảng viên chọn một việc cụ thể để đăng ký làm theo, ghi vào sổ tay và tự kiểm điểm vào cuối quý."),
        ]),
        Block::Paragraph(vec![
            text("Các cơ quan mở chuyên mục trên trang thông tin nội bộ, đăng "),
            figure("publicity.articles", "1286", "1.286"),
            text(" tin, bài; tổ chức cuộc thi trắc nghiệm hằng tuần thu hút "),
            figure("contest.entries", "14814", "14.814"),
            text(" lượt dự thi"),
            note("Một người có thể dự thi nhiều lượt; số người dự thi là 3.905."),
            text(". Hình thức tuyên truyền được đổi mới theo hướng ngắn gọn, gắn với việc hằng ngày của từng vị trí công tác, bớt hội họp, bớt văn bản giấy."),
        ]),
        heading(2, "2. Xây dựng, thực hiện cam kết của cán bộ, đảng viên"),
        Block::Paragraph(vec![text("Kết quả đăng ký và thực hiện cam kết hằng năm:")]),
        Block::Item(vec![
            text("Số đảng viên có bản cam kết: "),
            figure("commitment.registered", "6205", "6.205"),
            text(" đồng chí, đạt 100 %"),
            note("Bản cam kết lưu tại chi bộ, cấp ủy cấp trên chỉ nhận số lượng."),
            text(";"),
        ]),
        Block::Item(vec![
            text("Số đảng viên thực hiện đúng cam kết: "),
            figure("commitment.kept", "6137/6205", "98,9 %"),
            text("; còn "),
            figure("commitment.broken", "68", "68"),
            text(" đồng chí có nội dung chưa thực hiện đúng, đã được chi bộ nhắc nhở và kiểm điểm rút kinh nghiệm trước cuộc họp thường kỳ;"),
        ]),
        Block::Item(vec![text("Số chi bộ đưa nội dung cam kết vào sinh hoạt chuyên đề hằng quý: "), figure("topic.cells", "80", "80"), text(" chi bộ.")]),
        heading(3, "a) Việc nêu gương của người đứng đầu"),
        Block::Paragraph(vec![
            text("Người đứng đầu cấp ủy, cơ quan thực hiện nghiêm chế độ tiếp đảng viên, "),
            Inline::Bold("trực tiếp đối thoại".to_owned()),
            text(" với cán bộ trẻ ít nhất hai lần một năm; những kiến nghị chính đáng được trả lời bằng văn bản và công khai tại cuộc họp chi bộ gần nhất. Một số đồng chí tự nguyện nhận việc khó, việc tồn đọng kéo dài, qua đó tạo được niềm tin trong cơ quan và trong nhân dân nơi cư trú."),
        ]),
        heading(1, "II. KẾT QUẢ KIỂM TRA, GIÁM SÁT VÀ BIỂU DƯƠNG, KHEN THƯỞNG"),
        Block::Paragraph(vec![
            text("Cấp ủy và ủy ban kiểm tra các cấp đã kiểm tra, giám sát việc học tập, thực hành theo chương trình hằng năm"),
            note(&format!(
                "Chương trình kiểm tra, giám sát năm 2024 gồm 12 cuộc kiểm tra đối với tổ chức đảng, 9 cuộc giám sát chuyên đề; năm 2025 gồm 14 cuộc kiểm tra, 11 cuộc giám sát; năm 2026 gồm 15 cuộc kiểm tra, 12 cuộc giám sát. {}",
                "Đối tượng, nội dung và thời gian của từng cuộc được thông báo trước cho tổ chức đảng, đảng viên có liên quan; kết luận được gửi đến chi bộ để theo dõi việc khắc phục. ".repeat(3)
            )),
            text("; kết quả cụ thể tại biểu dưới đây."),
        ]),
    ];
    blocks.push(Block::Table(table()));
    blocks.push(Block::Paragraph(vec![
        text("Qua kiểm tra, giám sát chưa phát hiện vi phạm đến mức phải xem xét kỷ luật; các hạn chế chủ yếu là xây dựng kế hoạch còn chung chung, việc ghi chép sổ theo dõi chưa đều, một số chi bộ chậm gửi báo cáo quý. Đảng ủy đã yêu cầu khắc phục và phân công cấp ủy viên theo dõi từng đơn vị."),
    ]));
    blocks.push(heading(1, "III. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI"));
    for words in [
        "Tiếp tục quán triệt sâu kỹ nội dung của chỉ thị mới; bảo đảm 100 % đảng viên được học tập, nhất là đảng viên đi làm xa và đảng viên mới kết nạp. Chú trọng việc thực hành hơn việc sơ kết, tổng kết.",
        "Đổi mới sinh hoạt chi bộ theo hướng mỗi quý một chuyên đề do đảng viên tự chọn, tự chuẩn bị, có liên hệ với công việc của cơ quan; bí thư chi bộ kết luận rõ việc, rõ người, rõ thời hạn.",
        "Phát hiện, nhân rộng những cách làm hay, cụ thể, dễ theo; biểu dương kịp thời tập thể, cá nhân tiêu biểu, không đợi đến dịp kỷ niệm. Kiên quyết chấn chỉnh biểu hiện hình thức, đối phó.",
    ] {
        blocks.push(Block::Item(vec![text(words)]));
    }
    blocks.push(Block::Paragraph(vec![
        text("Kiến nghị với Ban Thường vụ Tỉnh ủy: thông báo chủ đề học tập hằng năm trước ngày "),
        Inline::Blank,
        text(" để cấp ủy cơ sở chủ động xây dựng kế hoạch. Ý kiến khác (nếu có):"),
    ]));
    blocks.push(Block::Lines(2));
    blocks
}

fn table() -> Table {
    let names = [
        "Đảng bộ Văn phòng Tỉnh ủy",
        "Chi bộ Ban Tổ chức",
        "Chi bộ Ủy ban Kiểm tra",
        "Đảng bộ Ban Tuyên giáo và Dân vận",
        "Chi bộ Ban Nội chính",
        "Đảng bộ Trường Chính trị",
        "Đảng bộ Báo và Đài phát thanh, truyền hình",
        "Đảng bộ Mặt trận Tổ quốc và các tổ chức chính trị - xã hội",
        "Chi bộ Tòa án",
        "Chi bộ Viện Kiểm sát",
        "Đảng bộ Công an",
    ];
    let cell = |words: String| vec![Inline::Text(words)];
    let mut rows: Vec<Vec<Vec<Inline>>> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let n = at + 1;
            vec![
                cell(n.to_string()),
                cell((*name).to_owned()),
                vec![figure(&format!("inspection.done.{n}"), &(n * 3).to_string(), &format!("{:02}", n * 3))],
                vec![figure(
                    &format!("supervision.done.{n}"),
                    &(n * 2).to_string(),
                    &format!("{:02}", n * 2),
                )],
                if at == 6 {
                    vec![text("Chậm báo cáo quý II"), note("Đã gửi bổ sung sau hạn 12 ngày.")]
                } else {
                    vec![]
                },
            ]
        })
        .collect();
    rows.push(vec![
        vec![],
        vec![Inline::Bold("Cộng".to_owned())],
        vec![Inline::Bold("198".to_owned())],
        vec![Inline::Bold("132".to_owned())],
        vec![],
    ]);
    Table {
        caption: vec![text("Kết quả kiểm tra, giám sát theo đơn vị, 2024 - 2026")],
        columns: vec![
            column("TT", 1, true),
            column("Tổ chức đảng", 7, false),
            column("Số cuộc kiểm tra", 3, true),
            column("Số cuộc giám sát", 3, true),
            column("Ghi chú", 5, false),
        ],
        rows,
    }
}
