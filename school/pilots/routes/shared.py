"""One protocol over schools: the list, giving one out, and what all schools together say. For the city's analysts and methodologists."""

import uuid

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from content_library.models import Subject
from school.core.access import Actor, requires
from school.core.database import db
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.sheets import Sheet, attached, to_xlsx
from school.core.shell import Crumb, address_of
from school.pilots import words
from school.pilots.actions import Protocol, close_shared, share_protocol
from school.pilots.errors import CannotPilot
from school.pilots.forest import forest
from school.pilots.forms import SharedForm
from school.pilots.models import Arm, Sitting
from school.pilots.policy import may_share, watches_pools
from school.pilots.queries import all_shared, get_shared, held_units, pool_of
from school.pilots.queries.shared import PooledOutcome, SeenShared
from school.pilots.routes.blueprint import city


def _trail(actor: Actor) -> tuple[Crumb, ...]:
    home = address_of("home.analyst") if actor.has("analyst") else address_of("home.methodologist")
    return Crumb(_("City"), home), Crumb(_("Pilots of several schools"), url_for("shared_pilots.overview"))


@city.get("")
@requires(watches_pools)
def overview(actor: Actor) -> ResponseReturnValue:
    """All protocols that were given out."""
    found = all_shared(actor)
    return page("pilots/shared_list.html", found=found, gives=may_share(actor), words=words, where=_trail(actor)[:1])


@city.route("/new", methods=["GET", "POST"])
@requires(may_share)
def new(actor: Actor) -> ResponseReturnValue:
    """The subject first; then the protocol, frozen when it is sent."""
    subject = db.session.get(Subject, request.args.get("subject", 0, type=int))
    if subject is None:
        rows = db.session.scalars(select(Subject).order_by(Subject.sort, Subject.id)).all()
        there = [(one.id, _name(actor, one), one.tint + 1, len(held_units(one.id))) for one in rows]
        return page("pilots/shared_subjects.html", subjects=[one for one in there if one[3]], where=_trail(actor))
    form, units = SharedForm(), held_units(subject.id)
    form.offer_tests(
        [(str(u.version_id), _("%(title)s (%(n)s questions)", title=u.title, n=u.questions)) for u in units]
    )
    if request.method == "GET":
        form.begin()
    elif form.validate():
        try:
            made = share_protocol(actor, subject, form.year_level.data, _wish(form), _tests(form))
            toast(_("Given out: schools find it under “New pilot”."))
            return go_to("shared_pilots.shared", shared_id=made.id)
        except CannotPilot as why:
            form.form_errors.append(why.why)
    return page(
        "pilots/shared_form.html",
        status=422 if request.method == "POST" else 200,
        form=form,
        subject=_name(actor, subject),
        subject_id=subject.id,
        tint=subject.tint + 1,
        where=(*_trail(actor), Crumb(_("New protocol"))),
    )


@city.get("/<uuid:shared_id>")
@requires(watches_pools, shared=get_shared)
def shared(actor: Actor, shared: SeenShared) -> ResponseReturnValue:
    """Every school's difference and all together; ``?as=xlsx`` as a file."""
    found = pool_of(shared)
    if request.args.get("as") == "xlsx":
        return attached(to_xlsx(shared.row.title, _sheets(found)), shared.row.title)
    return page(
        "pilots/shared.html",
        shared=shared,
        row=shared.row,
        outcomes=[(one, [(pool, forest(pool, _("All schools together"))) for pool in one.shares]) for one in found],
        gives=may_share(actor),
        words=words,
        where=(*_trail(actor), Crumb(shared.row.title)),
    )


@city.post("/<uuid:shared_id>/close")
@requires(may_share, shared=get_shared)
def close(actor: Actor, shared: SeenShared) -> ResponseReturnValue:
    """No more schools begin it."""
    close_shared(actor, shared.row)
    toast(_("No more schools can begin it. Those that have go on."))
    return go_to("shared_pilots.shared", shared_id=shared.id)


def _name(actor: Actor, subject: Subject) -> str:
    return subject.name_en if actor.locale == "en" else subject.name_ru


def _wish(form: SharedForm) -> Protocol:
    day = form.a_day()
    return Protocol(
        title=" ".join(form.title.data.split()),
        question=form.question.data.strip(),
        main_test=Sitting(form.main_test.data),
        arms=tuple(one for one in Arm if one.value in form.arms.data),
        tasks=form.tasks.data,
        sets=form.sets.data,
        consent_until=day[0],
        starts_on=day[1],
        weeks=form.weeks.data,
        n_planned=form.n_planned.data,
        stop_rule=form.stop_rule.data.strip(),
        most_minutes=form.most_minutes.data,
        most_lost=form.most_lost.data,
        other_year=(form.other_year.data or "").strip(),
    )


def _tests(form: SharedForm) -> dict[Sitting, uuid.UUID]:
    return {kind: uuid.UUID(form[kind.value].data) for kind in Sitting if form[kind.value].data}


def _sheets(found: list[PooledOutcome]) -> list[Sheet]:
    heads = [_("School"), _("Way of practice"), _("With a result"), _("With a result, first way"), _("Difference"), _("Interval from"), _("Interval to"), _("Weight, per cent")]  # fmt: skip
    made = []
    for one in found:
        for what, pools in ((_("points"), one.shares), (_("topics"), one.topics)):
            rows: list[list[str | int | float | None]] = []
            for pool in pools:
                lines = [(line.name, line.n, line.n_first, line.found, round(line.weight, 1)) for line in pool.lines]
                for name, n, first, diff, weight in [
                    *lines,
                    (_("All schools together"), pool.n, pool.n_first, pool.total, 100.0),
                ]:
                    numbers = [round(v, 2) for v in (diff.value, diff.low, diff.high)] if diff else [None] * 3
                    rows.append([name, words.arm_name(pool.arm), n, first, *numbers, weight])
            made.append(Sheet(f"{words.capital(words.sitting_words(one.kind))}, {what}"[:31], heads, rows))
    return made
