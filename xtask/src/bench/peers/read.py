"""The peers of `bench read`: python-docx, and a plain scan for numbers with what follows them."""

import pathlib
import re
import sys
import time

import docx

# A number and up to three words behind it: what people write first.
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
CLAIM = re.compile(r"(?:hơn|trên|gần|khoảng)?\s*(\d+(?:[.,]\d+)*)\s*(%|(?:[^\W\d]+\s?){1,3})")


def clean(path):
    """A labelled report without its labels."""
    return re.sub(r"\{([^|}]*)\|[^}]*\}", r"\1", path.read_text(encoding="utf-8"))


def write(paragraphs, path, number):
    document = docx.Document()
    table = []
    for line in paragraphs:
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        if table:
            grid = document.add_table(rows=0, cols=max(map(len, table)))
            for cells in table:
                for cell, text in zip(grid.add_row().cells, cells):
                    cell.text = text
            table = []
        document.add_paragraph(line)
    document.add_paragraph(f"Báo cáo thứ {number}.")
    document.save(path)


def prepare(cases, folder):
    folder = pathlib.Path(folder)
    texts = [clean(p) for p in sorted(pathlib.Path(cases).rglob("*.txt"))]
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    whole = "\n\n".join(lines) + "\n\n"
    times = 8_000_000 // len(whole.encode()) + 1
    (folder / "text.txt").write_text((whole * times)[:6_000_000], encoding="utf-8")
    # About fifteen pages of an office's report.
    pages, size = [], 0
    while size < 25_500:
        line = lines[len(pages) % len(lines)]
        pages.append(line)
        size += len(line)
    write(pages, folder / "report.docx", 0)
    many = folder / "hundred"
    many.mkdir()
    for n in range(100):
        write(pages[n % 20:] + pages[:n % 20], many / f"{n:03}.docx", n)
    print("letters", size)


def scan(text):
    return sum(1 for _ in CLAIM.finditer(text))


def words(path):
    document = docx.Document(path)
    parts = [p.text for p in document.paragraphs]
    parts += [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join(parts)


def timed(key, rounds, run):
    for _ in range(rounds):
        start = time.process_time()
        found = run()
        print(key, (time.process_time() - start) * 1e3)
    print(f"{key}_found", found)


def measure(folder, rounds):
    folder, rounds = pathlib.Path(folder), int(rounds)
    text = (folder / "text.txt").read_text(encoding="utf-8")
    timed("numbers", rounds, lambda: sum(1 for _ in NUMBER.finditer(text)))
    timed("text", rounds, lambda: scan(text))
    report = folder / "report.docx"
    timed("docx_text", rounds, lambda: len(words(report)))
    timed("docx", rounds, lambda: scan(words(report)))
    files = sorted((folder / "hundred").iterdir())
    timed("hundred", 2, lambda: sum(scan(words(f)) for f in files))


{"prepare": prepare, "measure": measure}[sys.argv[1]](*sys.argv[2:])
