## Ô và dòng
transfer-required = Thiếu “{ $heading }”. Cột này phải điền.
transfer-wrong-type = Giá trị không hợp với “{ $heading }”. Hãy chọn hoặc ghi lại theo chỉ dẫn của cột.
transfer-out-of-range = Ngoài khoảng cho phép: từ { $min } đến { $max }.
transfer-too-long = Quá dài: { $length } ký tự, tối đa { $max }. Hãy rút gọn.
transfer-code-long = Mã quá dài, tối đa { $max } ký tự.
transfer-code-signs = Mã có ký tự không dùng được: { $signs }. Mã chỉ gồm chữ, số và các dấu - . / _, không có khoảng trắng. Nếu Excel đã đổi mã thành số hoặc ngày, hãy định dạng ô là Văn bản (Text) rồi ghi lại.
transfer-key-twice = Trùng với dòng { $row } của trang “{ $sheet }” (cùng { $headings }). Hãy xóa một dòng hoặc sửa cho khác nhau.
transfer-key-taken = Đã có dòng khác mang mã hoặc khóa này. Hãy mở dòng đó để sửa, hoặc ghi mã khác.
transfer-symbol-twice = Số, ký hiệu này đã ghi cho văn bản { $other } cùng loại, cùng nhiệm kỳ của đơn vị. Hãy kiểm tra lại số hoặc nhiệm kỳ.
transfer-row-withdrawn = Dòng này đã được rút khỏi sổ; tệp không làm nó có lại. Nếu rút nhầm, hãy khôi phục trong chương trình.
transfer-row-gone = Không còn dòng này. Hãy tải lại trang.
transfer-forbidden = Không có quyền ghi cho { $unit }. Hãy nhờ người phụ trách đơn vị đó, hoặc xóa dòng này khỏi tệp.
transfer-unreadable = Không đọc được tệp vì có lỗi của chương trình. Hãy báo cho người phụ trách kèm tệp này.

## Tham chiếu
transfer-unit-unknown = Không có đơn vị “{ $found }”. Ghi mã hoặc tên đúng như ở trang “Đơn vị”, hoặc thêm đơn vị vào trang đó.
transfer-person-unknown = Không có người nào là “{ $found }”. Ghi mã (số thẻ đảng viên) hoặc họ và tên đúng như ở trang “Đảng viên, quần chúng”.
transfer-ref-unknown = Không có “{ $found }” ở trang “{ $kind }”. Ghi đúng mã đã có ở trang đó.
transfer-ref-near = Không có “{ $found }” ở trang “{ $kind }”; phải chăng là: { $near }? Hãy ghi mã.
transfer-ref-many = “{ $found }” có thể là { $n } nơi, người hoặc việc: { $codes }. Hãy ghi mã.
transfer-ref-misnamed = Mã { $code } mang tên khác; đã lấy theo mã. Hãy kiểm tra lại.
transfer-ref-gone = “{ $heading }” không còn trong sổ. Hãy chọn lại.
transfer-person-elsewhere = Người tên này duy nhất trong sổ là { $code }, nhưng thuộc đơn vị khác; đã lấy người đó. Hãy kiểm tra, ghi mã nếu là người khác.

## Danh sách riêng của cơ quan
transfer-own-since = Danh sách không cho biết “{ $heading }”. Hãy thêm cột đó, hoặc cho biết một ngày chung bằng --since dd/mm/yyyy.
transfer-own-unit = Danh sách không có cột chi bộ hoặc đơn vị. Hãy thêm cột đó, hoặc cho biết đơn vị bằng --unit MÃ.
transfer-own-codes = Danh sách không có mã; đã đặt mã cho { $n } dòng theo tên. Nên xuất lại sổ và dùng mã đó từ nay.

## Lệnh
transfer-no-files = Không có tệp .xlsx nào trong { $path }.
transfer-list-own = danh sách riêng của cơ quan
transfer-sheet-line = { $title }: { $rows } dòng: { $inserted } thêm, { $updated } sửa, { $unchanged } không đổi{ $withdrawn ->
    [0] {""}
   *[other] , { $withdrawn } đã rút
}
transfer-file-written = { $file }: đã ghi { $n } dòng.
transfer-file-dry = { $file }: chạy thử, chưa ghi gì; sẽ ghi { $n } dòng.
transfer-file-same = { $file }: không có gì mới, chưa ghi gì.
transfer-file-refused = { $file }: có { $n } lỗi, chưa ghi gì. Hãy sửa những chỗ nêu trên rồi nạp lại.
transfer-problems-more = … và { $n } điều khác chưa nêu.
transfer-found = đang ghi “{ $found }”
transfer-severity-error = Lỗi
transfer-severity-warning = Xem lại
transfer-severity-info = Ghi chú
transfer-place-row = { $sheet }, dòng { $row }
transfer-place-cell = { $sheet }, dòng { $row }, cột { $column } “{ $heading }”
transfer-place-heading = { $sheet }, dòng { $row }, “{ $heading }”
transfer-wrote = Đã ghi { $path }: { $sheets } trang, { $rows } dòng.
transfer-title = Sổ số liệu
transfer-unknown-kind = Không có loại sổ “{ $kind }”. Các loại: { $kinds }.
