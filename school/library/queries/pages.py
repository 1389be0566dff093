"""Pages of a paper textbook as teachers name them in passing: «стр. 45 № 15–20»."""

import re
import uuid

from content_library import UnitKind, shelf
from school.core.database import db

_NAMED = re.compile(r"\b(?:стр(?:аниц[аыуе])?\.?|page|[сp]\.)\s*(\d{1,4})\b", re.IGNORECASE)


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
