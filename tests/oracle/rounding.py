"""What follows from printed figures: ranges that meet, sums, quotients and shares of rounded parts, one figure printed
several times. The questions are those of figures.rules, over figures.csv."""
import csv

from figures import (
    NotJudged,
    Word,
    consistent,
    figures,
    less,
    minus,
    one_figure,
    over,
    plus,
    read,
    rounded,
    same,
    share,
    whole,
)
from logic import met


class Row:
    """A row of figures; nothing is computed with the first while another printing of it says otherwise."""

    def __init__(self, line, cells):
        self.line, self.cells, self.disputed = line, cells, False

    def __getitem__(self, name):
        text = self.cells[name].strip()
        if name == "group":
            if text == "判読不能":
                raise NotJudged("torn")
            if not text:
                raise NotJudged("absent")
            return text
        return read(text, self.cells["rounding"], exact=name == "x", unit="%" if name == "rate" else None)

    def part(self, name):
        """A cell to compute with."""
        if name == "a" and self.disputed:
            raise NotJudged("in dispute")
        return figures(self[name])[0]


def group(row, rows):
    """The rows of the group; NotJudged if it cannot be told of one. Nothing is in the group that is not printed."""
    return [other for other in rows if met(lambda: row["group"] == other["group"])]


def sum_of_group(row, rows):
    total = None
    for other in group(row, rows):
        part = other.part("b")
        total = part if total is None else plus(total, part)
    return whole(0) if total is None else total


def one(row, rows):
    """Every printing of the group; words and blanks contradict nothing."""
    if not met(lambda: "同" in row["group"]):
        return None
    cells = []
    for other in group(row, rows):
        try:
            cell = other["a"]
        except NotJudged as why:
            if why.absent:
                continue
            raise
        if not isinstance(cell, Word):
            cells.append(cell)
    return one_figure(cells)


CHECKS = {
    1: lambda r, _: consistent(r["a"], r["b"]),
    2: lambda r, _: consistent(r["a"], r["x"]),
    3: lambda r, _: consistent(r["rate"], over(r.part("b"), r.part("c"))),
    4: lambda r, _: consistent(r.part("a"), plus(r.part("b"), r.part("c"))),
    5: lambda r, _: consistent(r.part("a"), minus(r.part("b"), r.part("c"))),
    6: lambda r, _: same(r["a"], r["b"]),
    7: lambda r, _: less(r["a"], r["b"]),
    8: lambda r, _: same(r["rate"], rounded(over(r.part("b"), r.part("c")), 2, "四捨五入")),
    9: lambda r, _: same(r["rate"], rounded(over(r.part("b"), r.part("c")), 2, "切り捨て")),
    10: lambda r, _: same(r["rate"], rounded(over(r.part("b"), r.part("c")), 2, "切り上げ")),
    11: lambda r, _: consistent(r["rate"], share(r.part("b"), r.part("c"))),
    12: lambda r, rows: consistent(r["x"], sum_of_group(r, rows)),
    13: lambda r, _: consistent(r.part("a"), plus(r.part("b"), r.part("x"))),
    14: one,
    15: lambda r, _: consistent(r["x"], plus(r.part("a"), r.part("c"))),
}


def check(folder):
    """(check, file, line) of all findings, and as n1… of all rows where a check holds (14 has no opposite)."""
    with open(f"{folder}/figures.csv", encoding="utf-8", newline="") as file:
        rows = [Row(line, cells) for line, cells in enumerate(csv.DictReader(file), 2)]
    near = {row.line: [other for other in rows if other.cells["doc"] == row.cells["doc"]] for row in rows}

    def outcome(number, row):
        try:
            return CHECKS[number](row, near[row.line])
        except NotJudged:
            return None

    for row in rows:
        if outcome(14, row) is False:
            for other in group(row, near[row.line]):
                other.disputed = True
    found = set()
    for row in rows:
        for number in CHECKS:
            holds = outcome(number, row)
            if holds is not None and not (holds and number == 14):
                found.add((f"{'nc'[not holds]}{number}", "figures.csv", row.line))
    return sorted(found)
