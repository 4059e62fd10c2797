//! Parts that do not make their whole: 22 = 5 + 2 + 4 + 7 + 4 must hold.

use super::{Check, Finding, Read};
use domain::{Message, number::grouped};

pub(super) fn find(read: &Read<'_>, out: &mut Vec<Finding>) {
    let claims = read.claims;
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); claims.len()];
    for (n, c) in claims.iter().enumerate() {
        if let Some(p) = c.part_of.filter(|p| *p < claims.len()) {
            parts[p].push(n);
        }
    }
    for (whole, parts) in parts.iter().enumerate().filter(|(_, p)| p.len() > 1) {
        let sum: f64 = parts.iter().map(|p| claims[*p].value).sum();
        let total = claims[whole].value;
        if (sum - total).abs() < 1e-6 || claims[whole].comparator != crate::Comparator::Exact {
            continue;
        }
        // "trong đó" and lists of women, young people and the like name some parts only.
        if !complete(read, whole, parts) {
            continue;
        }
        let show =
            |v: f64| if v.fract() == 0.0 { grouped(v as i64) } else { v.to_string().replace('.', ",") };
        let sums = parts.iter().map(|p| show(claims[*p].value)).collect::<Vec<_>>().join(" + ");
        let message = Message::new("reader-check-sum")
            .with("whole", &claims[whole].quote)
            .with("parts", sums)
            .with("sum", show(sum));
        let mut places = vec![read.claim(whole)];
        places.extend(parts.iter().map(|p| read.claim(*p)));
        out.push(Finding { kind: Check::Sum, message, places });
    }
}

/// Whether the parts are meant to be all there are.
fn complete(read: &Read<'_>, whole: usize, parts: &[usize]) -> bool {
    let (w, first) = (&read.claims[whole].bytes, &read.claims[parts[0]].bytes);
    let last = &read.claims[parts[parts.len() - 1]].bytes;
    let gap = if w.end <= first.start { &read.r.text[w.end..first.start] } else { "" };
    let lead = domain::text::fold(gap.get(gap.len().saturating_sub(60)..).unwrap_or(gap));
    if ["trong do", "trong so", "co "].iter().any(|w| lead.contains(w)) || gap.len() > 4000 {
        return false;
    }
    let all = domain::text::fold(
        read.r.text.get(first.start..last.end + 40).unwrap_or(&read.r.text[first.start..last.end]),
    );
    let words: Vec<&str> = all.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |w: &str| words.contains(&w);
    // overlapping groups
    let women_alone = has("nu") && !has("nam");
    let group =
        women_alone || has("tre") || has("tuoi") || all.contains("dan toc") || all.contains("ton giao");
    !group
}

#[cfg(test)]
mod tests {
    use super::super::tests::cases;
    use crate::Check::Sum;

    #[test]
    fn known_cases() {
        cases(&[
            ("Ban hành 22 văn bản, gồm 5 kế hoạch, 2 chương trình, 4 giấy mời, 7 công văn, 4 báo cáo.", &[]),
            (
                "Ban hành 22 văn bản, gồm 5 kế hoạch, 2 chương trình, 4 giấy mời, 7 công văn, 5 báo cáo.",
                &[Sum],
            ),
            ("Kỷ luật 29 đảng viên (khiển trách 26, cảnh cáo 03).", &[]),
            ("Kỷ luật 29 đảng viên (khiển trách 26, cảnh cáo 02).", &[Sum]),
            ("Chi bộ có 27 đảng viên, trong đó 10 nữ, 5 đảng viên trẻ.", &[]),
            ("Kết nạp 45 đảng viên (nữ 20, dân tộc thiểu số 5).", &[]),
            ("Có khoảng 30 mô hình, gồm 12 mô hình kinh tế và 15 mô hình văn hóa.", &[]),
            ("Khen thưởng 12 tập thể, 30 cá nhân.", &[]),
        ]);
    }
}
