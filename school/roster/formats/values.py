"""What single cells mean: days in any hand, yes and no, lists, year levels, the state of a row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from school.roster.said import Said, say

MOSCOW = ZoneInfo("Europe/Moscow")
EARLIEST, LATEST = 1900, 2199

_CLOCK = r"\d{1,2}[:\-]\d{2}(?:[:\-]\d{2})?(?:[.,]\d+)?(?:\s*[AaPp][Mm])?"
_TIME = rf"(?:[T ,\-]*(?P<time>{_CLOCK}\s*(?P<zone>Z|[+-]\d{{2}}:?\d{{2}})?))?"
_YEAR_FIRST = re.compile(rf"(?P<y>\d{{4}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_TIME}$")
_YEAR_LAST = re.compile(rf"(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{4}}){_TIME}$")
_SOLID = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$")
_UNIX = re.compile(r"\d{9,10}$")


class NotADayError(ValueError):
    """A cell that should hold a day and can't be read as exactly one."""

    def __init__(self, reason: Said) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How a file writes a day and a month with slashes, learnt from its own rows that leave no doubt."""

    day_first: bool | None = None

    @classmethod
    def learnt_from(cls, cells: Iterable[str]) -> "DayOrder":
        """The order that every clear cell agrees on; unknown when none is clear or they disagree."""
        seen = set()
        for cell in cells:
            found = _YEAR_LAST.match(cell.strip())
            if found and found["s"] != ".":
                first, second = int(found["a"]), int(found["b"])
                if first > 12 >= second:
                    seen.add(True)
                elif second > 12 >= first:
                    seen.add(False)
        return cls(seen.pop() if len(seen) == 1 else None)


def read_day(cell: str, order: DayOrder = DayOrder()) -> date | None:
    """The day in a cell (in Moscow, when it carries a zone); nothing for an empty cell.

    Dots are always day first, as Russia and most of Europe write. ``1/05/2023`` may be the first of May or the
    fifth of January: it is read only when other rows of the file show the order. Raises :class:`NotADayError`.
    """
    cell = cell.strip()
    if not cell:
        return None
    if _UNIX.match(cell):
        return datetime.fromtimestamp(int(cell), UTC).astimezone(MOSCOW).date()
    if found := _YEAR_FIRST.match(cell):
        return _in_moscow(_day(cell, found["y"], found["m"], found["d"]), found["time"], found["zone"])
    if found := _SOLID.match(cell):
        return _day(cell, found["y"], found["m"], found["d"])
    if found := _YEAR_LAST.match(cell):
        first, second = found["a"], found["b"]
        day_first = found["s"] == "." or int(first) > 12 or int(first) == int(second) or order.day_first
        if day_first is None and int(second) <= 12:
            reason = say(
                "“%(cell)s” could be %(one)s or %(other)s; write dates as 2023-05-31.",
                cell=cell,
                one=_day(cell, found["y"], second, first),
                other=_day(cell, found["y"], first, second),
            )
            raise NotADayError(reason)
        day, month = (first, second) if day_first else (second, first)
        return _in_moscow(_day(cell, found["y"], month, day), found["time"], found["zone"])
    raise NotADayError(say("“%(cell)s” is not a date; write dates as 2023-05-31.", cell=cell))


def _day(cell: str, year: str, month: str, day: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise NotADayError(say("There is no such date as “%(cell)s”.", cell=cell)) from None
    if not EARLIEST <= found.year <= LATEST:
        raise NotADayError(say("The year in “%(cell)s” can't be right.", cell=cell))
    return found


def _in_moscow(day: date, time: str | None, zone: str | None) -> date:
    """The Moscow day of a moment with a zone: 22:30 in London is already tomorrow."""
    if not time or not zone:
        return day
    hour, minute = (int(part) for part in re.split(r"[:\-]", time)[:2])
    shift = timedelta()
    if zone != "Z":
        sign = -1 if zone[0] == "-" else 1
        shift = sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    if hour > 23 or minute > 59:
        return day
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - shift
    return moment.astimezone(MOSCOW).date()


_YES = {"true", "1", "yes", "y", "t", "да", "истина"}
_NO = {"false", "0", "no", "n", "f", "нет", "ложь"}


def read_flag(cell: str, otherwise: bool) -> bool:
    """Yes or no in several spellings; ``otherwise`` when the cell is empty or says neither."""
    word = cell.strip().lower()
    return True if word in _YES else False if word in _NO else otherwise


def read_list(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values, in order and without doubles."""
    parts = (part.strip(" \t'\"") for part in re.split(r"[,;|]", cell))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_year_levels(cell: str) -> tuple[int, ...]:
    """The year levels 1 to 11 named in a cell such as ``09,10``; others (an American 12) are left out."""
    numbers = (int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", cell))
    return tuple(sorted({number for number in numbers if 1 <= number <= 11}))


def read_standing(cell: str) -> bool | None:
    """Whether the row's state is open; empty means active. Nothing for a word that the formats don't know."""
    word = cell.strip().lower().replace("_", "").replace(" ", "")
    if word in {"", "active", "актив", "активен"}:
        return True
    return False if word in {"tobedeleted", "inactive", "deleted"} else None
