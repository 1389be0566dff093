"""Nobody and nothing in two places at once: the reasons why a lesson can't stand where it is wanted."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from school.classes.errors import Clash
from school.classes.queries.busy import Busy, BusyExtra, extras_with_pupils_of, groups_sharing_pupils
from school.core import clock
from school.core.days import clock_time, short_day
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.rooms import room_words


@dataclass(frozen=True, slots=True)
class Wish:
    """What a lesson or slot needs."""

    school_id: int
    teacher_id: uuid.UUID
    room: str
    building_id: uuid.UUID
    group_id: uuid.UUID
    class_id: uuid.UUID | None
    on: date
    """Whose enrolments say which pupils."""


def refuse_clashes(wish: Wish, busy: Iterable[Busy], extras: Iterable[BusyExtra] = ()) -> None:
    """Raise ``Clash`` with every reason: the teacher, the room, the pupils; ``extras`` are extra lessons at that time."""
    around = list(busy)
    reasons = [*_teacher(wish, around), *_room(wish, around), *_pupils(wish, around), *_extras(wish, list(extras))]
    if reasons:
        raise Clash(" ".join(reasons))


def refuse_busy_teacher(teacher_id: uuid.UUID, busy: Iterable[Busy], extras: Iterable[BusyExtra] = ()) -> None:
    """Raise ``Clash`` if the teacher has one of these lessons or extra lessons."""
    for one in busy:
        if one.teacher_id == teacher_id:
            raise Clash(_teacher_words(one))
    for given in extras:
        if given.teacher_id == teacher_id:
            raise Clash(
                _("%(teacher)s gives an extra lesson then: %(what)s.", teacher=given.teacher, what=_what(given))
            )


def _teacher(wish: Wish, around: list[Busy]) -> list[str]:
    return [_teacher_words(one) for one in around if one.teacher_id == wish.teacher_id][:1]


def _teacher_words(one: Busy) -> str:
    return str(
        _(
            "%(teacher)s has another lesson then: %(subject)s, %(group)s.",
            teacher=one.teacher,
            subject=_subject(one),
            group=one.group,
        )
    )


def _room(wish: Wish, around: list[Busy]) -> list[str]:
    return [
        _(
            "%(room)s is taken at that time (%(subject)s, %(group)s).",
            room=room_words(one.room),
            subject=_subject(one),
            group=one.group,
        )
        for one in around
        if wish.room and one.room == wish.room and one.building_id == wish.building_id
    ][:1]


def _pupils(wish: Wish, around: list[Busy]) -> list[str]:
    """Parts of one class may learn side by side; a class and its part, or groups with a common pupil, may not."""
    others: dict[uuid.UUID, Busy] = {}
    for one in around:
        same = one.group_id == wish.group_id
        if same or one.group_id == wish.class_id or one.class_id == wish.group_id:
            return [_("%(group)s has another lesson then: %(subject)s.", group=one.group, subject=_subject(one))]
        others[one.group_id] = one
    shared = groups_sharing_pupils(wish.school_id, wish.group_id, others, wish.on) if others else set()
    return [
        _(
            "Pupils of this group have another lesson then: %(subject)s, %(group)s.",
            subject=_subject(others[group_id]),
            group=others[group_id].group,
        )
        for group_id in shared
    ][:1]


def _extras(wish: Wish, extras: list[BusyExtra]) -> list[str]:
    """An extra lesson takes its teacher, its room and the invited; one reason of each kind is enough."""
    if not extras:
        return []
    with_pupils = extras_with_pupils_of(wish.school_id, wish.group_id, [one.id for one in extras], wish.on)
    found: dict[str, str] = {}
    for one in extras:
        if one.teacher_id == wish.teacher_id:
            words = _("%(teacher)s gives an extra lesson then: %(what)s.", teacher=one.teacher, what=_what(one))
            found.setdefault("teacher", words)
        if wish.room and (one.room, one.building_id) == (wish.room, wish.building_id):
            words = _("%(room)s is taken by an extra lesson: %(what)s.", room=room_words(one.room), what=_what(one))
            found.setdefault("room", words)
        if one.id in with_pupils:
            words = _("Pupils of this group are invited to an extra lesson then: %(what)s.", what=_what(one))
            found.setdefault("pupils", words)
    return list(found.values())


def _what(one: BusyExtra) -> str:
    """«Алгебра, 7А, 24 нояб., 14:35–15:15»."""
    day = short_day(clock.local(one.starts_at).date())
    subject = one.subject_en if language() == "en" else one.subject_ru
    return f"{subject}, {one.group}, {day}, {clock_time(one.starts_at)}–{clock_time(one.ends_at)}"


def _subject(one: Busy) -> str:
    return one.subject_en if language() == "en" else one.subject_ru
