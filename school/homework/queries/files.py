"""The files beside a homework."""

import uuid
from typing import NamedTuple, cast

from sqlalchemy import Table, select

from content_library.models import StoredFile
from school.classes.queries.relations import SCHOOL
from school.core.database import read
from school.homework.models import HomeworkFile
from school.homework.queries.loading import THING

placed = cast("Table", HomeworkFile.__table__)
stored = cast("Table", StoredFile.__table__)


class FileBeside(NamedTuple):
    """One file, ready to be linked to."""

    sha256: str
    size: int
    content_type: str
    name: str


_FILES = (
    select(stored.c.sha256, stored.c.size, stored.c.content_type, placed.c.name)
    .select_from(placed.join(stored, stored.c.sha256 == placed.c.sha256))
    .where(placed.c.school_id == SCHOOL, placed.c.homework_id == THING)
    .order_by(placed.c.position)
)


def files_of(school_id: int, homework_id: uuid.UUID) -> list[FileBeside]:
    """In the order in which they were given. One statement."""
    return [FileBeside(*row) for row in read(_FILES, {"school": school_id, "thing": homework_id})]
