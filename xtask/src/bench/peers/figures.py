"""The peer of `bench figures`: what a script does with the same database.

Each figure reads its tables whole and counts in a loop; a row belongs to the block when the
tree stood so on the row's day. `figures.py DATABASE ROUNDS` prints the values and, for each round,
what all of them took on a processor, in milliseconds.
"""

import sqlite3
import sys
import time

UNIT, FROM, TO = "K", "2021-01-01", "2023-12-31"


class Records:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.row_factory = sqlite3.Row
        unit = next(r["id"] for r in self.db.execute("SELECT id, code FROM unit") if r["code"] == UNIT)
        self.spans = {}
        for row in self.db.execute("SELECT * FROM unit_span"):
            if row["ancestor"] == unit:
                self.spans.setdefault(row["descendant"], []).append((row["from_day"], row["to_day"]))

    def rows(self, table):
        return [r for r in self.db.execute(f"SELECT * FROM {table}") if r["withdrawn"] is None]

    def ours(self, unit, day):
        return FROM <= day <= TO and any(a <= day <= b for a, b in self.spans.get(unit, ()))

    def commitments(self):
        gone = {p["id"] for p in self.db.execute("SELECT * FROM person") if p["withdrawn"] is not None}
        for row in self.rows("commitment"):
            day = row["registered_day"] or f"{row['year']}-01-31"
            if row["person"] is not None and row["person"] not in gone and self.ours(row["unit"], day):
                yield row


def activities(records, kind):
    return sum(r["kind"] == kind and records.ours(r["unit"], r["day"]) for r in records.rows("activity"))


def vague(records):
    items = {i["commitment"] for i in records.rows("commitment_item") if i["vague"]}
    return sum(c["id"] in items for c in records.commitments())


FIGURES = {
    "commitments.made": lambda r: sum(1 for _ in r.commitments()),
    "commitments.vague": vague,
    "commitments.broken.people": lambda r: len(
        {c["person"] for c in r.commitments() if c["result"] == "broken"}
    ),
    "sessions.topic": lambda r: activities(r, "topic_session"),
    "discipline.persons": lambda r: sum(
        d["object"] == "person" and r.ours(d["unit"], d["day"]) for d in r.rows("discipline")
    ),
}


def main(path, rounds):
    for _ in range(int(rounds)):
        cpu = time.process_time()
        records = Records(path)
        values = {name: count(records) for name, count in FIGURES.items()}
        print("some_cpu", (time.process_time() - cpu) * 1000)
    for name, value in values.items():
        print("value", name, value)


main(*sys.argv[1:])
