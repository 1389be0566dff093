"""What notices about extra lessons say."""

from datetime import datetime

from flask import url_for

from school.core import clock
from school.core.days import clock_time, day_words
from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.extra.actions.telling import CANCELLED, CANNOT, CLASH, INVITED, MOVED, PROPOSED
from school.notices.hooks import Said, Topic, says
from school.notices.seen import SeenNotice


@says(INVITED, Topic.HOMEWORK, brief=lambda _notice: _("You are invited to an extra lesson"))
def invited(notice: SeenNotice) -> Said:
    """To the pupil."""
    return Said(
        _("You are invited to an extra lesson %(day)s", day=_day(notice)),
        _what(notice),
        _invitation(notice),
        _("Answer"),
    )


@says(f"{INVITED}.family", Topic.HOMEWORK, brief=lambda _notice: _("An invitation to an extra lesson"))
def invited_family(notice: SeenNotice) -> Said:
    """To the family."""
    return Said(
        _("%(name)s is invited to an extra lesson %(day)s", name=notice.about["name"], day=_day(notice)),
        _what(notice),
        _invitation(notice),
        _("Answer"),
    )


@says(CANCELLED, Topic.HOMEWORK, brief=lambda _notice: _("An extra lesson does not take place"))
def cancelled(notice: SeenNotice) -> Said:
    """To both: it does not take place."""
    return Said(
        _("No extra lesson %(day)s: %(name)s", day=_day(notice), name=notice.about["name"]),
        notice.about["why"] or notice.about["topic"],
        _invitation(notice),
        _("Invitation"),
    )


@says(MOVED, Topic.HOMEWORK, brief=lambda _notice: _("An extra lesson has another hour"))
def moved(notice: SeenNotice) -> Said:
    """To both: another hour, and a new answer is asked for."""
    was = clock.local(datetime.fromisoformat(notice.about["was"]))
    return Said(
        _("%(name)s: the extra lesson has moved to %(day)s", name=notice.about["name"], day=_day(notice)),
        _("It was to be %(day)s.", day=day_words(was.date())) + " " + _what(notice),
        _invitation(notice),
        _("Answer"),
    )


@says(f"{CLASH}.family", Topic.HOMEWORK, brief=lambda _notice: _("An extra lesson will have another hour"))
def clash_family(notice: SeenNotice) -> Said:
    """To both: the hour will change, nothing is asked of them."""
    return Said(
        _("%(name)s: the extra lesson %(day)s will be at another time", name=notice.about["name"], day=_day(notice)),
        _("The timetable of that day has changed. The teacher chooses another hour; you need not do anything."),
        _invitation(notice),
        _("Invitation"),
    )


@says(CLASH, Topic.HOMEWORK, brief=lambda _notice: _("An extra lesson needs another hour"))
def clash(notice: SeenNotice) -> Said:
    """To the teacher."""
    return Said(
        _("The extra lesson %(day)s needs another hour", day=_day(notice)),
        _("The timetable of that day has changed. Topic: %(topic)s.", topic=notice.about["topic"]),
        url_for("extra.move", school_id=notice.school_id, extra_id=notice.thing_id),
        _("Choose an hour"),
    )


@says(CANNOT, Topic.HOMEWORK, brief=lambda _notice: _("A pupil can't come to an extra lesson"))
def cannot(notice: SeenNotice) -> Said:
    """To the teacher."""
    return Said(
        _("%(name)s can't come to the extra lesson %(day)s", name=notice.about["name"], day=_day(notice)),
        notice.about["says"] or notice.about["topic"],
        url_for("extra.lesson", school_id=notice.school_id, extra_id=notice.thing_id),
        _("Extra lesson"),
    )


@says(PROPOSED, Topic.HOMEWORK, brief=lambda _notice: _("An extra lesson may help a group"))
def proposed(notice: SeenNotice) -> Said:
    """To the teacher: the program has found a gap that enough pupils share."""
    number = int(notice.about["pupils"])
    return Said(
        _("An extra lesson may help: %(group)s", group=notice.about["group"]),
        ngettext(
            "%(num)s pupil often answers wrong on the topic “%(topic)s”.",
            "%(num)s pupils often answer wrong on the topic “%(topic)s”.",
            number,
            topic=notice.about["topic"],
        ),
        url_for(
            "extra.offer",
            school_id=notice.school_id,
            course_id=notice.thing_id,
            gap_id=int(notice.about["topic_id"]),
            also=notice.about.get("also") or None,
        ),
        _("Look and offer"),
    )


def _day(notice: SeenNotice) -> str:
    return day_words(clock.local(datetime.fromisoformat(notice.about["at"])).date())


def _what(notice: SeenNotice) -> str:
    about = notice.about
    begin, end = datetime.fromisoformat(about["at"]), datetime.fromisoformat(about["ends"])
    return _(
        "%(subject)s, topic “%(topic)s”. %(begin)s–%(end)s, room %(room)s.",
        subject=about["en"] if language() == "en" else about["ru"],
        topic=about["topic"],
        begin=clock_time(begin),
        end=clock_time(end),
        room=about["room"],
    )


def _invitation(notice: SeenNotice) -> str:
    return url_for("extra.invitation", school_id=notice.school_id, pupil_id=notice.pupil_id, extra_id=notice.thing_id)
