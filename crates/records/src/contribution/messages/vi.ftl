contribution-nothing = Cần ghi số tiền, hoặc hiện vật và số lượng. Hãy điền ít nhất một trong hai.
contribution-amount = Số tiền phải lớn hơn 0. Nếu chỉ có hiện vật thì để trống số tiền.
contribution-things = Đã ghi hiện vật nhưng chưa có số lượng. Hãy điền cột “Số lượng”.
contribution-thing = Đã ghi số lượng nhưng chưa rõ hiện vật gì. Hãy chọn ở cột “Hiện vật”.
contribution-sponsor = Vai trò là nhà tài trợ thì phải ghi tên nhà tài trợ.
contribution-negative = Số chi không thể âm. Hãy kiểm tra lại số tiền.
contribution-target = Chỉ tiêu giảm phải từ 0 đến 100 %. Hãy kiểm tra lại tỷ lệ.
