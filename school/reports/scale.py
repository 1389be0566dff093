"""The arithmetic of reports: counts of marks in, shares out, exactly. Pure.

Shares are fractions of one and are rounded only where they are written. Domain 1.7: N counts pupils on the roll who have a mark of
the period or «н/а»; exempt pupils and those without a mark are not counted. The weights of СОУ are V. P. Simonov's: 1, 0.64,
0.36 and 0.16 (the squares of a mark's tenfold share), and 0.07 for «н/а» as in the help of the reports that schools hand in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

NOT_ATTESTED: Final = "н/а"
SOU_WEIGHTS: Final = {5: 100, 4: 64, 3: 36, 2: 16}
SOU_NOT_ATTESTED: Final = 7


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pupils have each mark."""

    fives: int = 0
    fours: int = 0
    threes: int = 0
    twos: int = 0
    away: int = 0
    """Not attested."""

    @classmethod
    def of(cls, results: Iterable[int | str | None]) -> "Tally":
        """Count marks (5–2) and codes; what is neither a mark nor «н/а» is not counted."""
        found = list(results)
        fives, fours, threes, twos, away = (found.count(one) for one in (5, 4, 3, 2, NOT_ATTESTED))
        return cls(fives, fours, threes, twos, away)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.fives + other.fives,
            self.fours + other.fours,
            self.threes + other.threes,
            self.twos + other.twos,
            self.away + other.away,
        )

    @property
    def everybody(self) -> int:
        """N of all formulas."""
        return self.fives + self.fours + self.threes + self.twos + self.away

    @property
    def passing(self) -> Fraction | None:
        """Успеваемость."""
        return self._share(self.fives + self.fours + self.threes)

    @property
    def quality(self) -> Fraction | None:
        """Качество знаний."""
        return self._share(self.fives + self.fours)

    @property
    def learnedness(self) -> Fraction | None:
        """СОУ, степень обученности учащихся."""
        weighed = 100 * self.fives + 64 * self.fours + 36 * self.threes + 16 * self.twos + SOU_NOT_ATTESTED * self.away
        return self._share(Fraction(weighed, 100))

    @property
    def mean(self) -> Fraction | None:
        """The mean of the marks; «н/а» is no number and is left out."""
        marks = self.everybody - self.away
        return Fraction(5 * self.fives + 4 * self.fours + 3 * self.threes + 2 * self.twos, marks) if marks else None

    def _share(self, part: int | Fraction) -> Fraction | None:
        return Fraction(part) / self.everybody if self.everybody else None


class Standing(StrEnum):
    """What a pupil is in the reports, by all marks of a period."""

    EXCELLENT = "excellent"
    """Отличник: only fives."""
    GOOD = "good"
    """Хорошист: fives and fours."""
    PASSING = "passing"
    FAILING = "failing"
    """At least one 2 or «н/а»."""
    NONE = "none"
    """No mark yet."""


def standing(results: Sequence[int | str | None]) -> Standing:
    """Of one pupil."""
    tally = Tally.of(results)
    if not tally.everybody:
        return Standing.NONE
    if tally.twos or tally.away:
        return Standing.FAILING
    if tally.threes:
        return Standing.PASSING
    return Standing.GOOD if tally.fours else Standing.EXCELLENT


def one_short(results: Sequence[int | str | None]) -> tuple[int, int] | None:
    """Резерв: the mark that alone keeps the pupil from the next standing, and its place; None where none or several do.

    One 4 among fives; one 3 among fives and fours; one 2 among passing marks. Who is not attested somewhere is one of none.
    """
    tally = Tally.of(results)
    if tally.away:
        return None
    for value, worse, count in (
        (2, 0, tally.twos),
        (3, tally.twos, tally.threes),
        (4, tally.twos + tally.threes, tally.fours),
    ):
        if not worse and count == 1 and tally.everybody > 1:
            return value, list(results).index(value)
        if count:
            return None
    return None


def share(part: int, whole: int) -> Fraction | None:
    """``part`` of ``whole``; None of nobody."""
    return Fraction(part, whole) if whole else None


def percent(part: Fraction, digits: int = 1) -> str:
    """A share as per cent with so many digits, half up: 7/8 is "87.5"."""
    scale = 10**digits
    whole = (200 * scale * part.numerator + part.denominator) // (2 * part.denominator)
    return f"{whole // scale}.{whole % scale:0{digits}}" if digits else str(whole)


def decimal(number: Fraction, digits: int = 2) -> str:
    """A mean with so many digits, half up: 35/8 is "4.38"."""
    scale = 10**digits
    whole = (2 * scale * number.numerator + number.denominator) // (2 * number.denominator)
    return f"{whole // scale}.{whole % scale:0{digits}}"


def year_mean(marks: Sequence[int]) -> Fraction | None:
    """The mean of a year's period marks, which the act rounds to the mark of the year."""
    return Fraction(sum(marks), len(marks)) if marks else None
