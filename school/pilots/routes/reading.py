"""What came of a pilot, and its rows as files."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from school.core import clock
from school.core.access import Actor, looking_at, requires
from school.core.languages import gettext as _
from school.core.pages import page
from school.core.shell import Crumb
from school.pilots import words
from school.pilots.actions import KINDS, export_key, export_rows
from school.pilots.models import Sitting
from school.pilots.policy import may_export, may_read_results, may_take_key
from school.pilots.queries import facts_of, get_pilot, results_of
from school.pilots.routes.blueprint import blueprint
from school.pilots.routes.planning import trail
from school.pilots.seen import SeenPilot

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/pilots/<uuid:pilot_id>/results")
@requires(may_read_results, pilot=get_pilot)
def results(_actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """Arm by arm, when the test after practice is closed; before that, when that will be."""
    today = clock.today()
    found = results_of(pilot, today)
    return page(
        "pilots/results.html",
        pilot=pilot,
        row=pilot.row,
        found=found,
        facts=facts_of(pilot) if found.outcomes else [],
        weeks=max(1, pilot.times.week(min(today, pilot.times.ends_on))),
        opens_on=pilot.times.window(Sitting.POST)[1],
        words=words,
        where=(*trail(pilot.school_id), Crumb(pilot.row.title, _back(pilot)), Crumb(_("Results"))),
    )


@blueprint.post("/pilots/<uuid:pilot_id>/export/<kind>")
@requires(may_export, pilot=get_pilot)
def export(actor: Actor, pilot: SeenPilot, kind: str) -> ResponseReturnValue:
    """A file under pseudonyms; who took it is written down."""
    if kind not in KINDS or kind == "key":
        abort(404)
    return _file(export_rows(actor, pilot, kind), f"pilot-{kind}.{'xlsx' if kind == 'xlsx' else 'csv'}")


@blueprint.post("/pilots/<uuid:pilot_id>/key")
@requires(may_take_key, opens="pilot", pilot=get_pilot)
def key(actor: Actor, pilot: SeenPilot) -> ResponseReturnValue:
    """Whose pseudonym is whose: the head alone."""
    groups = [one.group_id for one in pilot.courses]
    looking_at(group_id=groups[0], and_groups=groups[1:])
    return _file(export_key(actor, pilot), "pilot-key.csv")


def _file(data: bytes, name: str) -> Response:
    made = Response(data, mimetype=XLSX if name.endswith("xlsx") else "text/csv")
    made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    made.headers["Cache-Control"] = "no-store"
    return made


def _back(pilot: SeenPilot) -> str:
    return f"/s/{pilot.school_id}/pilots/{pilot.id}"
