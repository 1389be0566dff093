"""Pieces of the design system that stand on a page many times with few different contents, drawn once for a language."""

from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from school.core.languages import ngettext
from school.core.shell import COMPONENTS


@lru_cache(maxsize=4096)
def _draw(_locale: str, name: str, *contents: Any) -> Markup:
    """A macro of the components, in the request's language (which is the first part of the key)."""
    module: Any = current_app.jinja_env.get_template(COMPONENTS).module
    return Markup(getattr(module, name)(*contents))  # noqa: S704 - made by the template


@lru_cache(maxsize=1024)
def _minutes(_locale: str, n: int) -> str:
    return str(ngettext("%(num)s minute", "%(num)s minutes", n))


class Pieces:
    """The pieces in one language."""

    def __init__(self, locale: str) -> None:
        self.locale = locale

    def icon(self, name: str) -> Markup:
        """A picture beside words."""
        return _draw(self.locale, "icon", name)

    def mark(self, text: str, weight: int | None = None) -> Markup:
        """A mark with its weight."""
        return _draw(self.locale, "mark", text, weight)

    def named_mark(self, text: str, words: str, weight: int | None = None) -> Markup:
        """A mark that says what it is for."""
        return _draw(self.locale, "mark", text, weight, "", words)

    def pill(self, words: str, tone: str, icon: str) -> Markup:
        """A short word that stands out."""
        return _draw(self.locale, "pill", words, tone, icon)

    def subject(self, name: str, tint: int) -> Markup:
        """A subject with its tint."""
        return _draw(self.locale, "subject", name, tint)

    def status(self, state: str) -> Markup:
        """Where a homework stands."""
        return _draw(self.locale, "status", state)

    def minutes(self, n: int) -> str:
        """«20 минут»."""
        return _minutes(self.locale, n)
