"""How marks become a mean and a mark of the term: numbers in, numbers out, exactly.

The rules are data of the school's act (``Rules``); this module only applies them. Means are fractions, compared and shown as whole
hundredths rounded half up, so that what a family sees is what counts. ``frontend/js/grid/scale.js`` does the same
arithmetic in whole numbers; ``tests/school/gradebook/scale_examples.json`` holds both to the same answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from school.gradebook.presence import Codes

VALUES: Final = (5, 4, 3, 2)
NOT_ATTESTED: Final = "н/а"
INSTEAD: Final = "instead"
BESIDE: Final = "beside"
UP: Final = "up"
LAST: Final = "last"
DECIDE: Final = "decide"
LAST_UNMARKED_LEVEL: Final = 2
RETAKES_FROM: Final = 2
"""Places of a cell: 0 its mark, 1 the second of a double mark, from here on its retakes."""
_NAMED: Final = {"systems", "presence"}
"""Rules that are kept by names, not by numbers."""


@dataclass(frozen=True, slots=True)
class Score:
    """A numeric mark as the mean sees it."""

    value: int
    weight: int = 1
    is_control: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The part of a school's act that is arithmetic. Means in hundredths: 460 is 4.60."""

    sure_from: Mapping[int, int] = field(default_factory=lambda: {5: 460, 4: 360, 3: 260})
    """From this mean the act itself gives the mark."""
    possible_from: Mapping[int, int] = field(default_factory=lambda: {5: 450, 4: 350, 3: 250})
    """From this mean to ``sure_from`` the teacher decides between the mark and the one below."""
    least_marks: Mapping[int, int] = field(default_factory=lambda: {1: 3, 2: 5, 4: 7})
    """Hours a week -> the least number of marks for a fair mark of the term."""
    half_year_more: int = 2
    """So many more in a half-year."""
    missed_percent: int = 50
    """Above this share of missed lessons, with too few marks, the proposal is «н/а»."""
    control_floor: Mapping[int, int] = field(default_factory=lambda: {5: 4})
    """A mark of the term -> the least mark a control work may have for it."""
    edit_days: int = 14
    """After so many days a change of a mark needs a reason and a second person."""
    retake: str = INSTEAD
    """Whether a retake counts ``instead`` of the mark it repeats or ``beside`` it."""
    unmarked_terms: Mapping[int, int] = field(default_factory=lambda: {1: 9})
    """Year level -> in how many of its first terms no marks are put."""
    systems: Mapping[str, Mapping[int, int]] = field(
        default_factory=lambda: {
            "ten": {5: 9, 4: 7, 3: 4},
            "twelve": {5: 10, 4: 7, 3: 4},
            "hundred": {5: 85, 4: 65, 3: 45},
            "criteria": {5: 85, 4: 65, 3: 45},
        }
    )
    """Another system of marks -> mark -> the least points for it (of criteria: the least per cent of all their points)."""
    dot_days: int = 14
    """So many days a dot gives for the work unless the teacher names the day."""
    warn_days: int = 21
    """So many days before the end of a term the teacher is warned of too few marks."""
    year_ties: str = UP
    """A year between two marks: ``up``, as the ``last`` term, or the teacher ``decide``s."""
    certificate_exam: bool = True
    """Year 9: the final mark of an examined subject is the mean of the year's and the exam's; otherwise the year's."""
    certificate_years: int = 2
    """Year 11: the final mark is the mean of all half-years and years of so many last years."""
    presence: Codes = field(default_factory=Codes)
    """How presence is shown: the one line of an act that nothing is reckoned from."""

    def to_data(self) -> dict[str, Any]:
        """As kept in ``MarkingAct.rules``: JSON has only text keys."""
        return {
            "sure_from": _text_keys(self.sure_from),
            "possible_from": _text_keys(self.possible_from),
            "least_marks": _text_keys(self.least_marks),
            "half_year_more": self.half_year_more,
            "missed_percent": self.missed_percent,
            "control_floor": _text_keys(self.control_floor),
            "edit_days": self.edit_days,
            "retake": self.retake,
            "unmarked_terms": _text_keys(self.unmarked_terms),
            "systems": {name: _text_keys(table) for name, table in self.systems.items()},
            "dot_days": self.dot_days,
            "warn_days": self.warn_days,
            "year_ties": self.year_ties,
            "certificate_exam": self.certificate_exam,
            "certificate_years": self.certificate_years,
            "presence": self.presence.to_data(),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rules":
        """The rules of an act; what it does not say stays at the default."""
        known: dict[str, Any] = {
            name: _number_keys(value) if isinstance(value, dict) and name not in _NAMED else value
            for name, value in data.items()
        }
        if "systems" in known:
            known["systems"] = {name: _number_keys(table) for name, table in known["systems"].items()}
        if "presence" in known:
            known["presence"] = Codes.from_data(known["presence"])
        return cls(**known)

    def is_unmarked(self, year_level: int, term_number: int) -> bool:
        """Whether no marks are put at this level in this term: no act reaches past the second year. Domain 1.5, rule 1."""
        return year_level <= LAST_UNMARKED_LEVEL and term_number <= self.unmarked_terms.get(year_level, 0)


class Caution(StrEnum):
    """What the teacher should look at before setting a mark of the term."""

    NO_MARKS = "no_marks"
    TOO_FEW = "too_few"
    BORDERLINE = "borderline"
    CONTROL = "control"
    """A control work is below what the act asks for the mark the mean gives."""
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the act proposes for a term; a person decides."""

    mean: int | None
    """In hundredths; None without marks."""
    choices: tuple[int, ...]
    """What the act allows: one mark, two where the teacher decides, none without marks."""
    code: str | None = None
    """«н/а» where the act proposes not to attest."""
    cautions: tuple[Caution, ...] = ()

    @property
    def value(self) -> int | None:
        """The one mark proposed; None where the teacher decides or nothing can be proposed."""
        return self.choices[0] if len(self.choices) == 1 and self.code is None else None

    def agrees(self, value: int | None, code: str | None) -> bool:
        """Whether a decision stays within the proposal and so needs no reason."""
        return code == self.code if self.code or code else value in self.choices


def weighted_mean(scores: Iterable[Score]) -> Fraction | None:
    """Sum of mark × weight over sum of weights; None without marks. Domain 1.5, rule 2."""
    values = weights = 0
    for score in scores:
        values += score.value * score.weight
        weights += score.weight
    return Fraction(values, weights) if weights else None


def hundredths(value_sum: int, weight_sum: int) -> int | None:
    """The mean of two sums in whole hundredths, half up: (9, 2) is 450. None without weights."""
    return (200 * value_sum + weight_sum) // (2 * weight_sum) if weight_sum else None


def rounded(mean: Fraction) -> int:
    """A mean in whole hundredths, half up."""
    return (200 * mean.numerator + mean.denominator) // (2 * mean.denominator)


def outcomes(mean: int, rules: Rules) -> tuple[int, ...]:
    """The marks that a mean (in hundredths) allows: one, or two where the teacher decides."""
    for value in (5, 4, 3):
        if mean >= rules.sure_from[value]:
            return (value,)
        if mean >= rules.possible_from[value]:
            return (value, value - 1)
    return (2,)


def least_marks(rules: Rules, hours_a_week: int, *, half_year: bool = False) -> int:
    """How many marks make a fair mark of the term at so many lessons a week."""
    least = max((n for hours, n in rules.least_marks.items() if hours <= max(hours_a_week, 1)), default=1)
    return least + (rules.half_year_more if half_year else 0)


def propose(scores: Sequence[Score], rules: Rules, *, least: int = 1, lessons: int = 0, missed: int = 0) -> Proposal:
    """The mark of a term by the act. ``least``: of ``least_marks``; ``lessons`` held and how many of them ``missed``."""
    mean = weighted_mean(scores)
    cautions: list[Caution] = []
    too_few = len(scores) < least
    away = lessons > 0 and 100 * missed > rules.missed_percent * lessons
    if away:
        cautions.append(Caution.MISSED)
    if mean is None:
        cautions.append(Caution.NO_MARKS)
        return Proposal(None, (), NOT_ATTESTED if away else None, tuple(cautions))
    if too_few:
        cautions.append(Caution.TOO_FEW)
    shown = rounded(mean)
    if too_few and away:
        return Proposal(shown, outcomes(shown, rules), NOT_ATTESTED, tuple(cautions))
    choices = outcomes(shown, rules)
    kept = tuple(value for value in choices if _control_allows(value, scores, rules))
    if kept != choices:
        cautions.append(Caution.CONTROL)
        choices = kept or (max(2, min(choices) - 1),)
    if len(choices) > 1:
        cautions.append(Caution.BORDERLINE)
    return Proposal(shown, choices, None, tuple(cautions))


def counted(places: Iterable[int], retake: str) -> frozenset[int]:
    """Which of the marks of one cell enter the mean; ``places`` are those where something stands. Domain 1.5, rules 3 and 9.

    Where a retake counts instead, the last one stands for the whole cell; otherwise all do.
    """
    standing = frozenset(places)
    last = max(standing, default=0)
    return frozenset({last}) if retake == INSTEAD and last >= RETAKES_FROM else standing


def contributions(scores: Sequence[Score]) -> list[Fraction]:
    """What each mark adds to the mean; they sum to it exactly."""
    weights = sum(score.weight for score in scores)
    return [Fraction(score.value * score.weight, weights) if weights else Fraction(0) for score in scores]


def apportion(parts: Sequence[Fraction], total: int) -> list[int]:
    """Whole numbers in proportion to ``parts`` that sum to ``total`` exactly (largest remainders first)."""
    whole = sum(parts, Fraction(0))
    if not whole:
        return [0] * len(parts)
    exact = [part * total / whole for part in parts]
    shares = [int(one) for one in exact]
    order = sorted(range(len(parts)), key=lambda n: (shares[n] - exact[n], n))
    for n in order[: total - sum(shares)]:
        shares[n] += 1
    return shares


@dataclass(frozen=True, slots=True)
class Way:
    """``count`` more marks ``value`` of weight ``weight``."""

    count: int
    value: int
    weight: int


def ways_to(target: int, scores: Sequence[Score], weights: Iterable[int], rules: Rules, most: int = 6) -> list[Way]:
    """The shortest ways to be sure of ``target``, one for each weight and mark that lead there in ``most`` marks or fewer.

    The first is the shortest of all possible ways: nothing lifts a mean more than a five of the greatest weight.
    Empty when the mean is there already or nothing leads there. Fewest marks first, then the lowest mark that is enough.
    """
    have_value = sum(score.value * score.weight for score in scores)
    have_weight = sum(score.weight for score in scores)
    goal = rules.sure_from.get(target, 0)
    if have_weight and (hundredths(have_value, have_weight) or 0) >= goal:
        return []
    found = []
    for weight in sorted(set(weights), reverse=True):
        for value in VALUES:
            count = _fewest(have_value, have_weight, value, weight, goal, most)
            if count:
                found.append(Way(count, value, weight))
    return sorted(found, key=lambda way: (way.count, way.value, way.weight))


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures of a group for a term, in whole per cent; None without pupils. Domain 1.7."""

    success: int | None
    quality: int | None
    learnedness: int | None
    """СОУ."""


def outcome_of(counts: Mapping[int | str, int]) -> Outcome:
    """Success, quality and СОУ from how many pupils have each mark of the term (keys 5, 4, 3, 2 and «н/а»).

    Exempt pupils and those without a mark are not counted; not attested ones are.
    """
    n5, n4, n3, n2 = (counts.get(value, 0) for value in VALUES)
    away = counts.get(NOT_ATTESTED, 0)
    everybody = n5 + n4 + n3 + n2 + away
    if not everybody:
        return Outcome(None, None, None)
    return Outcome(
        _percent(n5 + n4 + n3, everybody),
        _percent(n5 + n4, everybody),
        _percent(100 * n5 + 64 * n4 + 36 * n3 + 16 * n2 + 7 * away, 100 * everybody),
    )


def forbidden_by_control(value: int, scores: Sequence[Score], rules: Rules) -> bool:
    """Whether a control work stands too low for this mark of the term, whatever the mean. Domain 1.5, rule 6."""
    return not _control_allows(value, scores, rules)


def _control_allows(value: int, scores: Sequence[Score], rules: Rules) -> bool:
    floor = rules.control_floor.get(value)
    return floor is None or all(score.value >= floor for score in scores if score.is_control)


def _fewest(have_value: int, have_weight: int, value: int, weight: int, goal: int, most: int) -> int:
    for count in range(1, most + 1):
        mean = hundredths(have_value + count * value * weight, have_weight + count * weight)
        if mean is not None and mean >= goal:
            return count
    return 0


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)


def _text_keys(numbers: Mapping[int, int]) -> dict[str, int]:
    return {str(key): value for key, value in numbers.items()}


def _number_keys(data: Mapping[str, int]) -> dict[int, int]:
    return {int(key): value for key, value in data.items()}
