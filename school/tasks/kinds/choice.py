"""Tasks where the answer is chosen: one option, or all that are right.

``{"version": 1, "prompt": …, "options": [texts], "key": [positions of the right ones, from 0]}``; optional
``keep_order`` (options stay as written), for several options ``credit``: ``"partial"`` (default), ``"all"`` or
``"shares"``. ``shares`` gives each option its own share of the points, from -1 to 1, as text; those of several chosen
options add up. With one answer it lets a half-right option bring half; it is as secret as the key.
Options are shuffled by the seed; their ids say nothing of their place in the specification.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .contract import (
    Answer,
    Examples,
    Fault,
    Form,
    Presented,
    ShownOption,
    Spec,
    Unreadable,
    Variant,
    Verdict,
    say,
)
from .shuffle import opaque, shuffled
from .spec import answers_in, common_faults, is_whole, must_be_sound, points_for, share_in, shown_fields

FIELDS = frozenset({"options", "keep_order", "credit", "shares"})
MAX_OPTIONS = 12
RULES = {
    "partial": say("Each right choice adds, each wrong one takes away an equal share; never below zero."),
    "shares": say("Each choice adds its own share of the points or takes some away; never below zero."),
    "all": say("Points are given only when all the right options, and no others, are chosen."),
}


def option_id(seed: int, position: int) -> str:
    """The opaque name of an option in forms and stored answers."""
    return opaque(seed, position, "id")


def order_shown(spec: Spec, seed: int) -> list[int]:
    """Positions of the options in the order in which this seed shows them."""
    if spec.get("keep_order", False):
        return list(range(len(spec["options"])))
    return shuffled(len(spec["options"]), seed)


def _positions_chosen(spec: Spec, seed: int, answer: Answer) -> set[int]:
    known = {option_id(seed, position): position for position in range(len(spec["options"]))}
    try:
        return {known[name] for name in answer["chosen"]}
    except KeyError:
        raise Unreadable(say("This option is not in the task. Choose again.")) from None


@dataclass(frozen=True)
class Choice:
    """A task with options: ``many`` says whether several may be right."""

    name: str
    many: bool

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """The question, its options in the order of the seed, and the rule of points where there is one."""
        shown = shown_fields(spec)
        shown["options"] = [
            {"id": option_id(seed, position), "text": spec["options"][position]} for position in order_shown(spec, seed)
        ]
        if self.many:
            shown["rule"] = RULES[spec.get("credit", "partial")].msgid
        return shown

    def parse(self, form: Form) -> Answer:
        """The ids of the chosen options."""
        chosen = sorted({value.strip() for value in answers_in(form) if value.strip()})
        if not chosen:
            raise Unreadable(say("Nothing is chosen yet."))
        if not self.many and len(chosen) > 1:
            raise Unreadable(say("Choose one option."))
        return {"chosen": chosen[: MAX_OPTIONS + 1]}

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Full points for exactly the right options; with partial credit, a share for some of them."""
        must_be_sound(self, spec)
        chosen, right = _positions_chosen(spec, seed, answer), set(spec["key"])
        max_points = spec.get("points", 1)
        if chosen == right:
            return Verdict(Decimal(max_points), max_points, correct=True)
        if "shares" in spec:
            whole = sum((share_in(spec["shares"][position]) or Fraction(0) for position in chosen), Fraction(0))
            return Verdict(points_for(whole, max_points), max_points, correct=whole >= 1)
        if not self.many:
            return Verdict(Decimal(0), max_points, correct=False)
        found, extra = len(chosen & right), len(chosen - right)
        share = max(0, found - extra) if spec.get("credit", "partial") == "partial" else 0
        points = points_for(Fraction(share, len(right)), max_points)
        feedback = [say("Right ones found: %(found)s of %(all)s.", found=str(found), all=str(len(right)))]
        if extra:
            feedback.append(say("Chosen without need: %(extra)s.", extra=str(extra)))
        return Verdict(points, max_points, correct=False, feedback=tuple(feedback))

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """Every option with what was chosen and what was right, in the order the pupil saw; in a line in the order they were written
        in, so that the same answer of two pupils reads the same."""
        chosen, right = _positions_chosen(spec, seed, answer), set(spec["key"])
        options = tuple(
            ShownOption(spec["options"][position], position in chosen, position in right)
            for position in order_shown(spec, seed)
        )
        return Presented(
            given="; ".join(spec["options"][position] for position in sorted(chosen)),
            right="; ".join(spec["options"][position] for position in sorted(right)),
            why=spec.get("why", ""),
            options=options,
        )

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """The right options, a wrong one, and nothing chosen."""
        right = [option_id(seed, position) for position in spec["key"]]
        wrong = min(
            (position for position in range(len(spec["options"])) if position not in spec["key"]),
            key=lambda position: share_in(spec["shares"][position]) or 0 if "shares" in spec else 0,
        )
        return Examples(right={"answer": right}, wrong={"answer": [option_id(seed, wrong)]}, unreadable={})

    def check(self, spec: Spec) -> list[Fault]:
        """Options must be different texts; the key names some of them and leaves at least one wrong."""
        faults = list(common_faults(spec, FIELDS if self.many else FIELDS - {"credit"}))
        if not isinstance(spec.get("keep_order", False), bool):
            faults.append(Fault("keep_order", say("The order is either kept or not.")))
        if spec.get("credit", "partial") not in RULES:
            faults.append(Fault("credit", say("Points are given by parts or for all at once.")))
        options = spec.get("options")
        if not isinstance(options, list) or not all(isinstance(text, str) and text.strip() for text in options):
            return [*faults, Fault("options", say("Options must be a list of texts."))]
        if not 2 <= len(options) <= MAX_OPTIONS:
            faults.append(Fault("options", say("There must be from 2 to 12 options.")))
        if len({" ".join(text.split()) for text in options}) < len(options):
            faults.append(Fault("options", say("Two options are the same.")))
        return faults + self._key_faults(spec.get("key"), len(options)) + self._share_faults(spec, len(options))

    def _share_faults(self, spec: Spec, count: int) -> list[Fault]:
        if "shares" not in spec:
            wanted = self.many and spec.get("credit") == "shares"
            return [Fault("shares", say("Give each option its share of the points."))] if wanted else []
        shares = spec["shares"]
        if not isinstance(shares, list) or len(shares) != count or any(share_in(share) is None for share in shares):
            return [Fault("shares", say("Give each option its share of the points."))]
        if self.many and spec.get("credit") != "shares":
            return [Fault("credit", say("Shares are given, but points are not counted by them."))]
        return []

    def _key_faults(self, key: object, count: int) -> list[Fault]:
        if not isinstance(key, list) or not key or not all(is_whole(one) and 0 <= one < count for one in key):
            return [Fault("key", say("Name the right options by their places, from 0."))]
        if len(set(key)) < len(key):
            return [Fault("key", say("An option is named twice."))]
        if not self.many and len(key) != 1:
            return [Fault("key", say("Exactly one option must be right."))]
        if len(key) == count:
            return [Fault("key", say("At least one option must be wrong."))]
        return []


SINGLE = Choice("single", many=False)
MULTIPLE = Choice("multiple", many=True)
