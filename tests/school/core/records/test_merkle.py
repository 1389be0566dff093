from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as some

from school.core.records import merkle

trees = some.lists(some.binary(min_size=1, max_size=4), min_size=1, max_size=70).map(
    lambda entries: [merkle.leaf_hash(entry) for entry in entries]
)


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(root_by_definition(leaves[:split]), root_by_definition(leaves[split:]))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        # The entries and roots of the reference tree of Certificate Transparency's own tests.
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_the_roots_are_those_of_the_standard(size: int, expected: str) -> None:
    entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [merkle.leaf_hash(bytes.fromhex(entry)) for entry in entries[:size]]
    assert merkle.root(leaves).hex() == expected


@given(trees)
def test_growing_leaf_by_leaf_gives_the_root_of_the_definition(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) == root_by_definition(leaves)


@given(trees, some.data())
def test_every_leaf_has_a_path_and_only_its_own(leaves: list[bytes], data: some.DataObject) -> None:
    index = data.draw(some.integers(0, len(leaves) - 1))
    root, path = merkle.root(leaves), merkle.inclusion_path(index, leaves)
    assert merkle.root_from_path(leaves[index], index, len(leaves), path) == root
    other = data.draw(some.integers(-1, len(leaves) + 1))
    if other != index:
        assert merkle.root_from_path(leaves[index], other, len(leaves), path) != root or leaves.count(leaves[index]) > 1
    assert merkle.root_from_path(merkle.leaf_hash(b"another entry"), index, len(leaves), path) != root
    assert merkle.root_from_path(leaves[index], index, len(leaves), [*path, root]) != root
    if path:
        assert merkle.root_from_path(leaves[index], index, len(leaves), path[:-1]) != root


@given(trees, some.data())
def test_a_longer_tree_is_shown_to_begin_with_the_shorter(leaves: list[bytes], data: some.DataObject) -> None:
    old = data.draw(some.integers(1, len(leaves)))
    old_root, root, proof = merkle.root(leaves[:old]), merkle.root(leaves), merkle.consistency_proof(old, leaves)
    assert merkle.is_consistent(old, old_root, len(leaves), root, proof)
    stranger = merkle.leaf_hash(b"another entry")
    assert not merkle.is_consistent(old, stranger, len(leaves), root, proof)
    assert not merkle.is_consistent(old, old_root, len(leaves), stranger, proof)
    assert not merkle.is_consistent(old, old_root, len(leaves), root, [*proof, stranger])
    if proof:
        assert not merkle.is_consistent(old, old_root, len(leaves), root, proof[:-1])


def test_places_outside_the_tree_are_refused() -> None:
    leaves = [merkle.leaf_hash(b"a")]
    with pytest.raises(IndexError):
        merkle.inclusion_path(1, leaves)
    with pytest.raises(IndexError):
        merkle.consistency_proof(2, leaves)
    assert not merkle.is_consistent(2, leaves[0], 1, leaves[0], [])
    assert not merkle.is_consistent(2, leaves[0], 3, leaves[0], [])
