"""Files on their way into a unit, and what people have seen of its films. City tables: the library is the city's, so they carry no school."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, Id, new_id


class Upload(Base):
    """A file that a browser is sending straight to the storage in parts; which of them have arrived the storage knows."""

    __tablename__ = "library_upload"

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"), index=True)
    incoming: Mapped[str] = mapped_column(String(80))
    """Where the bytes gather."""
    upload_id: Mapped[str]
    """The storage's own name for it."""
    purpose: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    """Bytes, as the browser has announced them."""
    begun_at: Mapped[datetime] = mapped_column(index=True)
    begun_by: Mapped[uuid.UUID]
    """City account."""
    ended_at: Mapped[datetime | None]
    """When it was taken or refused: an answer that got lost may be asked for again."""
    why: Mapped[str] = mapped_column(String(20), default="")
    """Why it was refused: a word of ``library.words.FAILURES``."""


class FilmState(StrEnum):
    """How far a sent film is."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class FilmWork(Base):
    """A film that an author has sent: the job makes of it what plays on any phone, and puts it into the version."""

    __tablename__ = "film_work"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'ready', 'failed')", name="state"),)

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_version.id"), index=True)
    incoming: Mapped[str | None] = mapped_column(String(80))
    """Where the browser has put the bytes; null once they are kept as ``original``."""
    original: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    """The film as it was sent: kept, so that better renditions can be made of it later."""
    parts_sum: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """What the browser says of the bytes (``PartsSum``); empty where browsers can't sum up."""
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(8), default=FilmState.WAITING)
    percent: Mapped[int] = mapped_column(default=0, server_default="0")
    """How much of the work is done."""
    why: Mapped[str] = mapped_column(default="")
    """What was wrong with the file, or what the work waits for: a word of ``library.words.FAILURES``."""
    job_id: Mapped[uuid.UUID | None]
    """No foreign key: finished jobs are swept away."""
    sent_at: Mapped[datetime]
    sent_by: Mapped[uuid.UUID]
    """City account."""


class FilmSeen(Base):
    """What one person has seen of one film, and where they stopped. Not kept while somebody looks on another's behalf."""

    __tablename__ = "film_seen"

    account_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    film: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Checksum of the film: the next version of a unit may show the same one. No foreign key: having been seen must
    not keep the bytes."""
    seconds: Mapped[int]
    """Where to go on."""
    parts: Mapped[str]
    """What was watched, in whole seconds: ``0-35,60-92`` (see ``library.stretches``)."""
    seen_at: Mapped[datetime]


class BroughtFile(Base):
    """A file of another program that waits for its bringer to look at what is in it and to decide."""

    __tablename__ = "brought_file"

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    """As it was called on the bringer's machine; its ending tells the format where the bytes do not."""
    found: Mapped[str] = mapped_column(Text)
    """What was read of it, as ``content_library.interchange.dump`` writes it."""
    brought_at: Mapped[datetime]
    brought_by: Mapped[uuid.UUID] = mapped_column(Id, index=True)
    """City account."""


class Bookmark(Base):
    """A place in a textbook that one person wants to find again."""

    __tablename__ = "bookmark"

    account_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    place: Mapped[str] = mapped_column(String(60), primary_key=True)
    """The anchor on the page of the unit: ``part-3``, ``page-45``."""
    title: Mapped[str] = mapped_column(String(200))
    """What stood there when it was put: a new version may have moved it."""
    made_at: Mapped[datetime]


class UnitCollection(Base):
    """Units that somebody keeps together: for oneself, for the teachers of a subject, or for a whole school."""

    __tablename__ = "unit_collection"

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(200))
    made_by: Mapped[uuid.UUID] = mapped_column(Id, index=True)
    """City account."""
    made_name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    shared_with: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    """The school whose staff may open it; empty for one's own."""
    shared_subject: Mapped[int | None] = mapped_column(ForeignKey("subject.id"))
    """Only those who teach this subject there; empty for all staff."""


class CollectedUnit(Base):
    """A unit in a collection."""

    __tablename__ = "collected_unit"

    collection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit_collection.id"), primary_key=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    position: Mapped[int]


class PackageWork(Base):
    """What an interactive package says of one person's work in it, and what it wants to find again.

    Said by a program of a stranger that runs in the person's own browser: shown as such, and never evidence or a mark.
    """

    __tablename__ = "package_work"

    account_id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True)
    package: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Checksum of the package: the next version of a unit may hold the same one. No foreign key: having been played must
    not keep the bytes."""
    state: Mapped[str] = mapped_column(Text)
    """JSON of ``library.playing``: what each of its scenes has said."""
    percent: Mapped[int | None]
    """The result that it reports, of a hundred; null while it reports none."""
    is_complete: Mapped[bool]
    revision: Mapped[int]
    """Counts the savings: what is told from an older beginning must not overwrite what is newer."""
    saved_at: Mapped[datetime]


class ReaderNote(Base):
    """A passage of a textbook that one person has marked, or a note at a place of it; seen by that person alone."""

    __tablename__ = "reader_note"
    __table_args__ = (Index(None, "account_id", "unit_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[uuid.UUID] = mapped_column(Id)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    place: Mapped[str] = mapped_column(String(60))
    """The nearest anchor before it on the page of the unit; empty above the first."""
    place_title: Mapped[str] = mapped_column(String(200))
    quote: Mapped[str] = mapped_column(String(600))
    """The marked words; empty for a note without them. A new version may say them elsewhere or no more."""
    note: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]


class TemplateSurvey(Base):
    """How the variants of a template of questions were tried out before it is published; of one specification, wherever it stands."""

    __tablename__ = "template_survey"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Of the specification."""
    looked_at: Mapped[int] = mapped_column(default=0)
    different: Mapped[int] = mapped_column(default=0)
    is_done: Mapped[bool] = mapped_column(default=False)
    told: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """``faults`` ([where, msgid, values]), ``failing`` and ``samples`` of the survey."""
    job_id: Mapped[uuid.UUID | None]
    asked_at: Mapped[datetime]
