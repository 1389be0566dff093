"""Which questions a pupil is asked, in which order: all of a unit, drawn by quotas, or gathered for this pupil. Pure.

A draw depends on nothing but the seed and the lists it draws from, so an attempt can always say why it asked what it asked.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from school.tasks.kinds.shuffle import opaque

Sheet = dict[str, Any]


def drawn(sections: Sequence[Mapping[str, Any]], seed: int, *, is_shuffled: bool) -> Sheet:
    """The questions of a seed: of each draw as many as it asks for, none twice; in their lists' order unless shuffled."""
    had: set[str] = set()
    made = []
    for n, section in enumerate(sections):
        chosen: list[str] = []
        for at, draw in enumerate(section["draws"]):
            free = [one for one in draw["from"] if one not in had]
            count = min(int(draw.get("count", len(free))), len(free))
            picked = set(sorted(free, key=lambda one: opaque(seed, at, f"draw {n} {one}"))[:count])
            chosen += [one for one in free if one in picked]
            had |= picked
        if is_shuffled:
            chosen.sort(key=lambda one: opaque(seed, n, f"order {one}"))
        made.append({"title": section.get("title", ""), "items": chosen})
    return {"title": "", "sections": [one for one in made if one["items"]]}


def whole(items: Iterable[uuid.UUID]) -> list[dict[str, Any]]:
    """All of these questions as one section to draw from."""
    return [{"title": "", "draws": [{"from": [str(one) for one in items]}]}]


def gathered(title: str, items: Iterable[uuid.UUID], **more: Any) -> Sheet:
    """These questions, without sections."""
    return {"title": title, "sections": [{"title": "", "items": [str(one) for one in items]}], **more}


def asked(sheet: Sheet) -> list[uuid.UUID]:
    """The questions in their order."""
    return [uuid.UUID(one) for section in sheet["sections"] for one in section["items"]]


def headings(sheet: Sheet) -> dict[uuid.UUID, str]:
    """By the first question of each section that has a title: the title."""
    return {uuid.UUID(one["items"][0]): one["title"] for one in sheet["sections"] if one["items"] and one["title"]}
