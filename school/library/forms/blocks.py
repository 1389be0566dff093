"""How authors write several questions in one field: a block for each, with an empty line between them.

The first line asks, ``(2)`` at its end are its points. Then options (``* right``, ``- wrong``), an answer (``= 5 км``, ``= слово; другое``), pairs
(``a -> b``), or lines with gaps that begin with ``>``. What can't be said so stands as ``@2``: the second question as it was.
"""

import re
from collections.abc import Mapping
from typing import Any

from school.library.forms.notation import read_gaps, write_gaps
from school.tasks.kinds.numerals import NotANumber, read_number
from school.tasks.kinds.units import known_unit

_POINTS = re.compile(r"(?P<prompt>.*?)\s*\((?P<points>\d{1,2})\)")
_KEPT = re.compile(r"@(\d)")
_NUMBER = re.compile(r"(?P<value>[−\-]?[\d.,/ ]*\d)(?:\s*±\s*(?P<abs>[\d.,/]+))?(?:\s+(?P<unit>\D.*))?")
_MANY = 1


def read_blocks(text: str, before: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[Any]]:
    """Questions without keys, and their keys."""
    parts: list[dict[str, Any]] = []
    keys: list[Any] = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if not lines:
            continue
        kept = _KEPT.fullmatch(lines[0])
        old = before.get("parts", ())
        if kept and 0 < int(kept[1]) <= len(old):
            parts.append(dict(old[int(kept[1]) - 1]))
            keys.append(before["key"][int(kept[1]) - 1])
            continue
        part, key = _read(lines)
        parts.append(part)
        keys.append(key)
    return parts, keys


def write_blocks(spec: Mapping[str, Any]) -> str:
    """The questions as their author would write them."""
    blocks = []
    for place, (part, key) in enumerate(zip(spec["parts"], spec["key"], strict=True)):
        points = part.get("points", 1)
        asked = f"{part['prompt']} ({points})" if points != 1 or _POINTS.fullmatch(part["prompt"]) else part["prompt"]
        lines = _written(part, key)
        read = _read([asked, *lines]) if lines and "\n" not in part["prompt"] else None
        said = read is not None and _plain(read[0]) == _plain(part) and read[1] == key
        blocks.append("\n".join([asked, *lines]) if said else f"@{place + 1}")
    return "\n\n".join(blocks)


def _plain(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if (name, value) != ("points", 1)}


def _read(lines: list[str]) -> tuple[dict[str, Any], Any]:
    found = _POINTS.fullmatch(lines[0])
    part: dict[str, Any] = {"prompt": found["prompt"] if found else lines[0]}
    if found and found["points"] != "1":
        part["points"] = int(found["points"])
    rest = lines[1:]
    signs = {line[0] for line in rest}
    if rest and signs <= {"*", "-"}:
        right = [place for place, line in enumerate(rest) if line[0] == "*"]
        kind = "multiple" if len(right) > _MANY else "single"
        return {"kind": kind, **part, "options": [line[1:].strip() for line in rest]}, right
    if rest and all("->" in line for line in rest):
        pairs = [[one.strip() for one in line.split("->", 1)] for line in rest]
        partners = list(dict.fromkeys(other for _, other in pairs))
        made = {"kind": "matching", **part, "left": [one for one, _ in pairs], "right": partners}
        return made, [partners.index(other) for _, other in pairs]
    if rest and signs == {">"}:
        gaps = read_gaps(["\n".join(line[1:].strip() for line in rest)])
        return {"kind": "cloze", **part, "text": gaps.texts[0], "gaps": gaps.gaps}, gaps.keys
    if len(rest) == 1 and signs == {"="}:
        return _answer(part, rest[0][1:].strip())
    return part | {"kind": ""}, None


def _answer(part: dict[str, Any], text: str) -> tuple[dict[str, Any], Any]:
    found = _NUMBER.fullmatch(text)
    if found and (not found["unit"] or known_unit(found["unit"])):
        try:
            read_number(found["value"])
        except NotANumber:
            pass
        else:
            more = {name: found[name] for name in ("abs", "unit") if found[name]}
            return {"kind": "number", **part, **more}, {"value": found["value"]}
    return {"kind": "text", **part}, {"accept": [one.strip() for one in text.split(";") if one.strip()]}


def _written(part: Mapping[str, Any], key: Any) -> list[str]:
    kind = part["kind"]
    if kind in {"single", "multiple"}:
        return [f"{'*' if place in key else '-'} {option}" for place, option in enumerate(part["options"])]
    if kind == "matching":
        return [f"{one} -> {part['right'][at]}" for one, at in zip(part["left"], key, strict=True)]
    if kind == "cloze":
        return [f"> {line}" for line in write_gaps([part["text"]], {**part, "key": key})[0].splitlines()]
    if kind == "number":
        margin = f" ± {part['abs']}" if "abs" in part else ""
        return [f"= {key['value']}{margin}{' ' + part['unit'] if part.get('unit') else ''}"]
    return ["= " + "; ".join(key["accept"])] if kind == "text" else []
