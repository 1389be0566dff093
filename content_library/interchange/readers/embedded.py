"""Moodle's embedded answers ("cloze"): ``{2:MULTICHOICE:=right~wrong#why}`` inside a text."""

import re
from fractions import Fraction

from content_library.interchange.figures import number_in, share_of_percent
from content_library.interchange.found import Found, Test
from content_library.interchange.markup import markdown_of_text, plain_of_html
from content_library.interchange.media import Media
from content_library.interchange.question import (
    FULL,
    NONE,
    Accepted,
    Choice,
    Cloze,
    Gap,
    Number,
    Option,
    Question,
    Span,
    Words,
)
from content_library.interchange.reasons import Refused, Why
from content_library.interchange.source import Source

_ONE = ("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS")  # fmt: skip
_MANY = ("MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS")
_WORDS = ("SHORTANSWER", "SA", "MW")
_CASED = ("SHORTANSWER_C", "SAC", "MWC")
_NUMBERS = ("NUMERICAL", "NM")
_NAMES = "|".join(sorted((*_ONE, *_MANY, *_WORDS, *_CASED, *_NUMBERS), key=len, reverse=True))
EMBEDDED = re.compile(rf"\{{(\d*):({_NAMES}):((?:\\.|[^\\}}])*+)\}}", re.DOTALL)
_WEIGHT = re.compile(r"%(-?[\d.,]+)%")
_ESCAPED = re.compile(r"\\([}~#/\"\\])")


class Embedded:
    """A text file that is one question with embedded answers."""

    format = "cloze"

    def recognises(self, source: Source) -> bool:
        """At least one embedded answer."""
        if source.is_folder or source.archive is not None or source.looks_like_xml or b"\0" in source.head:
            return False
        return has_embedded(source.text)

    def read(self, source: Source, media: Media) -> Found:
        """The one question."""
        prompt, cloze = embedded(source.text)
        question = Question(prompt=markdown_of_text(prompt), answer=cloze, number=1)
        return Found(self.format, (Test(title=source.stem, questions=(question,)),))


def has_embedded(text: str) -> bool:
    """Whether there is an embedded answer; what comes after the last brace can't be one and is not tried."""
    return bool(EMBEDDED.search(text, 0, text.rfind("}") + 1))


def embedded(text: str) -> tuple[str, Cloze]:
    """The text with ``[[1]]`` for each gap, and the gaps. Raises ``Refused``."""
    gaps: list[Gap] = []

    def take(found: re.Match[str]) -> str:
        gaps.append(_gap(int(found[1] or 1), found[2], found[3]))
        return f"[[{len(gaps)}]]"

    end = text.rfind("}") + 1
    prompt = EMBEDDED.sub(take, text[:end]) + text[end:]
    if not gaps:
        raise Refused(Why.NO_KEY)
    return prompt, Cloze(gaps=tuple(gaps))


def _gap(weight: int, kind: str, body: str) -> Gap:
    parts = [part for part in re.split(r"(?<!\\)~", body) if part.strip()]
    read = [_read(part) for part in parts]
    if kind in _NUMBERS:
        answer: Choice | Words | Number = Number(spans=tuple(_span(*one) for one in read if one[0] != "*"))
    elif kind in (*_WORDS, *_CASED):
        accepted = tuple(Accepted(text=text, share=share, feedback=said) for text, share, said in read)
        has_pattern = any("*" in one.text for one in accepted)
        answer = Words(accepted=accepted, keep_case=kind in _CASED, patterns=has_pattern)
    else:
        options = tuple(Option(text=text, share=share, feedback=said) for text, share, said in read)
        answer = Choice(options=options, many=kind in _MANY)
    return Gap(answer=answer, weight=Fraction(weight))


def _read(part: str) -> tuple[str, Fraction, str]:
    """The text, the share and the feedback of one answer."""
    share = NONE
    if part.startswith("="):
        share, part = FULL, part[1:]
    weight = _WEIGHT.match(part)
    if weight:
        share, part = share_of_percent(weight[1]) or NONE, part[weight.end() :]
    text, *said = re.split(r"(?<!\\)#", part, maxsplit=1)
    return _line(text), share, _line(said[0]) if said else ""


def _line(text: str) -> str:
    return plain_of_html(_ESCAPED.sub(r"\1", text.strip()))


def _span(text: str, share: Fraction, said: str) -> Span:
    value, _, margin = text.partition(":")
    middle, wide = number_in(value), number_in(margin or "0")
    if middle is None or wide is None:
        raise Refused(Why.NOT_A_NUMBER, text=text[:60])
    return Span(value=middle, margin=abs(wide), share=share, feedback=said)
