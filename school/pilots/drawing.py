"""The draw: pupils of each class into arms, alike ones apart. Pure, and the same for ever from its seed.

Pupils of a class stand in the order of their pre-test and are cut into blocks as large as there are arms; inside a block the
arms are dealt by a hash of seed, block and pupil. So arms differ by at most one pupil in a class, and their pre-tests are alike. Hashes
stand in place of a generator of random numbers because no version of a language changes them.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose family has agreed."""

    pupil_id: uuid.UUID
    course_id: uuid.UUID
    before: float | None
    """Share of the pre-test; None for who did not sit it: they make blocks of their own."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where a pupil came."""

    candidate: Candidate
    arm: str
    block: int


def draw(seed: int, candidates: Sequence[Candidate], arms: Sequence[str]) -> list[Drawn]:
    """An arm for everybody. The order in which ``candidates`` come changes nothing."""
    found: list[Drawn] = []
    for course_id in sorted({one.course_id for one in candidates}):
        mine = [one for one in candidates if one.course_id == course_id]
        mine.sort(key=lambda one: (one.before is None, -(one.before or 0.0), _hash(seed, "order", one.pupil_id)))
        for block, start in enumerate(range(0, len(mine), len(arms))):
            among = sorted(mine[start : start + len(arms)], key=lambda one: _hash(seed, f"pupil {block}", one.pupil_id))
            dealt = sorted(arms, key=lambda arm: _hash(seed, f"arm {block} {arm}", course_id))
            found += [Drawn(one, arm, block) for one, arm in zip(among, dealt, strict=False)]
    return found


def commitment(seed: int) -> str:
    """What is published before the draw: whoever sees the seed afterwards can check that it was not chosen to please."""
    return hashlib.sha256(f"pilot draw {seed}".encode()).hexdigest()


def _hash(seed: int, what: str, thing: uuid.UUID) -> bytes:
    return hashlib.sha256(f"{seed} {what} {thing}".encode()).digest()
