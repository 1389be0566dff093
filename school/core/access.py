"""Who may open what. Every view states its rule; things are loaded from parent to child before the view runs.

``@requires(may_see_grid, course=get_course, column=column_of)`` takes ``course_id`` and ``column_id`` out of the address,
calls ``get_course(actor, course_id)`` and ``column_of(course, column_id)`` (a loader that finds nothing returns None and the
answer is 404, so ids of another course can't agree), asks ``may_see_grid(actor, course, column)``, and calls the view
``view(actor, course=…, column=…)``. A view holds objects it may use, never ids.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any, Final, ParamSpec, TypeVar

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from school.core.languages import forget_language
from school.core.scope import hold_to


@dataclass(frozen=True, slots=True)
class Standing:
    """One role an account has today."""

    kind: str
    school_id: int | None
    member_id: uuid.UUID | None
    school_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in this request, and where. ``school_id`` and ``member_id`` are set on pages of a school they belong to."""

    account_id: uuid.UUID
    sign_in_id: uuid.UUID
    name: str
    locale: str
    theme: str
    standings: tuple[Standing, ...] = ()
    school_id: int | None = None
    member_id: uuid.UUID | None = None
    roles: frozenset[str] = frozenset()
    """Kinds of the roles held in this school, or in the city on pages outside schools."""
    on_behalf_of: uuid.UUID | None = None
    """Member whose view a member of staff has taken, when looking "as a pupil"; changes are refused then."""
    login: str | None = None
    unread: int = 0
    """Notices not seen yet, of all schools."""
    unread_messages: int = 0
    """Messages not read yet, of all schools."""
    open_asks: int = 0
    """What schools ask and the family has not answered yet."""

    def has(self, *kinds: str) -> bool:
        """Whether any of these roles is held here."""
        return not self.roles.isdisjoint(kinds)

    @property
    def is_staff(self) -> bool:
        """Whether this person works here (whatever else they are)."""
        return not self.roles <= {"pupil", "parent"}


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule's "no" to somebody who may know that the thing exists; ``why`` says whom to ask. Falsy."""

    why: str

    def __bool__(self) -> bool:
        return False


Rule = Callable[..., "bool | Refused"]
Loader = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Access:
    """What a view has stated about who may open it; kept on the view for the tests and the printed table."""

    rule: Rule | None
    loaders: dict[str, Loader] = field(default_factory=dict)
    opens: str | None = None


STATED: Final = "stated_access"
PUBLIC: Final = Access(rule=None)
P = ParamSpec("P")
R = TypeVar("R")


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anybody may open this view, signed in or not."""
    setattr(view, STATED, PUBLIC)
    return view


def signed_in(_actor: Actor) -> bool:
    """The rule of pages about oneself: any account may open its own."""
    return True


def requires(
    rule: Rule, *, opens: str | None = None, **loaders: Loader
) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """State who may open a view and how its things are loaded; see the module's docstring.

    ``opens`` names the purpose under which an access fact is left when staff open this page of pupils' data; the last
    loaded thing that has ``looked_at`` says whose.
    """
    access = Access(rule, loaders, opens)

    def decorate(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def guarded(**url: Any) -> ResponseReturnValue:
            actor = current_actor(url.pop("school_id", None))
            if actor is None:
                return _ask_to_sign_in()
            things = _load(actor, loaders, url)
            answer = rule(actor, *things.values())
            if not answer:
                abort(403, answer.why) if isinstance(answer, Refused) else abort(404)
            response = view(actor, **things, **url)
            if opens and actor.is_staff:
                response = _leave_fact(actor, opens, things, make_response(response))
            return response

        setattr(guarded, STATED, access)
        return guarded

    return decorate


def current_actor(school_id: int | None = None) -> Actor | None:
    """The signed-in actor, in ``school_id`` or in the city; None for a visitor. A stranger to the school gets 404."""
    if not current_user.is_authenticated:
        return None
    actor: Actor | None = current_user.actor_in(school_id)
    if actor is None:
        abort(404)
    hold_to(frozenset({school_id}) if school_id is not None else None)
    g.actor = actor
    forget_language()
    return actor


def can(rule: Rule, *things: Any) -> bool:
    """For templates: whether the current actor may; the same functions that guard the views."""
    return "actor" in g and bool(rule(g.actor, *things))


def looking_at(
    *, pupil_id: uuid.UUID | None = None, group_id: uuid.UUID | None = None, and_groups: Iterable[uuid.UUID] = ()
) -> None:
    """Say whose data a page without such a thing in its address shows; each further group gets a fact of its own."""
    g.looked_at = (pupil_id, group_id)
    g.looked_at_too = tuple(and_groups)


def _load(actor: Actor, loaders: dict[str, Loader], url: dict[str, Any]) -> dict[str, Any]:
    things: dict[str, Any] = {}
    parent: Any = actor
    for name, loader in loaders.items():
        parent = loader(parent, url.pop(f"{name}_id"))
        if parent is None:
            abort(404)
        things[name] = parent
    return things


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method in {"GET", "HEAD"}:
        where = url_for("people.sign_in", next=request.full_path.rstrip("?"))
    else:
        where = url_for("people.sign_in")
    if request.headers.get("HX-Request"):
        return "", 401, {"HX-Redirect": where}
    if request.accept_mimetypes.best == "application/json":
        return {"error": "signed_out", "sign_in": where}, 401
    return redirect(where, 303)


def _leave_fact(actor: Actor, purpose: str, things: dict[str, Any], response: Response) -> Response:
    """Write the access fact after the answer has left, on a connection of its own."""
    seen = g.pop("looked_at", None)
    for thing in reversed(things.values()):
        seen = seen or getattr(thing, "looked_at", None)
    if seen is None or response.status_code >= 400:
        return response
    pupil_id, group_id = seen
    write = current_app.extensions["access_log"]
    response.call_on_close(partial(write, actor, purpose, pupil_id, group_id, g.pop("looked_at_too", ())))
    return response


def init_app(app: Flask) -> None:
    """Let templates ask the rules; no request inherits the scope of the last one on its thread."""
    app.jinja_env.globals["can"] = can

    @app.teardown_request
    def forget_scope(_error: BaseException | None) -> None:
        hold_to(None)
