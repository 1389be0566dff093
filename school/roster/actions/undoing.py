"""Taking the last import back: every row as it was, unless people have built on it since."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlalchemy.exc import IntegrityError

from school.core import clock
from school.core.database import db, metadata
from school.core.records.writing import Who
from school.roster.actions.writing import AT_ONCE, CITY, from_json, tables_backwards
from school.roster.hooks import Fact, facts_since
from school.roster.models import RosterChange, RosterRun
from school.roster.queries import can_undo
from school.roster.said import Said, say


class CannotUndo(Exception):
    """The import stays. ``reason`` says why; ``facts`` are what has been made on top of it."""

    def __init__(self, reason: Said, facts: Sequence[Fact] = ()) -> None:
        self.reason = reason
        self.facts = tuple(facts)
        named = ", ".join(f"{fact.name}: {fact.count}" for fact in facts)
        super().__init__(f"{reason} {named}".strip())


def undo(actor: Who, runs: Sequence[RosterRun]) -> None:
    """Undo the import of these runs (one for each school), in the caller's transaction. Raises :class:`CannotUndo`."""
    if not runs:
        raise CannotUndo(say("There is no import to undo."))
    for run in runs:
        if run.undone_at is not None:
            raise CannotUndo(say("This import has already been undone."))
        if not can_undo(run):
            raise CannotUndo(say("There is a later import; undo that one first."))
        members = [uuid.UUID(member_id) for member_id in run.people]
        facts = facts_since(run.school_id, members, run.made_at)
        if facts:
            raise CannotUndo(say("Since this import, people have added:"), facts)
    for run in runs:
        _undo(run)
        run.undone_at = clock.now()
        run.undone_by = actor.account_id
    db.session.flush()


def _undo(run: RosterRun) -> None:
    changes = db.session.scalars(
        select(RosterChange)
        .where(RosterChange.school_id == run.school_id, RosterChange.run_id == run.id)
        .order_by(RosterChange.position.desc())
    ).all()
    made: dict[str, list[uuid.UUID]] = defaultdict(list)
    for change in changes:
        if change.before is None:
            made[change.table].append(change.row_id)
    for table in tables_backwards():
        _delete(table, run, made.get(table.name, []))
    for change in changes:
        if change.before is not None:
            table = metadata.tables[change.table]
            values = from_json(table, change.before)
            db.session.execute(update(table).where(table.c.id == change.row_id, *_of(table, run)).values(**values))


def _of(table: Table, run: RosterRun) -> tuple[ColumnElement[bool], ...]:
    return () if table.name in CITY else (table.c.school_id == run.school_id,)


def _delete(table: Table, run: RosterRun, ids: list[uuid.UUID]) -> None:
    """Remove what the import made. An account that has been used meanwhile stays, without any place in this school."""
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        try:
            with db.session.begin_nested():
                db.session.execute(delete(table).where(table.c.id.in_(chunk), *_of(table, run)))
        except IntegrityError as problem:
            if table.name != "account":
                reason = say("Other data depends on what it created (%(table)s).", table=table.name)
                raise CannotUndo(reason) from problem
            _delete_unused_accounts(table, chunk)


def _delete_unused_accounts(table: Table, ids: list[uuid.UUID]) -> None:
    for account_id in ids:
        try:
            with db.session.begin_nested():
                db.session.execute(delete(table).where(table.c.id == account_id))
        except IntegrityError:
            db.session.execute(update(table).where(table.c.id == account_id).values(closed_at=clock.now()))
