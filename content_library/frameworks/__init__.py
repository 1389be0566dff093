"""The framework of a subject's topics: a tree, and over it a graph of what rests on what; kept by methodologists."""

from content_library.frameworks.bringing import NotTaken, Plan, Planned, What, bring, plan
from content_library.frameworks.files import Reason, Row, Unreadable, read_rows
from content_library.frameworks.tree import (
    CannotPlace,
    Why,
    add,
    below,
    change,
    drop_need,
    get_topic,
    move,
    need,
    needed_by,
    needs_of,
    restore,
    retire,
    shift,
)

__all__ = [
    "CannotPlace",
    "NotTaken",
    "Plan",
    "Planned",
    "Reason",
    "Row",
    "Unreadable",
    "What",
    "Why",
    "add",
    "below",
    "bring",
    "change",
    "drop_need",
    "get_topic",
    "move",
    "need",
    "needed_by",
    "needs_of",
    "plan",
    "read_rows",
    "restore",
    "retire",
    "shift",
]
