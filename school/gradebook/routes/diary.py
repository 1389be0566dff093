"""The pupil's side: the week, and the marks with their reasons."""

from datetime import date, timedelta
from functools import partial

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.policy import sees_all_subjects
from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.pieces import Pieces
from school.core.shell import Crumb, address_of
from school.gradebook.days import day_and_month, weekday_and_day
from school.gradebook.drawing import mean_text
from school.gradebook.policy import has_diary, may_see_diary
from school.gradebook.queries import find_diary, find_pupil_term, subjects_taught, term_among, terms_of_pupil
from school.gradebook.routes.blueprint import blueprint
from school.gradebook.screens import NOBODY
from school.gradebook.week import ExtraUrl, lines_html
from school.gradebook.wording import Why, change_words, dot_words, term_words, ways_words


@blueprint.get("/diary")
@requires(has_diary)
def my_diary(actor: Actor) -> ResponseReturnValue:
    """A pupil's own week."""
    pupil = get_pupil(actor, actor.member_id) if actor.member_id else None
    return _week(actor, pupil) if pupil else page("gradebook/no_diary.html")


@blueprint.get("/pupils/<uuid:pupil_id>/diary")
@requires(may_see_diary, opens="diary", pupil=get_pupil)
def diary(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """A child's or a pupil's week."""
    return _week(actor, pupil)


@blueprint.get("/pupils/<uuid:pupil_id>/marks")
@requires(may_see_diary, opens="marks", pupil=get_pupil)
def pupil_marks(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """The marks of a term, each with its why."""
    terms = terms_of_pupil(pupil)
    term = term_among(terms, request.args.get("term", type=int))
    only = _only(actor, pupil)
    found = find_pupil_term(pupil, terms, term, actor.locale, only) if term else None
    return page(
        "gradebook/pupil_marks.html",
        pupil=pupil,
        found=found,
        mean_text=lambda mean: mean_text(mean, actor.locale),
        day=lambda on: day_and_month(on, actor.locale),
        change_words=lambda one: change_words(one, actor.locale),
        ways_words=ways_words,
        term_words=lambda one: term_words(one, actor.locale),
        dot_words=lambda one: dot_words(one, actor.locale),
        pieces=Pieces(actor.locale),
        why=Why(actor.locale),
        nobody=NOBODY,
        sees_all=only is None,
        where=_trail(actor, pupil, _("Marks")),
    )


def _only(actor: Actor, pupil: SeenPupil) -> frozenset[int] | None:
    """The subjects whose marks the reader sees; None for all of them."""
    if sees_all_subjects(actor, pupil):
        return None
    return subjects_taught(pupil.school_id, actor.member_id, pupil.id)


def _week(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    monday = _monday(request.args.get("week", ""))
    only = _only(actor, pupil)
    return page(
        "gradebook/diary.html",
        pupil=pupil,
        diary=find_diary(pupil, monday, actor.locale, only),
        sees_all=only is None,
        today=clock.today(),
        monday=monday,
        before=_week_name(monday - timedelta(days=7)),
        after=_week_name(monday + timedelta(days=7)),
        address=url_for("gradebook.diary", school_id=pupil.school_id, pupil_id=pupil.id),
        span=f"{day_and_month(monday, actor.locale)} – {day_and_month(monday + timedelta(days=6), actor.locale)}",
        weekday=lambda on: weekday_and_day(on, actor.locale),
        lines=partial(lines_html, extra_of=_extra_of(pupil)),
        pieces=Pieces(actor.locale),
        marks_url=url_for("gradebook.pupil_marks", school_id=pupil.school_id, pupil_id=pupil.id),
        where=_trail(actor, pupil, _("Diary")),
    )


def _extra_of(pupil: SeenPupil) -> ExtraUrl:
    """Invitations are the pupil's own, the family's and the class teacher's."""
    if not (pupil.is_self or pupil.follows or pupil.leads):
        return lambda _lesson: None
    return lambda one: address_of("extra.invitation", school_id=pupil.school_id, pupil_id=pupil.id, extra_id=one.id)


def _monday(week: str) -> date:
    """The Monday of «2026-W47»; of this week when there is no such."""
    try:
        return date.fromisoformat(f"{week}-1")
    except ValueError:
        today = clock.today()
        return today - timedelta(days=today.isoweekday() - 1)


def _week_name(monday: date) -> str:
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def _trail(actor: Actor, pupil: SeenPupil, title: str) -> tuple[Crumb, ...]:
    return (Crumb(title),) if pupil.id == actor.member_id else (Crumb(pupil.short_name), Crumb(title))
