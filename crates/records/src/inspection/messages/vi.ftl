inspection-object-unit = Cuộc kiểm tra, giám sát đối với tổ chức đảng phải ghi tổ chức nào. Hãy điền cột “Tổ chức được kiểm tra”.
inspection-one-object = Mỗi dòng chỉ có một đối tượng. Dòng này về tổ chức đảng; hãy bỏ tên đảng viên ở đây và ghi đảng viên thành một dòng riêng.
inspection-head = “Là người đứng đầu” chỉ dùng cho đảng viên. Hãy bỏ đánh dấu, hoặc đổi đối tượng thành đảng viên.
inspection-remedy = Đã ghi hạn hoặc ngày khắc phục nhưng chưa ghi việc phải khắc phục. Hãy điền cột “Việc phải khắc phục”.
