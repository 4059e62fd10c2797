### Nhập và xuất bảng tính. Chỗ của lỗi (trang, dòng, cột, nội dung ô) do nơi hiển thị ghi trước câu.

## Cả tệp bị từ chối
exchange-file-empty = Tệp rỗng. Hãy lưu lại từ Excel rồi nạp lại.
exchange-file-large = Tệp lớn { $size } MB, vượt quá { $limit } MB. Hãy tách thành nhiều tệp.
exchange-file-not-xlsx = Tệp không phải bảng tính Excel (.xlsx). Hãy mở bằng Excel, chọn Lưu thành (Save As), kiểu Excel Workbook (*.xlsx).
exchange-file-xls = Tệp là Excel đời cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành (Save As), kiểu Excel Workbook (*.xlsx), rồi nạp lại.
exchange-file-xlsb = Tệp là Excel nhị phân (.xlsb). Hãy lưu thành kiểu Excel Workbook (*.xlsx), rồi nạp lại.
exchange-file-ods = Tệp là bảng tính OpenDocument (.ods). Hãy lưu thành kiểu Excel (*.xlsx), rồi nạp lại.
exchange-file-word = Tệp là văn bản Word. Ở đây cần bảng tính Excel (*.xlsx).
exchange-file-encrypted = Tệp có mật khẩu. Hãy bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc) rồi nạp lại.
exchange-file-macro = Tệp chứa macro nên không được nhận. Hãy lưu thành kiểu Excel Workbook (*.xlsx), không macro, rồi nạp lại.
exchange-file-damaged = Tệp hỏng, không đọc được. Hãy mở bằng Excel, lưu lại rồi nạp lại.
exchange-file-doctype = Tệp chứa khai báo kiểu tài liệu (DOCTYPE) mà Excel không bao giờ ghi. Tệp bị từ chối vì lý do an toàn.
exchange-file-bomb = Tệp bung ra quá lớn (trên { $limit } MB, hoặc nén bất thường). Tệp bị từ chối vì lý do an toàn. Nếu là tệp thật, hãy tách thành nhiều tệp nhỏ.
exchange-file-parts = Tệp có quá nhiều thành phần bên trong. Hãy sao chép dữ liệu sang một sổ Excel mới rồi nạp lại.
exchange-file-sheets = Tệp có quá nhiều trang tính (trên { $limit }). Hãy tách thành nhiều tệp.
exchange-file-styles = Tệp có quá nhiều kiểu định dạng ô. Hãy sao chép dữ liệu (chỉ giá trị) sang một sổ Excel mới rồi nạp lại.
exchange-version-newer = Sổ này do phiên bản chương trình mới hơn tạo ra (dạng { $version }; chương trình này biết đến dạng { $known }). Hãy cập nhật chương trình hoặc tải mẫu mới.
exchange-nothing-recognised = Không nhận ra trang tính nào. Các trang trong tệp: { $found }. Cần có trang: { $expected }.

## Cả trang tính
exchange-sheet-no-headings = Không tìm thấy dòng tên cột trong { $rows } dòng đầu. Cần các cột: { $expected }.
exchange-sheet-unknown = Không nhận ra trang tính này nên bỏ qua.
exchange-sheet-damaged = Phần còn lại của trang tính hỏng, không đọc được. Hãy mở bằng Excel, lưu lại rồi nạp lại.
exchange-sheet-wide = Trang tính có ô ở bên phải cột thứ { $columns }; các ô đó không được đọc.
exchange-sheet-long = Trang tính có hơn { $rows } dòng; các dòng sau không được đọc. Hãy tách thành nhiều tệp.
exchange-column-missing = Thiếu cột bắt buộc “{ $heading }”. Hãy thêm cột này; nếu cột có tên khác thì khai trong tệp ghép cột.
exchange-column-doubled = Cột này trùng với cột { $first }; chỉ đọc cột { $first }.
exchange-column-extra = Cột này không thuộc mẫu nên không được đọc.

## Dòng
exchange-key-doubled = Trùng với dòng { $earlier } (cùng { $headings }). Hãy xóa một dòng hoặc sửa cho khác nhau.
exchange-example-changed = Ô đầu vẫn còn chữ “Ví dụ:” nên dòng không được nạp, nhưng nội dung đã khác ví dụ. Nếu là dữ liệu thật, hãy xóa chữ “Ví dụ:”.
exchange-row-total = Dòng tổng cộng; không nạp.
exchange-row-group = Dòng chỉ có một ô, coi là tên nhóm; không nạp.
exchange-row-numbering = Dòng đánh số cột; không nạp.

## Ô
exchange-cell-required = Thiếu “{ $heading }”. Cột này phải điền.
exchange-cell-error = Ô báo lỗi công thức { $error }. Hãy sửa công thức hoặc ghi giá trị.
exchange-cell-unreadable = Có ô ở gần dòng này không đọc được. Hãy xóa ô đó rồi ghi lại.
exchange-text-long = Quá dài: { $length } ký tự, tối đa { $max }. Hãy rút gọn.
exchange-text-from-day = Excel đã đổi ô này thành ngày { $day }. Nếu là số văn bản hoặc mã, hãy định dạng ô là Văn bản (Text) rồi ghi lại.
exchange-text-bad-day = Ô có định dạng ngày nhưng không phải một ngày. Hãy định dạng ô là Văn bản (Text) rồi ghi lại.
exchange-text-too-much = Nội dung các ô của tệp quá dài; dừng đọc từ dòng này. Hãy tách thành nhiều tệp.
exchange-number-lost = Số dài hơn 15 chữ số đã bị Excel làm tròn. Hãy định dạng ô là Văn bản (Text) rồi ghi lại đủ các chữ số.
exchange-number-is-day = Excel đã đổi ô này thành ngày. Hãy định dạng ô là Số (Number) rồi ghi lại.
exchange-number-unsure = Dấu phẩy hoặc dấu chấm có thể hiểu hai cách (số lẻ hay phân nhóm nghìn). Số lẻ ghi 1,5; số nghìn ghi 1500.
exchange-name-bad = Không phải họ và tên. Hãy ghi họ và tên bằng chữ.
exchange-ref-bad = Không phải tên hoặc mã. Nếu Excel đã đổi mã thành ngày, hãy định dạng ô là Văn bản (Text) rồi ghi lại.
exchange-flag-bad = Chỉ ghi x (có) hoặc không.
exchange-choice-bad = Không có trong danh sách. Chọn một trong: { $allowed }.
exchange-choice-near = Không có trong danh sách; phải chăng là “{ $near }”? Chọn một trong: { $allowed }.
exchange-whole-bad = Không phải số nguyên. Ghi chữ số: 1250 hoặc 1.250, không kèm chữ.
exchange-whole-fraction = Số có phần lẻ; cột này cần số nguyên.
exchange-whole-thousands = Số có phần lẻ; phải chăng là { $meant }? Hãy ghi số không có dấu chấm.
exchange-whole-least = Nhỏ hơn mức thấp nhất là { $min }.
exchange-whole-range = Ngoài khoảng cho phép: từ { $min } đến { $max }.
exchange-money-bad = Không phải số tiền. Ghi bằng đồng: 20.000.000; hoặc ghi 20 triệu đồng, 1,5 tỷ.
exchange-money-negative = Số tiền không được âm.
exchange-money-small = Số tiền nhỏ hơn 1.000 đồng. Nếu đơn vị là triệu đồng, hãy ghi rõ: 20 triệu.
exchange-decimal-bad = Không phải số. Ghi chữ số với dấu phẩy: 98,5.
exchange-decimal-places = { $places ->
    [0] Cột này cần số không có phần lẻ.
   *[other] Tối đa { $places } chữ số sau dấu phẩy. Hãy làm tròn số.
}
exchange-day-bad = Không phải ngày. Ghi ngày/tháng/năm: 16/01/2024.
exchange-day-none = Không có ngày này trong lịch. Ghi ngày/tháng/năm: 16/01/2024.
exchange-day-year-only = Chỉ có năm. Cột này cần đủ ngày/tháng/năm: 16/01/2024.
exchange-day-month-only = Chỉ có tháng và năm. Cột này cần đủ ngày/tháng/năm: 16/01/2024.
exchange-day-short-year = Năm phải đủ bốn chữ số: 16/01/2024.
exchange-day-month-first = Có vẻ tháng đứng trước ngày. Ghi ngày trước tháng: 16/01/2024.
exchange-day-from-number = Ô là số; hiểu là ngày { $day }. Hãy kiểm tra lại.
exchange-year-bad = Không phải năm. Ghi bốn chữ số: 2024.
exchange-month-bad = Không phải tháng. Ghi tháng/năm: 06/2024.
exchange-period-bad = Không phải khoảng thời gian. Ghi 2024; 2021-2023; quý II/2024; 06/2024; hoặc 01/01/2024-30/06/2024.
exchange-period-backwards = Khoảng thời gian kết thúc ({ $to }) trước khi bắt đầu ({ $from }). Hãy đổi lại.
exchange-period-from-day = Excel đã đổi ô này thành ngày; hiểu là { $period }. Hãy kiểm tra lại.

## Tệp ghép cột
exchange-mapping-too-long = Tệp ghép cột dài quá { $limit } KB.
exchange-mapping-unreadable = Dòng { $line } của tệp ghép cột không đọc được: { $found }. Mỗi dòng ghi: "Tên cột trong bảng" = "tên_cột".
exchange-mapping-doubled = Dòng { $line } của tệp ghép cột lặp lại tên cột đã ghép: { $found }. Hãy xóa một dòng.
exchange-mapping-stranger = Dòng { $line } của tệp ghép cột chỉ tới cột không có: { $found }.

## Ghi tệp
exchange-write-rows = Trang “{ $sheet }” có { $rows } dòng, nhiều hơn Excel chứa được. Hãy chọn khoảng thời gian ngắn hơn.
exchange-write-long = Trang “{ $sheet }”, bản ghi thứ { $row }, cột “{ $column }”: nội dung dài hơn 32.767 ký tự, Excel không chứa được.
exchange-write-failed = Không ghi được bảng tính: { $reason }
exchange-package-write = Không tạo được gói bàn giao. Hãy thử lại.
exchange-package-damaged = Gói bàn giao hỏng, không đọc được. Hãy xin gửi lại.
exchange-package-large = Gói bàn giao quá lớn khi mở ra, không đọc.
exchange-package-unknown = Tệp này không phải gói bàn giao mà chương trình biết.
exchange-package-changed = Tệp “{ $name }” trong gói khác với bản kê: đã bị sửa hoặc hỏng. Hãy xin gửi lại.
