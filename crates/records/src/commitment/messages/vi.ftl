commitment-why-needed = Cam kết chỉ thực hiện một phần hoặc vi phạm thì phải ghi lý do.
commitment-result-needed = Đã có ngày kiểm điểm thì phải ghi kết quả. Hãy ghi kết quả hoặc xóa ngày kiểm điểm.
commitment-year = Cam kết năm { $year } đăng ký ngày { $day }: chỉ có thể từ năm trước đó đến hết năm { $year }. Hãy sửa năm hoặc ngày đăng ký.
