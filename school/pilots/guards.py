"""The guard-rails: what rings while a pilot runs, and by which numbers. Pure.

They look at what can hurt (time, giving up, work left undone, tasks too hard, marks and the post-test below the first arm, unequal sets, questions of
a test met outside of it) and never at whether an arm does better: who looks at results early finds them by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt
from typing import Any, Final

FEWEST: Final = 8
"""Pupils in each of two arms before shares are compared."""
MINUTES: Final = 15.0
"""Minutes a week below which a longer time is nobody's burden."""
HARD: Final = 0.10
"""At most so many tasks may be hard (foretold below .4)…"""
HARD_ANSWERS: Final = 50
"""…of so many answers at least."""
MARK: Final = 0.3
"""So far may the mean mark lie below the first arm's."""
Z: Final = 1.96


class Alarm(StrEnum):
    """What rang."""

    TIME = "time"
    LOST = "lost"
    UNDONE = "undone"
    HARD = "hard"
    MARKS = "marks"
    HARM = "harm"
    UNEQUAL = "unequal"
    LEAK = "leak"


@dataclass(frozen=True, slots=True)
class ArmFacts:
    """What one arm has been through so far."""

    arm: str
    pupils: int
    lost: int = 0
    """Left the pilot or the school."""
    given: int = 0
    """Tasks of all sets together."""
    done: int = 0
    """…answered in finished works."""
    minutes: float = 0.0
    """Of finished works, a pupil and week."""
    answers: int = 0
    hard: int = 0
    """Answers whose success was foretold below .4."""
    own: int = 0
    """Answers of practice of their own will, beside the sets."""
    sets: int = 0
    """Sets that its pupils were given, each pupil's counted: who left has fewer."""
    marks: tuple[float, ...] = field(default=())
    """Mean mark in the subject since the beginning, pupil by pupil."""


@dataclass(frozen=True, slots=True)
class Rang:
    """One alarm with its numbers, whole ones: they go into the record."""

    alarm: Alarm
    arm: str
    about: dict[str, Any]


def watch(
    facts: Sequence[ArmFacts], most_minutes: int, most_lost: int, *, harm: Sequence[str] = (), leaks: int = 0
) -> list[Rang]:
    """All that rings; the first of ``facts`` is what the others are compared with. ``harm``: arms whose post-test is below it."""
    first, found = facts[0], []
    if leaks:
        found.append(Rang(Alarm.LEAK, "", {"n": leaks}))
    found += [
        Rang(Alarm.HARD, one.arm, {"share": round(100 * one.hard / one.answers)})
        for one in facts
        if one.answers >= HARD_ANSWERS and one.hard / one.answers > HARD
    ]
    for one in facts[1:]:
        each, other = (a.given / a.sets if a.sets else 0.0 for a in (one, first))
        if one.sets and first.sets and abs(each - other) > 0.01:
            found.append(Rang(Alarm.UNEQUAL, one.arm, {"tenths": round(10 * each), "first": round(10 * other)}))
        if one.arm in harm:
            found.append(Rang(Alarm.HARM, one.arm, {}))
        if min(one.pupils, first.pupils) >= FEWEST:
            found += _beside(one, first, most_minutes, most_lost)
    return found


def _beside(one: ArmFacts, first: ArmFacts, most_minutes: int, most_lost: int) -> list[Rang]:
    found = []
    if one.minutes > MINUTES and one.minutes > first.minutes * (1 + most_minutes / 100):
        found.append(Rang(Alarm.TIME, one.arm, {"minutes": round(one.minutes), "first": round(first.minutes)}))
    gone, stayed = one.lost / one.pupils, first.lost / first.pupils
    if 100 * abs(gone - stayed) > most_lost:
        found.append(Rang(Alarm.LOST, one.arm, {"share": round(100 * gone), "first": round(100 * stayed)}))
    if one.given and first.given:
        done, usual = one.done / one.given, first.done / first.given
        if 100 * (usual - done) > most_lost:
            found.append(Rang(Alarm.UNDONE, one.arm, {"share": round(100 * done), "first": round(100 * usual)}))
    if min(len(one.marks), len(first.marks)) >= FEWEST:
        below, error = _mean(first.marks) - _mean(one.marks), sqrt(_error2(one.marks) + _error2(first.marks))
        if below > MARK and below > Z * error:
            about = {"hundredths": round(100 * _mean(one.marks)), "first": round(100 * _mean(first.marks))}
            found.append(Rang(Alarm.MARKS, one.arm, about))
    return found


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _error2(values: Sequence[float]) -> float:
    middle = _mean(values)
    return sum((one - middle) ** 2 for one in values) / (len(values) - 1) / len(values)
