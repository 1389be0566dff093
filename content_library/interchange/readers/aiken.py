"""Aiken: a question, lettered options, and a line that names the right one."""

import re
from collections.abc import Iterator

from content_library.interchange.found import Found, Test
from content_library.interchange.markup import markdown_of_text
from content_library.interchange.media import Media
from content_library.interchange.question import FULL, NONE, Choice, Option, Question
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.source import Source

_OPTION = re.compile(r"\s*([A-ZА-ЯЁ])\s*[.)]\s+(.*)")
_ANSWER = re.compile(r"\s*(?:ANSWERS?|ОТВЕТЫ?|Ответы?)\s*:\s*([A-ZА-ЯЁ](?:(?:\s*[,;]\s*|\s*)[A-ZА-ЯЁ])*)\s*\.?\s*")
_ANY_ANSWER = re.compile(r"^\s*(?:ANSWER|ОТВЕТ|Ответ)\s*:", re.MULTILINE)
_ANY_OPTION = re.compile(r"^\s*[AА]\s*[.)]\s+\S", re.MULTILINE)


class Aiken:
    """Aiken, with Latin or Russian letters."""

    format = "aiken"

    def recognises(self, source: Source) -> bool:
        """Lettered lines and a line of the answer."""
        if source.is_folder or source.archive is not None or source.looks_like_xml or b"\0" in source.head:
            return False
        return bool(_ANY_ANSWER.search(source.text) and _ANY_OPTION.search(source.text))

    def read(self, source: Source, media: Media) -> Found:
        """All questions of the file."""
        questions: list[Question] = []
        refused: list[Refusal] = []
        for number, (line, lines) in enumerate(_blocks(source.text), 1):
            try:
                questions.append(_question(lines, line, number))
            except Refused as problem:
                refused.append(problem.at(Place(line=line, number=number, name=lines[0].strip()[:80])))
        tests = (Test(title=source.stem, questions=tuple(questions)),) if questions else ()
        return Found(self.format, tests, tuple(refused))


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """A question with its line: it ends with the answer, or at an empty line after its options."""
    begun, lines = 0, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            if any(_OPTION.fullmatch(one) for one in lines):
                yield begun, lines
                lines = []
            continue
        if not lines:
            begun = number
        lines.append(line)
        if _ANSWER.fullmatch(line):
            yield begun, lines
            lines = []
    if lines:
        yield begun, lines


def _question(lines: list[str], line: int, number: int) -> Question:
    prompt: list[str] = []
    options: list[tuple[str, str]] = []
    key = ""
    for one in lines:
        option, answer = _OPTION.fullmatch(one), _ANSWER.fullmatch(one)
        if answer:
            key = answer[1]
        elif option:
            options.append((option[1], option[2].strip()))
        elif options:
            raise Refused(Why.UNREADABLE, Place(line=line + lines.index(one)))
        else:
            prompt.append(one.strip())
    right = re.findall(r"[A-ZА-ЯЁ]", key)
    if not right or not set(right) <= {letter for letter, _ in options}:
        raise Refused(Why.NO_KEY)
    if not prompt:
        raise Refused(Why.NO_PROMPT)
    many = len(right) > 1
    share = FULL / len(right)
    made = tuple(Option(text=text, share=share if letter in right else NONE) for letter, text in options)
    return Question(
        prompt=markdown_of_text("\n".join(prompt)),
        answer=Choice(options=made, many=many, all_or_nothing=many),
        line=line,
        number=number,
    )
