"""The frame of a page: who is reading, where they are and where they can go. `core/layout.html` draws it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from flask import Flask, current_app, g, session, url_for
from flask_wtf.csrf import generate_csrf
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from school.core.languages import language

COMPONENTS = "core/_components.html"
FRAME = "core/_frame.html"
TOKEN = "@csrf@"  # noqa: S105 - the mark of the place where a token comes
KEPT = 2048
PURE = frozenset({"icon", "mark", "pill", "status", "subject"})
"""Pieces drawn from their arguments and the language alone; their callers give text and numbers only."""


@dataclass(frozen=True, slots=True)
class Place:
    """One of the at most five places of a role: in the bar of a phone and the rail of a wide screen."""

    label: str
    icon: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from home to this page; the last one is the page itself and needs no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """Another child, class, role or school of this person; ``hint`` tells equal labels apart."""

    label: str
    url: str
    current: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Tray:
    """Where people write to this person or wait for an answer, with how much of it is new."""

    label: str
    said: str
    """The same with the number, for who can't see it."""
    icon: str
    url: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Shell:
    """All that the frame shows of a signed-in person. An empty address leaves its control out."""

    person: str
    school: str
    account: str
    """Names the drafts on this device; any text that differs between accounts."""
    locale: str = "ru"
    theme: str = "auto"
    """``light``, ``dark`` or ``auto``."""
    years: str = ""
    """``junior`` for pupils of years 1-4: larger type."""
    places: tuple[Place, ...] = ()
    where: tuple[Crumb, ...] = ()
    switches: tuple[Switch, ...] = ()
    search_url: str = ""
    profile_url: str = ""
    sign_out_url: str = ""
    notices_url: str = ""
    unread: int = 0
    """Notices not seen yet."""
    trays: tuple[Tray, ...] = ()
    preferences_url: str = ""
    """Takes a POST of ``theme`` or ``language`` and goes back."""


class _Components:
    """The macros of `core/_components.html` as ``ui`` in every template and block, with no import line."""

    def __init__(self, app: Flask) -> None:
        self._environment = app.jinja_env

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        macro = getattr(self._environment.get_template(COMPONENTS).module, name)
        if name in PURE:
            macro = _drawn_once(macro)
        if not self._environment.auto_reload:
            setattr(self, name, macro)  # found once: a grid asks for it thousands of times
        return macro


def _drawn_once(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """A small piece by what it is drawn from, in one language: «5» stands on a page twenty times and on every page."""

    @lru_cache(maxsize=KEPT)
    def draw(_language: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> Markup:
        return macro(*args, **dict(named))

    def piece(*args: Any, **named: Any) -> Markup:
        return draw(language(), args, tuple(named.items()))

    return piece


class _Frame:
    """Draws a part of the frame once for each person, language and place, and keeps it: it is most of a small page."""

    def __init__(self, app: Flask) -> None:
        self._environment = app.jinja_env
        self._drawn = lru_cache(maxsize=KEPT)(self._draw)

    def __call__(
        self, part: str, shell: Shell | None, language: str, theme: str, preferences: str, focused: bool
    ) -> Markup:
        """The part with this request's form token."""
        html = self._drawn(part, shell, language, theme, preferences, focused)
        return Markup(html.replace(TOKEN, form_token())) if TOKEN in html else Markup(html)  # noqa: S704 - our own templates

    def _draw(self, part: str, shell: Shell | None, language: str, theme: str, preferences: str, focused: bool) -> str:
        macro = getattr(self._environment.get_template(FRAME).module, part)
        return str(macro(shell, language, theme, preferences, focused))


_DIRECT = frozenset({Macro, FunctionType, MethodType, BuiltinFunctionType})


class _Calling(Context):
    """Calls macros and plain functions at once. Jinja's own first looks for a wish to be given the context, four attributes a call."""

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """What ``{{ called(…) }}`` does."""
        if type(called) in _DIRECT and not hasattr(called, "jinja_pass_arg"):
            if kwargs:
                kwargs.pop("_block_vars", None)
                kwargs.pop("_loop_vars", None)
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


def init_app(app: Flask) -> None:
    """Give every template ``ui``, ``frame``, and ``address_of`` for pages that an application may leave out."""
    app.jinja_env.context_class = _Calling
    app.jinja_env.globals["ui"] = _Components(app)
    app.context_processor(lambda: {"csrf_token": form_token})  # where Flask-WTF gives its own too
    app.jinja_env.globals["frame"] = _Frame(app)
    app.jinja_env.globals["address_of"] = address_of
    app.jinja_env.globals["addresses_of"] = addresses_of


def form_token() -> str:
    """The token that this browser's forms carry. It is good for as long as the sign-in, so it is signed once and kept."""
    if "csrf_token" in g:
        return str(g.csrf_token)
    own = session.get("csrf_token")
    known = _SIGNED.get(own) if own is not None else None
    if known is not None:
        g.csrf_token = known
        return known
    made = str(generate_csrf())
    if len(_SIGNED) >= KEPT:
        _SIGNED.clear()
    _SIGNED[session["csrf_token"]] = made
    return made


_SIGNED: dict[str, str] = {}


def address_of(endpoint: str, **values: Any) -> str:
    """The address of a page of another feature, for a link; nothing where this application has no such page.

    A feature links upward only by it: the page below stands without the one above.
    """
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def addresses_of(endpoint: str, each: str, **values: Any) -> Callable[[uuid.UUID], str]:
    """The addresses of many things of a kind, whose id is the value named ``each``: made once, then filled with each id."""
    made = address_of(endpoint, **{each: _ANY}, **values)
    return lambda thing: made.replace(str(_ANY), str(thing))


_ANY = uuid.UUID(int=0)
