"""The author's pool: units kept back for common tests, and those that can be."""

from flask.typing import ResponseReturnValue

from content_library import Unit
from school.core.access import Actor, requires
from school.core.languages import gettext as _
from school.core.pages import go_to, page, toast
from school.core.shell import Crumb, address_of
from school.pilots import words
from school.pilots.actions import hold_unit, let_unit_go
from school.pilots.errors import CannotPilot
from school.pilots.policy import may_hold
from school.pilots.queries import own_pool, own_unit
from school.pilots.routes.blueprint import pool


@pool.get("")
@requires(may_hold)
def own(actor: Actor) -> ResponseReturnValue:
    """One's own units with questions."""
    found = own_pool(actor)
    return page(
        "pilots/pool.html",
        held=[one for one in found if one.held_at is not None],
        free=[one for one in found if one.held_at is None],
        words=words,
        where=(Crumb(_("Library"), address_of("library.shelves")), Crumb(_("Common tests"))),
    )


@pool.post("/<uuid:unit_id>/hold")
@requires(may_hold, unit=own_unit)
def hold(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """From now on nobody meets it."""
    try:
        hold_unit(actor, unit)
        toast(_("Kept back: no reader, no search and no practice has it."))
    except CannotPilot as why:
        toast(why.why)
    return go_to("pool.own")


@pool.post("/<uuid:unit_id>/let-go")
@requires(may_hold, unit=own_unit)
def let_go(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """Its pilots are over."""
    try:
        let_unit_go(actor, unit)
        toast(_("It may be read again."))
    except CannotPilot as why:
        toast(why.why)
    return go_to("pool.own")
