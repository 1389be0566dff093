"""The frame of every page: places of the role, and the other roles, schools and children one tap away."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request, url_for

from school.core import clock
from school.core.access import Actor, Standing
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.scope import current_scope, hold_to
from school.core.shell import KEPT, Place, Shell, Switch, Tray, address_of
from school.home import numbers
from school.home.queries.children import children_in
from school.home.words import absence_reason

Children = tuple[tuple[int, uuid.UUID, str], ...]
"""School, id and given name of each."""

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
    "parent": (
        ("home.family", "house"),
        ("gradebook.diary", "book-open"),
        ("gradebook.pupil_marks", "table-2"),
        ("homework.of_pupil", "list-checks"),
        ("progress.pupil", "trending-up"),
    ),
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

OF_CHILD = {
    "gradebook.diary": "diary",
    "gradebook.pupil_marks": "marks",
    "homework.of_pupil": "homework",
    "progress.pupil": "progress",
}
"""A parent's places about one child, and their words in the address that chooses the child."""

WRITTEN_TO = frozenset({"parent", "teacher", "deputy", "head"})
"""Roles whose holders write to each other, ask and are asked."""

CHILDREN_KEPT = 300
"""Seconds for which the names in the switch between children are kept; each page asks anew who may see it."""


def place_name(endpoint: str) -> str:
    """How a place is called in the bar."""
    if endpoint.startswith("home."):
        return str(_("Home"))
    names = {
        "homework.mine": _("My tasks"),
        "gradebook.my_diary": _("Diary"),
        "gradebook.diary": _("Diary"),
        "gradebook.pupil_marks": _("Marks"),
        "homework.of_pupil": _("Homework"),
        "progress.pupil": _("Progress"),
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
    child, children = _child_of(actor)
    made = kept(
        actor.account_id,
        actor.name,
        actor.locale,
        actor.theme,
        actor.standings,
        (actor.unread, actor.unread_messages, actor.open_asks),
        actor.school_id,
        request.endpoint,
        child,
        children,
    )
    where = g.get("where")
    return replace(made, where=tuple(where)) if where else made


def _shell(
    account_id: uuid.UUID,
    name: str,
    locale: str,
    theme: str,
    standings: tuple[Standing, ...],
    new: tuple[int, int, int],
    school_id: int | None,
    endpoint: str | None,
    child: uuid.UUID | None,
    children: Children,
) -> Shell:
    """The frame by all it depends on, so that it is made once for a person's page and not at each opening."""
    standing = standing_for(standings, school_id, endpoint or "")
    unread, messages, asks = new
    return Shell(
        person=name,
        school=standing.school_name if standing else "",
        account=account_id.hex,
        locale=locale,
        theme=theme,
        places=tuple(_places(standing, child)) if standing else (),
        switches=(*_switches(standings, standing), *_children_switches(children, child)),
        search_url=address_of("library.shelves"),
        notices_url=address_of("notices.mine"),
        unread=unread,
        trays=tuple(_trays(standings, messages, asks)),
        profile_url=address_of("people.profile"),
        sign_out_url=url_for("people.sign_out"),
        preferences_url=url_for("people.preferences"),
    )


def _child_of(actor: Actor) -> tuple[uuid.UUID | None, Children]:
    """On a page of a parent about one child: that child, and all children of this parent to switch between."""
    if actor.member_id is None or actor.roles != {"parent"}:
        return None, ()
    given = request.view_args or {}
    child: uuid.UUID | None = given.get("pupil_id", given.get("member_id"))
    if child is None:
        return None, ()
    now = clock.now()
    kept: Callable[..., Children] = current_app.extensions["children"]
    children = kept(actor.standings, clock.local(now).date(), int(now.timestamp()) // CHILDREN_KEPT)
    return (child, children) if any(one == child for _school, one, _name in children) else (None, ())


def _children(standings: tuple[Standing, ...], today: date, _moment: int) -> Children:
    """A few statements once in a while; the scope of the request stays what it was."""
    held = current_scope()
    found: list[tuple[int, uuid.UUID, str]] = []
    for one in standings:
        if one.kind == "parent" and one.school_id is not None and one.member_id is not None:
            hold_to(frozenset({one.school_id}))
            found += [
                (one.school_id, child.id, child.given_name)
                for child in children_in(one.school_id, one.member_id, today)
            ]
    hold_to(held)
    return tuple(found)


def _children_switches(children: Children, child: uuid.UUID | None) -> list[Switch]:
    """The same page of another child; where a page is about one thing of one child, the other child's diary."""
    if len(children) < 2:
        return []
    endpoint = request.endpoint if request.endpoint in OF_CHILD else "gradebook.diary"
    return [
        Switch(name, address_of(str(endpoint), school_id=school_id, pupil_id=one), one == child)
        for school_id, one, name in children
    ]


def _places(standing: Standing, child: uuid.UUID | None) -> list[Place]:
    made = []
    for endpoint, icon in PLACES[standing.kind]:
        if endpoint not in current_app.view_functions:
            continue
        if endpoint in OF_CHILD:
            address = (
                url_for(endpoint, school_id=standing.school_id, pupil_id=child)
                if child
                else url_for("home.of_child", what=OF_CHILD[endpoint])
            )
            made.append(Place(place_name(endpoint), icon, address, endpoint == request.endpoint))
            continue
        values: dict[str, Any] = {}
        if standing.school_id is not None and current_app.url_map.is_endpoint_expecting(endpoint, "school_id"):
            values["school_id"] = standing.school_id
        made.append(Place(place_name(endpoint), icon, url_for(endpoint, **values), endpoint == request.endpoint))
    return made


def _trays(standings: tuple[Standing, ...], messages: int, asks: int) -> list[Tray]:
    """Messages and questions, for whoever has a part in them in any school; where the application has those pages."""
    if not any(one.kind in WRITTEN_TO for one in standings):
        return []
    made = [
        Tray(
            str(_("Messages")),
            str(ngettext("Messages: %(num)s not read", "Messages: %(num)s not read", messages)),
            "message-circle",
            address_of("messages.mine"),
            messages,
        ),
        Tray(
            str(_("The school asks")),
            str(ngettext("The school asks: %(num)s not answered", "The school asks: %(num)s not answered", asks)),
            "file-question-mark",
            address_of("asks.mine"),
            asks,
        ),
    ]
    return [one for one in made if one.url]


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
    app.extensions["children"] = lru_cache(maxsize=KEPT)(_children)
    app.jinja_env.filters["absence_reason"] = absence_reason
    app.jinja_env.filters["decimal"] = numbers.decimal
    app.jinja_env.filters["whole"] = numbers.whole
    app.jinja_env.filters["local_day"] = lambda moment: clock.local(moment).date()

    @app.context_processor
    def frame() -> dict[str, Any]:
        return {"shell": shell(), "preferences_url": "/preferences"}
