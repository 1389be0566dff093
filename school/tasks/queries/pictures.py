"""The drawings that belong to questions."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Table, bindparam, select

from content_library.models import StoredFile, VersionFile
from school.core.database import Id, read
from school.tasks.seen import Picture

place, stored = cast("Table", VersionFile.__table__), cast("Table", StoredFile.__table__)
_FILES = (
    select(place.c.version_id, place.c.sha256, place.c.name, stored.c.content_type)
    .select_from(place.join(stored, stored.c.sha256 == place.c.sha256))
    .where(place.c.version_id.in_(bindparam("versions", type_=Id, expanding=True)))
    .order_by(place.c.version_id, place.c.position)
)


def pictures_of(items: Iterable[tuple[uuid.UUID, uuid.UUID, Mapping[str, Any]]]) -> dict[uuid.UUID, Picture]:
    """By question, given as its id, version and specification. Asks nothing when none of them has a drawing."""
    wanted = [(item_id, version_id, spec["picture"]) for item_id, version_id, spec in items if spec.get("picture")]
    if not wanted:
        return {}
    rows = read(_FILES, {"versions": sorted({version_id for _item, version_id, _picture in wanted})})
    files = {(version_id, _stem(name)): (sha256, name, kind) for version_id, sha256, name, kind in rows}
    found = {}
    for item_id, version_id, picture in wanted:
        file = files.get((version_id, _stem(picture["name"])))
        if file is not None:
            found[item_id] = Picture(*file, picture["alt"])
    return found


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]
