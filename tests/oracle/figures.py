"""What a printed figure denotes, and what follows from that: written from the manual (docs/language.md, "数字 / Figures") and
the semantics of calculation (published accounts: XBRL Calculations 1.1), not from the program. Standard library only.

Three outcomes everywhere: a value, or a reason why there is none. A reason is raised as NotJudged; `torn` tells a cell that
could not be read from one that is empty.
"""
import unicodedata
from dataclasses import dataclass
from fractions import Fraction as Q


class NotJudged(Exception):
    """There is no answer; `torn` if a cell could not be read, `absent` if nothing is printed."""

    def __init__(self, why):
        super().__init__(why)
        self.torn = why == "torn"
        self.absent = why == "absent"


@dataclass(frozen=True)
class Word:
    """A text where a figure may stand: 作成中."""

    text: str


@dataclass(frozen=True)
class Range:
    """All numbers between two ends; None is no end. `inl` and `inh` tell whether the ends belong to it."""

    low: object
    inl: bool
    high: object
    inh: bool

    def is_empty(self):
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.inl and self.inh))

    def __and__(self, other):
        low, inl = self.low, self.inl
        if low is None or (other.low is not None and other.low > low):
            low, inl = other.low, other.inl
        elif other.low == low:
            inl = inl and other.inl
        high, inh = self.high, self.inh
        if high is None or (other.high is not None and other.high < high):
            high, inh = other.high, other.inh
        elif other.high == high:
            inh = inh and other.inh
        return Range(low, inl, high, inh)

    def has_zero(self):
        return not (self & Range(Q(0), True, Q(0), True)).is_empty()

    def width(self):
        return None if self.low is None or self.high is None else self.high - self.low

    def __neg__(self):
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Range(low, self.inh, high, self.inl)

    def __add__(self, other):
        def end(a, ina, b, inb):
            return (None, False) if a is None or b is None else (a + b, ina and inb)

        return Range(*end(self.low, self.inl, other.low, other.inl), *end(self.high, self.inh, other.high, other.inh))

    def __sub__(self, other):
        return self + -other

    def __truediv__(self, other):
        if other.has_zero():
            raise NotJudged("division by zero")
        if None in (self.low, self.high, other.low, other.high):
            raise NotJudged("an open side in a quotient")
        # 0 may still be an end that does not belong to the range: (0, 1] has no least quotient.
        if other.low == 0 or other.high == 0:
            raise NotJudged("division by zero")
        tops = [(self.low, self.inl), (self.high, self.inh)]
        bottoms = [(other.low, other.inl), (other.high, other.inh)]
        # 0 by whatever is 0: that end is reached, even if b is not.
        ends = [(a / b, ina and (inb or a == 0)) for a, ina in tops for b, inb in bottoms]
        low, high = min(e[0] for e in ends), max(e[0] for e in ends)
        return Range(low, any(i for v, i in ends if v == low), high, any(i for v, i in ends if v == high))

    def times(self, by):
        low = None if self.low is None else self.low * by
        high = None if self.high is None else self.high * by
        return Range(low, self.inl, high, self.inh)


def only(value):
    return Range(value, True, value, True)


@dataclass(frozen=True)
class Figure:
    """A number: as it is printed, what it denotes, its unit ("" if none is printed), and 以上 and the like.

    `%` is a unit of which the number is a hundredth. The unit None is that of a quotient: a pure number.
    """

    value: Q
    range: Range
    unit: object = ""
    mark: str = ""
    printed: bool = False


def whole(number):
    """A number that is counted or given in a rule."""
    return Figure(Q(number), only(Q(number)))


DIGITS = "0123456789"
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
ABOUT = ("約", "ほぼ", "おおむね", "概ね")
MARKS = {"以上": "at least", "以下": "at most", "超": "more", "未満": "less", "程度": "about", "見込み": "", "見込": ""}
SAME = {"名": "人", "パーセント": "%", "件数": "件"}


def wide_to_narrow(text):
    return unicodedata.normalize("NFKC", text)


def split_number(text):
    """Digits with groups and a point at the beginning of a text: (number, worth of the last place, rest), or None."""
    end, point = 0, None
    while end < len(text):
        c = text[end]
        more = end + 1 < len(text) and text[end + 1] in DIGITS
        if c in DIGITS or (c == "," and more and point is None):
            pass
        elif c == "." and more and point is None:
            point = end
        else:
            break
        end += 1
    if end == 0 or text[0] not in DIGITS:
        return None
    digits, rest = text[:end], text[end:]
    before = digits if point is None else digits[:point]
    groups = before.split(",")
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(g) != 3 for g in groups[1:])):
        raise NotJudged("torn")
    plain = digits.replace(",", "")
    if sum(c in DIGITS for c in plain) > 18:
        raise NotJudged("torn")
    places = 0 if point is None else end - point - 1
    return Q(plain), Q(1, 10**places), rest


def split_scale(text):
    by = 1
    while text and text[0] in SCALES:
        by, text = by * SCALES[text[0]], text[1:]
    return by, text


def denoted(value, place, rounding):
    """All numbers that are printed so, when the last place was rounded in this way."""
    if rounding == "四捨五入":
        return Range(value - place / 2, True, value + place / 2, True)
    if rounding == "切り捨て":
        if value == 0:
            return Range(-place, False, place, False)
        return Range(value, True, value + place, False) if value > 0 else Range(value - place, False, value, True)
    if rounding == "切り上げ":
        if value == 0:
            return only(value)
        return Range(value - place, False, value, True) if value > 0 else Range(value, True, value + place, False)
    raise ValueError(rounding)


def read(text, rounding="四捨五入", exact=False, unit=None):
    """A cell where a figure may stand: a Figure or a Word; NotJudged if there is none.

    `exact` tells a column of decisions and counts; `unit` the unit of the column.
    """
    text = text.strip()
    if text in ("判読不能", "■", "unreadable"):
        raise NotJudged("torn")
    if all(wide_to_narrow(c) in "-ー" for c in text):
        raise NotJudged("absent")
    printed, text = text, wide_to_narrow(text)
    for note in ("(※)", "※"):
        if text.endswith(note) and text != note:
            text = text[: -len(note)].rstrip()
            break
    mark = ""
    for word in ABOUT:
        if text.startswith(word):
            mark, text = "about", text[len(word) :].lstrip()
            break
    sign = 1
    if text[:1] in ("-", "△", "▲"):
        sign, text = -1, text[1:]
    first = split_number(text)
    if first is None:
        return Word(printed)
    value, place, rest = first
    by, rest = split_scale(rest)
    value, place, scaled = value * by, place * by, by > 1
    # 7万6千: the parts add up, and the last one says how finely it was counted.
    while scaled and rest[:1] and rest[0] in DIGITS:
        part, part_place, rest = split_number(rest)
        part_by, rest = split_scale(rest)
        value, place = value + part * part_by, part_place * part_by
    rest = rest.strip()
    while any(rest.endswith(word) for word in MARKS):
        word = next(w for w in MARKS if rest.endswith(w))
        mark, rest = MARKS[word] or mark, rest[: -len(word)].rstrip()
    if any(not (c.isalpha() or c in "%‰℃/・ー") for c in rest):
        return Word(printed)
    counted = not scaled and rest != "%" and place == 1
    rest = SAME.get(rest, rest)
    if unit and not rest:
        rest = unit
    value *= sign
    # What was counted by ones is as it is; what was measured, scaled or divided is rounded.
    if rest == "%":
        counted, value, place = False, value / 100, place / 100
    range_ = only(value) if exact or counted else denoted(value, place, rounding)
    if mark == "at least":
        range_ = Range(value, True, None, False)
    elif mark == "at most":
        range_ = Range(None, False, value, True)
    elif mark == "more":
        range_ = Range(value, False, None, False)
    elif mark == "less":
        range_ = Range(None, False, value, False)
    elif mark == "about":
        slack = max(abs(value) / 10, place)
        range_ = Range(value - slack, True, value + slack, True)
    return Figure(value, range_, rest, mark, True)


def alike(a, b):
    """Two figures in one unit: a figure without one takes that of the other, and 30 beside 30% is 30 %."""
    if a.unit == b.unit:
        return a, b, a.unit

    def hundredth(f):
        return Figure(f.value / 100, f.range.times(Q(1, 100)), "%", f.mark, f.printed)

    if a.unit == "":
        return (hundredth(a) if b.unit == "%" else a), b, b.unit
    if b.unit == "":
        return a, (hundredth(b) if a.unit == "%" else b), a.unit
    if {a.unit, b.unit} == {None, "%"}:
        return a, b, None
    raise NotJudged("units")


def figures(*cells):
    """Figures to compute with or to order; a word is none."""
    for cell in cells:
        if isinstance(cell, Word):
            raise NotJudged("a word")
    return cells


def plus(a, b):
    a, b, unit = alike(*figures(a, b))
    return Figure(a.value + b.value, a.range + b.range, unit)


def minus(a, b):
    a, b, unit = alike(*figures(a, b))
    return Figure(a.value - b.value, a.range - b.range, unit)


def over(a, b):
    a, b = figures(a, b)
    if b.value == 0:
        raise NotJudged("division by zero")
    if a.unit == b.unit or a.unit == "":
        unit = None
    elif b.unit in (None, "", "%"):
        unit = a.unit
    else:
        unit = ""
    return Figure(a.value / b.value, a.range / b.range, unit)


def share(part, rest):
    """part ÷ (part + rest), as 1 ÷ (1 + rest ÷ part): what is more of the part is more of the whole."""
    part, rest, _ = alike(*figures(part, rest))
    if part.value < 0 or rest.value < 0:
        raise NotJudged("less than nothing")

    def of(p, r):
        p, r = max(p, Q(0)), max(r, Q(0))
        if p + r == 0:
            raise NotJudged("division by zero")
        return p / (p + r)

    # Whatever is not told of a part, it is no less than nothing and no more than the whole.
    low, inl, high, inh = Q(0), True, Q(1), True
    if part.range.low is not None and rest.range.high is not None:
        low, inl = of(part.range.low, rest.range.high), part.range.inl and rest.range.inh
    if part.range.high is not None and rest.range.low is not None:
        high, inh = of(part.range.high, rest.range.low), part.range.inh and rest.range.inl
    return Figure(of(part.value, rest.value), Range(low, inl, high, inh), None)


def rounded(figure, places, how):
    """四捨五入, 切り捨て, 切り上げ of the number: half away from zero, towards zero, away from zero."""
    (figure,) = figures(figure)
    scaled = abs(figure.value) * Q(10) ** places
    floor = scaled.numerator // scaled.denominator
    if how == "四捨五入":
        floor += scaled - floor >= Q(1, 2)
    elif how == "切り上げ":
        floor += scaled != floor
    value = Q(floor) / Q(10) ** places * (1 if figure.value >= 0 else -1)
    return Figure(value, only(value), figure.unit)


def words(a, b):
    """Whether two words are one, if they are words: 運用 and 運用; a word beside a figure says nothing."""
    return a.text == b.text if isinstance(a, Word) and isinstance(b, Word) else None


def same(a, b):
    """=: one number, and the same 以上; or one word."""
    if words(a, b) is not None:
        return words(a, b)
    a, b, _ = alike(*figures(a, b))
    return a.value == b.value and a.mark == b.mark


def less(a, b):
    a, b, _ = alike(*figures(a, b))
    return a.value < b.value


def consistent(a, b):
    """≈: what they denote meets. Two printings of one precision are equal, or 1 and 2 would touch at 1.5; a total and the
    sum of its parts are no printings of one figure."""
    if words(a, b) is not None:
        return words(a, b)
    a, b, _ = alike(*figures(a, b))
    if a.printed and b.printed and a.range.width() and a.range.width() == b.range.width():
        return a.value == b.value
    return not (a.range & b.range).is_empty()


def one_figure(cells):
    """同値: all can be printings of one figure: what they denote has a number in common, and at one precision they are
    equal. What is not printed contradicts nothing."""
    common, first, seen = None, None, {}
    for cell in cells:
        if first is None:
            first, common = cell, cell.range
        before, cell, _ = alike(first, cell)
        if before.value != first.value:
            raise NotJudged("units")
        common = common & cell.range
        if common.is_empty():
            return False
        width = cell.range.width()
        if width and seen.setdefault(width, cell.value) != cell.value:
            return False
    return True
