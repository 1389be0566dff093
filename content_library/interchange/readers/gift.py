"""GIFT: questions as plain text, the format that teachers write by hand.

Rules: docs.moodle.org, "GIFT format". Kept more kindly than Moodle does: an empty line inside the braces is allowed, and a
question that is never closed does not swallow its neighbours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from content_library.interchange.figures import number_in, share_of_percent
from content_library.interchange.found import Found, Test
from content_library.interchange.markup import markdown_of_html, markdown_of_text, plain_of_html
from content_library.interchange.media import Media
from content_library.interchange.question import (
    FULL,
    NONE,
    Accepted,
    Answer,
    Choice,
    Matching,
    Number,
    Open,
    Option,
    Pair,
    Question,
    Span,
    Telling,
    Words,
)
from content_library.interchange.readers.embedded import has_embedded
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.source import Source
from content_library.interchange.wildcards import read_forms

_ESCAPES = {"\\": "\ue000", "~": "\ue001", "=": "\ue002", "#": "\ue003", "{": "\ue004", "}": "\ue005", ":": "\ue006", "n": "\ue007", ">": "\ue008"}  # fmt: skip
_BACK = {private: "\n" if sign == "n" else sign for sign, private in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\([\\~=#{}:n>])")
_CATEGORY = re.compile(r"\s*\$CATEGORY:\s*(.*)", re.IGNORECASE)
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_TRUTH = re.compile(r"\s*(T|F|TRUE|FALSE)\s*(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?[\d.,]+)%")
_RANGE = re.compile(r"\s*(\S+?)\s*\.\.\s*(\S+)\s*")
_BRACES = re.compile(r"\{([^{}]*)\}")
_ANSWERS = re.compile(r"[~=#]|\s*(?:T|F|TRUE|FALSE)?\s*\Z", re.IGNORECASE)
_NAMED = re.compile(r"^\s*(?:::.+::|\$CATEGORY:)", re.MULTILINE | re.IGNORECASE)
BLANK = "_____"


@dataclass
class _Chunk:
    """The lines of one question."""

    line: int
    category: tuple[str, ...]
    lines: list[str] = field(default_factory=list)
    is_closed: bool = True


class Gift:
    """GIFT, and the missing-word texts that look the same."""

    format = "gift"

    def recognises(self, source: Source) -> bool:
        """Braces with answers in them, or names between colons; not the gaps of Moodle's embedded answers alone."""
        if source.is_folder or source.archive is not None or source.looks_like_xml or b"\0" in source.head:
            return False
        text = source.text
        return _is_gift(text) and not has_embedded(text)

    def read(self, source: Source, media: Media) -> Found:
        """All questions of the file."""
        return read_text(source.text, source.stem, self.format)


def _is_gift(text: str) -> bool:
    """Whether there are names between colons, or braces that could hold answers."""
    if _NAMED.search(text):
        return True
    return any(_ANSWERS.match(found[1]) or any(sign in found[1] for sign in "~=#") for found in _BRACES.finditer(text))


def read_text(text: str, title: str, name: str) -> Found:
    """The questions of a text."""
    questions: list[Question] = []
    refused: list[Refusal] = []
    for number, chunk in enumerate(_chunks(text), 1):
        try:
            questions.append(_question(chunk, number))
        except Refused as problem:
            refused.append(problem.at(Place(line=chunk.line, number=number, name=_name_of(chunk))))
    if not questions and not refused:
        raise Refused(Why.NOTHING_FOUND)
    return Found(name, (Test(title=title, questions=tuple(questions)),) if questions else (), tuple(refused))


def _chunks(text: str) -> Iterator[_Chunk]:
    """One question after another, comments left out."""
    category: tuple[str, ...] = ()
    chunk: _Chunk | None = None
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("//"):
            continue
        named = _CATEGORY.fullmatch(line)
        hidden = _ESCAPED.sub(lambda found: _ESCAPES[found[1]], line)
        if chunk is not None and _ends(chunk, line, hidden, depth, is_category=bool(named)):
            chunk.is_closed = depth == 0
            yield chunk
            chunk, depth = None, 0
        if named:
            category = category_path(named[1])
            continue
        if not line.strip() and chunk is None:
            continue
        chunk = chunk or _Chunk(number, category)
        chunk.lines.append(hidden)
        depth = min(1, max(0, depth + hidden.count("{") - hidden.count("}")))
    if chunk is not None:
        chunk.is_closed = depth == 0
        yield chunk


def _ends(chunk: _Chunk, line: str, hidden: str, depth: int, *, is_category: bool) -> bool:
    """Whether the question before this line is over."""
    if is_category:
        return True
    begins = hidden.lstrip().startswith("::")
    if depth:
        return begins and not chunk.lines[-1].strip()
    return not line.strip() or (begins and any("}" in one for one in chunk.lines))


def category_path(path: str) -> tuple[str, ...]:
    """``$course$/top/Topic/Part`` as folders, without Moodle's own roots. A slash of a name is written twice."""
    parts = [part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/")]
    return tuple(
        part
        for part in parts
        if part and part.lower() not in {"$course$", "$module$", "$cat1$", "top"} and not re.fullmatch(r"\$\w+\$", part)
    )


def _name_of(chunk: _Chunk) -> str:
    titled = _TITLE.match("\n".join(chunk.lines))
    return _plain(titled[1])[:120] if titled else ""


def _question(chunk: _Chunk, number: int) -> Question:
    body = "\n".join(chunk.lines)
    titled = _TITLE.match(body)
    rest = body[titled.end() :] if titled else body
    if not chunk.is_closed:
        raise Refused(Why.UNCLOSED)
    before, brace, tail = rest.partition("{")
    inside, closing, after = tail.rpartition("}")
    if brace and not closing:
        raise Refused(Why.UNCLOSED)
    form = _FORMAT.match(before)
    kind = form[1].lower() if form else "moodle"
    before = before[form.end() :] if form else before
    explanation = ""
    if "####" in inside:
        inside, _, general = inside.rpartition("####")
        explanation = _rich(general, kind)
    answer = _answer(inside, kind, before) if brace else Telling()
    prompt = _prompt(before, after, kind, answer)
    if not prompt:
        raise Refused(Why.NO_PROMPT)
    return Question(
        prompt=prompt,
        answer=answer,
        name=_plain(titled[1]) if titled else "",
        explanation=explanation,
        category=chunk.category,
        line=chunk.line,
        number=number,
    )


def _prompt(before: str, after: str, kind: str, answer: Answer) -> str:
    """The text, with a blank where the answer stands in its middle."""
    before, after = before.rstrip(), after.strip()
    if after and not isinstance(answer, Open | Telling | Matching):
        has_words = bool(re.search(r"\w", after))
        if has_words or not before.endswith((".", "?", "!", ":", ">")):
            return _rich(f"{before} {BLANK}{'' if after[0] in '.,;:!?' else ' '}{after}", kind)
        return _rich(before, kind)
    return _rich(f"{before} {after}".strip(), kind)


def _answer(inside: str, kind: str, asked: str) -> Answer:
    text = inside.strip()
    if not text:
        return Open()
    truth = _TRUTH.fullmatch(text)
    if truth:
        return _truth(truth[1].upper().startswith("T"), truth[2] or "", kind, truth_words(asked))
    if text.startswith("#"):
        return _number(text[1:], kind)
    if text[0] not in "~=":
        raise Refused(Why.UNREADABLE)
    parts = _parts(text)
    if any("->" in body for sign, body in parts if sign == "=") and all(sign == "=" for sign, _ in parts):
        return _matching(parts, kind)
    if any(sign == "~" for sign, _ in parts):
        return _choice(parts, kind)
    return _words(parts, kind)


def _parts(text: str) -> list[tuple[str, str]]:
    """``=right ~wrong`` as signs and what follows them."""
    cut = re.split(r"([~=])", text)
    return [(sign, body) for sign, body in zip(cut[1::2], cut[2::2], strict=True) if body.strip()]


def _weighed(sign: str, body: str, kind: str) -> tuple[Fraction, str, str, str]:
    """The share, the text, its format and the feedback of one answer."""
    share = FULL if sign == "=" else NONE
    weight = _WEIGHT.match(body)
    if weight:
        read = share_of_percent(weight[1])
        if read is None:
            raise Refused(Why.UNREADABLE)
        share, body = read, body[weight.end() :]
    text, _, feedback = body.partition("#")
    form = _FORMAT.match(text)
    if form:
        kind, text = form[1].lower(), text[form.end() :]
    return share, text.strip(), kind, _rich(feedback, kind)


def _choice(parts: list[tuple[str, str]], kind: str) -> Choice:
    options = []
    for sign, body in parts:
        share, text, own, feedback = _weighed(sign, body, kind)
        options.append(Option(text=_line(text, own), share=share, feedback=feedback))
    many = not any(sign == "=" for sign, _ in parts)
    return Choice(options=tuple(options), many=many)


def _words(parts: list[tuple[str, str]], kind: str) -> Words:
    accepted = []
    for sign, body in parts:
        share, text, own, feedback = _weighed(sign, body, kind)
        accepted.append(Accepted(text=_line(text, own), share=share, feedback=feedback))
    forms, patterns = read_forms(accepted)
    return Words(accepted=forms, patterns=patterns)


def _matching(parts: list[tuple[str, str]], kind: str) -> Matching:
    pairs, extra = [], []
    for sign, body in parts:
        _, text, own, _ = _weighed(sign, body, kind)
        left, arrow, right = text.partition("->")
        if not arrow:
            raise Refused(Why.UNREADABLE)
        if left.strip():
            pairs.append((_line(left, own), _line(right, "plain")))
        else:
            extra.append(_line(right, "plain"))
    share = Fraction(1, len(pairs)) if pairs else NONE
    return Matching(pairs=tuple(Pair(left=left, right=right, share=share) for left, right in pairs), extra=tuple(extra))


def truth_words(asked: str) -> tuple[str, str]:
    """How "true" and "false" are called in the language of a question."""
    is_english = re.search(r"[a-zA-Z]{2}", asked) and not re.search(r"[а-яё]", asked, re.IGNORECASE)
    return ("True", "False") if is_english else ("Верно", "Неверно")


def _truth(is_true: bool, said: str, kind: str, called: tuple[str, str]) -> Choice:
    """True or false. The first remark is for a wrong answer, the second for a right one."""
    wrong, _, right = said.partition("#")
    remarks = (_rich(right, kind), _rich(wrong, kind))
    return Choice(
        options=(
            Option(text=called[0], share=FULL if is_true else NONE, feedback=remarks[0 if is_true else 1]),
            Option(text=called[1], share=NONE if is_true else FULL, feedback=remarks[1 if is_true else 0]),
        ),
        keep_order=True,
    )


def _number(text: str, kind: str) -> Number:
    body = text.strip()
    parts = _parts(body) if body[:1] in {"=", "~"} else [("=", re.split(r"~", body, maxsplit=1)[0])]
    spans = []
    for sign, one in parts:
        share, value, _, feedback = _weighed(sign, one, kind)
        if sign == "=" or value:
            spans.append(_span(value, share, feedback))
    return Number(spans=tuple(spans))


def _span(text: str, share: Fraction, feedback: str) -> Span:
    between = _RANGE.fullmatch(text)
    if between:
        low, high = number_in(between[1]), number_in(between[2])
    else:
        middle, _, margin = text.replace("\ue006", ":").partition(":")
        value, wide = number_in(middle), number_in(margin or "0")
        low, high = (None, None) if value is None or wide is None else (value - abs(wide), value + abs(wide))
    if low is None or high is None or high < low:
        raise Refused(Why.NOT_A_NUMBER, text=_plain(text)[:60])
    return Span(value=(low + high) / 2, margin=(high - low) / 2, share=share, feedback=feedback)


def _back(text: str) -> str:
    for private, sign in _BACK.items():
        text = text.replace(private, sign)
    return text


def _plain(text: str) -> str:
    return " ".join(_back(text).split())


def _line(text: str, kind: str) -> str:
    """An option or an accepted word."""
    plain = _back(text).strip()
    if kind in {"plain", "markdown"}:
        return " ".join(plain.split())
    return plain_of_html(plain) if kind == "html" or re.search(r"</?[a-z]+[^>]*>", plain) else " ".join(plain.split())


def _rich(text: str, kind: str) -> str:
    plain = _back(text).strip()
    if kind == "markdown":
        return plain
    if kind == "html":
        return markdown_of_html(plain)
    if kind == "moodle" and re.search(r"</?(?:p|b|i|br|em|strong|sub|sup|ul|ol|li|img|span|div)\b", plain):
        return markdown_of_html(plain.replace("\n", "<br>"))
    return markdown_of_text("\n".join(line.strip() for line in plain.split("\n")))
