"""What notices about tracks say."""

from datetime import date

from flask import url_for

from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice
from school.tracks import words
from school.tracks.actions.telling import APPROVED, CHECKED, PROPOSED


@says(APPROVED, Topic.HOMEWORK, brief=lambda _notice: _("You have a new track"))
def approved(notice: SeenNotice) -> Said:
    """To the pupil."""
    return Said(
        _("You have a new track: %(subject)s", subject=_subject(notice)),
        _what(notice),
        url_for("tracks.mine", school_id=notice.school_id),
        _("My way"),
    )


@says(f"{APPROVED}.family", Topic.HOMEWORK, brief=lambda _notice: _("A new track of a child"))
def approved_family(notice: SeenNotice) -> Said:
    """To the family."""
    return Said(
        _("%(name)s has a new track: %(subject)s", name=notice.about["name"], subject=_subject(notice)),
        _what(notice),
        url_for("tracks.read", school_id=notice.school_id, pupil_id=notice.pupil_id),
        _("Look at the track"),
    )


@says(PROPOSED, Topic.HOMEWORK, brief=lambda _notice: _("Tracks wait for your approval"))
def proposed(notice: SeenNotice) -> Said:
    """To the teacher: the program has proposed tracks after long absences."""
    number = int(notice.about["pupils"])
    return Said(
        _(
            "Tracks wait for your approval: %(group)s, %(subject)s",
            group=notice.about["group"],
            subject=_subject(notice),
        ),
        ngettext("For %(num)s pupil, after a long absence.", "For %(num)s pupils, after a long absence.", number),
        url_for("tracks.of_course", school_id=notice.school_id, course_id=notice.thing_id, _anchor="proposed"),
        _("Look and approve"),
    )


@says(CHECKED, Topic.HOMEWORK, brief=lambda _notice: _("Tracks wait for your approval"))
def checked(notice: SeenNotice) -> Said:
    """To the teacher: pupils have come to the end of a short check."""
    return Said(
        _(
            "Tracks wait for your approval: %(group)s, %(subject)s",
            group=notice.about["group"],
            subject=_subject(notice),
        ),
        _("They follow from short checks that pupils have finished."),
        url_for("tracks.of_course", school_id=notice.school_id, course_id=notice.thing_id, _anchor="proposed"),
        _("Look and approve"),
    )


def _subject(notice: SeenNotice) -> str:
    return str(notice.about["en"] if language() == "en" else notice.about["ru"])


def _what(notice: SeenNotice) -> str:
    day = words.by_day(date.fromisoformat(notice.about["by"]))
    return str(_("%(goal)s, by %(day)s.", goal=notice.about["goal"], day=day))
