"""Russian first, English second; each feature brings its own catalogue."""

from pathlib import Path

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale, get_translations

from school.core import days

LOCALES = ("ru", "en")
COOKIE = "language"


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
    Babel(app, default_locale="ru", default_timezone="Europe/Moscow", locale_selector=choose_locale)
    app.jinja_env.globals["locale"] = lambda: str(get_locale())
    app.jinja_env.filters.update(
        day_words=days.day_words,
        on_day=days.on_day,
        day_title=days.day_title,
        short_day=days.short_day,
        clock_time=days.clock_time,
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: get_translations().ugettext(text),
        lambda one, many, n: get_translations().ungettext(one, many, n),
        newstyle=True,
    )
