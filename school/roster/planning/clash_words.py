"""A clash of the timetable in words."""

from school.roster.planning.steps import Conflict
from school.roster.said import Said, say
from school.roster.timetable import Clash, ClashKind

WEEKDAY_NAMES = (
    say("a day"),
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)


def as_conflict(clash: Clash) -> Conflict:
    """The clash, at the last of the rows that make it; it is shown and stops nothing."""
    day, slot, where = WEEKDAY_NAMES[clash.weekday], clash.slot, _where(clash)
    text = {
        ClashKind.TEACHER: say(
            "%(name)s is booked twice on %(day)s, lesson %(slot)s (%(where)s).",
            name=clash.name,
            day=day,
            slot=slot,
            where=where,
        ),
        ClashKind.ROOM: say(
            "Room %(name)s has two lessons: %(day)s, lesson %(slot)s (%(where)s).",
            name=clash.name,
            day=day,
            slot=slot,
            where=where,
        ),
        ClashKind.CLASS: say(
            "Class %(name)s has two lessons at once on %(day)s, lesson %(slot)s (%(where)s).",
            name=clash.name,
            day=day,
            slot=slot,
            where=where,
        ),
    }[clash.kind]
    return Conflict(max((row.place for row in clash.rows), key=lambda place: place.line), text)


def _where(clash: Clash) -> Said:
    """The rows of the file, and whether the other side is a lesson that the school has already."""
    lines = [row.place.line for row in clash.rows if row.place.line]
    named = ", ".join(map(str, lines))
    if len(lines) == len(clash.rows):
        return say("lines %(lines)s", lines=named)
    return say("line %(lines)s and a lesson already in the timetable", lines=named)
