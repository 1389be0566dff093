"""What notices of marks and of works that are owed say."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from babel.lists import format_list
from flask import url_for

from school.core.access import Actor
from school.core.days import short_day
from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.gradebook.actions.news import CHANGED, NEW, REMOVED
from school.gradebook.actions.reminding import DUE, OWED
from school.gradebook.actions.telling import DECIDED
from school.gradebook.queries.told import signs_told
from school.notices.hooks import Said, Several, Topic, completes, says
from school.notices.seen import SeenNotice

MOST_SUBJECTS = 6


@says(OWED, Topic.MARKS, brief=lambda _notice: _("A work is owed in two days"))
def owed(notice: SeenNotice) -> Said:
    """To the pupil and the family."""
    title = _("%(pupil)s: a work is owed by %(day)s", pupil=notice.about["pupil"], day=_day(notice, "due_on"))
    url = url_for("gradebook.pupil_marks", school_id=notice.school_id, pupil_id=notice.pupil_id)
    return Said(title, _work(notice), url, _("Marks"))


@says(DUE, Topic.MARKS, brief=lambda _notice: _("The day of a dot has come"))
def due(notice: SeenNotice) -> Said:
    """To the teacher who put the dot."""
    title = _("%(pupil)s: the day of a dot has come", pupil=notice.about["pupil"])
    url = url_for("gradebook.dots", school_id=notice.school_id, course_id=notice.thing_id)
    return Said(title, _work(notice), url, _("Decide about them"))


@completes
def with_signs(actor: Actor, notices: Sequence[SeenNotice]) -> Sequence[SeenNotice]:
    """The mark itself, in the list inside the site only: it stands neither in the notice nor in what leaves the site."""
    versions = {key for one in notices if (key := _version(one)) is not None}
    signs = signs_told(actor, versions) if versions else {}
    return [
        replace(one, about={**one.about, "sign": signs[key]}) if (key := _version(one)) in signs else one
        for one in notices
    ]


def _version(notice: SeenNotice) -> tuple[int, UUID, int] | None:
    if notice.kind not in {NEW, CHANGED, REMOVED} or notice.thing_id is None or "version" not in notice.about:
        return None
    return notice.school_id, notice.thing_id, notice.about["version"]


def _said(title: str, notices: Sequence[SeenNotice], *, signs: bool = True) -> Said:
    return Said(f"{title}: {_list(notices, signs=signs)}", _whose(notices), _marks(notices[0]), _("Marks"))


def _new(notices: Sequence[SeenNotice]) -> Said:
    return _said(_capital(_count_new(len(notices))), notices)


def _changed(notices: Sequence[SeenNotice]) -> Said:
    return _said(_capital(_count_changed(len(notices))), notices)


def _removed(notices: Sequence[SeenNotice]) -> Said:
    return _said(_capital(_count_removed(len(notices))), notices, signs=False)


# One alone is said without its number; Russian's first form of a plural stands for 21 as well.
def _count_new(n: int) -> str:
    return _("new mark") if n == 1 else ngettext("%(num)s new mark", "%(num)s new marks", n)


def _count_changed(n: int) -> str:
    return _("a mark was changed") if n == 1 else ngettext("%(num)s mark was changed", "%(num)s marks were changed", n)


def _count_removed(n: int) -> str:
    if n == 1:
        return _("a mark was taken back")
    return ngettext("%(num)s mark was taken back", "%(num)s marks were taken back", n)


def _of_a_pupil(say: Callable[[Sequence[SeenNotice]], Said], count: Callable[[int], str]) -> Several:
    return Several(
        alike=lambda notice: notice.pupil_id,
        say=say,
        whose=lambda notice: str(notice.about["pupil"]),
        count=lambda notices: count(len(notices)),
        items=lambda notices: _list(notices, signs=False),
    )


_SEVERAL_NEW = _of_a_pupil(_new, _count_new)
_SEVERAL_CHANGED = _of_a_pupil(_changed, _count_changed)
_SEVERAL_REMOVED = _of_a_pupil(_removed, _count_removed)


@says(NEW, Topic.MARKS, brief=lambda _notice: _capital(_count_new(1)), several=_SEVERAL_NEW)
def new(notice: SeenNotice) -> Said:
    """To the pupil and the family; which mark it is stands inside the site only."""
    return _new([notice])


@says(CHANGED, Topic.MARKS, brief=lambda _notice: _capital(_count_changed(1)), several=_SEVERAL_CHANGED)
def changed(notice: SeenNotice) -> Said:
    """Of a mark they have seen before."""
    return _changed([notice])


@says(REMOVED, Topic.MARKS, brief=lambda _notice: _capital(_count_removed(1)), several=_SEVERAL_REMOVED)
def removed(notice: SeenNotice) -> Said:
    """Of a mark they have seen before."""
    return _removed([notice])


def _list(notices: Sequence[SeenNotice], *, signs: bool) -> str:
    """«алгебра 5 и 4, физика 4» inside, «алгебра (2), физика» where no value may stand; in the order of their arrival."""
    subjects: dict[str, list[str]] = {}
    for one in sorted(notices, key=lambda one: (one.made_at, one.id)):
        subjects.setdefault(_subject(one), []).append(str(one.about.get("sign", "")) if signs else "")
    told = []
    for name, some in subjects.items():
        if all(some):
            told.append(f"{name}\N{NO-BREAK SPACE}{format_list(some, locale=language())}")
        else:
            told.append(f"{name} ({len(some)})" if len(some) > 1 else name)
    if len(told) > MOST_SUBJECTS:
        told = [*told[:MOST_SUBJECTS], _("and %(num)s more", num=len(told) - MOST_SUBJECTS)]
    return ", ".join(told)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@says(DECIDED, Topic.MARKS, brief=lambda _notice: _("An answer about a mark that you asked to change"))
def decided(notice: SeenNotice) -> Said:
    """To whoever asked for a change that needs a second person."""
    titles = {
        "agreed": _("%(pupil)s: the second person agreed, the mark is changed", pupil=notice.about["pupil"]),
        "refused": _("%(pupil)s: the second person left the mark as it was", pupil=notice.about["pupil"]),
        "outdated": _("%(pupil)s: the mark had changed meanwhile, so it was left", pupil=notice.about["pupil"]),
    }
    url = url_for("gradebook.corrections", school_id=notice.school_id)
    return Said(titles[notice.about["state"]], "", url, _("Changes that wait"))


def _subject(notice: SeenNotice) -> str:
    """As it stands within a sentence: «физика», «ОБЗР», "Physics"."""
    if language() != "ru":
        return str(notice.about["subject_en"])
    name = str(notice.about["subject_ru"])
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _whose(notices: Sequence[SeenNotice]) -> str:
    days = sorted({date.fromisoformat(one.about["lesson_on"]) for one in notices})
    on = short_day(days[0]) if len(days) == 1 else f"{short_day(days[0])} – {short_day(days[-1])}"
    pupil = notices[0].about["pupil"]
    return _("%(pupil)s, for %(day)s", pupil=pupil, day=on) if pupil else _("For lessons of %(day)s", day=on)


def _marks(notice: SeenNotice) -> str:
    return url_for("gradebook.pupil_marks", school_id=notice.school_id, pupil_id=notice.pupil_id)


def _work(notice: SeenNotice) -> str:
    on = _day(notice, "lesson_on")
    return f"{notice.about['title']}, {on}" if notice.about["title"] else on


def _day(notice: SeenNotice, name: str) -> str:
    return short_day(date.fromisoformat(notice.about[name]))
