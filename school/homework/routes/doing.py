"""The pupil's pages: the list by day, one homework, handing in; and the same for the family to read."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import BinaryIO, cast

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from school.classes.queries import get_pupil
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor, looking_at, requires
from school.core.database import new_id
from school.core.files import storage
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb
from school.homework.actions import (
    BadPhoto,
    CannotHandIn,
    ReadyPhoto,
    begin_task,
    hand_in,
    keep_photo,
    keep_sent_photo,
    mark_seen,
    take_back,
    upload_links,
)
from school.homework.forms import OwnForm, uuid_of
from school.homework.models import AssignmentState, HandInWay
from school.homework.policy import has_homework, is_open, may_do, may_see_list, may_see_mine, may_see_of
from school.homework.queries import get_homework, handed_in, homework_between, homework_of_pupil
from school.homework.queries.catching_up import missed_days
from school.homework.queries.files import files_of
from school.homework.queries.own import OwnLine, own_tasks
from school.homework.queries.review import thresholds_on
from school.homework.queries.setting import BookInUse, book_in_use
from school.homework.queries.testing import attempts_used, conditions_of
from school.homework.routes.beside import file_url
from school.homework.routes.blueprint import blueprint
from school.homework.scale import most_points, table_of
from school.homework.seen import PupilHomework, SeenHomework
from school.library.queries import linked_pieces, pages_named, pages_to_open
from school.tasks.models import Conditions
from school.tasks.queries.easing import ease_for

BACK, AHEAD = timedelta(days=14), timedelta(days=60)
JUST_DONE = timedelta(days=3)
NEWS = timedelta(days=4)
"""So long a missed day is spoken of above the list."""


@blueprint.get("/homework")
@requires(has_homework)
def mine(actor: Actor) -> ResponseReturnValue:
    """All subjects in one list by the day they are due."""
    return list_of_mine(actor)


def list_of_mine(actor: Actor, form: OwnForm | None = None) -> ResponseReturnValue:
    """The pupil's own list with their own tasks; ``form`` is one that has to be looked at once more."""
    school_id, member_id = actor.school_id or 0, actor.member_id or new_id()
    own = own_tasks(school_id, member_id, clock.today())
    if form is None:
        form = OwnForm(formdata=None)
        form.client_id.data, form.due_on.data = str(new_id()), clock.today() + timedelta(days=1)
    missed = missed_days(school_id, member_id, clock.today() - NEWS)
    works = homework_between(school_id, member_id, *_span(), actor.locale)
    return _list(works, None, missed, own, form, current_pupil=member_id)


@blueprint.get("/pupils/<uuid:pupil_id>/homework")
@requires(may_see_list, opens="homework", pupil=get_pupil)
def of_pupil(actor: Actor, pupil: SeenPupil) -> ResponseReturnValue:
    """The same list, for the pupil's family and teachers."""
    missed = missed_days(pupil.school_id, pupil.id, clock.today() - NEWS)
    return _list(homework_between(pupil.school_id, pupil.id, *_span(), actor.locale), pupil, missed)


@blueprint.get("/homework/<uuid:homework_id>")
@requires(may_see_mine, homework=get_homework)
def work(_actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """One homework and the way to do it."""
    return _work(homework)


@blueprint.get("/pupils/<uuid:pupil_id>/homework/<uuid:homework_id>")
@requires(may_see_of, opens="homework", pupil=get_pupil, homework=homework_of_pupil)
def work_of_pupil(_actor: Actor, pupil: SeenPupil, homework: SeenHomework) -> ResponseReturnValue:
    """One work of a pupil, to read."""
    looking_at(pupil_id=pupil.id)
    return _work(homework, pupil)


@blueprint.post("/homework/<uuid:homework_id>/seen")
@requires(may_do, homework=get_homework)
def seen(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """The page has been opened; sent by the page itself."""
    mark_seen(actor, homework)
    return "", 204


@blueprint.post("/homework/<uuid:homework_id>/task")
@requires(may_do, homework=get_homework)
def start_task(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """Begin or go on with a task on the screen."""
    try:
        attempt = begin_task(actor, homework)
    except CannotHandIn as why:
        return _work(homework, why=why.why)
    return go_to("tasks.attempt", school_id=homework.school_id, attempt_id=attempt.id)


@blueprint.post("/homework/<uuid:homework_id>/hand-in", endpoint="hand_in")
@requires(may_do, homework=get_homework)
def hand_in_view(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """A tick, a text, photographs."""
    client_id = uuid_of(request.form.get("client_id"))
    try:
        photos = _photos(actor) if homework.way == HandInWay.PHOTO else []
        hand_in(actor, homework, client_id or new_id(), text=request.form.get("text", ""), photos=photos)
    except CannotHandIn as why:
        return _work(homework, why=why.why)
    except BadPhoto:
        return _work(
            homework,
            why=_("One of the files could not be read as a photo. Nothing was handed in yet: choose it once more."),
        )
    toast(_("Handed in. The teacher will look at it."))
    if request.form.get("back") == "list":
        return go_to("homework.mine", school_id=homework.school_id)
    return go_to("homework.work", school_id=homework.school_id, homework_id=homework.id)


@blueprint.post("/homework/<uuid:homework_id>/take-back", endpoint="take_back")
@requires(may_do, homework=get_homework)
def take_back_view(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """The tick was pressed by mistake."""
    take_back(actor, homework)
    return go_to("homework.work", school_id=homework.school_id, homework_id=homework.id)


@blueprint.post("/homework/<uuid:homework_id>/photo-links")
@requires(may_do, homework=get_homework)
def photo_links(actor: Actor, homework: SeenHomework) -> ResponseReturnValue:
    """Where the browser sends its photographs: one link a page, straight to the storage."""
    if homework.way != HandInWay.PHOTO:
        return {"why": _("This homework is not handed in by photos.")}, 422
    sizes = [int(size) for size in request.form.getlist("size") if size.isdecimal()][:12]
    try:
        links = upload_links(actor, storage(), sizes)
    except BadPhoto:
        return {"why": _("The photo is too large.")}, 422
    return jsonify(links=[{"incoming": one.incoming, "url": one.url, "headers": one.headers} for one in links])


def _photos(actor: Actor) -> list[ReadyPhoto]:
    """Pages that the script has sent to the storage, in their order; else the files of the plain form."""
    sent = request.form.getlist("incoming")
    if sent:
        return [keep_sent_photo(actor, storage(), one) for one in sent[:12]]
    files: list[FileStorage] = [one for one in request.files.getlist("photos") if one.filename]
    return [keep_photo(actor, storage(), cast("BinaryIO", one.stream)) for one in files[:13]]


def _span() -> tuple[date, date]:
    return clock.today() - BACK, clock.today() + AHEAD


def _list(
    lines: list[PupilHomework],
    pupil: SeenPupil | None,
    missed: Sequence[tuple[date, int]],
    own: Sequence[OwnLine] = (),
    form: OwnForm | None = None,
    current_pupil: uuid.UUID | None = None,
) -> ResponseReturnValue:
    today = clock.today()
    returned = [one for one in lines if one.state == AssignmentState.RETURNED]
    coming = [one for one in lines if one.due_on >= today and one.state != AssignmentState.RETURNED]
    by_day = {day: list(ones) for day, ones in groupby(coming, key=lambda one: one.due_on)}
    days = sorted({*by_day, *(one.due_on for one in own if one.due_on >= today)})
    where = (Crumb(pupil.short_name), Crumb(_("Homework tasks"))) if pupil else (Crumb(_("Homework tasks")),)
    return page(
        "homework/mine.html",
        pupil=pupil,
        returned=returned,
        days=[
            (
                day,
                by_day.get(day, []),
                mine := [one for one in own if one.due_on == day],
                _left(by_day.get(day, []), mine),
            )
            for day in days
        ],
        own_before=[one for one in own if one.due_on < today],
        own_form=form,
        missed=missed,
        current_pupil=current_pupil,
        status=422 if form is not None and form.errors else 200,
        waiting=[one for one in lines if one.due_on < today and not one.is_done and one not in returned],
        done=[one for one in lines if one.due_on < today and one.is_done and one.due_on >= today - JUST_DONE],
        new_id=new_id,
        where=where,
    )


def _left(works: list[PupilHomework], own: list[OwnLine]) -> tuple[int, bool]:
    """Minutes of what is not done yet, and whether all is done."""
    open_works = [one for one in works if not one.is_done]
    open_own = [one for one in own if one.done_at is None]
    minutes = sum(one.minutes for one in open_works) + sum(one.minutes for one in open_own)
    return minutes, not open_works and not open_own


def _work(homework: SeenHomework, pupil: SeenPupil | None = None, why: str = "") -> ResponseReturnValue:
    if pupil is None:
        back = Crumb(_("Homework tasks"), url_for("homework.mine", school_id=homework.school_id))
    else:
        back = Crumb(pupil.short_name, url_for("homework.of_pupil", school_id=pupil.school_id, pupil_id=pupil.id))
    return page(
        "homework/work.html",
        status=422 if why else 200,
        homework=homework,
        pupil=pupil,
        sent=handed_in(homework.school_id, homework.mine),
        conditions=(conditions := conditions_of(homework)),
        time=_time_of(homework, conditions),
        used=attempts_used(homework, homework.pupil_id) if conditions is not None and homework.pupil_id else 0,
        is_open=pupil is None and is_open(homework),
        client_id=new_id(),
        table=_table_of(homework),
        files=[(one.name, file_url(one)) for one in files_of(homework.school_id, homework.id)],
        book=(book := _book_of(homework)),
        pieces=linked_pieces(homework.text) if book else [(homework.text, None)],
        why=why,
        typed=request.form.get("text"),
        photo_url=photo_url,
        where=(back, Crumb(homework.title)),
    )


def _time_of(homework: SeenHomework, conditions: Conditions | None) -> int:
    """Minutes of a test for this pupil, with what their profile adds; 0 without a limit."""
    if conditions is None or conditions.minutes is None or homework.pupil_id is None:
        return 0
    return ease_for(homework.school_id, homework.pupil_id).minutes(conditions.minutes)


def _table_of(homework: SeenHomework) -> list[tuple[int, int]]:
    """From how many points of its rubric on which mark is proposed."""
    if not homework.rubric:
        return []
    return table_of(most_points(homework.rubric), thresholds_on(homework.school_id, homework.due_on))


def _book_of(homework: SeenHomework) -> BookInUse | None:
    """The book whose pages the text names: the textbook that is set with it, or the one that the course last used."""
    if not pages_named(homework.text):
        return None
    if (
        homework.unit_id is not None
        and homework.unit_number is not None
        and pages_to_open(homework.unit_id, homework.text)
    ):
        return BookInUse(homework.unit_id, homework.unit_number, homework.unit_title)
    return book_in_use(homework.course)


def photo_url(sha256: str) -> str:
    """Where the browser gets a photograph, for an hour."""
    return storage().link(sha256, "page.jpg", "image/jpeg", seconds=3600)
