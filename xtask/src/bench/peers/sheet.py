"""The peer of `bench workbook`: the same rows through openpyxl, in its streaming modes."""

import datetime
import sys

import openpyxl

ROWS = 100_000
HEADINGS = ["Họ và tên", "Nội dung", "Ngày", "Đơn vị", "Loại", "Số người", "Số tiền", "Tỷ lệ",
            "Trực tuyến", "Kỳ", "Năm", "Văn bản"]


def row(n):
    return [
        f"Nguyễn Văn Người Thứ {n}",
        f"Học tập chuyên đề tháng {n % 12 + 1} về phong cách nêu gương của cán bộ",
        datetime.date(2021, 1, 1) + datetime.timedelta(days=n % 1000),
        f"Chi bộ {n % 110}",
        "Học tập" if n % 2 == 0 else "Sinh hoạt chuyên đề",
        n % 500,
        n * 1000,
        n % 1000 / 10,
        "x" if n % 3 == 0 else "",
        "2021",
        2021 + n % 3,
        f"{n:06}-KH/ĐU",
    ]


def write(path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Hoạt động")
    sheet.append(HEADINGS)
    for n in range(ROWS):
        sheet.append(row(n))
    book.save(path)


def read(path):
    book = openpyxl.load_workbook(path, read_only=True)
    found = 0
    for sheet in book.worksheets:
        for cells in sheet.iter_rows(values_only=True):
            found += any(c is not None for c in cells)
    if found < ROWS:
        sys.exit(f"openpyxl found {found} rows only")
    print(found)


{"write": write, "read": read}[sys.argv[1]](sys.argv[2])
