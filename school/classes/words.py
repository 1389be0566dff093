"""Facts of lessons as people say them, in the reader's language."""

from school.classes.models import AbsenceFact, AbsenceReason, GroupKind
from school.classes.outcome import ClashLine
from school.core.days import clock_time, short_day
from school.core.languages import gettext as _


def fact_words(fact: str) -> str:
    """«не было», «опоздание»."""
    return str(
        {
            AbsenceFact.ABSENT: _("not here"),
            AbsenceFact.LATE: _("late"),
            AbsenceFact.REMOTE: _("remote"),
            AbsenceFact.EXEMPT: _("excused from work"),
        }[AbsenceFact(fact)]
    )


def reason_words(reason: str) -> str:
    """«болезнь», «по семейным обстоятельствам»."""
    return str(
        {
            AbsenceReason.UNKNOWN: _("not yet known"),
            AbsenceReason.ILLNESS: _("illness"),
            AbsenceReason.FAMILY: _("family reasons"),
            AbsenceReason.SCHOOL: _("sent by the school"),
            AbsenceReason.ORDER: _("by order"),
            AbsenceReason.TRUANCY: _("no good reason"),
        }[AbsenceReason(reason)]
    )


def group_kind_words(kind: str) -> str:
    """«класс», «часть класса»."""
    return str(
        {
            GroupKind.CLASS: _("class"),
            GroupKind.PART: _("part of a class"),
            GroupKind.CROSS: _("group across classes"),
        }[GroupKind(kind)]
    )


def regime_kind_words(kind: str) -> str:
    """«четверти», «модули»."""
    return str(
        {
            "quarters": _("quarters"),
            "trimesters": _("trimesters"),
            "modules": _("modules"),
            "half_years": _("half-years"),
        }[kind]
    )


def weekday_words(weekday: int) -> str:
    """«Понедельник», as a heading has it; Monday is 1."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return str(names[weekday - 1]).capitalize()


def clash_words(one: ClashLine) -> str:
    """«Иванов Пётр: понедельник, 24 нояб. – 24 мая: Робототехника, 9:30–10:15, и Алгебра, 7 «А», 9:30–10:15»."""
    days = short_day(one.days[0]) + (f" – {short_day(one.days[-1])}" if len(one.days) > 1 else "")
    sides = [
        f"{side.title}, {clock_time(side.starts_at)}–{clock_time(side.ends_at)}" for side in (one.ours, one.theirs)
    ]
    notes = f" ({one.theirs.note})" if one.theirs.note else ""
    return f"{one.who}: {one.weekday.lower()}, {days}: {sides[0]}; {sides[1]}{notes}"
