"""Merkle trees of RFC 6962, section 2.1: roots, growing without the old leaves, inclusion and consistency proofs. Pure.

A *leaf* here is already the hash of its data (``leaf_hash``); the prefixes 00 and 01 keep leaves and nodes apart.
"""

from collections.abc import Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash of an entry."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Root of the tree of ``leaves`` in this order."""
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        grow(frontier, size, leaf)
    return root_of(frontier)


def grow(frontier: list[bytes], size: int, leaf: bytes) -> None:
    """Add a leaf to a tree of ``size`` leaves known by the roots of its full subtrees, largest first."""
    while size & 1:
        leaf = node_hash(frontier.pop(), leaf)
        size >>= 1
    frontier.append(leaf)


def root_of(frontier: Sequence[bytes]) -> bytes:
    """Root of the tree whose full subtrees these are."""
    if not frontier:
        return EMPTY_ROOT
    result = frontier[-1]
    for subtree in reversed(frontier[:-1]):
        result = node_hash(subtree, result)
    return result


def inclusion_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What must be hashed with leaf ``index`` to reach the root, from the leaf upwards."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_path(index, leaves[:split]), root(leaves[split:])]
    return [*inclusion_path(index - split, leaves[split:]), root(leaves[:split])]


def root_from_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that ``path`` leads to from ``leaf``; None when the path does not fit the place."""
    if not 0 <= index < size:
        return None
    here, last = index, size - 1
    for step in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            leaf = node_hash(step, leaf)
            while not here & 1 and here:
                here >>= 1
                last >>= 1
        else:
            leaf = node_hash(leaf, step)
        here >>= 1
        last >>= 1
    return leaf if last == 0 else None


def consistency_proof(old_size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Proof that the tree of the first ``old_size`` leaves is the beginning of the tree of ``leaves``."""
    if not 0 < old_size <= len(leaves):
        raise IndexError(f"a tree of {len(leaves)} has no beginning of {old_size}")
    return _subproof(old_size, leaves, whole=True)


def is_consistent(old_size: int, old_root: bytes, size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that the new tree only adds to the old one (RFC 9162, section 2.1.4.2)."""
    if old_size == size:
        return not proof and old_root == new_root
    if not 0 < old_size < size:
        return False
    steps = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not steps:
        return False
    here, last = old_size - 1, size - 1
    while here & 1:
        here >>= 1
        last >>= 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not here & 1 and here:
                here >>= 1
                last >>= 1
        else:
            new = node_hash(new, step)
        here >>= 1
        last >>= 1
    return last == 0 and old == old_root and new == new_root


def _subproof(old_size: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if whole else [root(leaves)]
    split = _split(len(leaves))
    if old_size <= split:
        return [*_subproof(old_size, leaves[:split], whole=whole), root(leaves[split:])]
    return [*_subproof(old_size - split, leaves[split:], whole=False), root(leaves[:split])]


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1
