"""Reading attempts: what may be shown before the finish, and everything after it."""

from school.tasks.queries.running import (
    get_attempt,
    get_version,
    item_of,
    judged_items,
    last_answers,
    max_points_of,
    own_member,
    shown_items,
    version_of,
)

__all__ = [
    "get_attempt",
    "get_version",
    "item_of",
    "judged_items",
    "last_answers",
    "max_points_of",
    "own_member",
    "shown_items",
    "version_of",
]
