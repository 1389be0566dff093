"""Pages of a paper textbook as teachers name them in passing: «стр. 45 № 15–20»."""

import re
import uuid

from content_library import UnitKind, shelf
from school.core.database import db

_PAGE = r"\b(?:стр(?:аниц[аыуе])?\.?|page|[сp]\.)\s*(\d{1,4})\b"
_NUMBERS = r"(?:\s*,?\s*(?:№№?|номера?|упр(?:ажнени[ея])?\.?|зад(?:ач[аи]|ани[ея])?\.?)\s*\d+(?:\s*(?:[–—-]|,|и)\s*\d+(?!\s*стр))*)?"
_NAMED = re.compile(_PAGE, re.IGNORECASE)
_LINKED = re.compile(_PAGE + _NUMBERS, re.IGNORECASE)


def pages_named(text: str) -> list[int]:
    """The pages that a text speaks of, in its order, each once."""
    return list(dict.fromkeys(int(number) for number in _NAMED.findall(text)))


def pages_to_open(unit_id: uuid.UUID | None, text: str) -> list[int]:
    """The pages that a text about this unit speaks of, where the unit is a textbook; asks nothing where none is named."""
    named = pages_named(text) if unit_id is not None else []
    if not named or unit_id is None:
        return []
    unit = shelf.get_unit(db.session(), unit_id)
    return named if unit is not None and unit.kind is UnitKind.TEXTBOOK else []


def linked_pieces(text: str) -> list[tuple[str, int | None]]:
    """The text cut at what names a page, with its exercises: «стр. 45 № 15–20» is one piece and leads to page 45."""
    made: list[tuple[str, int | None]] = []
    end = 0
    for found in _LINKED.finditer(text):
        if found.start() > end:
            made.append((text[end : found.start()], None))
        made.append((found[0], int(found[1])))
        end = found.end()
    if end < len(text):
        made.append((text[end:], None))
    return made
