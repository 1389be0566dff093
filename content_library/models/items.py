"""Items: the questions of a test or an assignment, with their keys."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content_library.database import Id, LibraryBase
from content_library.ids import uuid7
from content_library.models.columns import Json


class Item(LibraryBase):
    """A question at its place in a version. Its ``spec`` holds the key and never leaves the server whole."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        CheckConstraint("points BETWEEN 0 AND 100", name="points"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=uuid7)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    """Kind of question; the kinds are known to whoever asks them, not to the library."""
    spec: Mapped[dict[str, Any]] = mapped_column(Json)
    """Wording, choices and key, in the shape of its kind."""
    points: Mapped[int] = mapped_column(SmallInteger, default=1)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    """What it checks, when narrower than the unit's own topics."""
