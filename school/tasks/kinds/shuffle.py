"""Orders and names that a seed gives: the same for ever, and telling nothing of the places in the specification."""

from hashlib import blake2b


def opaque(seed: int, position: int, purpose: str) -> str:
    """A stable name: `random` promises no equal shuffles from one Python to the next."""
    return blake2b(f"{purpose}:{seed}:{position}".encode(), digest_size=5).hexdigest()


def shuffled(count: int, seed: int, purpose: str = "order") -> list[int]:
    """The positions from 0 in the order in which this seed shows them."""
    return sorted(range(count), key=lambda position: opaque(seed, position, purpose))
