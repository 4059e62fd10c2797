request-deadline = Hạn nộp trước ngày văn bản yêu cầu ({ $day }). Hãy sửa hạn nộp.
request-unknown = Không có yêu cầu báo cáo mang mã “{ $code }”.
request-standing-late = Quá hạn, chưa gửi
request-standing-awaited = Chưa gửi
request-standing-returned-late = Đã gửi, trễ hạn
request-standing-returned = Đã gửi
