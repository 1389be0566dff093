"""The units of the demo library as their authors wrote them: one TOML file a unit, a folder a subject.

A file says what a unit is (kind, subject, years, topics, author) and what it holds: ``body`` in Markdown,
``[[items]]``, ``[[stages]]`` of a scenario, ``[[pictures]]`` by name. In an item ``key`` is written short and
``calc`` repeats a numeric answer as arithmetic, for the test that checks every key a second time.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PLACE = Path(__file__).parent / "units"
TOPICS = PLACE / "topics.toml"
_KEYS = {"number": "value", "text": "accept"}
"""Kinds whose key is an object with one field of importance."""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A line of the thematic framework; ``parent`` is a code of the same subject."""

    subject: str
    code: str
    title: str
    year_level: int
    parent: str | None = None
    needs: tuple[str, ...] = ()
    """Codes of what must come before; of another subject as ``maths:5.2``."""


@dataclass(frozen=True, slots=True)
class ItemOfFile:
    """A question: its kind, the specification in the shape of the kind, and the answer as arithmetic."""

    kind: str
    spec: dict[str, Any]
    calc: str | None = None

    @property
    def points(self) -> int:
        """What a right answer is worth."""
        return int(self.spec.get("points", 1))


@dataclass(frozen=True, slots=True)
class PictureOfFile:
    """A drawing by its name in `school.demo.pictures`, and what it shows in words."""

    name: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFile:
    """A unit as written. ``code`` is ``subject/name`` and stays the same for life."""

    code: str
    kind: str
    subject: str
    year_from: int
    year_to: int
    title: str
    summary: str
    minutes: int
    topics: tuple[str, ...]
    licence: str
    author: str
    body: str
    video: str | None = None
    package: str | None = None
    """A folder of `school/demo/packages`."""
    keyboard: str = ""
    """How the package goes without a mouse, see ``content_library.kinds``."""
    model: str | None = None
    """A solid of `school.demo.models`."""
    alt: str = ""
    """What the solid shows, in words."""
    pictures: tuple[PictureOfFile, ...] = ()
    stages: tuple[Mapping[str, Any], ...] = ()
    items: tuple[ItemOfFile, ...] = ()
    slides: tuple[str, ...] = field(default=())


def read_topics() -> list[TopicRow]:
    """The framework, parents before their children."""
    return [TopicRow(**row) for row in _toml(TOPICS)["topics"]]


def read_units() -> list[UnitFile]:
    """All units, in the order of their codes."""
    return [read_unit(path) for path in sorted(PLACE.glob("*/*.toml"))]


def read_unit(path: Path) -> UnitFile:
    """One unit. Raises ``KeyError`` and ``TypeError`` on a field that is missing or unknown."""
    fields = _toml(path)
    body = fields["body"].strip()
    items = tuple(_item(raw) for raw in fields.pop("items", ()))
    return UnitFile(
        **fields
        | {
            "code": f"{path.parent.name}/{path.stem}",
            "topics": tuple(fields["topics"]),
            "body": body,
            "pictures": tuple(_pictures(fields.pop("pictures", ()), items)),
            "stages": tuple(fields.pop("stages", ())),
            "items": items,
            "slides": tuple(slide.strip() for slide in body.split("\n---\n")) if _has_slides(fields) else (),
        }
    )


def _has_slides(fields: Mapping[str, Any]) -> bool:
    return bool(fields["kind"] == "presentation")


def _item(raw: dict[str, Any]) -> ItemOfFile:
    spec = {"version": 1, **raw}
    kind, calc, key = spec.pop("kind"), spec.pop("calc", None), spec.pop("key")
    wrapped = _KEYS.get(kind)
    spec["key"] = key if wrapped is None else {wrapped: key}
    return ItemOfFile(kind, spec, calc)


def _pictures(written: Any, items: tuple[ItemOfFile, ...]) -> list[PictureOfFile]:
    """The pictures of the body and of the items, each once."""
    shown = [*written, *(item.spec["picture"] for item in items if "picture" in item.spec)]
    return list({picture["name"]: PictureOfFile(**picture) for picture in reversed(shown)}.values())[::-1]


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
