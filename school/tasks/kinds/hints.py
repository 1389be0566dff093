"""Hints in steps: each has a price that is shown before it is opened, a share of the points of its question."""

from dataclasses import replace
from fractions import Fraction

from .contract import Spec, TaskKind, Verdict, say
from .spec import points_for, share_in
from .varied import VARIED, Varied


def hints_for(kind: TaskKind, spec: Spec, seed: int) -> list[str]:
    """The words of all hints, with the numbers of this pupil. Depends on no key."""
    if isinstance(kind, Varied):
        spec = VARIED.without_secrets(spec, seed)
    return [str(hint["says"]) for hint in spec.get("hints", ())]


def price_of(spec: Spec, opened: int) -> Fraction:
    """What the first ``opened`` hints cost together, as a share of the points."""
    costs = [share_in(hint["costs"]) or Fraction(0) for hint in spec.get("hints", ())[:opened]]
    return sum(costs, Fraction(0))


def after_hints(judged: Verdict, spec: Spec, opened: int) -> Verdict:
    """The verdict less the price of the hints that were opened; a right answer stays right."""
    price = price_of(spec, opened)
    if not opened or judged.points <= 0:
        return judged
    left = max(Fraction(judged.points) - price * judged.max_points, Fraction(0))
    points = points_for(left / judged.max_points, judged.max_points)
    said = say("Hints opened: %(opened)s.", opened=str(opened))
    return replace(judged, points=points, feedback=(*judged.feedback, said))
