register-number-needed = Văn bản đi phải có số. Hãy ghi số theo sổ văn bản đi.
register-symbol-shape = Không hiểu số, ký hiệu “{ $symbol }”. Hãy viết như 12-KH/ĐU: số, gạch ngang, viết tắt tên loại, gạch chéo, viết tắt cơ quan.
register-symbol-number = Số trong ký hiệu “{ $symbol }” khác với số { $number } ở cột Số. Hãy sửa một trong hai.
register-symbol-type = Ký hiệu “{ $symbol }” không phải của { $type }. Hãy sửa tên loại hoặc ký hiệu.
register-may-not-issue = { $issuer } không ban hành { $type } (Quy định 399-QĐ/TW, Điều 11 và 13). Hãy xem lại tên loại hoặc cơ quan ban hành.
register-secret = Văn bản có dấu chỉ mức độ mật không được ghi vào đây. Hãy bỏ dòng này và theo dõi ở sổ văn bản mật của cơ quan.
