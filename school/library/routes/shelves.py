"""The catalogue."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from content_library import UnitKind
from school.core.access import Actor, requires, signed_in
from school.core.pages import page
from school.core.shell import Crumb
from school.library.queries import Shelf, Wish, find_units
from school.library.routes.blueprint import blueprint
from school.library.words import language_name

LONGEST_WORDS = 200


@blueprint.get("/library")
@requires(signed_in)
def shelves(_actor: Actor) -> ResponseReturnValue:
    """Search with filters; every choice stands in the address."""
    wish = _wish()
    shelf = find_units(wish, str(get_locale()))
    return page(
        "library/shelves.html",
        block="found",
        shelf=shelf,
        wish=wish,
        filters=_filters(shelf, wish),
        address=lambda **changes: _address(wish, **changes),
        where=(Crumb(_("Library")),),
    )


def _address(wish: Wish, **changes: Any) -> str:
    """The address of the same search with some choices changed."""
    chosen = {
        "q": wish.words,
        "subject": wish.subject,
        "year": wish.year_level,
        "kind": wish.kind.value if wish.kind else None,
        "topic": wish.topic,
        "language": wish.language,
        **changes,
    }
    return url_for("library.shelves", **{name: value for name, value in chosen.items() if value})


def _filters(shelf: Shelf, wish: Wish) -> list[tuple[str, str, list[tuple[object, str]], object]]:
    """Name, label, options with their counts, and the chosen one, for each filter that has anything to choose."""
    choices = shelf.choices
    subjects = [(number, f"{name} ({count})") for number, name, count in choices.subjects]
    years = [(level, f"{level} ({count})") for level, count in choices.years]
    languages = [(code, f"{language_name(code)} ({count})") for code, count in choices.languages]
    made: list[tuple[str, str, list[tuple[object, str]], object]] = [
        ("subject", _("Subject"), [("", _("Every subject")), *subjects], wish.subject),
        ("year", _("Of which year"), [("", _("Every year")), *years], wish.year_level),
    ]
    if choices.topics:
        made.append(("topic", _("Topic"), [("", _("Every topic")), *choices.topics], wish.topic))
    if len(languages) > 1 or wish.language:
        made.append(("language", _("Language"), [("", _("Every language")), *languages], wish.language))
    return made


def _wish() -> Wish:
    """The filters of the address; what makes no sense there is as if it were not said."""
    asked = request.args
    kind = asked.get("kind", "")
    year = asked.get("year", type=int)
    return Wish(
        words="".join(c for c in asked.get("q", "") if c.isprintable()).strip()[:LONGEST_WORDS],
        subject=_small(asked.get("subject", type=int)),
        year_level=year if year in range(1, 12) else None,
        kind=UnitKind(kind) if kind in set(UnitKind) else None,
        topic=_small(asked.get("topic", type=int)) if asked.get("subject") else None,
        language=asked.get("language") or None,
        after=asked.get("after"),
    )


def _small(number: int | None) -> int | None:
    """A number that a database takes for a key."""
    return number if number is not None and 0 < number < 2**31 else None
