"""Why a pupil was absent: one reason for many days at once."""

from dataclasses import asdict
from itertools import groupby

from flask import request, url_for
from flask.typing import ResponseReturnValue

from school.classes.actions import explain_days
from school.classes.forms.lessons import ExplainForm
from school.classes.models import AbsenceReason
from school.classes.patterns import WINDOW, find_patterns
from school.classes.policy import may_explain
from school.classes.queries import get_pupil
from school.classes.queries.absences import missed_lessons
from school.classes.queries.days import lessons_of_pupils
from school.classes.queries.notes import notes_of
from school.classes.routes.blueprint import blueprint
from school.classes.routes.news import pattern_words
from school.classes.seen import SeenPupil
from school.classes.words import reason_words
from school.core import clock
from school.core.access import Actor, requires
from school.core.languages import ngettext
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb


@blueprint.route("/pupils/<uuid:pupil_id>/absences", methods=["GET", "POST"])
@requires(may_explain, opens="absences", pupil=get_pupil)
def absences(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """The lessons a pupil missed; the class teacher gives the unexplained ones of some days their reason."""
    missed = missed_lessons(actor, pupil)
    unexplained = [one.on_date for one in missed if one.is_unexplained]
    today = clock.today()
    start = {"since": min(unexplained, default=today), "until": max(unexplained, default=today), "reason": "illness"}
    form = ExplainForm(data=start)
    if form.validate_on_submit():
        number = explain_days(actor, pupil, form.since.data, form.until.data, AbsenceReason(form.reason.data))
        toast(ngettext("%(num)s lesson now has a reason.", "%(num)s lessons now have a reason.", number))
        return go_to("classes.absences", school_id=pupil.school_id, pupil_id=pupil.id)
    month = lessons_of_pupils(pupil.school_id, [pupil.id], today - WINDOW, today, actor.locale)[pupil.id]
    where: tuple[Crumb, ...] = (Crumb(pupil.short_name),)
    if pupil.class_id is not None:
        address = url_for("classes.group", school_id=pupil.school_id, group_id=pupil.class_id)
        where = (Crumb(pupil.class_name, address), *where)
    return page(
        "classes/absences.html",
        status=422 if request.method == "POST" else 200,
        pupil=pupil,
        days=[(day, list(lessons)) for day, lessons in groupby(missed, key=lambda one: one.on_date)],
        unexplained=len(unexplained),
        patterns=[pattern_words(one.kind, asdict(one)) for one in find_patterns(month, today)],
        notes=notes_of(pupil),
        form=form,
        reasons={one.value: reason_words(one) for one in AbsenceReason},
        where=where,
    )
