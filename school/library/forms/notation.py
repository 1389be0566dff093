"""How authors write answers inside a text: gaps in double brackets, right words between asterisks.

``[[Москва; г. Москва]]`` is answered in words, any of these; ``[[=Обь; Лена]]`` is a drop-down whose right option has the
sign; ``[[#473 ± 5 км]]`` is a number. With a common list of words each gap holds its word: ``[[тяжести]]``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from school.tasks.kinds.gaps import GAP
from school.tasks.kinds.highlight import spans_of

_WRITTEN = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_NUMBER = re.compile(r"#\s*(?P<value>[^±]*?)\s*(?:±\s*(?P<abs>[\d.,/]+))?\s*(?P<unit>[^\d\s±/,.][^\d±]*)?")
_RIGHT = re.compile(r"\*([^*]+)\*")


@dataclass(slots=True)
class Gaps:
    """Texts with numbered gaps, the gaps and their keys."""

    texts: list[str] = field(default_factory=list)
    gaps: list[dict[str, Any]] = field(default_factory=list)
    keys: list[Any] = field(default_factory=list)
    bank: list[str] = field(default_factory=list)


def read_gaps(texts: Sequence[str], extra: Sequence[str] | None = None) -> Gaps:
    """Read what an author wrote; ``extra`` are the further words of a common list, None when there is no such list."""
    made = Gaps(bank=[] if extra is None else list(dict.fromkeys(_bank_words(texts, extra))))

    def number(found: re.Match[str]) -> str:
        gap, key = _gap(found[1].strip(), made.bank if extra is not None else None)
        made.gaps.append(gap)
        made.keys.append(key)
        return f"[[{len(made.gaps)}]]"

    made.texts = [_WRITTEN.sub(number, text) for text in texts]
    return made


def write_gaps(texts: Sequence[str], spec: Mapping[str, Any]) -> list[str]:
    """Texts as their author would write them."""
    written = [gap_written(spec, place) for place in range(len(spec["gaps"]))]
    return [GAP.sub(lambda found: f"[[{written[int(found[1]) - 1]}]]", text) for text in texts]


def gap_written(spec: Mapping[str, Any], place: int) -> str:
    """One gap as its author would write it."""
    gap, key = spec["gaps"][place], spec["key"][place]
    if gap["kind"] == "bank":
        return str(spec["bank"][key[0]])
    if gap["kind"] == "single":
        return "; ".join(f"={text}" if at in key else text for at, text in enumerate(gap["options"]))
    if gap["kind"] == "number":
        margin = f" ± {gap['abs']}" if "abs" in gap else ""
        return f"#{key['value']}{margin}{' ' + gap['unit'] if gap.get('unit') else ''}"
    return "; ".join(key["accept"])


def read_marked(text: str) -> tuple[str, list[int]]:
    """A text without its asterisks, and the places of the words that stood between them."""
    clean, right, at = "", list[tuple[int, int]](), 0
    for found in _RIGHT.finditer(text):
        clean += text[at : found.start()]
        right.append((len(clean), len(clean) + len(found[1])))
        clean += found[1]
        at = found.end()
    clean += text[at:]
    spans = spans_of(clean)
    key = [
        place for place, (start, end) in enumerate(spans) if any(start < stop and begin < end for begin, stop in right)
    ]
    return clean, key


def write_marked(text: str, key: Sequence[int]) -> str:
    """A text with asterisks around the right words."""
    written, at = "", 0
    for place, (start, end) in enumerate(spans_of(text)):
        if place in key:
            written += f"{text[at:start]}*{text[start:end]}*"
            at = end
    return written + text[at:]


def _bank_words(texts: Sequence[str], extra: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (word.strip() for word in _WRITTEN.findall(text))
    yield from extra


def _gap(written: str, bank: Sequence[str] | None) -> tuple[dict[str, Any], Any]:
    if bank is not None:
        return {"kind": "bank"}, [bank.index(written)]
    if written.startswith("#"):
        return _number(written)
    forms = [form.strip() for form in written.split(";") if form.strip()]
    if any(form.startswith("=") for form in forms):
        right = [place for place, form in enumerate(forms) if form.startswith("=")]
        return {"kind": "single", "options": [form.removeprefix("=").strip() for form in forms]}, right
    return {"kind": "text"}, {"accept": forms}


def _number(written: str) -> tuple[dict[str, Any], Any]:
    found = _NUMBER.fullmatch(written)
    if found is None:
        return {"kind": "number"}, {"value": written.removeprefix("#")}
    gap: dict[str, Any] = {"kind": "number"}
    gap |= {name: value.strip() for name in ("abs", "unit") if (value := found[name])}
    return gap, {"value": found["value"].strip()}
