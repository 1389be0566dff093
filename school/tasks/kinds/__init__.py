"""The kinds of task, registered by hand: a kind exists when it stands in this dictionary."""

from .byhand import DRAWING, ESSAY, NOTEBOOK, SPOKEN, ByHand
from .choice import MULTIPLE, SINGLE
from .contract import SECRET_FIELDS, Spec, TaskKind
from .formula import FORMULA
from .gaps import CLOZE, TABLE
from .graph import GRAPH
from .highlight import HIGHLIGHT
from .hints import hints_for
from .multipart import MULTIPART
from .number import NUMBER
from .numberline import NUMBER_LINE
from .ordering import ORDERING
from .pairs import GROUPING, MATCHING
from .places import HOTSPOT, LABELS
from .plane import PLANE
from .text import TEXT
from .varied import VARIED

__all__ = [
    "BY_HAND",
    "KINDS",
    "SECRET_FIELDS",
    "UnknownKind",
    "hints_for",
    "kind_of",
    "without_secrets",
]

_ALL: tuple[TaskKind, ...] = (
    *(SINGLE, MULTIPLE, NUMBER, TEXT),
    *(MATCHING, GROUPING, ORDERING),
    *(CLOZE, TABLE, HIGHLIGHT, NUMBER_LINE, FORMULA),
    *(HOTSPOT, LABELS, PLANE, GRAPH),
    *(ESSAY, NOTEBOOK, SPOKEN, DRAWING),
    *(VARIED, MULTIPART),
)
KINDS: dict[str, TaskKind] = {kind.name: kind for kind in _ALL}
BY_HAND = frozenset(kind.name for kind in _ALL if isinstance(kind, ByHand))
"""Kinds that a teacher judges."""


class UnknownKind(LookupError):
    """Our error: somebody asks for a kind that is not registered."""


def kind_of(name: str) -> TaskKind:
    """The kind by its name; raises `UnknownKind`."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None


def without_secrets(spec: Spec) -> dict[str, object]:
    """The specification as it may leave the server before the answer is in."""
    return {name: value for name, value in spec.items() if name not in SECRET_FIELDS}
