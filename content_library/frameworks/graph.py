"""What rests on what, over a tree: a node stands for everything below it."""

from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True)
class Graph(Generic[Node]):
    """A tree by its parents, and needs between its nodes.

    A topic that needs another needs all of it, and all of its own parts do: so a need of a chapter closes a circle with a
    need of one of its paragraphs, though no two arrows of the picture meet.
    """

    parents: Mapping[Node, Node | None]
    needs: Mapping[Node, AbstractSet[Node]] = field(default_factory=dict)

    @cached_property
    def _children(self) -> dict[Node, list[Node]]:
        found: dict[Node, list[Node]] = {}
        for node, parent in self.parents.items():
            if parent is not None:
                found.setdefault(parent, []).append(node)
        return found

    def above(self, node: Node) -> Iterator[Node]:
        """The wider nodes, the nearest first."""
        seen = {node}
        parent = self.parents.get(node)
        while parent is not None and parent not in seen:
            yield parent
            seen.add(parent)
            parent = self.parents.get(parent)

    def below(self, node: Node) -> Iterator[Node]:
        """Everything inside a node."""
        waiting = list(self._children.get(node, ()))
        while waiting:
            one = waiting.pop()
            yield one
            waiting += self._children.get(one, ())

    def shares(self, one: Node, other: Node) -> bool:
        """Whether one of the two is the other or inside it."""
        return one == other or one in self.above(other) or other in self.above(one)

    def way(self, start: Node, goal: Node) -> list[Node] | None:
        """What must come before ``start``, step by step up to something that shares in ``goal``; None when nothing does."""
        seen = {start}
        waiting: deque[list[Node]] = deque([[start]])
        while waiting:
            path = waiting.popleft()
            here = path[-1]
            if self.shares(here, goal):
                return path
            for near in (here, *self.above(here), *self.below(here)):
                for before in self.needs.get(near, ()):
                    if before not in seen:
                        seen.add(before)
                        waiting.append([*path, before])
        return None

    def circle(self) -> list[Node] | None:
        """Some circle of needs; None in a sound framework."""
        for node, needed in self.needs.items():
            for before in needed:
                path = self.way(before, node)
                if path is not None:
                    return [node, *path]
        return None
