"""Stretches of a film: which seconds were watched, as a few ranges in one short text, ``0-35,60-92``."""

from collections.abc import Iterable

Stretch = tuple[int, int]
"""From which second, and to which, the last not included."""

NEAR = 2
"""Seconds of a gap that nobody has skipped on purpose."""
MOST = 100
"""Who jumps about more than this has the shortest gaps closed: the row stays small."""


def read(text: str) -> list[Stretch]:
    """The ranges of such a text in order; what makes no sense is left out."""
    found = []
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if first.isdecimal() and last.isdecimal() and len(last) < 8 and int(first) < int(last):
            found.append((int(first), int(last)))
    return joined(found)


def write(stretches: Iterable[Stretch]) -> str:
    """The opposite of ``read``."""
    return ",".join(f"{first}-{last}" for first, last in stretches)


def joined(stretches: Iterable[Stretch], length: int | None = None) -> list[Stretch]:
    """In order, touching ones made one; nothing past ``length`` seconds."""
    made: list[Stretch] = []
    for first, last in sorted(stretches):
        last = last if length is None else min(last, length)
        if first >= last:
            continue
        if made and first - made[-1][1] <= NEAR:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    while len(made) > MOST:
        n = min(range(1, len(made)), key=lambda n: made[n][0] - made[n - 1][1])
        made[n - 1 : n + 1] = [(made[n - 1][0], made[n][1])]
    return made


def seconds_of(stretches: Iterable[Stretch]) -> int:
    """How much that is together."""
    return sum(last - first for first, last in stretches)
