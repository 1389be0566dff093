"""From a sentence of the head's page to its rows: a year level's pupils, today's lessons, the week's journals."""

from datetime import timedelta
from itertools import groupby

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, looking_at, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.home.queries.behind import (
    LevelPupil,
    lessons_today,
    marked_journals,
    pupils_of_level,
    without_homework,
)
from school.home.queries.deputy import JOURNAL_DAYS
from school.home.queries.head import counted_days, levels_of
from school.home.routes import blueprint
from school.home.routes.deputy import runs_studies
from school.home.weeks import WEEK, percent


@blueprint.get("/s/<int:school_id>/levels/<int:year_level>")
@requires(runs_studies, opens="progress")
def level(actor: Actor, year_level: int) -> ResponseReturnValue:
    """The pupils behind a year level's pass rate and quality, by class; ``?of`` is ``passing``, ``good``, or everybody."""
    kept = next((one for one in levels_of(actor) if one.year_level == year_level), None) or abort(404)
    pupils = pupils_of_level(actor, year_level)
    asked = request.args.get("of", "all")
    sets = {
        "all": pupils,
        "below": [one for one in pupils if one.below(kept.enough)],
        "passing": [one for one in pupils if not one.below(kept.enough)],
        "good": [one for one in pupils if not one.below(kept.good_from)],
    }
    chosen: list[LevelPupil] = sets[asked] if asked in sets else abort(404)
    if chosen:
        first, *others = dict.fromkeys(one.class_id for one in chosen)
        looking_at(group_id=first, and_groups=others)
    names = {"all": _("Everybody"), "below": _("Not passing"), "passing": _("Passing"), "good": _("Quality")}
    return page(
        "home/level.html",
        kept=kept,
        classes=[(name, list(some)) for name, some in groupby(chosen, key=lambda one: one.group)],
        counts={name: len(some) for name, some in sets.items()},
        shares={name: percent(len(sets[name]), len(pupils)) for name in ("passing", "good")},
        tabs=[
            (words, url_for("home.level", school_id=actor.school_id, year_level=year_level, of=name), name == asked, len(sets[name]))
            for name, words in names.items()
        ],
        asked=asked,
        now=clock.now(),
        school_id=actor.school_id,
        where=(Crumb(_("Year %(n)s", n=year_level)),),
    )  # fmt: skip


@blueprint.get("/s/<int:school_id>/presence")
@requires(runs_studies)
def presence(actor: Actor) -> ResponseReturnValue:
    """Today's lessons: who was expected and how many were not there; those that began without attendance say so."""
    now = clock.now()
    lessons = [one for one in lessons_today(actor) if one.is_taken or one.starts_at <= now]
    taken = [one for one in lessons if one.is_taken]
    expected, missed = sum(one.expected for one in taken), sum(one.missed for one in taken)
    return page(
        "home/presence.html",
        lessons=lessons,
        taken=len(taken),
        expected=expected,
        missed=missed,
        present=percent(expected - missed, expected),
        now=now,
        school_id=actor.school_id,
        where=(Crumb(_("Attendance today")),),
    )


@blueprint.get("/s/<int:school_id>/week-marks")
@requires(runs_studies)
def week_marks(actor: Actor) -> ResponseReturnValue:
    """The journals in which the marks of the last seven full days stand."""
    last = clock.today() - timedelta(1)
    week = (last - timedelta(WEEK - 1), last)
    days = counted_days(actor, week[0])
    found = marked_journals(actor, *week)
    return page(
        "home/week_marks.html",
        groups=[(name, list(some)) for name, some in groupby(found, key=lambda one: one.group)],
        marks=sum(one.marks for one in found),
        kept=days.total("marks", last) if days.has_week(last) else None,
        counted_at=days.counted_at,
        week=week,
        now=clock.now(),
        school_id=actor.school_id,
        where=(Crumb(_("Marks of the week")),),
    )


@blueprint.get("/s/<int:school_id>/no-homework")
@requires(runs_studies)
def no_homework(actor: Actor) -> ResponseReturnValue:
    """Lessons of the last seven days in which none was set, by teacher."""
    found = without_homework(actor, clock.today() - timedelta(JOURNAL_DAYS))
    found.sort(key=lambda one: (one.teacher, one.teacher_id.hex, one.on_date, one.slot))
    return page(
        "home/no_homework.html",
        teachers=[
            (name, list(some)) for (name, _id), some in groupby(found, key=lambda one: (one.teacher, one.teacher_id))
        ],
        school_id=actor.school_id,
        where=(Crumb(_("Lessons without homework")),),
    )
