"""Files: bytes stored once under their checksum, and the places where versions use them."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content_library.database import LibraryBase, Moment
from content_library.models.columns import choice

KEEPS_NOTHING = {"keeps": False}
"""``info`` of a foreign key to a stored file that does not save it from the sweep: its row goes with the file."""


class FileRole(StrEnum):
    """What a file is for in its version."""

    BODY = "body"
    PICTURE = "picture"
    POSTER = "poster"
    ATTACHMENT = "attachment"
    SUBTITLES = "subtitles"


class StoredFile(LibraryBase):
    """Bytes in the storage under their checksum; equal files are one row. Other packages may point here."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size >= 0", name="size"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Hexadecimal SHA-256 of the bytes: the key in the storage."""
    size: Mapped[int] = mapped_column(BigInteger)
    """Bytes."""
    content_type: Mapped[str] = mapped_column(String(100))
    """Found in the bytes, never taken from the name."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What was found out about the bytes and need not be found again: of a film's rendition, what a playlist says of it."""


class PreviewState(StrEnum):
    """How far the small picture of a file is."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class FilePreview(LibraryBase):
    """The small picture that lists show for a file. It keeps its own bytes, and not those of the file it was made from."""

    __tablename__ = "file_preview"

    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), primary_key=True, info=KEEPS_NOTHING)
    """The file that is shown small."""
    preview_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    """The small picture, once it is made."""
    state: Mapped[PreviewState] = mapped_column(choice(PreviewState, "state"))
    asked_at: Mapped[datetime] = mapped_column(Moment)


class FilePage(LibraryBase):
    """A page of a PDF file: its picture, and its words for search and for those who can't see it."""

    __tablename__ = "file_page"

    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), primary_key=True, info=KEEPS_NOTHING)
    """The PDF file."""
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    picture_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    text: Mapped[str] = mapped_column(Text, default="")


class PackagePart(LibraryBase):
    """A part of an interactive package. The package itself is a stored file too: the list of its parts."""

    __tablename__ = "package_part"

    package_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), primary_key=True, info=KEEPS_NOTHING)
    path: Mapped[str] = mapped_column(String(500), primary_key=True)
    """Inside the package, in small letters: packages are made on systems that tell no case apart."""
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    content_type: Mapped[str] = mapped_column(String(100))
    """What it is served as: by its ending, for a script has no other sign."""


class VersionFile(LibraryBase):
    """A file at its place in a version."""

    __tablename__ = "version_file"

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    """A safe name to show and to download under."""
    role: Mapped[FileRole] = mapped_column(choice(FileRole, "role"))
    alt: Mapped[str] = mapped_column(Text, default="")
    """What a picture shows, for those who can't see it."""
