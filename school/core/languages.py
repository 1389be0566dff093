"""Russian first, English second; each feature brings its own catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any, cast

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_locale, get_translations
from markupsafe import Markup

LOCALES = ("ru", "en")
COOKIE = "language"

_catalogue: ContextVar[NullTranslations | None] = ContextVar("catalogue", default=None)
_language: ContextVar[str | None] = ContextVar("language", default=None)


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


class _Texts:
    """``_`` and ``ngettext`` of the templates: texts in the request's language, what is put into them escaped.

    Jinja's own find the function, the catalogue and the text anew at each of a page's hundred texts; here a text is looked up
    in a catalogue once and kept.
    """

    def one(self, text: str, /, **values: Any) -> Markup:
        """The text, with ``%(name)s`` filled in."""
        words, has_places = _text(_of_this_request(), text)
        return words % values if has_places else words

    def counted(self, one: str, many: str, num: int, /, **values: Any) -> Markup:
        """The form of the text for ``num`` things, which is filled in as ``%(num)s`` too."""
        return Markup(_of_this_request().ngettext(one, many, num)) % {"num": num, **values}  # noqa: S704 - our own texts


@lru_cache(maxsize=8192)
def _text(catalogue: NullTranslations, text: str) -> tuple[Markup, bool]:
    words = catalogue.gettext(text)
    return Markup(words), "%" in words  # noqa: S704 - our own texts


def gettext(text: str, /, **values: Any) -> str:
    """The text in the language of this request, with ``%(name)s`` filled in."""
    words = _of_this_request().gettext(text)
    return words % values if values else words


def ngettext(one: str, many: str, num: int, /, **values: Any) -> str:
    """The form of the text for ``num`` things, which is filled in as ``%(num)s`` too."""
    return _of_this_request().ngettext(one, many, num) % {"num": num, **values}


def _of_this_request() -> NullTranslations:
    return _catalogue.get() or cast("NullTranslations", get_translations())


def language() -> str:
    """``ru`` or ``en``: what the person of this request reads. Chosen once a request, for a page asks a hundred times."""
    found = _language.get()
    if found is None:
        found = str(get_locale() or LOCALES[0])
        if has_request_context():
            _language.set(found)
    return found


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Texts inside are in another language than the request's: what the school says to families is not in the language of who presses the button."""
    before = _catalogue.get(), _language.get()
    forget_language()
    try:
        with force_locale(locale):
            yield
    finally:
        _catalogue.set(before[0])
        _language.set(before[1])


def forget_language() -> None:
    """Choose again: somebody was recognised, or the request is over."""
    _catalogue.set(None)
    _language.set(None)


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
    _Babel(app, default_locale="ru", default_timezone="Europe/Moscow", locale_selector=choose_locale)
    app.jinja_env.globals["locale"] = language
    app.jinja_env.add_extension("jinja2.ext.i18n")
    texts = _Texts()
    app.jinja_env.globals.update(_=texts.one, gettext=texts.one, ngettext=texts.counted)
    app.before_request(forget_language)

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        forget_language()
