"""Bells or places change: what the lessons to come would run into and lose is found before anything is done."""

import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import or_, select

from school.classes.actions.generating import Ahead, carry_out, plan_lessons
from school.classes.errors import ManyClashes, ToAgree
from school.classes.meetings import Meeting, Meets, Note, Stand, new_meetings
from school.classes.models import SchoolYear
from school.classes.outcome import BellLine, ClashLine, LostLine, Outcome, SideLine
from school.classes.plan import Wanted
from school.classes.queries.hanging import lessons_in_use
from school.classes.queries.stands import Names, houses_of, names_for, together_in
from school.classes.words import weekday_words
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.rooms import room_words

NAMED = 3
"""Pupils named of those who would be in two lessons; the rest are a number."""
A_BATCH = 500


def settle(actor: Actor, before: dict[object, Stand], groups: Sequence[uuid.UUID], agreed: str | None) -> None:
    """Let the lessons of some groups follow what this transaction has changed; ``before`` is where all stood until then.

    Raises ``ManyClashes`` where anybody would be in two places who was not before, and ``ToAgree`` where lessons change and
    ``agreed`` is not the mark of just that; None asks nobody. Call it inside a nested transaction: an error leaves nothing behind.
    """
    assert actor.school_id is not None  # noqa: S101 - somebody of a school acts
    school_id, today = actor.school_id, clock.today()
    years = db.session.scalars(
        select(SchoolYear).where(
            SchoolYear.school_id == school_id, or_(SchoolYear.ends_on >= today, SchoolYear.starts_on > today)
        )
    ).all()
    aheads = [plan_lessons(one, since=today, groups=groups) for one in years]
    if all(one.is_nothing for one in aheads):
        return
    after, changed = _after(before, aheads, houses_of(school_id, groups))
    met = new_meetings(before, after, changed, together_in(school_id))
    if met:
        lines = clash_lines_of(met, school_id)
        why = ngettext("%(num)s clash. Nothing has changed.", "%(num)s clashes. Nothing has changed.", len(lines))
        raise ManyClashes(why, lines)
    if agreed is not None:
        outcome = _outcome(school_id, before, after, aheads)
        if outcome.mark != agreed:
            raise ToAgree(outcome)
    for one in aheads:
        carry_out(one)


def _after(
    before: dict[object, Stand], aheads: Iterable[Ahead], houses: dict[uuid.UUID, uuid.UUID]
) -> tuple[dict[Hashable, Stand], set[Hashable]]:
    """Where all would stand, and which of them would have gone somewhere."""
    after = {key: _housed(one, houses) for key, one in before.items()}
    changed: set[Hashable] = {key for key, one in after.items() if one.building_id != before[key].building_id}
    for ahead in aheads:
        for dropped in ahead.changes.drop:
            after.pop(dropped.id, None)
            changed.discard(dropped.id)
        for standing, want in ahead.changes.change:
            old = after.get(standing.id)
            # Whoever covers a lesson keeps it while it keeps its day and number.
            covered = old is not None and old.note == Note.COVER and standing.key == want.key
            after[standing.id] = _wanted(standing.id, want, houses, old.teacher_id if covered and old else None)
            changed.add(standing.id)
        for rung, starts_at, ends_at in ahead.rung:
            if rung.id in after:
                after[rung.id] = replace(after[rung.id], starts_at=starts_at, ends_at=ends_at)
                changed.add(rung.id)
        for want in ahead.changes.make:
            after[want.key] = _wanted(want.key, want, houses, None)
            changed.add(want.key)
    return after, changed


def _housed(one: Stand, houses: dict[uuid.UUID, uuid.UUID]) -> Stand:
    building = houses.get(one.group_id, one.building_id)
    return one if one.note == Note.EXTRA or building == one.building_id else replace(one, building_id=building)


def _wanted(key: Hashable, want: Wanted, houses: dict[uuid.UUID, uuid.UUID], cover: uuid.UUID | None) -> Stand:
    slot = want.slot
    return Stand(
        key,
        slot.course_id,
        slot.group_id,
        slot.subject_id,
        cover or slot.teacher_id,
        slot.room,
        houses.get(slot.group_id, slot.house[0]),
        want.on_date,
        slot.slot,
        clock.moscow(want.on_date, want.starts),
        clock.moscow(want.on_date, want.ends),
        Note.COVER if cover else Note.NONE,
    )


def clash_lines_of(met: Sequence[Meeting], of_school: int, named: int = NAMED) -> list[ClashLine]:
    """With ``named`` pupils by name in each. In the order of days; the same two lessons on the same weekday are one line."""
    names = names_for(
        of_school,
        [one for meeting in met for one in (meeting.ours, meeting.theirs)],
        [pupil for meeting in met for pupil in meeting.pupils],
    )
    who_of: dict[tuple[Hashable, Hashable], list[str]] = defaultdict(list)
    for one in met:
        who_of[one.ours.key, one.theirs.key].append(_who(one, names, named))
    lines: dict[tuple[object, ...], list[Meeting]] = defaultdict(list)
    for one in met:
        same = one.ours.on_date.isoweekday(), *_weekly(one.ours), *_weekly(one.theirs)
        lines[(", ".join(who_of[one.ours.key, one.theirs.key]), *same)].append(one)
    found = []
    for (who, *_same), some in lines.items():
        first = some[0]
        found.append(
            ClashLine(
                str(who),
                weekday_words(first.ours.on_date.isoweekday()),
                tuple(sorted({one.ours.on_date for one in some})),
                _side(first.ours, names),
                _side(first.theirs, names),
            )
        )
    return sorted(found, key=lambda one: (one.days[0], one.ours.starts_at, one.who))


def _weekly(one: Stand) -> tuple[object, ...]:
    """What makes it the same lesson in another week."""
    starts, ends = clock.local(one.starts_at).time(), clock.local(one.ends_at).time()
    return one.course_id, one.slot, starts, ends, one.note


def _who(one: Meeting, names: Names, named: int) -> str:
    if one.kind == Meets.TEACHER:
        return names.teachers[one.ours.teacher_id]
    if one.kind == Meets.ROOM:
        return room_words(one.ours.room)
    if not one.pupils:
        return " / ".join(dict.fromkeys(names.groups[side.group_id] for side in (one.ours, one.theirs)))
    pupils = sorted(names.pupils[row_id] for row_id in one.pupils)
    if len(pupils) <= named:
        return ", ".join(pupils)
    more = len(pupils) - named
    return ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more, names=", ".join(pupils[:named]))


def _side(one: Stand, names: Names) -> SideLine:
    note = {
        Note.COVER: _("cover: %(teacher)s", teacher=names.teachers[one.teacher_id]),
        Note.ONCE: _("this day only"),
        Note.EXTRA: _("extra lesson"),
    }.get(one.note, "")
    return SideLine(
        f"{names.subjects[one.subject_id]}, {names.groups[one.group_id]}", one.slot, one.starts_at, one.ends_at, note
    )


def _outcome(
    school_id: int, before: dict[object, Stand], after: dict[Hashable, Stand], aheads: Sequence[Ahead]
) -> Outcome:
    going = [(one.id, want.key) for ahead in aheads for one, want in ahead.changes.change]
    going += [(one.id, one.key) for ahead in aheads for one, _starts, _ends in ahead.rung]
    dropped = [one.id for ahead in aheads for one in ahead.changes.drop]
    made = [want.key for ahead in aheads for want in ahead.changes.make]
    told = [(str(key), str(after[key].starts_at) if key in after else "") for key, _place in going]
    mark = sha256(repr((sorted(told), sorted(map(str, dropped)), sorted(map(str, made)))).encode()).hexdigest()[:24]
    return Outcome(
        moved=len(going),
        with_things=len(_in_use(school_id, [one for one, _place in going])),
        covers=sum(after[one].note == Note.COVER for one, _place in going if one in after),
        bells=_bell_lines(before, after, [one for one, _place in going]),
        made=len(made),
        lost=_lost_lines(school_id, before, dropped),
        mark=mark,
    )


def _in_use(school_id: int, ids: list[uuid.UUID]) -> set[uuid.UUID]:
    used: set[uuid.UUID] = set()
    for start in range(0, len(ids), A_BATCH):
        used |= lessons_in_use(school_id, ids[start : start + A_BATCH])
    return used


def _bell_lines(
    before: dict[object, Stand], after: dict[Hashable, Stand], ids: Iterable[uuid.UUID]
) -> tuple[BellLine, ...]:
    """Each number that rings at another time, by its first lesson."""
    found: dict[tuple[object, ...], BellLine] = {}
    for one in sorted((before[key] for key in ids if key in before and key in after), key=_when):
        new = after[one.key]
        if (one.slot, one.starts_at, one.ends_at) != (new.slot, new.starts_at, new.ends_at):
            times = tuple(clock.local(at).time() for at in (one.starts_at, one.ends_at, new.starts_at, new.ends_at))
            line = BellLine(one.slot, (one.starts_at, one.ends_at), (new.starts_at, new.ends_at))
            found.setdefault((one.slot, *times), line)
    return tuple(sorted(found.values(), key=lambda line: (line.slot, line.before)))


def _when(one: Stand) -> tuple[datetime, int]:
    return one.starts_at, one.slot


def _lost_lines(school_id: int, before: dict[object, Stand], ids: list[uuid.UUID]) -> tuple[LostLine, ...]:
    used = _in_use(school_id, ids)
    lost = sorted((before[one] for one in ids if one in before), key=_when)
    names = names_for(school_id, lost)
    lines: dict[tuple[object, ...], list[Stand]] = defaultdict(list)
    for one in lost:
        lines[one.course_id, one.on_date.isoweekday(), one.slot].append(one)
    return tuple(
        LostLine(
            f"{names.subjects[some[0].subject_id]}, {names.groups[some[0].group_id]}",
            weekday_words(some[0].on_date.isoweekday()),
            some[0].slot,
            tuple(one.on_date for one in some),
            tuple(one.on_date for one in some if one.key in used),
        )
        for some in lines.values()
    )
