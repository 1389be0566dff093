"""From a figure of a report to the rows it is made of."""

import uuid

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from content_library.models import Subject
from school.classes.queries import get_course, get_group, get_pupil
from school.classes.seen import SeenCourse, SeenGroup, SeenPupil
from school.core.access import Actor, looking_at, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.shell import Crumb, address_of
from school.reports.papers.behind import (
    BY_MARKS,
    BY_ROLL,
    class_rows,
    course_rows,
    journal_rows,
    missed_rows,
    school_rows,
    subject_rows,
)
from school.reports.papers.figures import SIGNS
from school.reports.policy import may_print_journal, may_report_class, may_report_school, may_see_card
from school.reports.queries import class_book, get_teacher, period_among, periods_of_class
from school.reports.queries.behind import course_book, missed_lessons
from school.reports.queries.schools import journals_of, pupils_of_school
from school.reports.queries.tables import school_name
from school.reports.routes.answering import answer, trail
from school.reports.routes.blueprint import blueprint
from school.reports.routes.others import school_period

IN_ADDRESS = ("what", "subject", "teacher", "sign", "level")


@blueprint.get("/groups/<uuid:group_id>/reports/rows", endpoint="class_rows")
@requires(may_report_class, opens="report", group=get_group)
def of_class_rows(actor: Actor, group: SeenGroup) -> ResponseReturnValue:
    """Pupils of a class in a set (``what``), or with their mark of a ``subject``, or with one ``sign`` of it."""
    periods = periods_of_class(group)
    period = period_among(periods, request.args.get("period")) or abort(404)
    book = class_book(group, period, actor.locale)
    subject_id, what = request.args.get("subject", type=int), request.args.get("what", "")
    if subject_id is not None:
        paper = subject_rows(book, subject_id, _sign()) or abort(404)
    else:
        paper = class_rows(book, what if what in {**BY_MARKS, **BY_ROLL} else abort(404))
    own = url_for("reports.of_class", school_id=group.school_id, group_id=group.id, kind="class-teacher", period=period.word)  # fmt: skip
    where = (*trail(group.school_id), Crumb(group.name, own))
    return answer(paper, periods=periods, period=period, where=where, keeps=IN_ADDRESS)


@blueprint.get("/courses/<uuid:course_id>/reports/rows", endpoint="course_rows")
@requires(may_print_journal, opens="report", course=get_course)
def of_course_rows(_actor: Actor, course: SeenCourse) -> ResponseReturnValue:
    """Pupils of a journal with their mark of the period, or with one ``sign``."""
    periods = periods_of_class(course)
    period = period_among(periods, request.args.get("period")) or abort(404)
    grid = address_of("gradebook.grid", school_id=course.school_id, course_id=course.id)
    where = (*trail(course.school_id), Crumb(f"{course.title}, {course.group}", grid))
    paper = course_rows(course_book(course, period), _sign())
    return answer(paper, periods=periods, period=period, where=where, keeps=IN_ADDRESS)


@blueprint.get("/reports/school/rows", endpoint="school_rows")
@requires(may_report_school, opens="report")
def of_school_rows(actor: Actor) -> ResponseReturnValue:
    """Pupils of the school, or of a ``level``, in a set (``what``)."""
    school_id = actor.school_id or 0
    periods, period = school_period(school_id)
    what, level = request.args.get("what", ""), request.args.get("level", type=int)
    pupils = pupils_of_school(actor, period, level)
    name = school_name(school_id)
    paper, named = school_rows(school_id, name, period, what if what in BY_MARKS else abort(404), pupils, level)
    if named:
        first, *others = dict.fromkeys(one.class_id for one in named)
        looking_at(group_id=first, and_groups=others)
    return answer(paper, periods=periods, period=period, where=_results(school_id, period.word), keeps=IN_ADDRESS)


@blueprint.get("/reports/school/journals", endpoint="journal_rows")
@requires(may_report_school)
def of_journal_rows(actor: Actor) -> ResponseReturnValue:
    """Journals of a ``subject`` or a ``teacher``; with a ``sign`` those where somebody has it."""
    school_id = actor.school_id or 0
    periods, period = school_period(school_id)
    subject_id, teacher_id = request.args.get("subject", type=int), request.args.get("teacher", type=uuid.UUID)
    if teacher_id is not None:
        teacher = get_teacher(actor, teacher_id) or abort(404)
        name, lines = teacher.full_name, journals_of(actor, period, teacher_id=teacher_id)
    else:
        subject = (db.session.get(Subject, subject_id) if subject_id else None) or abort(404)
        name = subject.name_en if actor.locale == "en" else subject.name_ru
        lines = journals_of(actor, period, subject_id=subject_id)
    paper = journal_rows(school_id, school_name(school_id), period, name, lines, _sign())
    return answer(paper, periods=periods, period=period, where=_results(school_id, period.word), keeps=IN_ADDRESS)


@blueprint.get("/pupils/<uuid:pupil_id>/reports/absences")
@requires(may_see_card, opens="report", pupil=get_pupil)
def missed(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """Each lesson that a pupil missed in a period."""
    group = (get_group(actor, pupil.class_id) if pupil.class_id else None) or abort(404)
    periods = periods_of_class(group)
    period = period_among(periods, request.args.get("period")) or abort(404)
    lines = missed_lessons(actor, pupil.id, period)
    school = school_name(pupil.school_id)
    paper = missed_rows(pupil.school_id, school, pupil.short_name, pupil.id, period, lines)
    diary = address_of("gradebook.diary", school_id=pupil.school_id, pupil_id=pupil.id)
    return answer(paper, periods=periods, period=period, where=(Crumb(pupil.short_name, diary),))


def _sign() -> str | None:
    """The mark that is asked for; None asks for all."""
    word = request.args.get("sign")
    return word if word is None or word in SIGNS else abort(404)


def _results(school_id: int, period: str) -> tuple[Crumb, ...]:
    own = url_for("reports.of_school", school_id=school_id, kind="results", period=period)
    return (*trail(school_id), Crumb(_("Results of the school"), own))
