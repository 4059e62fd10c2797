person-too-young = Vào Đảng ngày { $day } khi chưa đủ { $age } tuổi (sinh năm { $born }). Hãy kiểm tra năm sinh và ngày vào Đảng.
person-official-not-joined = Có ngày chính thức thì phải có ngày vào Đảng. Hãy ghi thêm ngày vào Đảng.
person-choice-hint = Họ và tên hoặc số thẻ đảng viên.
