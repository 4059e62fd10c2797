programme-theme-year = Chuyên đề hằng năm phải ghi năm. Hãy ghi năm của chuyên đề.
programme-plan-year = Kế hoạch năm { $year } ban hành ngày { $day }: chỉ có thể từ năm trước đó đến hết năm { $year }. Hãy sửa năm hoặc ngày ban hành.
programme-task-result = Việc đã có ngày hoàn thành thì phải ghi kết quả. Hãy ghi kết quả hoặc xóa ngày hoàn thành.
programme-task-quarter = Tháng { $month } không thuộc quý { $quarter }. Hãy sửa một trong hai, hoặc để trống quý.
programme-breakthrough-evidence = Nội dung đã giải quyết xong phải có minh chứng. Hãy ghi văn bản, số liệu hoặc đường dẫn.
programme-breakthrough-year = Ngày giải quyết xong { $day } trước năm đăng ký { $year }. Hãy sửa ngày hoặc năm.
