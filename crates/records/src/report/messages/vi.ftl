report-unknown-list = Mẫu báo cáo hỏi danh sách “{ $name }” mà chương trình không có.
report-bad-selection = Điều kiện “{ $words }” không dùng được cho chỉ tiêu { $id }.
report-needs-number = Cần ghi số của báo cáo trước khi ban hành (--number).
report-number-used = Số { $symbol } đã dùng cho báo cáo ngày { $day } của đơn vị. Hãy lấy số tiếp theo.
report-unknown-template = Không có mẫu báo cáo “{ $id }”. Các mẫu hiện có: { $known }.
report-changed-by-hand = Số “{ $then }” ({ $indicator }) đã bị sửa tay thành “{ $now }”.
report-control-gone = Số “{ $then }” ({ $indicator }) đã bị xóa khỏi báo cáo.
report-no-source = Số “{ $quote }” chưa có nguồn.
report-sum-fails = “{ $total }” không bằng tổng các phần: { $parts } = { $sum }.
report-share-outside = Tỷ lệ “{ $shown }” nằm ngoài khoảng 0–100 %.
report-changed-since = Số “{ $then }” ({ $indicator }) nay là “{ $now }” theo sổ sách.
report-stranger = Số “{ $shown }” mang mã lạ, không phải do chương trình tạo ra.
report-not-ours = Tệp này không có danh sách số liệu của Nền Nếp; chỉ kiểm tra được chữ.
report-unreported = { $unit } chưa nộp đủ số liệu.
