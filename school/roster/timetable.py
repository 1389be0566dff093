"""A week's timetable as a CSV file: reading its rows, and finding who is in two places at once. Pure.

The file's columns are documented in ``docs/timetable-import.md``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from school.roster.formats.days import as_csv, is_days
from school.roster.formats.headers import find_columns, plain
from school.roster.formats.journal import Journal, RowError
from school.roster.formats.records import BadRow, Note, Place
from school.roster.formats.tables import Row, read_table
from school.roster.formats.values import read_list
from school.roster.said import say
from school.roster.titles import same

COLUMNS = ("class", "weekday", "slot", "subject", "group", "teacher", "room")
NEEDED = ("class", "weekday", "slot", "subject")
ALIASES = {
    "класс": "class",
    "классы": "class",
    "day": "weekday",
    "день": "weekday",
    "день недели": "weekday",
    "lesson": "slot",
    "number": "slot",
    "урок": "slot",
    "номер урока": "slot",
    "номер": "slot",
    "предмет": "subject",
    "группа": "group",
    "подгруппа": "group",
    "учитель": "teacher",
    "преподаватель": "teacher",
    "педагог": "teacher",
    "кабинет": "room",
    "каб": "room",
    "аудитория": "room",
    "помещение": "room",
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon", "понедельник", "пн", "пон"),
            ("tuesday", "tue", "tues", "вторник", "вт", "втр"),
            ("wednesday", "wed", "среда", "ср", "срд"),
            ("thursday", "thu", "thur", "thurs", "четверг", "чт", "чтв"),
            ("friday", "fri", "пятница", "пт", "птн"),
            ("saturday", "sat", "суббота", "сб", "суб"),
            ("sunday", "sun", "воскресенье", "вс", "вск"),
        ),
        start=1,
    )
    for name in (*names, str(number))
}
LAST_SLOT = 14
DASHES = {"-", "–", "—"}


@dataclass(frozen=True, slots=True)
class TimetableRow:
    """One lesson of the week: of one class, of a part of it, or (several classes) of a group across them."""

    place: Place
    classes: tuple[str, ...]
    weekday: int
    """Monday is 1."""
    slot: int
    """Number of the lesson in the day; a school may have a zero lesson."""
    subject: str
    group: str = ""
    """Empty: the whole class."""
    teacher: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Timetable:
    """A file as read."""

    rows: tuple[TimetableRow, ...]
    bad_rows: tuple[BadRow, ...] = ()
    notes: tuple[Note, ...] = ()


class ClashKind(StrEnum):
    """What is booked twice."""

    TEACHER = "teacher"
    ROOM = "room"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two or more rows that need the same teacher, room or pupils in the same slot of the same day."""

    kind: ClashKind
    name: str
    weekday: int
    slot: int
    rows: tuple[TimetableRow, ...]

    def as_json(self) -> dict[str, Any]:
        """What is needed twice, when, and on which lines; line 0 is a lesson that the school has already."""
        lines = [row.place.line for row in self.rows]
        return {"kind": self.kind, "name": self.name, "weekday": self.weekday, "slot": self.slot, "lines": lines}


def read_timetable(file: str, content: bytes) -> Timetable:
    """Read the file; a row that can't be taken is named with its reason."""
    table = read_table(file, as_csv(file, content) if is_days(content) else content)
    columns = find_columns(table, COLUMNS, ALIASES)
    journal = Journal(list(table.bad_rows), [*table.notes, *columns.notes])
    missing = [name for name in NEEDED if name not in columns]
    if missing and table.header:
        reason = say("There is no column %(names)s, so no row can be read.", names=", ".join(missing))
        journal.refuse(Place(file, 1), reason)
        return Timetable((), tuple(journal.bad_rows), journal.all_notes())
    seen: dict[tuple[object, ...], Place] = {}
    rows: list[TimetableRow] = []
    for cells in table.rows(columns.names):
        try:
            row = _row(cells)
            if row is None:
                continue
            key = (
                *map(same, row.classes),
                row.weekday,
                row.slot,
                same(row.subject),
                same(row.group),
                same(row.teacher),
            )
            first = seen.setdefault(key, row.place)
            if first != row.place:
                raise RowError(say("Line %(line)s already has this lesson.", line=first.line))
            rows.append(row)
        except RowError as problem:
            journal.refuse(cells.place, problem.reason)
    return Timetable(tuple(rows), tuple(journal.bad_rows), journal.all_notes())


def _row(cells: Row) -> TimetableRow | None:
    """One row; nothing where the subject is a dash: the class has no lesson then."""
    if cells["subject"] in DASHES and cells["class"] and cells["weekday"]:
        return None
    for name in NEEDED:
        if not cells[name]:
            raise RowError(say("%(column)s is empty.", column=name))
    classes = read_list(cells["class"].replace("+", ","))
    if len(classes) > 1 and not _or_nothing(cells["group"]):
        raise RowError(say("A lesson for several classes needs a group name."))
    weekday = WEEKDAYS.get(plain(cells["weekday"]))
    if weekday is None:
        raise RowError(say("“%(day)s” is not a day of the week.", day=cells["weekday"]))
    number = cells["slot"].rstrip(".").removesuffix(" урок")
    if not number.isdecimal() or int(number) > LAST_SLOT:
        raise RowError(say("“%(slot)s” is not a lesson number from 0 to %(last)s.", slot=cells["slot"], last=LAST_SLOT))
    return TimetableRow(
        place=cells.place,
        classes=classes,
        weekday=weekday,
        slot=int(number),
        subject=" ".join(cells["subject"].split()),
        group=_or_nothing(cells["group"]),
        teacher=_or_nothing(cells["teacher"]),
        room=_or_nothing(cells["room"]),
    )


def _or_nothing(cell: str) -> str:
    return "" if cell in DASHES else " ".join(cell.split())


def clashes(rows: Iterable[TimetableRow]) -> tuple[Clash, ...]:
    """Every teacher, room and class that is needed twice at once, in the order of the week.

    Named parts of one class may learn side by side; a whole class and a part of it may not. A lesson that classes have
    together is one row with several classes in it: two rows are two lessons.
    """
    by_time: dict[tuple[int, int], list[TimetableRow]] = defaultdict(list)
    for row in rows:
        by_time[row.weekday, row.slot].append(row)
    return tuple(clash for time in sorted(by_time) for clash in _clashes_at(time, by_time[time]))


def _clashes_at(time: tuple[int, int], rows: list[TimetableRow]) -> Iterator[Clash]:
    yield from _double(ClashKind.TEACHER, time, _by(rows, lambda row: [row.teacher]))
    yield from _double(ClashKind.ROOM, time, _by(rows, lambda row: [row.room]))
    for name, together in _by(rows, lambda row: row.classes).items():
        parts = [same(row.group) for row in together]
        if len(together) > 1 and ("" in parts or len(set(parts)) < len(parts)):
            yield Clash(ClashKind.CLASS, _class_named(together, name), *time, tuple(together))


def _double(kind: ClashKind, time: tuple[int, int], booked: Mapping[str, list[TimetableRow]]) -> Iterator[Clash]:
    for together in booked.values():
        if len(together) > 1:
            name = together[0].teacher if kind is ClashKind.TEACHER else together[0].room
            yield Clash(kind, name, *time, tuple(together))


def _by(rows: list[TimetableRow], names: Callable[[TimetableRow], Iterable[str]]) -> dict[str, list[TimetableRow]]:
    found: dict[str, list[TimetableRow]] = defaultdict(list)
    for row in rows:
        for name in names(row):
            if same(name):
                found[same(name)].append(row)
    return found


def _class_named(rows: list[TimetableRow], key: str) -> str:
    return next(name for row in rows for name in row.classes if same(name) == key)
