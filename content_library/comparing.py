"""What a version says part by part, and how two versions differ: for those who use one, and for copies that follow it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from content_library.drafts import Text, WrittenItem

_HEADING = re.compile(r"^ {0,3}#{1,2}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
PLAIN = ("title", "summary", "minutes")


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that is another one. ``before`` or ``after`` is None where it was not or is no more."""

    part: str
    """``title``, ``section:Доли``, ``detail:stages``, ``file:sum.png``, ``items``."""
    before: Any
    after: Any

    @property
    def kind(self) -> str:
        """The part's kind: what stands before the colon."""
        return self.part.partition(":")[0]

    @property
    def name(self) -> str:
        """The heading, the name of the file or of the detail."""
        return self.part.partition(":")[2]


def parts_of(text: Text) -> dict[str, Any]:
    """Everything a version says, by parts, in order: sections of the text by their headings, files by their names."""
    made: dict[str, Any] = {name: getattr(text, name) for name in PLAIN}
    for heading, section in sections_of(text.body_markdown).items():
        made[f"section:{heading}"] = section
    for name, value in text.details.items():
        made[f"detail:{name}"] = value
    for file in text.files:
        made[f"file:{file.name}"] = file
    if text.items:
        made["items"] = [(one.kind, one.spec, one.points) for one in text.items]
    return made


def sections_of(markdown: str) -> dict[str, str]:
    """The text cut before its large headings; what stands before the first one has an empty name, a second «Итог» is «Итог (2)»."""
    starts = [(found.start(), found[1]) for found in _HEADING.finditer(markdown)]
    cuts = [(0, ""), *starts] if not starts or starts[0][0] > 0 else starts
    made: dict[str, str] = {}
    for (start, heading), following in zip(cuts, [*cuts[1:], (len(markdown), "")], strict=True):
        section = markdown[start : following[0]].strip()
        name, number = heading, 2
        while name in made:
            name, number = f"{heading} ({number})", number + 1
        if section or heading:
            made[name] = section
    return made


def differences(before: Text, after: Text) -> list[Difference]:
    """How one text became the other, in the order of the new one; what is gone comes last."""
    old, new = parts_of(before), parts_of(after)
    found = [Difference(part, old.get(part), value) for part, value in new.items() if old.get(part) != value]
    return found + [Difference(part, value, None) for part, value in old.items() if part not in new]


def with_parts(text: Text, taken: Mapping[str, Any], order: Mapping[str, Any], items: list[WrittenItem]) -> Text:
    """The text with these parts instead of its own; ``order`` says where a new section stands, ``items`` are the new questions."""
    plain = {part: value for part, value in taken.items() if part in PLAIN and value is not None}
    made = replace(text, **plain)
    sections = {part: value for part, value in taken.items() if part.startswith("section:")}
    if sections:
        made = replace(made, body_markdown=_with_sections(text.body_markdown, sections, list(order)))
    details = dict(text.details)
    files = {file.name: file for file in text.files}
    for part, value in taken.items():
        kind, _colon, name = part.partition(":")
        if kind == "detail":
            _put(details, name, value)
        elif kind == "file":
            _put(files, name, value)
    made = replace(made, details=details, files=list(files.values()))
    return replace(made, items=items) if "items" in taken else made


def _put(place: dict[str, Any], name: str, value: object) -> None:
    if value is None:
        place.pop(name, None)
    else:
        place[name] = value


def _with_sections(markdown: str, taken: Mapping[str, str | None], order: list[str]) -> str:
    own = [(f"section:{name}", section) for name, section in sections_of(markdown).items()]
    names = [name for name, _ in own]
    for part in order:
        value = taken.get(part)
        if part in names and part in taken:
            at = names.index(part)
            own[at] = (part, value or "")
        elif value is not None:
            before = [one for one in order[: order.index(part)] if one in names]
            at = names.index(before[-1]) + 1 if before else 0
            own.insert(at, (part, value))
            names.insert(at, part)
    gone = {part for part, value in taken.items() if value is None}
    return "\n\n".join(section for part, section in own if part not in gone and section)
