"""What people enter in the game: a part, a yes or no, a goal."""

from werkzeug.datastructures import MultiDict

from school.game.models import GoalKind
from school.game.wardrobe import BY_CODE, Part

Sent = MultiDict[str, str]


def part_in(form: Sent) -> Part | None:
    """The part of the wardrobe that was pressed."""
    return BY_CODE.get(form.get("part", ""))


def yes_in(form: Sent) -> bool | None:
    """``yes`` or ``no``; None for anything else."""
    return {"yes": True, "no": False}.get(form.get("says", ""))


def goal_in(form: Sent) -> tuple[GoalKind, int] | None:
    """A kind and a whole number of at most four digits; None for anything else."""
    kind, target = form.get("kind", ""), form.get("target", "").strip()
    if kind not in set(GoalKind) or not (target.isascii() and target.isdecimal()) or not 1 <= len(target) <= 4:
        return None
    return (GoalKind(kind), int(target)) if int(target) else None
