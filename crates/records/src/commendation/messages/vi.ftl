commendation-object-unit = Khen tập thể phải ghi tập thể nào. Hãy điền cột “Tập thể được khen”.
commendation-one-object = Mỗi dòng chỉ có một đối tượng. Dòng này khen tập thể; hãy bỏ tên cá nhân ở đây và ghi cá nhân thành một dòng riêng.
commendation-year = Năm thành tích { $year } sau ngày quyết định { $day }. Hãy sửa năm hoặc ngày.
