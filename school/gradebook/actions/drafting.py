"""A new act of marking: written as a draft, rehearsed on the marks of the last year, approved by a second person."""

import uuid
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, select

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.jobs import enqueue, handler
from school.core.languages import gettext as _
from school.core.records import record
from school.gradebook.actions.acts import DEFAULT_NAME, DEFAULT_WORKS
from school.gradebook.drafting import Written
from school.gradebook.errors import NotNow
from school.gradebook.models import ActDraft, MarkingAct, WorkType
from school.gradebook.queries.acts import find_act
from school.gradebook.queries.past import past_terms, weights_of
from school.gradebook.rehearsal import rehearse
from school.gradebook.scale import Rules

KIND = "gradebook.rehearse"


def begin_draft(actor: Actor) -> ActDraft:
    """A draft that says what the act of today says, from tomorrow on."""
    if actor.member_id is None or actor.school_id is None:
        raise ValueError("an act is owned by a member of the school")
    act = find_act(actor.school_id, clock.today())
    works: list[dict[str, Any]] = [
        {"name": name, "short": short, "weight": weight, "is_control": is_control}
        for name, short, weight, is_control in DEFAULT_WORKS
    ]
    if act is not None:
        works = [
            {"name": one.name, "short": one.short, "weight": one.weight, "is_control": one.is_control}
            for one in act.works
        ]
    draft = ActDraft(
        school_id=actor.school_id,
        id=new_id(),
        name=act.name if act else DEFAULT_NAME,
        from_on=clock.today() + timedelta(days=1),
        rules=(act.rules if act else Rules()).to_data(),
        works=works,
        owner=actor.member_id,
        version=1,
        changed_at=clock.now(),
        changed_by=actor.member_id,
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def write_draft(actor: Actor, draft: ActDraft, name: str, from_on: date, written: Written) -> None:
    """Keep what was written; a rehearsal of the version before no longer stands for it."""
    works = [
        {"name": one.name, "short": one.short, "weight": one.weight, "is_control": one.is_control}
        for one in written.works
    ]
    rules = written.rules.to_data()
    if (name, from_on, rules, works) == (draft.name, draft.from_on, draft.rules, draft.works):
        return
    draft.name, draft.from_on, draft.rules, draft.works = name, from_on, rules, works
    draft.version += 1
    draft.changed_at = clock.now()
    draft.changed_by = actor.member_id or draft.changed_by
    db.session.flush()


def ask_rehearsal(_actor: Actor, draft: ActDraft) -> None:
    """Let the program try the draft on the marks of the last twelve months; it takes seconds and is done aside."""
    if draft.asked_version == draft.version:
        return
    draft.asked_version = draft.version
    payload = {"school": draft.school_id, "draft": str(draft.id), "version": draft.version}
    enqueue(KIND, payload, key=f"{KIND}:{draft.id}:{draft.version}")
    db.session.flush()


@handler(KIND, max_tries=3, lease=120)
def rehearse_draft(payload: dict[str, Any]) -> None:
    """Compare what the acts in force and the draft propose; a draft changed meanwhile is rehearsed by its own job."""
    draft = db.session.get(ActDraft, (payload["school"], uuid.UUID(payload["draft"])))
    if draft is None or draft.version != payload["version"] or draft.approved_at is not None:
        return
    terms, acts = past_terms(draft)
    found = rehearse(terms, acts, (Rules.from_data(draft.rules), weights_of(draft)))
    draft.rehearsal = {"compared": found.compared, "up": found.up, "down": found.down, "changes": found.changes}
    draft.rehearsed_version = draft.version
    db.session.flush()


def approve_draft(actor: Actor, draft: ActDraft) -> MarkingAct:
    """Put the act in force from its day; terms that have begun keep theirs. Raises ``NotNow`` with what is missing."""
    if not draft.is_rehearsed:
        raise NotNow(_("Rehearse the act as it stands now first: everybody should see what it changes."))
    if draft.from_on <= clock.today():
        raise NotNow(_("The act can only hold from a day to come: terms that have begun keep theirs."))
    taken = exists().where(MarkingAct.school_id == draft.school_id, MarkingAct.from_on == draft.from_on)
    if db.session.scalar(select(taken)):
        raise NotNow(_("Another act already holds from that day."))
    act = MarkingAct(
        school_id=draft.school_id,
        id=new_id(),
        name=draft.name,
        from_on=draft.from_on,
        rules=draft.rules,
        owner=draft.owner,
    )
    db.session.add(act)
    db.session.flush()
    db.session.add_all(
        WorkType(school_id=draft.school_id, id=new_id(), act_id=act.id, position=position, **one)
        for position, one in enumerate(draft.works)
    )
    draft.approved_at, draft.approved_by, draft.act_id = clock.now(), actor.member_id, act.id
    db.session.flush()
    payload = {
        "name": act.name,
        "from": act.from_on,
        "rules": draft.rules,
        "works": draft.works,
        "written_by": draft.changed_by,
        "rehearsal": {name: (draft.rehearsal or {}).get(name) for name in ("compared", "up", "down")},
    }
    record(actor, "marking_act.approved", school_id=draft.school_id, thing_id=act.id, payload=payload)
    return act


def drop_draft(_actor: Actor, draft: ActDraft) -> None:
    """Forget a draft that will not be."""
    db.session.delete(draft)
    db.session.flush()
