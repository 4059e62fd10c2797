overview-home = Trang đầu
overview-units = Đơn vị
