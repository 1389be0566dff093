"""Reading attempts: what may be shown before the finish, and everything after it."""

from school.tasks.queries.asking import shown_items
from school.tasks.queries.files import are_own_files
from school.tasks.queries.running import (
    find_attempt,
    find_item,
    get_attempt,
    get_version,
    item_of,
    items_asked,
    judged_items,
    last_answers,
    max_points_of,
    newest_number,
    own_member,
    rulings_within,
    title_of,
    version_of,
)

__all__ = [
    "are_own_files",
    "find_attempt",
    "find_item",
    "get_attempt",
    "get_version",
    "item_of",
    "items_asked",
    "judged_items",
    "last_answers",
    "max_points_of",
    "newest_number",
    "own_member",
    "rulings_within",
    "shown_items",
    "title_of",
    "version_of",
]
