"""The solids of the demo library, built at set-up as binary glTF: the same bytes every time."""

from collections.abc import Callable

from school.demo.models.glb import Solid, write
from school.demo.models.solids import cuboid, pyramid

SOLIDS: dict[str, Callable[[], Solid]] = {"cuboid": cuboid, "pyramid": pyramid}


def build(name: str) -> bytes:
    """The GLB file of a solid; raises ``KeyError`` when there is none of this name."""
    return write(SOLIDS[name]())
