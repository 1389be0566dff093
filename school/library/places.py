"""Places of a unit that a remark or a report may be about: their anchors on its page, and what stands there."""

import re
from collections.abc import Sequence

from content_library import UnitKind
from school.core.languages import gettext as _
from school.library.queries.reading import Reading
from school.library.words import film_time

WHOLE = ""
MOST = 400
_SECOND = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})|(\d{1,5})")


def places_of(reading: Reading) -> list[tuple[str, str]]:
    """The anchors with words for them, in the order of the page; the whole unit first."""
    made = [(WHOLE, _("The whole unit"))]
    made += [(one.anchor, _("Section “%(title)s”", title=one.title)) for one in reading.body.contents]
    made += [(f"page-{page}", _("page %(n)s", n=page)) for page in reading.body.pages]
    made += [(f"slide-{n}", _("Slide %(n)s", n=n)) for n in range(1, len(reading.slides) + 1)]
    made += [(f"stage-{n}", f"{_('Stage %(n)s', n=n)}: {one.title}") for n, one in enumerate(reading.stages, 1)]
    made += [(f"question-{n}", _("Question %(n)s", n=n)) for n in range(1, len(reading.items) + 1)]
    return made[:MOST]


def has_film(reading: Reading) -> bool:
    """Whether a second may be named as well."""
    return reading.kind is UnitKind.VIDEO or reading.film is not None


def second_of(said: str) -> int | None:
    """A moment of a film as people write it: «1:35», «1:02:05», «95»; None for anything else."""
    found = _SECOND.fullmatch(said.strip())
    if found is None:
        return None
    if found[4]:
        return int(found[4])
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])


def chosen(places: Sequence[tuple[str, str]], anchor: str, moment: str = "") -> tuple[str, str]:
    """The anchor and its words for what came with a form: a moment of the film, or one of the places, or the whole."""
    second = second_of(moment) if moment else None
    if second is not None:
        return f"film-{second}", _("In the film, %(time)s", time=film_time(second))
    words = dict(places)
    return (anchor, words[anchor]) if anchor and anchor in words else (WHOLE, "")


def address_at(base: str, anchor: str) -> str:
    """The address of a place: a moment of a film is asked for, everything else is an anchor."""
    if not anchor:
        return base
    kind, _dash, number = anchor.partition("-")
    if kind == "film":
        return f"{base}{'&' if '?' in base else '?'}t={number}#film"
    return f"{base}#{anchor}"
