"""Three values: True, False and NotJudged. A conjunction with a false part is false whatever else could not be read."""
from figures import NotJudged


def every(*parts):
    """All parts hold; the parts are functions without arguments. A false part decides, else the first reason does."""
    why = None
    for part in parts:
        try:
            if not part():
                return False
        except NotJudged as reason:
            why = why or reason
    if why:
        raise why
    return True


def some(*parts):
    return not every(*[lambda part=part: not part() for part in parts])


def met(*conditions):
    """Conditions of a premise or of a set: one that meets nothing printed is not met; a torn cell leaves it open."""

    def tell(condition):
        try:
            return condition()
        except NotJudged as why:
            if why.torn:
                raise
            return False

    return every(*[lambda c=c: tell(c) for c in conditions])


def select(rows, *conditions):
    """The rows that meet conditions of one row; NotJudged if that cannot be told of a row."""
    return [row for row in rows if met(*[lambda c=c, row=row: c(row) for c in conditions])]


def exists(rows, *conditions):
    """Whether a row meets the conditions: one that does decides, whatever is torn elsewhere."""
    why = None
    for row in rows:
        try:
            if met(*[lambda c=c, row=row: c(row) for c in conditions]):
                return True
        except NotJudged as reason:
            why = why or reason
    if why:
        raise why
    return False
