"""The catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue

from content_library import FoundPlace, UnitKind
from school.core.access import Actor, requires, signed_in
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import page
from school.core.shell import Crumb
from school.library.policy import may_author
from school.library.queries import Shelf, Wish, completions, find_units
from school.library.queries.reports import own_work
from school.library.routes.blueprint import blueprint
from school.library.words import kind_names, language_name

LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    label: str
    count: int | None
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its choices; a chosen one leads back to all of them."""

    name: str
    label: str
    options: Sequence[Option]


@blueprint.get("/library")
@requires(signed_in)
def shelves(actor: Actor) -> ResponseReturnValue:
    """Search with filters; every choice stands in the address."""
    wish = _wish()
    shelf = find_units(wish, language())
    base = url_for("library.shelves")
    facets = _facets(shelf, wish, base)
    return page(
        "library/shelves.html",
        block="found",
        shelf=shelf,
        wish=wish,
        facets=facets,
        chosen=[(facet.name, option) for facet in facets for option in facet.options if option.is_chosen],
        address=lambda **changes: _address(base, wish, **changes),
        unit_address=lambda unit_id, place=None: _unit_address(base, unit_id, place),
        own=own_work(actor) if wish == Wish() and may_author(actor) else None,
        where=(Crumb(_("Library")),),
    )


@blueprint.get("/library/words")
@requires(signed_in)
def words(_actor: Actor) -> ResponseReturnValue:
    """Whole wishes for what is being typed."""
    answer = jsonify(completions(_printable(request.args.get("q", ""))))
    answer.headers["Cache-Control"] = "private, max-age=60"
    return answer


def _address(base: str, wish: Wish, **changes: Any) -> str:
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
    said = urlencode({name: value for name, value in chosen.items() if value})
    return f"{base}?{said}" if said else base


def _unit_address(base: str, unit_id: object, place: FoundPlace | None) -> str:
    """A unit, at the place that was found in it."""
    if place is None:
        return f"{base}/{unit_id}"
    if place.second is not None:
        return f"{base}/{unit_id}?t={place.second}#film"
    return f"{base}/{unit_id}#{place.anchor}" if place.anchor else f"{base}/{unit_id}"


def _facets(shelf: Shelf, wish: Wish, base: str) -> list[Facet]:
    """The filters that have anything to choose."""
    choices = shelf.choices

    def facet(name: str, label: str, chosen: object, options: Sequence[tuple[Any, str, int | None]]) -> Facet:
        # A topic belongs to a subject: changing that takes the topic away.
        also = {"topic": None} if name == "subject" else {}
        return Facet(
            name,
            label,
            [
                Option(
                    words,
                    count,
                    _address(base, wish, **{name: None if value == chosen else value, **also}),
                    value == chosen,
                )
                for value, words, count in options
            ],
        )

    languages = [(code, language_name(code), count) for code, count in choices.languages]
    kinds = [(kind.value, kind_names(kind), count) for kind, count in choices.kinds if count or kind == wish.kind]
    years = [(level, str(_("Year %(year)s", year=level)), count) for level, count in choices.years]
    made = [
        facet("kind", _("Kind"), wish.kind and wish.kind.value, kinds),
        facet("year", _("Of which year"), wish.year_level, years),
        facet("subject", _("Subject"), wish.subject, choices.subjects),
        facet("topic", _("Topic"), wish.topic, choices.topics),
        facet("language", _("Language"), wish.language, languages if len(languages) > 1 or wish.language else []),
    ]
    return [one for one in made if one.options]


def _wish() -> Wish:
    """The filters of the address; what makes no sense there is as if it were not said."""
    asked = request.args
    kind = asked.get("kind", "")
    year = asked.get("year", type=int)
    language = asked.get("language", "")
    return Wish(
        words=_printable(asked.get("q", "")),
        subject=_small(asked.get("subject", type=int)),
        year_level=year if year in range(1, 12) else None,
        kind=UnitKind(kind) if kind in set(UnitKind) else None,
        topic=_small(asked.get("topic", type=int)) if asked.get("subject") else None,
        language=language if language.isascii() and 0 < len(language) <= 8 and language.isprintable() else None,
        after=asked.get("after"),
    )


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).lstrip()[:LONGEST_WORDS]


def _small(number: int | None) -> int | None:
    """A number that a database takes for a key."""
    return number if number is not None and 0 < number < 2**31 else None
