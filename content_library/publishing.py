"""The way of a unit from its author to the schools: review, published, retired, and the next version."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import changes, reports, reviewing
from content_library.drafts import Author, WrongState, open_version, text_of, write
from content_library.ids import uuid7
from content_library.kinds import Contents, FileFacts, Problem, found_in
from content_library.models import (
    Item,
    StoredFile,
    Subject,
    Topic,
    Unit,
    UnitState,
    UnitTopic,
    UnitVersion,
    Verdict,
    VersionFile,
)
from content_library.words import indexed


class NotReady(Exception):
    """The unit lacks something that its kind requires; ``problems`` says all of it."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(f"not ready to be published: {', '.join(found)}")
        self.problems = tuple(found)


def new_version(session: Session, unit: Unit, author: Author, at: datetime) -> UnitVersion:
    """Open the next version as a copy of the published one; schools keep what they have until it is published."""
    if open_version(session, unit) is not None:
        raise WrongState("the next version is begun already")
    old = session.get_one(UnitVersion, unit.published_version_id)
    version = UnitVersion(
        id=uuid7(), unit_id=unit.id, number=old.number + 1, title=old.title, created_at=at, created_by=author.account_id
    )
    session.add(version)
    session.flush()
    write(session, version, text_of(session, old))
    return version


def send_for_review(session: Session, unit: Unit, at: datetime) -> None:
    """Hand the open version to the methodologists. Raises ``NotReady`` and ``WrongState``."""
    version = _open(session, unit)
    _require_ready(session, unit, version)
    version.sent_at = at
    version.review_note = ""
    reviewing.begin(session, version, at)
    if unit.state is UnitState.DRAFT:
        unit.state = UnitState.REVIEW
    session.flush()


def appeal(session: Session, unit: Unit, words: str, at: datetime) -> None:
    """Hand the version in once more against the answer it got, to another reader. Raises as ``send_for_review`` does."""
    version = _open(session, unit)
    if version.sent_at is not None or reviewing.against(session, version) is None:
        raise WrongState("there is nothing to appeal against")
    # The answer that is appealed against is found before a new round hides it.
    reviewing.appeal(session, version, words, at)
    send_for_review(session, unit, at)


def send_back(session: Session, unit: Unit, note: str, at: datetime, by: Author | None = None) -> None:
    """Return the version under review to its author, with a word on what to mend; without a reader it was taken back."""
    version = _open(session, unit)
    if version.sent_at is None:
        raise WrongState("the version is not under review")
    version.sent_at = None
    version.review_note = note
    reviewing.close(session, version, Verdict.RETURNED if by else Verdict.TAKEN_BACK, at, by, note)
    if unit.state is UnitState.REVIEW:
        unit.state = UnitState.DRAFT
    session.flush()


def publish(session: Session, unit: Unit, at: datetime, by: Author | None = None) -> UnitVersion:
    """Let schools see the open version; from now on it is fixed. Raises ``NotReady`` and ``WrongState``."""
    version = _open(session, unit)
    _require_ready(session, unit, version)
    reviewing.close(session, version, Verdict.PUBLISHED, at, by, "")
    version.published_at = at
    version.sent_at = None
    unit.state = UnitState.PUBLISHED
    unit.published_version_id = version.id
    _make_findable(session, unit, version)
    reports.fixed_by(session, version)
    changes.mark(session, unit)
    session.flush()
    return version


def retire(session: Session, unit: Unit) -> None:
    """Take a unit out of the catalogue. Homework that uses it keeps its version."""
    if unit.published_version_id is None:
        raise WrongState("only a published unit can be retired")
    unit.state = UnitState.RETIRED
    changes.mark(session, unit)
    session.flush()


def problems_of(session: Session, unit: Unit, version: UnitVersion) -> dict[Problem, str]:
    """All that keeps this version from being published, each with the place or number it is about, if it has one."""
    files = session.execute(
        select(VersionFile.role, StoredFile.content_type, VersionFile.alt, VersionFile.name, StoredFile.facts)
        .join(StoredFile, StoredFile.sha256 == VersionFile.sha256)
        .where(VersionFile.version_id == version.id)
    )
    contents = Contents(
        title=version.title,
        summary=version.summary,
        minutes=version.minutes,
        body_markdown=version.body_markdown,
        details=version.details,
        topics=len(_topic_titles(session, unit)),
        language=unit.language,
        year_to=unit.year_to,
        files=[FileFacts(*file) for file in files],
        points=session.scalars(select(Item.points).where(Item.version_id == version.id)).all(),
    )
    return found_in(unit.kind, contents)


def _open(session: Session, unit: Unit) -> UnitVersion:
    version = open_version(session, unit)
    if version is None:
        raise WrongState("there is no open version")
    return version


def _require_ready(session: Session, unit: Unit, version: UnitVersion) -> None:
    found = problems_of(session, unit, version)
    if found:
        raise NotReady(list(found))


def _topic_titles(session: Session, unit: Unit) -> Sequence[str]:
    return session.scalars(
        select(Topic.title).join(UnitTopic, UnitTopic.topic_id == Topic.id).where(UnitTopic.unit_id == unit.id)
    ).all()


def _make_findable(session: Session, unit: Unit, version: UnitVersion) -> None:
    # Items are left out on purpose: neither questions nor keys may be found by their words.
    unit.search_title = indexed(version.title)
    # People type the subject too: «физика рычаг».
    subject = session.get_one(Subject, unit.subject_id)
    about = (subject.name_ru, subject.name_en, *_topic_titles(session, unit), unit.author_name)
    unit.search_text = indexed(version.title, version.summary, *about, version.body_markdown)
