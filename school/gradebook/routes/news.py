"""What notices of works that are owed say."""

from datetime import date

from flask import url_for

from school.core.days import short_day
from school.core.languages import gettext as _
from school.gradebook.actions.reminding import DUE, OWED
from school.notices.hooks import Said, says
from school.notices.seen import SeenNotice


@says(OWED)
def owed(notice: SeenNotice) -> Said:
    """To the pupil and the family."""
    title = _("%(pupil)s: a work is owed by %(day)s", pupil=notice.about["pupil"], day=_day(notice, "due_on"))
    url = url_for("gradebook.pupil_marks", school_id=notice.school_id, pupil_id=notice.pupil_id)
    return Said(title, _work(notice), url, _("Marks"))


@says(DUE)
def due(notice: SeenNotice) -> Said:
    """To the teacher who put the dot."""
    title = _("%(pupil)s: the day of a dot has come", pupil=notice.about["pupil"])
    url = url_for("gradebook.dots", school_id=notice.school_id, course_id=notice.thing_id)
    return Said(title, _work(notice), url, _("Decide about them"))


def _work(notice: SeenNotice) -> str:
    on = _day(notice, "lesson_on")
    return f"{notice.about['title']}, {on}" if notice.about["title"] else on


def _day(notice: SeenNotice, name: str) -> str:
    return short_day(date.fromisoformat(notice.about[name]))
