"""Cells and lines that several papers share."""

import uuid
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from school.core import clock
from school.core.days import day_in
from school.core.languages import gettext as _
from school.core.languages import language
from school.reports.printing import Column, Mean, Percent, Sign, Value, opening
from school.reports.scale import NOT_ATTESTED, Tally
from school.reports.seen import ClassBook, Missed, Period, Result

NAME = 24
"""Letters of a pupil's name in a table."""
SIGNS = ("5", "4", "3", "2", NOT_ATTESTED)
"""What is counted, in the order of ``tally_columns``."""


def tally_opened(tally: Tally, endpoint: str, **values: Any) -> tuple[Value, ...]:
    """``tally_cells``, each count a way to its rows and each share to all of them."""
    counts, shares = tally_cells(tally)[: len(SIGNS)], tally_cells(tally)[len(SIGNS) :]
    return (
        *(opening(count, endpoint, sign=sign, **values) for sign, count in zip(SIGNS, counts, strict=True)),
        *(opening(share, endpoint, **values) for share in shares),
    )


def missed_opened(missed: Missed, endpoint: str, **values: Any) -> tuple[Value, ...]:
    """``missed_cells``, each a way to its rows."""
    return tuple(opening(one, endpoint, **values) for one in missed_cells(missed))


def pupil_opened(name: str, school_id: int, pupil_id: uuid.UUID) -> Value:
    """A pupil's name, which opens how the pupil gets on."""
    return opening(name, "progress.pupil", school_id=school_id, pupil_id=pupil_id)


def percent(share: Fraction | None) -> Value:
    """A share, or a dash where nobody is counted."""
    return Percent(share) if share is not None else "–"


def mean(number: Fraction | None) -> Value:
    """A mean, or a dash."""
    return Mean(number) if number is not None else "–"


def sign(result: Result | None) -> Value:
    """A pupil's mark."""
    found = result.sign if result is not None else None
    return Sign(found, result.is_set) if result is not None and found is not None else None


def tally_columns() -> tuple[Column, ...]:
    """The head of ``tally_cells``."""
    return (
        Column("5", 4),
        Column("4", 4),
        Column("3", 4),
        Column("2", 4),
        Column("н/а", 4),
        Column(_("Pass rate"), 9),
        Column(_("Quality"), 9),
        Column(_("SOU"), 8),
        Column(_("Mean"), 6),
    )


def tally_cells(tally: Tally) -> tuple[Value, ...]:
    """Counts and shares."""
    return (
        tally.fives,
        tally.fours,
        tally.threes,
        tally.twos,
        tally.away,
        percent(tally.passing),
        percent(tally.quality),
        percent(tally.learnedness),
        mean(tally.mean),
    )


def missed_columns() -> tuple[Column, ...]:
    """The head of ``missed_cells``."""
    return (
        Column(_("Days"), 6),
        Column(_("Lessons"), 7),
        Column(_("of them ill"), 8),
        Column(_("other reason"), 8),
        Column(_("no reason"), 8),
        Column(_("Late"), 6),
    )


def missed_cells(missed: Missed) -> tuple[Value, ...]:
    """What was missed."""
    return (missed.days, missed.lessons, missed.ill, missed.excused, missed.unexplained, missed.late)


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """All together."""
    return sum(tallies, Tally())


def full_day(day: object) -> str:
    """«23 ноября 2026 г.»"""
    return day_in("d MMMM y", day, language()) + (" г." if language() == "ru" else "")


def of_class(book: ClassBook) -> str:
    """«7 «Б», 1-я четверть 2026/27, на 23 ноября 2026 г.»"""
    return f"{book.name}, {of_period(book.period)}"


def of_period(period: Period) -> str:
    """«1-я четверть 2026/27»; of a running period with the day."""
    words = f"{period.name} {period.year_name}"
    today = clock.today()
    return words if period.ends_on < today else _("%(period)s, as of %(day)s", period=words, day=full_day(today))


def unsure_note(book: ClassBook) -> str:
    """What marks in brackets are."""
    return unsure_words() if book.is_preliminary else ""


def unsure_words() -> str:
    """The note itself."""
    return _(
        "In brackets: not set yet; what the school's act makes of the mean so far. They are counted as if they were set."
    )


def how_counted() -> str:
    """The formulas, under every table that has them."""
    return _(
        "Pass rate = (5 + 4 + 3) / N; quality = (5 + 4) / N; SOU = (1 × n5 + 0.64 × n4 + 0.36 × n3 + 0.16 × n2 + 0.07 × n/a) / N. "
        "N: pupils on the roll at the end of the period with a mark or not attested; exempt pupils are not counted."
    )
