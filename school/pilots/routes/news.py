"""What notices about pilots say."""

from datetime import date

from flask import url_for

from school.core.days import day_in
from school.core.languages import gettext as _
from school.core.languages import language
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice
from school.pilots import words
from school.pilots.actions import ALERT, BEGUN, OVER, TEST, TEST_OFF


@says(ALERT, brief=lambda _notice: _("A pilot needs to be looked at"))
def alert(notice: SeenNotice) -> Said:
    """To head and deputy: what rang."""
    about = notice.about
    return Said(
        _("Pilot “%(title)s”: an alarm", title=about["title"]),
        words.alarm_words(about["kind"], about["arm"], about),
        url_for("pilots.pilot", school_id=notice.school_id, pilot_id=notice.thing_id),
        _("Look, and stop it if need be"),
    )


@says(TEST, Topic.HOMEWORK, brief=lambda _notice: _("A common test is open"))
def test(notice: SeenNotice) -> Said:
    """To the pupil: a common test is open."""
    about = notice.about
    return Said(
        _("A common test is open: %(subject)s", subject=_subject(notice)),
        _(
            "%(minutes)s minutes, no mark, until %(day)s.",
            minutes=about["minutes"],
            day=day_in("d MMMM", date.fromisoformat(about["until"]), language()),
        ),
        url_for("pilots.of_pupil", school_id=notice.school_id, pupil_id=notice.pupil_id),
        _("To the test"),
    )


@says(BEGUN, Topic.HOMEWORK, brief=lambda _notice: _("A comparison begins"))
def begun(notice: SeenNotice) -> Said:
    """To pupil and family: where the tests are, and the way out."""
    return Said(
        _("A comparison begins: %(subject)s", subject=_subject(notice)),
        _("Homework comes as always, with as many tasks for all. One may leave at any time."),
        url_for("pilots.of_pupil", school_id=notice.school_id, pupil_id=notice.pupil_id),
        _("What it is about"),
    )


@says(TEST_OFF, Topic.HOMEWORK, brief=lambda _notice: _("A common test is called off"))
def test_off(notice: SeenNotice) -> Said:
    """To the pupil: the test that was announced is not to be sat any more."""
    return Said(
        _("A common test is called off: %(subject)s", subject=_subject(notice)),
        _("There is nothing to do."),
        url_for("pilots.of_pupil", school_id=notice.school_id, pupil_id=notice.pupil_id),
        _("What it is about"),
    )


@says(OVER, Topic.HOMEWORK, brief=lambda _notice: _("A comparison has ended early"))
def over(notice: SeenNotice) -> Said:
    """To pupil and family: the school has ended it."""
    return Said(
        _("A comparison has ended early: %(subject)s", subject=_subject(notice)),
        _("Homework is as usual, and there are no more tests."),
        url_for("pilots.of_pupil", school_id=notice.school_id, pupil_id=notice.pupil_id),
        _("What it is about"),
    )


def _subject(notice: SeenNotice) -> str:
    # Notices of before had one name, in the language of the program.
    about = notice.about
    return str(about.get("en" if language() == "en" else "ru") or about["subject"])
