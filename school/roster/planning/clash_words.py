"""A clash of the timetable in words."""

from school.roster.planning.steps import Conflict
from school.roster.said import say
from school.roster.timetable import Clash, ClashKind


def as_conflict(clash: Clash) -> Conflict:
    """The clash, at the last of the rows that make it; it is shown and stops nothing."""
    lines = ", ".join(str(row.place.line) for row in clash.rows if row.place.line)
    values = {"name": clash.name, "weekday": WEEKDAY_NAMES[clash.weekday], "slot": clash.slot, "lines": lines}
    text = {
        ClashKind.TEACHER: say("%(name)s is needed twice on %(weekday)s, lesson %(slot)s (lines %(lines)s).", **values),
        ClashKind.ROOM: say(
            "Room %(name)s is needed twice on %(weekday)s, lesson %(slot)s (lines %(lines)s).", **values
        ),
        ClashKind.CLASS: say(
            "Class %(name)s has two lessons at once on %(weekday)s, lesson %(slot)s (lines %(lines)s).", **values
        ),
    }[clash.kind]
    return Conflict(max((row.place for row in clash.rows), key=lambda place: place.line), text)


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
