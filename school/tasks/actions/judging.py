"""Judging one answer: by its kind, then by what the teacher has ruled about a wrong key."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from content_library.models import Item
from school.tasks.kinds import kind_of
from school.tasks.kinds.contract import BrokenSpec, Phrase, Unreadable, Verdict, say
from school.tasks.kinds.remarks import remarks_on
from school.tasks.models import ItemRuling, RulingKind
from school.tasks.queries.questions import is_among, read_as
from school.tasks.seen import RULED

BROKEN: Phrase = say("There is a mistake in the task itself, so it counts in full.")


def judge(item: Item, seed: int, given: dict[str, Any] | None, rulings: Sequence[ItemRuling] = ()) -> Verdict:
    """What an answer is worth. Rulings only give: nobody has less because a key was mended."""
    max_points = int(item.spec.get("points", item.points))
    judged = _by_kind(item, seed, given, max_points)
    if judged.correct or not any(_gives(one, item, seed, given, judged) for one in rulings):
        return judged
    return in_full(judged)


def in_full(judged: Verdict) -> Verdict:
    """The same answer where a ruling counts it in full."""
    return Verdict(Decimal(judged.max_points), judged.max_points, True, (RULED,))


def _by_kind(item: Item, seed: int, given: dict[str, Any] | None, max_points: int) -> Verdict:
    if given is None:
        return Verdict(Decimal(0), max_points, correct=False)
    try:
        return kind_of(item.kind).grade(item.spec, seed, given)
    except Unreadable as why:
        return Verdict(Decimal(0), max_points, False, (why.reason,))
    except BrokenSpec:
        return Verdict(Decimal(max_points), max_points, True, (BROKEN,))


def _gives(ruling: ItemRuling, item: Item, seed: int, given: dict[str, Any] | None, judged: Verdict) -> bool:
    if ruling.kind == RulingKind.EVERYBODY:
        return True
    return given is not None and is_among(item, read_as(item, seed, given, judged), ruling.accepts)


def remarks_of(item: Item, seed: int, given: dict[str, Any] | None) -> list[list[str]]:
    """What the author says to this wrong answer, each with the misconception behind it."""
    if given is None or not item.spec.get("remarks"):
        return []
    return [[one.says, one.misconception] for one in remarks_on(kind_of(item.kind), item.spec, seed, given)]
