"""The parent's first page: one line a child, «всё спокойно» or the one thing."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from school.classes.models import AbsenceFact, AbsenceReason
from school.classes.queries.days import DayLesson, days_of_pupils, lessons_ahead
from school.core import clock
from school.core.access import Actor, Standing, requires
from school.core.days import clock_time, day_words, short_day
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.pages import page
from school.core.pieces import Pieces
from school.core.rooms import room_words
from school.core.rows import Row
from school.core.scope import hold_to
from school.core.shell import address_of
from school.home.queries.children import Away, Child, children_in
from school.home.queries.marks import NewMark, newest_marks
from school.home.routes import blueprint
from school.home.shell import OF_CHILD
from school.homework.queries.lists import homework_at_hand
from school.homework.seen import PupilHomework

MARK_DAYS = timedelta(days=4)
WORK_DAYS = timedelta(days=14)
AHEAD = timedelta(days=7)
LOW = 2


@dataclass(frozen=True, slots=True)
class ChildToday:
    """What a parent wants to know of one child without a click."""

    child: Child
    school_name: str
    coming: list[DayLesson]
    """The one going on and the next ones."""
    silent: list[DayLesson]
    """Lessons of today that the child was not at, and the school does not know why."""
    marks: list[NewMark]
    works: list[PupilHomework]
    """Of the last two weeks and the next."""
    today: date

    @property
    def lesson(self) -> DayLesson | None:
        """The one going on, or the next that the child will be at."""
        return next((one for one in self.coming if not self.is_announced(one)), None)

    def is_announced(self, lesson: DayLesson) -> bool:
        """Whether the school knows that the child is not there."""
        return any(one.covers(lesson.on_date, lesson.slot) for one in self.child.away)

    @property
    def unexplained(self) -> list[DayLesson]:
        """Those of ``silent`` that nobody has said a word about."""
        return [one for one in self.silent if not self.is_announced(one)]

    @property
    def due(self) -> list[PupilHomework]:
        """Work for the next school day."""
        next_day = next((one.on_date for one in self.coming if one.on_date > self.today), None)
        return [one for one in self.works if one.due_on == next_day]

    @property
    def waiting(self) -> list[PupilHomework]:
        """Past its day and not handed in."""
        return [one for one in self.works if one.due_on < self.today and not one.is_done]

    @property
    def low_marks(self) -> list[NewMark]:
        """The marks to talk about."""
        return [one for one in self.marks if one.value == LOW]

    @property
    def thing(self) -> str:
        """The one thing, by its urgency; empty when all is calm."""
        if self.unexplained:
            return "absent"
        if self.low_marks:
            return "low"
        return "waiting" if len(self.waiting) > 1 else ""

    @property
    def minutes(self) -> int:
        """Work for the next school day that is still to do."""
        return sum(one.minutes for one in self.due if not one.is_done)


def is_parent(actor: Actor) -> bool:
    """Whoever is a legal representative in any school."""
    return any(one.kind == "parent" for one in actor.standings)


@blueprint.get("/family")
@requires(is_parent)
def family(actor: Actor) -> ResponseReturnValue:
    """All children, in all schools: a few statements a school."""
    children = [one for standing in actor.standings if standing.kind == "parent" for one in _of(actor, standing)]
    return page("home/family.html", children=children, today=clock.today(), rows_of=partial(_rows, actor))


def _rows(actor: Actor, one: ChildToday, diary_url: str) -> list[Row]:
    """What was said of absences, the next lesson, what is due, new marks, and the way to the progress."""
    here: dict[str, Any] = {"school_id": one.child.school_id, "pupil_id": one.child.id}
    away_url = address_of("classes.away", **here)
    rows = [_away_row(actor, away, away_url) for away in one.child.away]
    if one.lesson:
        lesson, meta = one.lesson, day_words(one.lesson.on_date)
        title = _("Now: %(subject)s", subject=lesson.subject) if lesson.starts_at <= clock.now() else lesson.subject
        if lesson.is_extra:
            title = _("Extra lesson: %(topic)s", topic=title)
        if lesson.room:
            meta = f"{meta}, {room_words(lesson.room)}"
        rows.append(Row(title, meta, lead=clock_time(lesson.starts_at)))
    if one.due:
        left = ngettext("%(num)s minute left", "%(num)s minutes left", one.minutes) if one.minutes else _("all done")
        n = str(sum(not work.is_done for work in one.due) or "")
        rows.append(Row(_("Homework due %(day)s", day=day_words(one.due[0].due_on)), left, n, diary_url))
    if one.marks:
        subjects = ", ".join(dict.fromkeys(mark.subject for mark in one.marks))
        rows.append(
            Row(
                _("New marks"),
                subjects,
                _marks(one.marks[:6], actor.locale),
                address_of("gradebook.pupil_marks", **here),
            )
        )
    if away_url:
        rows.append(Row(_("Will not be at lessons"), _("tell the school"), url=away_url))
    progress_url = address_of("progress.pupil", **here)
    if progress_url:
        rows.append(Row(_("Progress by subject"), url=progress_url))
    return rows


def _away_row(actor: Actor, away: Away, url: str) -> Row:
    why = _("illness") if away.reason == AbsenceReason.ILLNESS else _("family reasons")
    if away.slots:
        why = _("%(why)s, lessons %(slots)s", why=why, slots=", ".join(map(str, sorted(away.slots))))
    told = _("you told the school: %(why)s", why=why)
    if away.told_by != actor.account_id:
        told = _("the school has been told: %(why)s", why=why)
    days = day_words(away.first_on)
    if away.first_on < away.last_on:
        days = _("from %(first)s to %(last)s", first=short_day(away.first_on), last=short_day(away.last_on))
    return Row(_("Will not be at lessons %(days)s", days=days), told, url=url)


def _marks(marks: list[NewMark], locale: str) -> Markup:
    pieces = Pieces(locale)
    drawn = Markup("").join([pieces.named_mark(one.sign, f"{one.subject}: {one.sign}") for one in marks])
    return Markup('<span class="cluster">{}</span>').format(drawn)


@blueprint.get("/family/<any(diary, marks, homework, progress):what>")
@requires(is_parent)
def of_child(actor: Actor, what: str) -> ResponseReturnValue:
    """A place of the bar before a child is chosen: the eldest's page, from which the others are one tap away."""
    endpoint = next(one for one, name in OF_CHILD.items() if name == what)
    for standing in actor.standings:
        if standing.kind == "parent" and standing.school_id is not None and standing.member_id is not None:
            hold_to(frozenset({standing.school_id}))
            for child in children_in(standing.school_id, standing.member_id, clock.today()):
                return redirect(url_for(endpoint, school_id=child.school_id, pupil_id=child.id))
    return redirect(url_for("home.family"))


def _of(actor: Actor, standing: Standing) -> list[ChildToday]:
    """The children that the actor follows in one school."""
    assert standing.school_id is not None and standing.member_id is not None  # noqa: S101, PT018 - parents belong to schools
    school_id, today = standing.school_id, clock.today()
    hold_to(frozenset({school_id}))
    children = children_in(school_id, standing.member_id, today)
    ids = [one.id for one in children]
    if not ids:
        return []
    lessons = lessons_ahead(partial(days_of_pupils, school_id, ids, locale=actor.locale), today)
    works = homework_at_hand(school_id, ids, today - WORK_DAYS, today + AHEAD, actor.locale)
    marks = newest_marks(school_id, ids, today - MARK_DAYS, actor.locale)
    return [
        ChildToday(
            child=one,
            school_name=standing.school_name,
            coming=[lesson for lesson in lessons[one.id] if lesson.is_held and lesson.ends_at > clock.now()],
            silent=[lesson for lesson in lessons[one.id] if lesson.on_date == today and _is_silent(lesson)],
            marks=[mark for mark in marks if mark.pupil_id == one.id],
            works=works[one.id],
            today=today,
        )
        for one in children
    ]


def _is_silent(lesson: DayLesson) -> bool:
    return lesson.absence_fact == AbsenceFact.ABSENT and lesson.absence_reason == AbsenceReason.UNKNOWN
