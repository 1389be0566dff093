"""Tasks on a picture: find the right places of it, or give each place its name.

A map has no picture: ``"map": "what it shows, in words"``, and its regions are drawn from their corners.

``{"version": 1, "prompt": …, "picture": {"name": …, "alt": …}, "areas": [{"shape": "circle", "numbers": [x, y, r]}, …]}``; a shape
is ``circle``, ``rect`` (x, y, width, height) or ``poly`` (x, y of each corner), in per cent of the picture. A hotspot's ``key`` names the
right places from 0 (``many`` and ``credit`` as in a choice). Labels have ``labels``, and a key with the place of its label for each area, from 0.
Places are numbered on the picture, so that they can be named by ear, by keys and on paper.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .choice import RULES
from .contract import Answer, Examples, Fault, Form, Presented, ShownOption, Spec, Unreadable, Variant, Verdict, say
from .pairs import MATCHING
from .parts import credit_faults, different_texts
from .spec import answers_in, common_faults, is_whole, must_be_sound, points_for, shown_fields

MOST = 20
MAX_MAP = 300
_COUNTS = {"circle": (3, 3), "rect": (4, 4), "poly": (6, 60)}
_WHERE = (
    (say("top left"), say("top middle"), say("top right")),
    (say("middle left"), say("in the middle"), say("middle right")),
    (say("bottom left"), say("bottom middle"), say("bottom right")),
)


def middle_of(area: dict[str, Any]) -> tuple[float, float]:
    """The middle of a place, in per cent."""
    numbers = area["numbers"]
    if area["shape"] == "circle":
        return numbers[0], numbers[1]
    if area["shape"] == "rect":
        return numbers[0] + numbers[2] / 2, numbers[1] + numbers[3] / 2
    across, down = numbers[0::2], numbers[1::2]
    return sum(across) / len(across), sum(down) / len(down)


def shown_areas(spec: Spec) -> list[dict[str, Any]]:
    """Places with their numbers, middles, and where on the picture they are in words."""
    made = []
    for number, area in enumerate(spec["areas"], 1):
        x, y = middle_of(area)
        words = _WHERE[min(int(y * 3 / 100), 2)][min(int(x * 3 / 100), 2)]
        made.append({**area, "number": number, "x": round(x, 2), "y": round(y, 2), "where": words.msgid})
    return made


def _map_of(spec: Spec) -> dict[str, Any]:
    return {"map": spec["map"]} if "map" in spec else {}


def _is_area(area: Any) -> bool:
    if not isinstance(area, dict) or set(area) != {"shape", "numbers"} or area["shape"] not in _COUNTS:
        return False
    numbers, (fewest, most) = area["numbers"], _COUNTS[area["shape"]]
    return (
        isinstance(numbers, list)
        and fewest <= len(numbers) <= most
        and (area["shape"] != "poly" or len(numbers) % 2 == 0)
        and all(isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one <= 100 for one in numbers)
    )


def _area_faults(spec: Spec) -> list[Fault]:
    areas = spec.get("areas")
    faults = []
    if "map" in spec and (not isinstance(spec["map"], str) or not spec["map"].strip() or len(spec["map"]) > MAX_MAP):
        faults.append(Fault("map", say("Say in words what the map shows.")))
    if spec.get("picture") is None and "map" not in spec:
        faults.append(Fault("picture", say("This kind of task needs a picture.")))
    if not isinstance(areas, list) or not 2 <= len(areas) <= MOST or not all(map(_is_area, areas)):
        faults.append(Fault("areas", say("Mark from 2 to 20 places of the picture, in per cent of its sides.")))
    return faults


@dataclass(frozen=True)
class Hotspot:
    """A task of finding places."""

    name: str = "hotspot"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The picture and its numbered places."""
        many = bool(spec.get("many", False))
        rule = RULES[spec.get("credit", "partial")].msgid if many else ""
        return shown_fields(spec) | {"areas": shown_areas(spec), "many": many, "rule": rule, **_map_of(spec)}

    def parse(self, form: Form) -> Answer:
        """Places of the chosen areas, from 0."""
        values = {value.strip() for value in answers_in(form)} - {""}
        if not values:
            raise Unreadable(say("Nothing is marked yet."))
        if len(values) > MOST or not all(re.fullmatch("[0-9]{1,2}", value) for value in values):
            raise Unreadable(say("This option is not in the task. Choose again."))
        return {"given": [str(place) for place in sorted(set(map(int, values)))]}

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Full points for exactly the right places; of several, each adds and each extra takes away."""
        must_be_sound(self, spec)
        chosen, right, max_points = self._chosen(spec, answer), set(spec["key"]), spec.get("points", 1)
        if chosen == right:
            return Verdict(Decimal(max_points), max_points, correct=True)
        if not spec.get("many", False):
            return Verdict(Decimal(0), max_points, correct=False)
        found, extra = len(chosen & right), len(chosen - right)
        share = max(0, found - extra) if spec.get("credit", "partial") == "partial" else 0
        feedback = [say("Right ones found: %(found)s of %(all)s.", found=str(found), all=str(len(right)))]
        if extra:
            feedback.append(say("Chosen without need: %(extra)s.", extra=str(extra)))
        return Verdict(points_for(Fraction(share, len(right)), max_points), max_points, False, tuple(feedback))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """Numbers of the places given and right ones."""
        chosen = self._chosen(spec, answer)
        return Presented(
            given=", ".join(str(place + 1) for place in sorted(chosen)),
            right=", ".join(str(place + 1) for place in sorted(spec["key"])),
            why=spec.get("why", ""),
            options=tuple(
                ShownOption(str(place + 1), place in chosen, place in spec["key"])
                for place in range(len(spec["areas"]))
            ),
        )

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """The right places, a wrong one, and none."""
        wrong = next(place for place in range(len(spec["areas"])) if place not in spec["key"])
        return Examples({"answer": [str(place) for place in spec["key"]]}, {"answer": [str(wrong)]}, {"answer": []})

    def check(self, spec: Spec) -> list[Fault]:
        """Places on a picture, some right and some not."""
        faults = list(common_faults(spec, frozenset({"areas", "many", "credit", "map"})))
        faults += [*credit_faults(spec), *_area_faults(spec)]
        if not isinstance(spec.get("many", False), bool):
            faults.append(Fault("many", say("This is either on or off.")))
        key, areas = spec.get("key"), spec.get("areas")
        count = len(areas) if isinstance(areas, list) else 0
        if not isinstance(key, list) or not key or not all(is_whole(one) and 0 <= one < count for one in key):
            return [*faults, Fault("key", say("Name the right places by their numbers."))]
        if len(set(key)) < len(key) or len(key) == count:
            faults.append(Fault("key", say("At least one place must be wrong, and none named twice.")))
        elif len(key) > 1 and not spec.get("many", False):
            faults.append(Fault("key", say("Exactly one option must be right.")))
        return faults

    def _chosen(self, spec: Spec, answer: Answer) -> set[int]:
        chosen = {int(place) for place in answer["given"]}
        if not chosen <= set(range(len(spec["areas"]))):
            raise Unreadable(say("This option is not in the task. Choose again."))
        if len(chosen) > 1 and not spec.get("many", False):
            raise Unreadable(say("Choose one option."))
        return chosen


@dataclass(frozen=True)
class Labels:
    """A task of naming places: pairs of numbers and labels."""

    name: str = "labels"

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The picture, its numbered places, and the labels in the order of the seed."""
        return MATCHING.prepare(self._pairs(spec), seed) | {"areas": shown_areas(spec), **_map_of(spec)}

    def parse(self, form: Form) -> Answer:
        """The pairs named so far."""
        return MATCHING.parse(form)

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Each place with its own label brings its share."""
        must_be_sound(self, spec)
        return MATCHING.grade(self._pairs(spec), seed, answer)

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """Every number with the label it got and its own."""
        return MATCHING.present(self._pairs(spec), seed, answer, verdict)

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """All labels right, all of them wrong, and none."""
        return MATCHING.examples(self._pairs(spec), seed)

    def check(self, spec: Spec) -> list[Fault]:
        """Places on a picture, different labels, and a label for each place."""
        own = frozenset({"areas", "labels", "credit", "map"})
        faults = [*common_faults(spec, own), *_area_faults(spec), *credit_faults(spec)]
        what = different_texts(spec.get("labels"), 2, MOST)
        if what:
            faults.append(Fault("labels", what))
        shape = {"areas", "labels"} & {fault.where for fault in faults}
        if shape:
            return faults
        inner = MATCHING.check(self._pairs(spec))
        return faults + [Fault("key", say("Name the label of each place.")) for fault in inner if fault.where == "key"]

    @staticmethod
    def _pairs(spec: Spec) -> dict[str, Any]:
        kept = {name: value for name, value in spec.items() if name not in {"areas", "labels", "map"}}
        numbers = [str(number) for number in range(1, len(spec["areas"]) + 1)]
        return kept | {"left": numbers, "right": spec["labels"]}


HOTSPOT = Hotspot()
LABELS = Labels()
