"""What notices of works that are owed say."""

from datetime import date

from flask import url_for

from school.core.days import short_day
from school.core.languages import gettext as _
from school.core.languages import language
from school.gradebook.actions.news import CHANGED, NEW, REMOVED
from school.gradebook.actions.reminding import DUE, OWED
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice


@says(OWED, Topic.MARKS, brief=lambda _notice: _("A work is owed in two days"))
def owed(notice: SeenNotice) -> Said:
    """To the pupil and the family."""
    title = _("%(pupil)s: a work is owed by %(day)s", pupil=notice.about["pupil"], day=_day(notice, "due_on"))
    url = url_for("gradebook.pupil_marks", school_id=notice.school_id, pupil_id=notice.pupil_id)
    return Said(title, _work(notice), url, _("Marks"))


@says(DUE, Topic.MARKS, brief=lambda _notice: _("The day of a dot has come"))
def due(notice: SeenNotice) -> Said:
    """To the teacher who put the dot."""
    title = _("%(pupil)s: the day of a dot has come", pupil=notice.about["pupil"])
    url = url_for("gradebook.dots", school_id=notice.school_id, course_id=notice.thing_id)
    return Said(title, _work(notice), url, _("Decide about them"))


@says(NEW, Topic.MARKS, brief=lambda notice: _("New mark: %(subject)s", subject=_subject(notice)))
def new(notice: SeenNotice) -> Said:
    """To the pupil and the family: that there is one, never which."""
    title = _("New mark: %(subject)s", subject=_subject(notice))
    return Said(title, _whose(notice), _marks(notice), _("Marks"))


@says(CHANGED, Topic.MARKS, brief=lambda notice: _("A mark was changed: %(subject)s", subject=_subject(notice)))
def changed(notice: SeenNotice) -> Said:
    """Of a mark they have seen before."""
    title = _("A mark was changed: %(subject)s", subject=_subject(notice))
    return Said(title, _whose(notice), _marks(notice), _("Marks"))


@says(REMOVED, Topic.MARKS, brief=lambda notice: _("A mark was taken back: %(subject)s", subject=_subject(notice)))
def removed(notice: SeenNotice) -> Said:
    """Of a mark they have seen before."""
    title = _("A mark was taken back: %(subject)s", subject=_subject(notice))
    return Said(title, _whose(notice), _marks(notice), _("Marks"))


def _subject(notice: SeenNotice) -> str:
    return str(notice.about["subject_ru" if language() == "ru" else "subject_en"])


def _whose(notice: SeenNotice) -> str:
    on = _day(notice, "lesson_on")
    return _("%(pupil)s, for %(day)s", pupil=notice.about["pupil"], day=on)


def _marks(notice: SeenNotice) -> str:
    return url_for("gradebook.pupil_marks", school_id=notice.school_id, pupil_id=notice.pupil_id)


def _work(notice: SeenNotice) -> str:
    on = _day(notice, "lesson_on")
    return f"{notice.about['title']}, {on}" if notice.about["title"] else on


def _day(notice: SeenNotice, name: str) -> str:
    return short_day(date.fromisoformat(notice.about[name]))
