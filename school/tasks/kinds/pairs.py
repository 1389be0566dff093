"""Tasks where each thing gets its partner: matching (a heap of partners) and grouping (a few groups).

``{"version": 1, "prompt": …, "left": [texts], "right": [texts], "key": [for each left one the place of its partner, from
0]}``; optional ``credit`` (``"partial"`` or ``"all"``) and, secret as the key, ``shares``: the weight of each pair among
the points. Partners may be more than the things, and one may serve several. Matching shuffles the partners, grouping
keeps the groups as written and shuffles the things.
"""

from dataclasses import dataclass
from fractions import Fraction

from .contract import Answer, Examples, Fault, Form, Presented, ShownPart, Spec, Unreadable, Variant, Verdict, say
from .parts import NOTHING, as_line, credit_faults, different_texts, judge_parts, read_parts, rule_of
from .shuffle import opaque, shuffled
from .spec import common_faults, is_whole, must_be_sound, share_in, shown_fields

FIELDS = frozenset({"left", "right", "credit", "shares"})
MOST = 20


def pair_id(seed: int, left: int, right: int) -> str:
    """The value of a field that says «this thing goes with this partner»."""
    return f"{opaque(seed, left, 'left')}-{opaque(seed, right, 'right')}"


@dataclass(frozen=True)
class Pairs:
    """A task of pairs; ``groups`` says whether the partners are groups."""

    name: str
    groups: bool

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """Things and partners, each side in its order, with opaque names."""
        left, right = self._orders(spec, seed)
        return shown_fields(spec) | {
            "left": [{"id": opaque(seed, one, "left"), "text": spec["left"][one]} for one in left],
            "right": [{"id": opaque(seed, one, "right"), "text": spec["right"][one]} for one in right],
            "rule": rule_of(spec),
        }

    def parse(self, form: Form) -> Answer:
        """The pairs named so far, in a fixed order."""
        return {"given": sorted({value for value in read_parts(form)["given"] if value})}

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Each thing with its own partner brings its share."""
        must_be_sound(self, spec)
        chosen = self._chosen(spec, seed, answer)
        shares = [Fraction(chosen.get(place) == right) for place, right in enumerate(spec["key"])]
        return judge_parts(spec, shares, self._weights(spec))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """Every thing with the partner it got and its own, in the order the pupil saw; in a line in the order they were written in,
        so that the same answer of two pupils reads the same."""
        chosen, (order, _) = self._chosen(spec, seed, answer), self._orders(spec, seed)
        written = [
            ShownPart(
                spec["left"][place],
                spec["right"][chosen[place]] if place in chosen else NOTHING,
                spec["right"][spec["key"][place]],
                chosen.get(place) == spec["key"][place],
            )
            for place in range(len(spec["left"]))
        ]
        shown = tuple(written[place] for place in order)
        return Presented(as_line(written), as_line(written, right=True), spec.get("why", ""), parts=shown)

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """All pairs right, all of them wrong, and none."""
        wrong = [next(one for one in range(len(spec["right"])) if one != key) for key in spec["key"]]
        return Examples(
            right={"answer": [pair_id(seed, place, key) for place, key in enumerate(spec["key"])]},
            wrong={"answer": [pair_id(seed, place, other) for place, other in enumerate(wrong)]},
            unreadable={"answer": [""]},
        )

    def check(self, spec: Spec) -> list[Fault]:
        """Different things, different partners, and a partner for each thing."""
        faults = [*common_faults(spec, FIELDS), *credit_faults(spec)]
        sides = [(name, different_texts(spec.get(name), 2, MOST)) for name in ("left", "right")]
        faults += [Fault(name, what) for name, what in sides if what]
        if any(what for _, what in sides):
            return faults
        key, count = spec.get("key"), len(spec["left"])
        if (
            not isinstance(key, list)
            or len(key) != count
            or not all(is_whole(one) and 0 <= one < len(spec["right"]) for one in key)
        ):
            faults.append(Fault("key", say("Name the partner of each thing by its place, from 0.")))
        shares = spec.get("shares", ["1"])
        if (
            not isinstance(shares, list)
            or len(shares) != ("shares" not in spec or count)
            or not all((share_in(share) or 0) > 0 for share in shares)
        ):
            faults.append(Fault("shares", say("Give each pair its share of the points.")))
        return faults

    def _orders(self, spec: Spec, seed: int) -> tuple[list[int], list[int]]:
        left, right = range(len(spec["left"])), range(len(spec["right"]))
        if self.groups:
            return shuffled(len(left), seed, "left order"), list(right)
        return list(left), shuffled(len(right), seed, "right order")

    def _weights(self, spec: Spec) -> list[Fraction]:
        return [share_in(share) or Fraction(0) for share in spec.get("shares", ["1"] * len(spec["left"]))]

    def _chosen(self, spec: Spec, seed: int, answer: Answer) -> dict[int, int]:
        """For each thing the partner it was given; raises `Unreadable` for what is not in the task."""
        left = {opaque(seed, place, "left"): place for place in range(len(spec["left"]))}
        right = {opaque(seed, place, "right"): place for place in range(len(spec["right"]))}
        chosen: dict[int, int] = {}
        for value in answer["given"]:
            one, _, other = value.partition("-")
            if one not in left or other not in right:
                raise Unreadable(say("This option is not in the task. Choose again."))
            if chosen.setdefault(left[one], right[other]) != right[other]:
                raise Unreadable(say("One thing has two partners. Choose again."))
        return chosen


MATCHING = Pairs("matching", groups=False)
GROUPING = Pairs("grouping", groups=True)
