"""A family says that a child will not come, or why they did not; the class teacher hears of it, and noted absences get the reason.

Events: ``absence.announced`` and ``absence.withdrawn``, ``thing_id`` = the note.
"""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import cast

from sqlalchemy import Table, insert, update

from school.classes.actions.alerts import family_key
from school.classes.actions.presence import explain_days
from school.classes.errors import CannotDo
from school.classes.models import AbsenceNote, AbsenceReason
from school.classes.queries.notes import Note
from school.classes.queries.recipients import leader_accounts
from school.classes.seen import SeenPupil
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import gettext as _
from school.core.records import record
from school.notices.actions import News, settle, tell

note_table = cast("Table", AbsenceNote.__table__)

FAMILY_REASONS = (AbsenceReason.ILLNESS, AbsenceReason.FAMILY)
"""What a family can answer for; that the school sent the child is the school's own word."""
BACK = timedelta(days=14)
LONGEST = timedelta(days=60)
MOST_WORDS = 300


def announce_absence(
    actor: Actor,
    pupil: SeenPupil,
    first_on: date,
    last_on: date,
    reason: AbsenceReason,
    *,
    slots: Collection[int] = (),
    words: str = "",
) -> uuid.UUID:
    """The pupil will not be (or was not) at lessons of these days. ``slots`` names lessons of one day; none: whole days.

    Absences noted there already without a reason get this one. Raises ``CannotDo`` for days that run backwards, lie too far
    back or last too long, and for a reason that is not a family's to give.
    """
    if reason not in FAMILY_REASONS:
        raise CannotDo(_("Choose a reason."))
    if last_on < first_on:
        raise CannotDo(_("The last day is before the first."))
    if first_on < clock.today() - BACK:
        raise CannotDo(_("That was long ago. Please write to the class teacher."))
    if last_on - first_on > LONGEST:
        raise CannotDo(_("At most two months at once."))
    if slots and first_on != last_on:
        raise CannotDo(_("Lessons can be chosen for one day only."))
    words = " ".join(words.split())[:MOST_WORDS]
    made = new_id()
    db.session.execute(
        insert(note_table).values(
            school_id=pupil.school_id,
            id=made,
            pupil_id=pupil.id,
            first_on=first_on,
            last_on=last_on,
            slots=",".join(str(one) for one in sorted(set(slots))),
            reason=reason.value,
            words=words,
            made_at=clock.now(),
            made_by=actor.account_id,
        )
    )
    told = {"first_on": str(first_on), "last_on": str(last_on), "slots": sorted(set(slots)), "reason": reason.value}
    record(actor, "absence.announced", school_id=pupil.school_id, thing_id=made, pupil_id=pupil.id, payload=dict(told))
    explain_days(actor, pupil, first_on, last_on, reason, slots=slots)
    today = clock.today()
    if first_on <= today <= last_on:
        settle(pupil.school_id, [family_key(pupil.id, today), f"{family_key(pupil.id, today)}:class"])
    _tell_leader(pupil, made, told)
    return made


def withdraw_note(actor: Actor, pupil: SeenPupil, note: Note) -> None:
    """The child comes after all. Absences that took their reason from the note keep it: the teacher saw what they saw."""
    if note.sender and not (pupil.leads or actor.has("deputy", "head")):
        raise CannotDo(
            _("%(sender)s has told of this absence. The class teacher can take it back.", sender=note.sender)
        )
    if note.last_on < clock.today():
        raise CannotDo(_("These days are over."))
    db.session.execute(
        update(note_table)
        .where(note_table.c.school_id == note.school_id, note_table.c.id == note.id)
        .values(withdrawn_at=clock.now())
    )
    record(
        actor,
        "absence.withdrawn",
        school_id=note.school_id,
        thing_id=note.id,
        pupil_id=pupil.id,
        payload={"note": "withdrawn"},
    )


def _tell_leader(pupil: SeenPupil, note_id: uuid.UUID, told: Mapping[str, object]) -> None:
    leaders = leader_accounts(pupil.school_id, [pupil.id], clock.today()).get(pupil.id, [])
    about = {**told, "name": pupil.short_name}
    news = News(pupil.school_id, "absence.announced", f"announced:{note_id}", about, pupil.id, note_id)
    tell(leaders, news)
