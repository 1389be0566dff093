"""The frame of every page: places of the role, and the other roles, schools and children one tap away."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request, url_for

from school.core import clock
from school.core.access import Actor, Standing
from school.core.languages import gettext as _
from school.core.shell import KEPT, Place, Shell, Switch, address_of
from school.home import numbers
from school.home.words import absence_reason

ORDER = ("teacher", "pupil", "deputy", "head", "admin", "methodologist", "analyst", "parent")
"""Which of several roles greets its holder at ``/``."""

PLACES: dict[str, tuple[tuple[str, str], ...]] = {
    "pupil": (
        ("home.pupil", "house"),
        ("homework.mine", "list-checks"),
        ("gradebook.my_diary", "book-open"),
        ("progress.mine", "trending-up"),
        ("library.shelves", "library"),
    ),
    "parent": (("home.family", "house"), ("library.shelves", "library")),
    "teacher": (
        ("home.teacher", "house"),
        ("classes.my_week", "calendar-days"),
        ("gradebook.courses", "table-2"),
        ("homework.to_review", "inbox"),
        ("library.shelves", "library"),
    ),
    "deputy": (
        ("home.deputy", "house"),
        ("classes.day", "calendar-days"),
        ("classes.groups", "users"),
        ("gradebook.courses", "table-2"),
        ("library.shelves", "library"),
    ),
    "head": (
        ("home.head", "house"),
        ("classes.day", "calendar-days"),
        ("classes.groups", "users"),
        ("gradebook.courses", "table-2"),
        ("library.shelves", "library"),
    ),
    "admin": (
        ("home.admin", "house"),
        ("people.members", "users"),
        ("classes.groups", "school"),
        ("roster.imports", "file-input"),
        ("classes.structure", "settings-2"),
    ),
    "methodologist": (("home.methodologist", "house"), ("library.desk", "inbox"), ("library.shelves", "library")),
    "analyst": (("home.analyst", "house"), ("library.shelves", "library")),
}
"""At most five places a role: endpoint and icon."""


def place_name(endpoint: str) -> str:
    """How a place is called in the bar."""
    if endpoint.startswith("home."):
        return str(_("Home"))
    names = {
        "homework.mine": _("My tasks"),
        "gradebook.my_diary": _("Diary"),
        "progress.mine": _("Progress"),
        "library.shelves": _("Library"),
        "library.desk": _("Review"),
        "classes.my_week": _("Timetable"),
        "classes.day": _("Timetable"),
        "classes.groups": _("Classes"),
        "classes.structure": _("Settings"),
        "gradebook.courses": _("Journals"),
        "homework.to_review": _("Review"),
        "people.members": _("People"),
        "roster.imports": _("Import"),
    }
    return str(names[endpoint])


def role_name(kind: str) -> str:
    """How a role is called on the screen."""
    names = {
        "pupil": _("Pupil"),
        "parent": _("Parent"),
        "teacher": _("Teacher"),
        "deputy": _("Deputy head"),
        "head": _("Head"),
        "admin": _("School administrator"),
        "methodologist": _("Methodologist"),
        "analyst": _("City analyst"),
    }
    return str(names[kind])


def home_of(standing: Standing) -> str:
    """The address of the first page of a role."""
    endpoint = "home.family" if standing.kind == "parent" else f"home.{standing.kind}"
    if endpoint not in current_app.view_functions:
        return url_for("home.start")
    if standing.kind == "parent" or standing.school_id is None:
        return url_for(endpoint)
    return url_for(endpoint, school_id=standing.school_id)


def order_of(standing: Standing) -> int:
    """Roles in the order in which they greet their holder."""
    return ORDER.index(standing.kind)


def standing_for(standings: tuple[Standing, ...], school_id: int | None, endpoint: str) -> Standing | None:
    """Which of somebody's roles a page is seen in: the one whose home it is, else one of this school, first by ``ORDER``."""
    here = [one for one in standings if school_id is None or one.school_id == school_id]
    for one in here:
        if endpoint == f"home.{one.kind}" or (endpoint == "home.family" and one.kind == "parent"):
            return one
    return min(here, key=order_of, default=None)


def shell() -> Shell | None:
    """The frame for the actor of this request; none before sign-in."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        return None
    kept: Callable[..., Shell] = current_app.extensions["shells"]
    made = kept(
        actor.account_id, actor.name, actor.locale, actor.theme, actor.standings, actor.school_id, request.endpoint
    )
    where = g.get("where")
    return replace(made, where=tuple(where)) if where else made


def _shell(
    account_id: uuid.UUID,
    name: str,
    locale: str,
    theme: str,
    standings: tuple[Standing, ...],
    school_id: int | None,
    endpoint: str | None,
) -> Shell:
    """The frame by all it depends on, so that it is made once for a person's page and not at each opening."""
    standing = standing_for(standings, school_id, endpoint or "")
    return Shell(
        person=name,
        school=standing.school_name if standing else "",
        account=account_id.hex,
        locale=locale,
        theme=theme,
        places=tuple(_places(standing)) if standing else (),
        switches=tuple(_switches(standings, standing)),
        search_url=address_of("library.shelves"),
        profile_url=address_of("people.profile"),
        sign_out_url=url_for("people.sign_out"),
        preferences_url=url_for("people.preferences"),
    )


def _places(standing: Standing) -> list[Place]:
    made = []
    for endpoint, icon in PLACES[standing.kind]:
        if endpoint not in current_app.view_functions:
            continue
        values: dict[str, Any] = {}
        if standing.school_id is not None and current_app.url_map.is_endpoint_expecting(endpoint, "school_id"):
            values["school_id"] = standing.school_id
        made.append(Place(place_name(endpoint), icon, url_for(endpoint, **values), endpoint == request.endpoint))
    return made


def _switches(standings: tuple[Standing, ...], current: Standing | None) -> list[Switch]:
    made: dict[str, Switch] = {}
    for standing in standings:
        hint = "" if standing.kind == "parent" else standing.school_name
        address = home_of(standing)
        made.setdefault(address, Switch(role_name(standing.kind), address, standing == current, hint))
    return list(made.values()) if len(made) > 1 else []


def init_app(app: Flask) -> None:
    """Give the layout its frame."""
    app.extensions["shells"] = lru_cache(maxsize=KEPT)(_shell)
    app.jinja_env.filters["absence_reason"] = absence_reason
    app.jinja_env.filters["decimal"] = numbers.decimal
    app.jinja_env.filters["whole"] = numbers.whole
    app.jinja_env.filters["local_day"] = lambda moment: clock.local(moment).date()

    @app.context_processor
    def frame() -> dict[str, Any]:
        return {"shell": shell(), "preferences_url": "/preferences"}
