"""The open version of a unit, for those who write it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from content_library import Item, Problem, Unit, drafts, publishing, reviewing, shelf
from school.core.access import Actor
from school.core.database import db
from school.core.jobs.models import Job, JobState
from school.library.models import FilmState, FilmWork
from school.library.queries.surveys import survey_of
from school.library.seen import Draft
from school.tasks import kinds
from school.tasks.kinds.contract import Phrase
from school.tasks.kinds.remarks import remark_faults


@dataclass(frozen=True, slots=True)
class Film:
    """A film on its way, as its author sees it."""

    id: uuid.UUID
    name: str
    state: FilmState
    percent: int
    why: str
    """Why it failed or what it waits for: a word of ``library.words.FAILURES``."""

    @property
    def may_work_yet(self) -> bool:
        """Whether trying again makes sense: the bytes are kept, and nothing is known against them."""
        return self.why in {"bad_film", "server"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a question."""

    position: int
    item_id: uuid.UUID
    what: Phrase


@dataclass(frozen=True, slots=True)
class Readiness:
    """What keeps a version from its readers."""

    problems: Mapping[Problem, str]
    """With what each is about, where it is about something."""
    faults: Sequence[Fault]
    films_waiting: int
    trying: int = 0
    """Templates whose variants are being tried out."""

    @property
    def is_ready(self) -> bool:
        """Whether it may go to review, and on to the schools."""
        return not (self.problems or self.faults or self.films_waiting or self.trying)


def get_draft(_actor: Actor, unit_id: uuid.UUID) -> Draft | None:
    """The open version of a unit by the unit's id."""
    unit = shelf.get_unit(db.session(), unit_id)
    return None if unit is None else draft_of(unit)


def draft_of(unit: Unit) -> Draft | None:
    """The version of a unit that can still be written in; None when all are published."""
    version = drafts.open_version(db.session(), unit)
    return None if version is None else Draft(unit, version, reviewing.open_round(db.session(), version))


def get_draft_item(draft: Draft, item_id: uuid.UUID) -> Item | None:
    """A question of this version."""
    item = shelf.get_item(db.session(), item_id)
    return item if item is not None and item.version_id == draft.version.id else None


def readiness_of(draft: Draft) -> Readiness:
    """Everything that is to be mended, in one go."""
    faults, trying = [], 0
    for item in shelf.items_of(db.session(), draft.version):
        kind = kinds.KINDS.get(item.kind)
        found = kind.check(item.spec) if kind else ()
        if kind and not found:
            found = remark_faults(kind, item.spec)
        known = survey_of(item) if not found else None
        if known:
            found, trying = list(known.survey.faults), trying + (not known.is_done)
        faults += [Fault(item.position, item.id, fault.what) for fault in found]
    waiting = sum(film.state is FilmState.WAITING for film in films_of(draft))
    problems = publishing.problems_of(db.session(), draft.unit, draft.version)
    # A film that is being made is not missing.
    lacking = {one: about for one, about in problems.items() if not (waiting and one is Problem.NO_VIDEO)}
    return Readiness(lacking, faults, waiting, trying)


def films_of(draft: Draft) -> list[Film]:
    """The films sent to this version, the newest first; one whose job has died counts as failed."""
    rows = db.session.execute(
        select(FilmWork.id, FilmWork.name, FilmWork.state, FilmWork.percent, FilmWork.why, Job.state)
        .outerjoin(Job, Job.id == FilmWork.job_id)
        .where(FilmWork.version_id == draft.version.id)
        .order_by(FilmWork.sent_at.desc(), FilmWork.id)
    )
    made = []
    for film_id, name, state, percent, why, job in rows:
        if state == FilmState.WAITING and job == JobState.DEAD:
            state, why = FilmState.FAILED, "server"
        made.append(Film(film_id, name, FilmState(state), percent, why))
    return made


def get_film_work(draft: Draft, film_id: uuid.UUID) -> FilmWork | None:
    """A film sent to this version that is not in it yet."""
    found = db.session.get(FilmWork, film_id)
    return (
        found if found is not None and found.version_id == draft.version.id and found.state != FilmState.READY else None
    )
