discipline-object-unit = Xử lý tổ chức đảng phải ghi tổ chức nào. Hãy điền cột “Tổ chức bị xử lý”.
discipline-one-object = Mỗi dòng chỉ có một đối tượng. Dòng này về tổ chức đảng; hãy bỏ tên đảng viên ở đây và ghi đảng viên thành một dòng riêng.
discipline-form = Hình thức này không áp dụng cho đối tượng đã chọn. Theo { $source }, các hình thức gồm: { $forms }. Hãy chọn lại hình thức hoặc đối tượng.
