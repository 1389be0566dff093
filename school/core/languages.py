"""Russian first, English second; each feature brings its own catalogue."""

from contextvars import ContextVar
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path
from typing import Any, cast

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale, get_translations

LOCALES = ("ru", "en")
COOKIE = "language"

_catalogue: ContextVar[NullTranslations | None] = ContextVar("catalogue", default=None)


class _OncePerRequest(Domain):  # type: ignore[misc]  # the library has no types
    """Finds a request's catalogue once: a page asks for a hundred texts, and choosing the language for each cost as much as drawing it."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of this request; outside requests it is looked up each time."""
        found = _catalogue.get()
        if found is None:
            found = cast("NullTranslations", super().get_translations())
            if has_request_context():
                _catalogue.set(found)
        return found


class _Babel(Babel):  # type: ignore[misc]
    @cached_property
    def domain_instance(self) -> Domain:
        return _OncePerRequest(domain=self.domain)


def language_key() -> int:
    """Tells the request's language from others, for what is kept by language."""
    return id(get_translations()) if has_request_context() else 0


def forget_language() -> None:
    """Choose again: somebody was recognised, or the request is over."""
    _catalogue.set(None)


def choose_locale() -> str:
    """The account's language, else the visitor's choice, else Russian: the school's language, whatever the browser's."""
    actor = g.get("actor")
    if actor is not None:
        return str(actor.locale)
    chosen = request.cookies.get(COOKIE) if has_request_context() else None
    return chosen if chosen in LOCALES else LOCALES[0]


def init_app(app: Flask) -> None:
    """Collect the catalogues of all features into one."""
    folders = sorted(str(folder) for folder in Path(app.root_path).glob("*/translations"))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(folders)
    babel = _Babel(app, default_locale="ru", default_timezone="Europe/Moscow", locale_selector=choose_locale)
    app.jinja_env.globals["locale"] = lambda: str(get_locale())
    with app.app_context():
        domain: Any = babel.domain_instance
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: domain.get_translations().gettext(text),
        lambda one, many, n: domain.get_translations().ngettext(one, many, n),
        newstyle=True,
    )
    app.before_request(forget_language)

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        forget_language()
