"""The ten checks of benches/README.md over detail.csv and summary.csv, a row at a time and without any index."""
import csv
import unicodedata
from collections import defaultdict

from figures import NotJudged, less, over, plus, read, rounded, same, whole
from logic import every, exists, met, select


TORN = ("判読不能", "■", "unreadable")


def plain(text):
    """A text as texts are compared: widths and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


class Row:
    """A row: `line` of the file, and cells that are read when they are asked for."""

    def __init__(self, line, cells):
        self.line, self.cells = line, cells
        self.key = plain(cells.get("kpi_name", ""))

    def has(self, name):
        """Whether something is printed; a torn cell does not tell."""
        try:
            self[name]
            return True
        except NotJudged as why:
            if why.torn:
                raise
            return False

    def lacks(self, name):
        return not self.has(name)

    def __getitem__(self, name):
        text = self.cells[name].strip()
        if text in TORN:
            raise NotJudged("torn")
        if name in FIGURES:
            return read(text, unit=FIGURES[name])
        if not text:
            raise NotJudged("absent")
        if name not in NUMBERS:
            return plain(text)
        # A number of a row: 8, No8, (8), ⑧.
        number = plain(text).removeprefix("no").lstrip(".")
        if number[:1] == "(" and number[-1:] == ")":
            number = number[1:-1]
        if not (number.isascii() and number.isdigit() and len(number) <= 9):
            raise NotJudged("torn")
        return int(number)


FIGURES = {"t_r4": None, "t_r5": None, "t_r6": None, "t_r7": None, "actual_r4": None, "rate": "%"}
NUMBERS = {"row", "program_no", "relist_program", "programs", "kpi_set", "achieved", "edition"}
TARGETS = ("t_r4", "t_r5", "t_r6", "t_r7")


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [Row(line, cells) for line, cells in enumerate(csv.DictReader(file), 2)]


def either(row, name, other):
    """The cell, or what stands for one in which nothing is printed."""
    try:
        return row[name]
    except NotJudged as why:
        if not why.absent:
            raise
        return other()


ZERO = whole(0)


def c1(row, detail, _):
    """The re-listed program and indicator are in the document."""
    if not met(lambda: row.has("relist_program")):
        return None
    return every(
        lambda: exists(detail, lambda o: o["program_no"] == row["relist_program"]),
        lambda: row.lacks("relist_kpi") or exists(detail, lambda o: o["kpi_no"] == row["relist_kpi"]),
    )


def originals(row, detail, *more):
    """Each row that `row` re-lists, or the reason why that is not known."""
    for other in detail:
        try:
            here = [lambda: row.has("relist_program"), lambda: other["program_no"] == row["relist_program"]]
            if met(*[lambda c=c: c(row) for c in more], *here):
                yield other
        except NotJudged:
            pass


def c2(row, detail, _):
    """A re-listed indicator has the name and the targets of the original."""
    for other in originals(row, detail, lambda r: r.has("kpi_no")):
        yield lambda: every(
            lambda: other.has("kpi_name"),
            lambda: row["kpi_name"] == other["kpi_name"],
            *[lambda t=t: same(either(row, t, lambda: ZERO), either(other, t, lambda: ZERO)) for t in TARGETS],
        )


def c3(row, detail, _):
    """What is re-listed is not itself re-listed."""
    for other in originals(row, detail):
        yield lambda: other.lacks("relist_program")


def c4(row, _, plan):
    """The targets are those of the first edition of the plan that has the indicator."""
    own = (lambda r: r.lacks("relist_program"), lambda r: r.has("kpi_no"))

    def candidate(first):
        return (
            *[lambda c=c: c(row) for c in own],
            lambda: first["kpi_name"] == row["kpi_name"],
            *[lambda c=c: c(first) for c in own],
            lambda: first["edition"] < row["edition"],
        )

    def earlier(before, first):
        return met(
            lambda: before["kpi_name"] == row["kpi_name"],
            *[lambda c=c: c(before) for c in own],
            lambda: before["edition"] < first["edition"],
        )

    # Rows of another name are no candidates; that is told first, since there are many.
    plan = [o for o in plan if o.key == row.key or o.cells["kpi_name"].strip() in TORN]
    for first in plan:
        try:
            if not met(*candidate(first), lambda: not exists(plan, lambda b: earlier(b, first))):
                continue
        except NotJudged:
            continue

        def target(t):
            mine = either(row, t, lambda: either(first, t, lambda: ZERO))
            theirs = either(first, t, lambda: either(row, t, lambda: ZERO))
            return same(mine, theirs)

        yield lambda: every(*[lambda t=t: target(t) for t in TARGETS])


def c7(row, *_):
    """The status follows the target and the actual figure; less is better where the direction says so."""
    if not met(lambda: row.has("actual_r4"), lambda: row.has("t_r4")):
        return None
    actual, target = row["actual_r4"], row["t_r4"]
    met_ = not less(target, actual) if row["direction"] == "以下" else not less(actual, target)
    return row["status"] == ("達成" if met_ else "一部達成")


def c9(row, detail, _):
    """Numbers begin with 1 and go up by one."""
    if row["row"] == 1:
        return row["program_no"] == 1
    return exists(detail, lambda b: b["row"] == row["row"] - 1, lambda b: b["program_no"] == row["program_no"] - 1)


def c10(row, *_):
    """A cumulative indicator never falls."""
    if not met(lambda: "累計" in row["kpi_name"]):
        return None
    return every(*[lambda a=a, b=b: not less(row[b], row[a]) for a, b in zip(TARGETS, TARGETS[1:])])


def c5(row, *_):
    """The rate is achieved over set, rounded half up to whole per cent; none where nothing was set."""
    if row["kpi_set"] == 0:
        return row.lacks("rate")

    def right():
        rate = rounded(over(whole(row["achieved"]), whole(row["kpi_set"])), 2, "四捨五入")
        return same(row["rate"], rate)

    return every(lambda: row.has("rate"), right)


COUNTS = ("programs", "kpi_set", "achieved")


def c6(row, _, __, summary):
    """The total is the sum of the fields."""
    if not met(lambda: row["field"] == "合計"):
        return None

    def total(name):
        others = select(summary, lambda o: o["field"] != "合計")
        sum_ = whole(0)
        for other in others:
            sum_ = plus(sum_, whole(other[name]))
        return same(whole(row[name]), sum_)

    return every(*[lambda n=n: total(n) for n in COUNTS])


def c8(row, detail, _, __):
    """The counts of a field are those of the list, where what is re-listed is not counted again."""
    if not met(lambda: row["field"] != "合計"):
        return None
    own = (lambda o: o["field"] == row["field"], lambda o: o.lacks("relist_program"))
    more = {"programs": (), "kpi_set": (lambda o: o.has("kpi_no"),)}
    more["achieved"] = (*more["kpi_set"], lambda o: o["status"] == "達成")
    return every(*[lambda n=n: row[n] == len(select(detail, *own, *more[n])) for n in COUNTS])


def outcomes(check, *arguments):
    """What a check says of a row: of each pair of rows it makes, or of the row alone. None where it does not apply."""
    try:
        given = check(*arguments)
    except NotJudged:
        return
    for outcome in [lambda: given] if given is None or isinstance(given, bool) else given:
        try:
            yield outcome()
        except NotJudged:
            pass


def check(folder):
    """(check, file, line) of all findings, and as n1 to n10 of all rows where a check holds."""
    detail, summary = rows(f"{folder}/detail.csv"), rows(f"{folder}/summary.csv")
    documents, plans, totals = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in detail:
        documents[row.cells["doc"]].append(row)
        plans[row.cells["plan"]].append(row)
    for row in summary:
        totals[row.cells["doc"]].append(row)
    found = set()

    def told(number, file, row, said):
        for outcome in said:
            if outcome is not None:
                found.add((f"{'nc'[not outcome]}{number}", file, row.line))

    for row in detail:
        near = (documents[row.cells["doc"]], plans[row.cells["plan"]])
        for number, one in ((1, c1), (2, c2), (3, c3), (4, c4), (7, c7), (9, c9), (10, c10)):
            told(number, "detail.csv", row, outcomes(one, row, *near))
    for row in summary:
        near = (documents[row.cells["doc"]], plans[row.cells["plan"]], totals[row.cells["doc"]])
        for number, one in ((5, c5), (6, c6), (8, c8)):
            told(number, "summary.csv", row, outcomes(one, row, *near))
    return sorted(found)
