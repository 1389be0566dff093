"""Logs of answers as CSV: whoever wrote them, whatever their clock."""

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

NEEDED = ("pupil", "item", "correct")
NOTHING = {"", "na", "nan", "none", "null", "\\n"}
MILLISECONDS = 1e11
"""A moment above this many is counted in thousandths of a second: as seconds it would be the year 5138."""
POSITION_START, POSITION_STEP = 1e6, 5.0
"""Whole numbers that begin below the one and go on in steps below the other are places in a row, not moments."""
MOSTLY = 0.9


class BadLog(ValueError):
    """The file is not a log of answers; says where and why."""


@dataclass(slots=True)
class AnswerLog:
    """A log in memory, by columns: millions of rows fit."""

    pupils: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    skills: list[tuple[str, ...]] = field(default_factory=list)
    """Topics of each item number."""
    correct: list[int] = field(default_factory=list)
    """1, 0, or -1 where the log does not say."""
    times: list[float] = field(default_factory=list)
    train: list[bool] = field(default_factory=list)
    timed: bool = True
    """Whether ``times`` are moments; otherwise only their order means something."""

    def order(self) -> list[int]:
        """Row numbers as they are to be told: rows to learn from first, then by time; rows of one time as they stand."""
        times, train = self.times, self.train
        return sorted(range(len(times)), key=lambda row: (not train[row], times[row]))


def read_log(lines: Iterable[str]) -> AnswerLog:
    """Read columns pupil, item, skill, correct, timestamp and, if there is one, split. Raises ``BadLog``.

    Topics are joined by ``;`` and may be missing; a row without an item is an answer to its topics.
    """
    rows = csv.reader(_without_mark(lines))
    head = {name.strip().lower(): place for place, name in enumerate(next(rows, []))}
    missing = [name for name in NEEDED if name not in head]
    if missing:
        raise BadLog(f"The first line must name the columns; these are missing: {', '.join(missing)}.")
    log = AnswerLog()
    pupils: dict[str, int] = {}
    items: dict[str, int] = {}
    width = max(head[name] for name in NEEDED) + 1
    places = [head.get(name, -1) for name in ("pupil", "item", "skill", "correct", "timestamp", "split")]
    known: dict[str, tuple[str, ...]] = {}
    stamped = True
    for number, row in enumerate(rows):
        if not row:
            continue
        if len(row) < width:
            raise BadLog(f"Line {number + 2} has {len(row)} of {len(head)} columns.")
        pupil, item, skill, correct, moment, split = (row[place] if 0 <= place < len(row) else "" for place in places)
        names = known.get(skill)
        if names is None:
            names = known[skill] = _names(skill)
        key = item if item.strip().lower() not in NOTHING else "\0" + skill
        index = items.get(key)
        if index is None:
            index = items[key] = len(items)
            log.skills.append(names)
        elif names and not log.skills[index]:
            log.skills[index] = names
        log.pupils.append(pupils.setdefault(pupil, len(pupils)))
        log.items.append(index)
        log.correct.append(_correct(correct, number))
        at = _moment(moment)
        stamped = stamped and at is not None
        log.times.append(at if at is not None else float(number))
        log.train.append(split.strip().lower() == "train")
    _settle_clock(log, stamped)
    return log


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.lstrip("\ufeff") if number == 0 else line


def _names(skill: str) -> tuple[str, ...]:
    found = (one.strip() for one in skill.split(";"))
    return tuple(dict.fromkeys(one for one in found if one.lower() not in NOTHING))


def _correct(text: str, number: int) -> int:
    text = text.strip().lower()
    if text in NOTHING:
        return -1
    if text in {"true", "yes"}:
        return 1
    if text in {"false", "no"}:
        return 0
    try:
        return 1 if float(text) >= 0.5 else 0
    except ValueError:
        raise BadLog(f"Line {number + 2}: “{text}” is neither right (1) nor wrong (0).") from None


def _moment(text: str) -> float | None:
    try:
        at = float(text)
    except ValueError:
        try:
            read = datetime.fromisoformat(text.strip())
        except ValueError:
            return None
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    return at if math.isfinite(at) else None


def _settle_clock(log: AnswerLog, stamped: bool) -> None:
    """Moments or places in a row? Gaps in days mean something only between moments."""
    times = log.times
    if not times:
        return
    if not stamped:
        log.timed = False
        log.times = [float(number) for number in range(len(times))]
        return
    first, last = min(times), max(times)
    if last > MILLISECONDS:
        log.times = [at / 1000.0 for at in times]
        return
    whole = first < POSITION_START and all(at.is_integer() for at in times)
    log.timed = not (whole and (_one_row_of_places(times) or _rows_of_places(log)))


def _one_row_of_places(times: list[float]) -> bool:
    """Whether all rows stand in one row of numbers, each taken once."""
    return len(set(times)) == len(times) and (max(times) - min(times)) <= POSITION_STEP * len(times)


def _rows_of_places(log: AnswerLog) -> bool:
    """Whether each pupil's rows are numbered by themselves: 1, 2, 3, …"""
    last: dict[int, float] = {}
    steps = small = 0
    for pupil, at in zip(log.pupils, log.times, strict=True):
        before = last.get(pupil)
        last[pupil] = at
        if before is not None:
            steps += 1
            small += abs(at - before) <= POSITION_STEP
    return small >= MOSTLY * steps
