"""Items that something is wrong with: a wrong key, a mistake in the wording. A methodologist looks at them."""

from school.mastery.estimate.state import ItemLevel

FEWEST = 20
"""Answers before anything is said."""
BACKWARDS = -3.5
"""Standard errors below zero at which strong pupils fail an item more than weak ones beyond chance."""
BEYOND = 2.5
"""Logits harder than its topic. Sound items of simulated logs reached 2.2 at most (6 488 items); not tried on real ones."""
SPREAD = 0.2
"""Mean variance of one answer."""


def reason(item: ItemLevel) -> str:
    """``backwards``, ``too_hard``, or nothing."""
    n, watch = item.n, item.watch
    if n < FEWEST or watch is None:
        return ""
    spread = watch.squares - watch.strength * watch.strength / n
    if spread > 1e-6:
        product = watch.product - watch.strength * watch.error / n
        if product / (SPREAD * spread) ** 0.5 < BACKWARDS:
            return "backwards"
    if item.d > BEYOND:
        return "too_hard"
    return ""
