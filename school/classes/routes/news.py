"""What notices about absences say to those who read them."""

from collections.abc import Mapping
from datetime import date, datetime

from flask import url_for

from school.classes.actions.alerts import MISSING, PATTERNS
from school.classes.actions.excuses import EXCUSED
from school.classes.patterns import PatternKind
from school.classes.queries.disturbing import lessons_around
from school.classes.words import reason_words, weekday_words
from school.core.days import clock_time, day_words, short_day
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.notices.hooks import Said, Topic, never_during, says
from school.notices.seen import SeenNotice

never_during(lessons_around)


@says(
    MISSING,
    Topic.ABSENCES,
    brief=lambda notice: missing(notice).title,
    detail=lambda _notice: _("The school does not know why. Please tell the reason."),
)
def missing(notice: SeenNotice) -> Said:
    """To the family: urgent, and the answer is two presses away."""
    on = date.fromisoformat(notice.about["on"])
    return Said(
        _("%(name)s is not at lessons %(day)s", name=notice.about["name"], day=day_words(on)),
        _(
            "From lesson %(slot)s, %(time)s. The school does not know why.",
            slot=notice.about["slot"],
            time=clock_time(datetime.fromisoformat(notice.about["at"])),
        ),
        url_for("classes.away", school_id=notice.school_id, pupil_id=notice.pupil_id, on=on),
        _("Tell the reason"),
    )


@says(f"{MISSING}.class", Topic.ABSENCES, brief=lambda notice: missing(notice).title)
def missing_in_class(notice: SeenNotice) -> Said:
    """To the class teacher, who may call the family."""
    told = missing(notice)
    return Said(
        told.title,
        told.words,
        url_for("classes.absences", school_id=notice.school_id, pupil_id=notice.pupil_id),
        _("Absences"),
    )


@says("absence.announced", Topic.ABSENCES, brief=lambda _notice: _("A family has told of an absence"))
def announced(notice: SeenNotice) -> Said:
    """To the class teacher: the family has said so."""
    words = reason_words(notice.about["reason"])
    if notice.about["slots"]:
        slots = ", ".join(map(str, notice.about["slots"]))
        words = _("%(reason)s; only lessons %(slots)s", reason=words, slots=slots)
    return Said(
        _("%(name)s will not be at lessons: %(days)s", name=notice.about["name"], days=_days(notice.about)),
        words,
        url_for("classes.away", school_id=notice.school_id, pupil_id=notice.pupil_id),
        _("Absence"),
    )


@says(EXCUSED, Topic.ABSENCES, brief=lambda _notice: _("The reason of an absence has come from outside"))
def excused(notice: SeenNotice) -> Said:
    """To the family: a clinic has told the school."""
    return _excused(notice, url_for("classes.away", school_id=notice.school_id, pupil_id=notice.pupil_id), _("Absence"))


@says(f"{EXCUSED}.class", Topic.ABSENCES, brief=lambda _notice: _("The reason of an absence has come from outside"))
def excused_in_class(notice: SeenNotice) -> Said:
    """The same to the class teacher."""
    url = url_for("classes.absences", school_id=notice.school_id, pupil_id=notice.pupil_id)
    return _excused(notice, url, _("Absences"))


def _excused(notice: SeenNotice, url: str, act: str) -> Said:
    about = notice.about
    return Said(
        _("%(name)s is excused: %(days)s", name=about["name"], days=_days(about)),
        _("%(reason)s. Told by: %(sender)s.", reason=reason_words(about["reason"]), sender=about["sender"]),
        url,
        act,
    )


def _days(about: Mapping[str, str]) -> str:
    first, last = date.fromisoformat(about["first_on"]), date.fromisoformat(about["last_on"])
    return short_day(first) if first == last else f"{short_day(first)} – {short_day(last)}"


@says(PATTERNS, Topic.ABSENCES, brief=lambda _notice: _("Absences that are worth a talk"))
def pattern(notice: SeenNotice) -> Said:
    """To the class teacher: days that add up."""
    return Said(
        _("Worth a talk: %(name)s", name=notice.about["name"]),
        pattern_words(PatternKind(notice.about["pattern"]), notice.about),
        url_for("classes.absences", school_id=notice.school_id, pupil_id=notice.pupil_id),
        _("Absences"),
    )


def pattern_words(kind: PatternKind, about: dict[str, object]) -> str:
    """A pattern as a sentence; ``about`` has ``times``, ``since``, ``subject`` and ``weekday``."""
    times, since = int(str(about["times"])), short_day(date.fromisoformat(str(about["since"])))
    if kind == PatternKind.RUN:
        return ngettext(
            "No word for %(num)s school day, since %(day)s.",
            "No word for %(num)s school days in a row, since %(day)s.",
            times,
            day=since,
        )
    if kind == PatternKind.LATE:
        return ngettext("Late %(num)s time in two weeks.", "Late %(num)s times in two weeks.", times)
    if kind == PatternKind.FIRST:
        return ngettext(
            "Missed the first lesson %(num)s time in two weeks.",
            "Missed the first lesson %(num)s times in two weeks.",
            times,
        )
    if kind == PatternKind.SUBJECT:
        return ngettext(
            "%(subject)s: missed %(num)s lesson in a month while at school.",
            "%(subject)s: missed %(num)s lessons in a month while at school.",
            times,
            subject=str(about["subject"]),
        )
    day = weekday_words(int(str(about["weekday"])))
    return ngettext(
        "%(day)s: away %(num)s time in four weeks.", "%(day)s: away %(num)s times in four weeks.", times, day=day
    )
