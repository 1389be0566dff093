"""A published version never changes: the guard that stands under every way of writing through the ORM."""

import uuid
from typing import Any

from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Mapper, object_session
from sqlalchemy.orm.attributes import get_history

from content_library.models.files import VersionFile
from content_library.models.items import Item
from content_library.models.units import UnitVersion


class PublishedVersionIsFixed(Exception):
    """Somebody tried to change a version that is published; a new version is the way."""

    def __init__(self, version_id: uuid.UUID) -> None:
        super().__init__(f"version {version_id} is published and can't be changed: make a new version")
        self.version_id = version_id


@event.listens_for(UnitVersion, "before_update")
def _keep_version(_mapper: Mapper[Any], _connection: Connection, version: UnitVersion) -> None:
    history = get_history(version, "published_at")
    before = history.deleted or history.unchanged
    session = object_session(version)
    if before and before[0] is not None and session is not None and session.is_modified(version):
        raise PublishedVersionIsFixed(version.id)


@event.listens_for(UnitVersion, "before_delete")
def _keep_whole_version(_mapper: Mapper[Any], connection: Connection, version: UnitVersion) -> None:
    _refuse_published(connection, version.id)


@event.listens_for(VersionFile, "before_insert")
@event.listens_for(VersionFile, "before_update")
@event.listens_for(VersionFile, "before_delete")
@event.listens_for(Item, "before_insert")
@event.listens_for(Item, "before_update")
@event.listens_for(Item, "before_delete")
def _keep_parts(_mapper: Mapper[Any], connection: Connection, part: VersionFile | Item) -> None:
    for version_id in {part.version_id, *(get_history(part, "version_id").deleted or ())}:
        _refuse_published(connection, version_id)


def _refuse_published(connection: Connection, version_id: uuid.UUID) -> None:
    published_at = connection.scalar(select(UnitVersion.published_at).where(UnitVersion.id == version_id))
    if published_at is not None:
        raise PublishedVersionIsFixed(version_id)
