"""Topics in the order of their tree, as lists to choose from show them."""

from collections.abc import Collection

from content_library import subjects
from school.core import clock
from school.core.database import db
from school.library.queries.frameworks import in_tree_order

_STEP = "\u2003"


def topics_to_choose(
    subject_id: int, first: int | None = None, last: int | None = None, *, chosen: Collection[int] = ()
) -> list[tuple[int, str]]:
    """Number and title of the topics of a subject that are taught now, of these year levels if they are said: each after
    the wider one it belongs to, and a step to the right of it. Retired ones are there only if they are ``chosen`` already."""
    today = clock.today()
    found = [
        one
        for one in subjects.topics_of(db.session(), subject_id)
        if (first is None or last is None or first <= one.year_level <= last)
        and (one.id in chosen or one.is_valid(today))
    ]
    return [(one.id, _STEP * depth + one.title) for one, depth in in_tree_order(found)]
