"""The kinds of task, registered by hand: a kind exists when it stands in this dictionary."""

from .choice import MULTIPLE, SINGLE
from .contract import SECRET_FIELDS, Spec, TaskKind
from .formula import FORMULA
from .gaps import CLOZE, TABLE
from .highlight import HIGHLIGHT
from .number import NUMBER
from .numberline import NUMBER_LINE
from .ordering import ORDERING
from .pairs import GROUPING, MATCHING
from .places import HOTSPOT, LABELS
from .plane import PLANE
from .text import TEXT
from .varied import VARIED

_ALL: tuple[TaskKind, ...] = (
    *(SINGLE, MULTIPLE, NUMBER, TEXT),
    *(MATCHING, GROUPING, ORDERING),
    *(CLOZE, TABLE, HIGHLIGHT, NUMBER_LINE, FORMULA),
    *(HOTSPOT, LABELS, PLANE),
    VARIED,
)
KINDS: dict[str, TaskKind] = {kind.name: kind for kind in _ALL}


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
