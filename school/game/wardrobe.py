"""What the drawn animal may have: who it is, where it is, what it wears and holds. Pure; drawn in ``game/_avatar.html``.

Prices are in points of the game. They buy nothing else, nothing else buys them, and money buys no points.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Slot(StrEnum):
    """One part of each is shown."""

    ANIMAL = "animal"
    PLACE = "place"
    HEAD = "head"
    FACE = "face"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of the wardrobe."""

    code: str
    slot: Slot
    price: int
    """0: everybody has it."""


_A, _P, _H, _F, _T = Slot.ANIMAL, Slot.PLACE, Slot.HEAD, Slot.FACE, Slot.HAND
PARTS: tuple[Part, ...] = (
    Part("hedgehog", _A, 0), Part("owl", _A, 0), Part("cat", _A, 0), Part("fox", _A, 150), Part("bear", _A, 150),
    Part("meadow", _P, 0), Part("winter", _P, 60), Part("river", _P, 100), Part("night", _P, 150), Part("stars", _P, 220),
    Part("bare", _H, 0), Part("knitted", _H, 60), Part("beret", _H, 90), Part("headphones", _H, 140), Part("helmet", _H, 240),
    Part("plain", _F, 0), Part("glasses", _F, 60), Part("round_glasses", _F, 80), Part("scarf", _F, 100),
    Part("empty", _T, 0), Part("book", _T, 60), Part("flower", _T, 60), Part("magnifier", _T, 110), Part("telescope", _T, 180),
)  # fmt: skip
BY_CODE: dict[str, Part] = {part.code: part for part in PARTS}
DEFAULT: dict[Slot, str] = {}
for _part in PARTS:
    DEFAULT.setdefault(_part.slot, _part.code)


def dressed(worn: Mapping[str, str], owned: Collection[str]) -> dict[Slot, str]:
    """What is shown: the chosen part of each slot if there is such a part and the pupil has it, else the first."""
    shown = dict(DEFAULT)
    for slot in Slot:
        part = BY_CODE.get(worn.get(slot.value, ""))
        if part is not None and part.slot is slot and (part.price == 0 or part.code in owned):
            shown[slot] = part.code
    return shown
