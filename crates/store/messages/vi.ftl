store-locked = Cơ sở dữ liệu đang bận vì chương trình khác đang ghi. Hãy đợi giây lát rồi làm lại; chưa có gì bị thay đổi.
store-full = Ổ đĩa đã đầy nên không ghi được; chưa có gì bị thay đổi. Hãy giải phóng chỗ trống rồi làm lại.
store-not-database = Tệp { $place } không phải là cơ sở dữ liệu của Nền Nếp hoặc đã hỏng. Hãy chọn tệp khác hoặc khôi phục từ bản sao lưu.
store-unreachable = Không mở được cơ sở dữ liệu { $place }. Hãy kiểm tra đường dẫn, quyền truy cập hoặc máy chủ PostgreSQL.
store-read-only = Cơ sở dữ liệu chỉ cho đọc, không ghi được. Hãy kiểm tra quyền ghi của thư mục.
store-newer = Cơ sở dữ liệu do bản Nền Nếp mới hơn tạo ra ({ $feature } { $version }). Hãy dùng bản chương trình mới hơn.
store-conflict = Dữ liệu này đã có hoặc đang được nơi khác dùng đến, nên không ghi được ({ $detail }).
store-defect = Có lỗi của chương trình khi hỏi cơ sở dữ liệu; chưa có gì bị thay đổi. Hãy báo cho người phụ trách kèm nhật ký.
