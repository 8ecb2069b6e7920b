"""tools.py arelle|vtl FOLDER…: what the tools of accountants and statisticians say of the same figures.

arelle (arelle-release): what a rounded or truncated figure denotes, by XBRL Calculations 1.1. Asked of the plain figures in
figures.csv: do two meet, does a sum meet its parts, can several be printings of one figure.
vtl (vtlengine): the sums of summary.csv by a hierarchical ruleset.

For each folder a line of JSON: [check, line, whether it holds] of all that the tool could be asked.
"""
import csv
import json
import re
import sys
from collections import defaultdict


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(enumerate(csv.DictReader(file), 2))


def arelle(folder):
    from arelle import ValidateXbrlCalcs
    from arelle.ValidateXbrlCalcs import rangeValue

    # What a command of arelle does first.
    ValidateXbrlCalcs.init()

    def denoted(row, name):
        """The ends that arelle gives for a figure, and its precision; None for what is no plain figure."""
        match = re.fullmatch(r"(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d+))?(%?)", row[name])
        if not match or row["rounding"] == "切り上げ":
            return None
        places = len(match[2] or "")
        # A count is exact; what was measured or divided is rounded to its last place.
        decimals = places if match[2] or match[3] else "INF"
        number = row[name].replace(",", "").rstrip("%")
        return (match[3], decimals, *rangeValue(number, decimals, truncate=row["rounding"] == "切り捨て"))

    def meet(a, b):
        (_, p, low, high, inl, inh), (_, q, low2, high2, inl2, inh2) = a, b
        if p == q != "INF":
            return (low, high) == (low2, high2)
        bottom, top = max(low, low2), min(high, high2)
        closed = all(i for v, i in ((low, inl), (low2, inl2)) if v == bottom)
        closed = closed and all(i for v, i in ((high, inh), (high2, inh2)) if v == top)
        return bottom < top or (bottom == top and closed)

    def plus(a, b):
        (_, _, low, high, inl, inh), (_, _, low2, high2, inl2, inh2) = a, b
        return (a[0], None, low + low2, high + high2, inl and inl2, inh and inh2)

    rows, said, groups = read(f"{folder}/figures.csv"), [], defaultdict(list)
    for line, row in rows:
        groups[row["doc"], row["group"]].append((line, row))
    disputed = {line for line, row in rows if "同" in row["group"]}
    for line, row in rows:
        a, b, c = (denoted(row, name) for name in "abc")
        if a and b and a[0] == b[0]:
            said.append((1, line, meet(a, b)))
        if a and b and c and a[0] == b[0] == c[0] and line not in disputed and "INF" not in (b[1], c[1]):
            said.append((4, line, meet(a, plus(b, c))))
    torn = {row["doc"] for _, row in rows if row["group"] == "判読不能"}
    for (document, name), members in groups.items():
        figures = [denoted(row, "a") for _, row in members]
        if "同" in name and document not in torn and all(figures) and len({f[0] for f in figures}) == 1:
            holds = all(meet(a, b) for a in figures for b in figures)
            # A rule that holds is not heard of.
            said += [] if holds else [(14, line, False) for line, _ in members]
    return said


def vtl(folder):
    import pandas
    from vtlengine import run

    rows = read(f"{folder}/summary.csv")
    codes = {"合計": "T", **{f"Ⅰ-{n}": f"A{n}" for n in range(1, 6)}, "Ⅱ": "B"}
    counts = ("programs", "kpi_set", "achieved")
    torn, documents = set(), defaultdict(list)
    for line, row in rows:
        documents[row["doc"]].append((line, row))
        if row["field"] not in codes or not all(row[name].isdigit() for name in counts):
            torn.add(row["doc"])
    for document, lines in documents.items():
        if sorted(codes[row["field"]] for _, row in lines if row["field"] in codes) != sorted(codes.values()):
            torn.add(document)
    rows = [(line, row) for line, row in rows if row["doc"] not in torn]
    components = [
        {"name": "doc", "type": "String", "role": "Identifier", "nullable": False},
        {"name": "field", "type": "String", "role": "Identifier", "nullable": False},
        {"name": "n", "type": "Integer", "role": "Measure", "nullable": True},
    ]
    names = [f"DS_{name}" for name in counts]
    script = "define hierarchical ruleset sums (variable rule field) is T = A1 + A2 + A3 + A4 + A5 + B end hierarchical ruleset;"
    script += "".join(f"R_{name} <- check_hierarchy({name}, sums rule field non_null all);" for name in names)
    points = {
        f"DS_{name}": pandas.DataFrame([(r["doc"], codes[r["field"]], int(r[name])) for _, r in rows], columns=["doc", "field", "n"])
        for name in counts
    }
    structures = {"datasets": [{"name": name, "DataStructure": components} for name in names]}
    holds = defaultdict(lambda: True)
    for result in run(script=script, data_structures=structures, datapoints=points).values():
        for _, row in result.data.iterrows():
            holds[row["doc"]] &= bool(row["bool_var"])
    return [(6, line, holds[row["doc"]]) for line, row in rows if row["field"] == "合計"]


if __name__ == "__main__":
    tool = {"arelle": arelle, "vtl": vtl}[sys.argv[1]]
    for folder in sys.argv[2:]:
        print(json.dumps(tool(folder)))
