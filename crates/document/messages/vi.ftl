# Mẫu báo cáo: mỗi câu được in sau "dòng …, cột …".
document-template-long = Mẫu quá dài: mỗi mẫu không quá { $lines } dòng và 512 KB. Hãy tách thành nhiều mẫu.
document-template-head-line = Dòng đầu mẫu phải có dạng "khóa: giá trị". Nếu phần đầu đã hết, hãy để một dòng trống rồi mới viết nội dung.
document-template-head-missing = Đầu mẫu thiếu "{ $key }". Hãy thêm dòng "{ $key }: …".
document-template-head-twice = Khóa "{ $key }" đã có ở trên. Hãy xóa một trong hai dòng.
document-template-name = "{ $text }" không phải là tên hợp lệ. Tên chỉ gồm chữ thường không dấu, chữ số, dấu gạch dưới, nối nhau bằng dấu chấm hoặc gạch ngang.
document-template-heading = Đề mục bắt đầu bằng một đến bốn dấu # rồi một dấu cách. Nếu muốn in dấu #, hãy viết \#.
document-template-lines = "{ $text }" không phải là số dòng. Hãy ghi một số từ 1 đến 60.
document-template-hole-open = Chỗ trống mở bằng {"{{"} mà không đóng bằng {"}}"} trên cùng dòng.
document-template-hole-empty = Chỗ trống không có tên. Hãy ghi tên chỉ tiêu, danh sách hoặc trường thông tin vào giữa {"{{"} và {"}}"}.
document-template-hole-in-pattern = Trong khuôn của danh sách chỉ dùng {"{tên}"}, không dùng {"{{…}}"}.
document-template-quote = Dấu ngoặc kép mở mà không đóng.
document-template-where = Sau "where" phải có điều kiện, ví dụ: where cap = "tỉnh".
document-template-period = "{ $text }" không phải là kỳ. Ví dụ đúng: 2022, 2021-2023, 01/01/2021-30/06/2021, start..report, year, year-1, first year, previous.
document-template-format = "{ $text }" mâu thuẫn với cách viết số đã ghi trước nó.
document-template-list-format = "{ $text }" là cách viết số, không dùng cho danh sách. Hãy bỏ đi.
document-template-pattern = Thiếu khuôn của danh sách. Ví dụ: {"{{list register.plans \"Kế hoạch số {symbol}\" ;}}"}.
document-template-condition = Thiếu điều kiện sau "if".
document-template-number = "{ $text }" không phải là số. Ví dụ đúng: 0, 1.200, 98,5 hoặc 98%.
document-template-left-over = Không hiểu "{ $text }" ở chỗ này. Điều kiện "where" phải đứng cuối cùng.
document-template-field = Trong vòng lặp và khuôn danh sách, dấu {"{"} mở một trường của mục, ví dụ {"{symbol}"}. Nếu muốn in dấu ngoặc, hãy viết \{"{"}.
document-template-bold-open = Dấu * mở chữ đậm mà không đóng trên cùng dòng. Nếu muốn in dấu *, hãy viết \*.
document-template-italic-open = Dấu _ mở chữ nghiêng mà không đóng trên cùng dòng. Nếu muốn in dấu _, hãy viết \_.
document-template-note-open = Chú thích mở bằng ^[ mà không đóng bằng ] trên cùng dòng.
document-template-note-nested = Không đặt chú thích trong chú thích hoặc trong khuôn danh sách.
document-template-control-open = "if" hoặc "each" mở ở đây mà không có {"{{end}}"}.
document-template-end-alone = {"{{else}}"} hoặc {"{{end}}"} ở đây không đi với "if" hay "each" nào.
document-template-else-twice = Chỉ được một {"{{else}}"} cho mỗi "if" hoặc "each".
document-template-depth = Lồng nhau quá sâu. Hãy viết đơn giản hơn.
document-template-columns = Hàng này có { $found } ô, bảng có { $wanted } cột. Hãy thêm hoặc bớt ô; dấu | trong chữ viết là \|.
document-template-columns-many = Bảng không quá 20 cột.
document-template-widths-place = Hàng độ rộng |- phải đứng ngay dưới hàng tên cột.
document-template-width = "{ $text }" không phải là độ rộng cột. Hãy ghi một số từ 1 đến 100, thêm dấu > cho cột số.

document-docx-failed = Không tạo được tệp Word ({ $reason }). Hãy thử lại; nếu vẫn lỗi, báo cho người quản trị.

# Tệp Word đã sửa.
document-edited-zip = Tệp này không phải là tệp Word (.docx) hoặc đã hỏng. Hãy lưu lại bằng Word ở dạng "Word Document (.docx)" rồi tải lên.
document-edited-large = Tệp quá lớn hoặc giải nén ra quá lớn (giới hạn { $limit } MB). Hãy bỏ bớt hình ảnh rồi lưu lại.
document-edited-many = Tệp có quá nhiều phần ({ $found }), giới hạn là { $limit }.
document-edited-body = Trong tệp không có phần nội dung của Word.
document-edited-xml = Phần "{ $part }" của tệp bị hỏng. Hãy mở tệp bằng Word, lưu lại rồi tải lên.
document-edited-dtd = Phần "{ $part }" của tệp có khai báo lạ (DOCTYPE) nên không được nhận.
document-edited-deep = Phần "{ $part }" của tệp lồng nhau quá sâu nên không đọc được.
document-place-body = đoạn { $paragraph }
document-place-under = đoạn { $paragraph }, mục "{ $heading }"
document-place-cell = bảng { $table }, hàng { $row }, cột { $column }
document-place-note = chú thích { $note }

# Tệp PDF.
document-pdf-too-long = Văn bản quá dài để in ra PDF ({ $length } byte chữ, giới hạn { $most }). Hãy tách thành nhiều văn bản.
document-pdf-font = Không đọc được phông chữ kèm theo chương trình nên chưa tạo được PDF. Hãy cài lại chương trình.
document-pdf-failed = Không tạo được tệp PDF ({ $reason }). Hãy tải tệp Word và báo cho người quản trị.
document-token-open = Số liệu “{ $text }” mở bằng dấu [ mà không đóng bằng dấu ] trên cùng dòng.
document-token-figure = “{ $text }” không phải là một số liệu. Hãy chọn số liệu ở cột bên, hoặc ghi mã chỉ tiêu, thí dụ [số: org.members].
