"""The peer of `bench report`: the same document through docxtpl.

`prepare REPORT.docx TEMPLATE.docx VALUES.json` makes a docxtpl template of our own report: the same
paragraphs, styles and footnotes, with `{{ f12 }}` where our figure f12 stands. `fill TEMPLATE.docx
VALUES.json OUT.docx ROUNDS` fills it and prints what each round took, in milliseconds.
"""

import json
import re
import sys
import time
import zipfile

from docxtpl import DocxTemplate

CONTROL = re.compile(r'<w:tag w:val="(f\d+)"/>.*?<w:sdtContent>(.*?)</w:sdtContent>', re.S)
TEXT = re.compile(r"(<w:t[^>]*>)([^<]*)(</w:t>)")


def prepare(report, template, values):
    found = {}

    def hole(control):
        name, content = control.group(1), control.group(2)
        found[name] = "".join(t.group(2) for t in TEXT.finditer(content))
        inside = TEXT.sub(lambda t: t.group(1) + "{{ " + name + " }}" + t.group(3), content, count=1)
        return control.group(0).replace(content, inside)

    with zipfile.ZipFile(report) as old, zipfile.ZipFile(template, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part in ("word/document.xml", "word/footnotes.xml"):
                data = CONTROL.sub(hole, data.decode()).encode()
            new.writestr(part, data)
    if not found:
        sys.exit("the report has no figures")
    with open(values, "w") as out:
        json.dump(found, out)
    print("figures", len(found))


def fill(template, values, out, rounds):
    with open(values) as file:
        known = json.load(file)
    for _ in range(int(rounds)):
        wall, cpu = time.perf_counter(), time.process_time()
        document = DocxTemplate(template)
        document.render(known)
        document.save(out)
        print("docx", (time.perf_counter() - wall) * 1000)
        print("docx_cpu", (time.process_time() - cpu) * 1000)
    with zipfile.ZipFile(out) as made:
        text = made.read("word/document.xml").decode()
    if "{{" in text:
        sys.exit("docxtpl left holes")


{"prepare": prepare, "fill": fill}[sys.argv[1]](*sys.argv[2:])
