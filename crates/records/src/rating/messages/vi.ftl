rating-nothing = Cần có mức xếp loại hoặc danh hiệu. Hãy điền ít nhất một trong hai.
rating-one-object = Dòng này xếp loại tổ chức; hãy bỏ tên cá nhân ở đây và ghi cá nhân thành một dòng riêng.
rating-title = Danh hiệu này không dành cho đối tượng đã chọn: danh hiệu tập thể cho tổ chức, danh hiệu cá nhân cho đảng viên. Hãy chọn lại.
rating-year = Quyết định ngày { $day } có trước năm xếp loại { $year }. Hãy sửa năm hoặc ngày.
