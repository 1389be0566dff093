"""Why a chance is what it is: the sums of the regression in four plain groups."""

from collections.abc import Sequence

from school.mastery.estimate.features import NAMES

GROUPS = {
    "level": ("theta", "theta_young", "recent", "steady", "last", "wins", "fails"),
    "topic": (
        "delta", "delta_young", "recent_skill", "steady_skill", "last_skill", "wins_skill", "fails_skill", "first_on_skill",
        "prerequisites", "weakest",
    ),
    "pause": ("gap", "gap_young", "gap_skill", "gap_item", "minutes", "minutes_skill", "minutes_item", "lag_skill"),
    "task": ("easy_item", "easy_item_young", "easy_skill", "mean_item", "mean_skill", "new_item", "many", "wins_item", "fails_item", "last_item"),
}  # fmt: skip
_PLACES = {group: tuple(NAMES.index(name) for name in names) for group, names in GROUPS.items()}


def reasons(weights: Sequence[float], x: Sequence[float], most: int = 3) -> list[tuple[str, float]]:
    """The strongest groups with their logits, signs kept: ``("pause", -0.3)`` is "practised long ago". Never shown raw."""
    sums = [(group, sum(weights[place] * x[place] for place in places)) for group, places in _PLACES.items()]
    return sorted(sums, key=lambda one: -abs(one[1]))[:most]
