"""The family's page about absences: say that a child will not come, and take it back."""

from datetime import date
from functools import partial

from flask import request
from flask.typing import ResponseReturnValue

from school.classes.actions import CannotDo, announce_absence, withdraw_note
from school.classes.forms.notes import AwayForm
from school.classes.models import AbsenceReason
from school.classes.policy import may_announce, may_explain, may_feed
from school.classes.queries import get_pupil
from school.classes.queries.days import DayLesson, lessons_ahead, lessons_of_pupils
from school.classes.queries.excuses import code_of
from school.classes.queries.notes import Note, note_of, notes_of
from school.classes.routes.blueprint import blueprint
from school.classes.routes.week import asked_day
from school.classes.seen import SeenPupil
from school.classes.words import reason_words
from school.core import clock
from school.core.access import Actor, requires
from school.core.days import day_words
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of


@blueprint.route("/pupils/<uuid:pupil_id>/away", methods=["GET", "POST"])
@requires(may_announce, opens="absences", pupil=get_pupil)
def away(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """Filled in for the next school day: a reason is there, one press sends it."""
    lessons = _day_ahead(actor, pupil)
    day = lessons[0].on_date if lessons else asked_day()
    form = AwayForm(data={"reason": AbsenceReason.ILLNESS.value, "first_on": day})
    form.offer([(str(one.slot), f"{one.slot}. {one.subject}") for one in lessons])
    if form.validate_on_submit() and _same_day(form, day):
        try:
            announce_absence(
                actor,
                pupil,
                form.first_on.data,
                form.until,
                AbsenceReason(form.reason.data),
                slots=form.numbers,
                words=form.words.data or "",
            )
            toast(_("The teachers see it now. Thank you for telling."))
            return go_to("classes.away", school_id=pupil.school_id, pupil_id=pupil.id)
        except CannotDo as refusal:
            form.form_errors.append(refusal.why)
    return page(
        "classes/away.html",
        status=422 if request.method == "POST" else 200,
        pupil=pupil,
        may_feed=may_feed,
        form=form,
        day=day,
        notes=notes_of(pupil),
        code=code_of(pupil) if pupil.follows else "",
        may_correct=may_explain(actor, pupil),
        today=clock.today(),
        reasons={one.value: reason_words(one) for one in AbsenceReason},
        where=(
            Crumb(pupil.short_name, address_of("gradebook.diary", school_id=pupil.school_id, pupil_id=pupil.id)),
            Crumb(_("Absence")),
        ),
    )


def _same_day(form: AwayForm, day: date) -> bool:
    """Lessons were chosen out of one day's list; for another day that list would mean something else."""
    if not form.numbers or form.first_on.data == day:
        return True
    form.slots.errors = [_("These are lessons of another day. Choose the day first, or whole days.")]
    return False


@blueprint.post("/pupils/<uuid:pupil_id>/away/<uuid:note_id>/withdraw")
@requires(lambda actor, pupil, _note: may_announce(actor, pupil), pupil=get_pupil, note=note_of)
def withdraw(actor: Actor, pupil: SeenPupil, note: Note) -> ResponseReturnValue:
    """The child comes after all."""
    try:
        withdraw_note(actor, pupil, note)
        toast(_("Taken back: %(name)s is expected %(day)s.", name=pupil.given_name, day=day_words(note.first_on)))
    except CannotDo as refusal:
        toast(refusal.why)
    return go_to("classes.away", school_id=pupil.school_id, pupil_id=pupil.id)


def _day_ahead(actor: Actor, pupil: SeenPupil) -> list[DayLesson]:
    """The lessons of the day asked for, or of the nearest day that still has one to come."""
    if request.args.get("on"):
        on = asked_day()
        return _held(lessons_of_pupils(pupil.school_id, [pupil.id], on, on, actor.locale)[pupil.id])

    find = partial(lessons_of_pupils, pupil.school_id, [pupil.id], locale=actor.locale)
    coming = _held(lessons_ahead(find, clock.today())[pupil.id])
    day = next((one.on_date for one in coming if one.ends_at > clock.now()), None)
    return [one for one in coming if one.on_date == day]


def _held(lessons: list[DayLesson]) -> list[DayLesson]:
    return [one for one in lessons if one.is_held]
