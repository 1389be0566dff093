"""GIFT."""

import re
from fractions import Fraction

from content_library.interchange.figures import percent_of
from content_library.interchange.found import Test
from content_library.interchange.question import Answer, Choice, Matching, Number, Open, Question, Telling, Words
from content_library.interchange.reasons import Refusal, Refused, Why
from content_library.interchange.wildcards import written_form
from content_library.interchange.writers.written import PictureBytes, decimal, each, explained, without_pictures

_SIGNS = re.compile(r"([\\~=#{}:])")


def write_gift(test: Test, _pictures: PictureBytes) -> tuple[bytes, list[Refusal]]:
    """A test as GIFT. It has no pictures, no order of options, no whole-or-nothing, no capital letters that matter."""
    category: list[tuple[str, ...]] = [()]

    def write(question: Question) -> str:
        text = _question(question)
        if question.category == category[-1]:
            return text
        category.append(question.category)
        path = "/".join(part.replace("/", "//") for part in ("$course$", "top", *question.category))
        return f"$CATEGORY: {path.replace('$course$', '$course$')}\n\n{text}"

    made, refused = each(test, write)
    return ("\n\n".join(made) + "\n").encode(), refused


def _question(question: Question) -> str:
    name = f"::{_plain(question.name)}::" if question.name else ""
    answer = _answer(question.answer)
    prompt = without_pictures(question.prompt)
    if isinstance(question.answer, Number) and question.answer.unit:
        prompt = f"{prompt} ({question.answer.unit})"
    said = explained(question)
    general = f"\n####{_text(said)}" if said and answer is not None else ""
    inside = "" if answer is None else f"{{{answer}{general}}}"
    return f"{name}[markdown]{_text(prompt)}{inside}"


def _answer(answer: Answer) -> str | None:
    if isinstance(answer, Telling):
        return None
    if isinstance(answer, Open):
        return ""
    if isinstance(answer, Choice):
        return _choice(answer)
    if isinstance(answer, Words):
        return _words(answer)
    if isinstance(answer, Number):
        lines = [_number(span.value, span.margin, span.share, span.feedback) for span in answer.spans]
        return "#\n" + "\n".join(lines) + "\n"
    if isinstance(answer, Matching) and not answer.is_free and len({pair.share for pair in answer.pairs}) == 1:
        pairs = [f"={_plain(pair.left)} -> {_plain(pair.right)}" for pair in answer.pairs]
        return "\n" + "\n".join((*pairs, *(f"= -> {_plain(text)}" for text in answer.extra))) + "\n"
    raise Refused(Why.LACKS_KIND)


def _choice(answer: Choice) -> str:
    if answer.all_or_nothing and sum(option.share > 0 for option in answer.options) > 1:
        raise Refused(Why.LACKS_WHOLE)
    lines = []
    for option in answer.options:
        share = option.share * (1 if not answer.all_or_nothing else sum(one.share > 0 for one in answer.options))
        sign = "=" if share == 1 and not answer.many else f"~{_weight(share)}"
        lines.append(f"{sign}{_plain(option.text)}{_said(option.feedback)}")
    if not answer.many and not any(line.startswith("=") for line in lines):
        raise Refused(Why.NO_KEY)
    return "\n" + "\n".join(lines) + "\n"


def _words(answer: Words) -> str:
    if answer.keep_case:
        raise Refused(Why.LACKS_CASE)
    lines = [
        f"={_weight(one.share) if one.share != 1 else ''}{_plain(written_form(one.text, is_pattern=answer.patterns))}{_said(one.feedback)}"
        for one in answer.accepted
    ]
    return "\n" + "\n".join(lines) + "\n"


def _number(value: Fraction, margin: Fraction, share: Fraction, feedback: str) -> str:
    written, wide = decimal(value, margin)
    return f"={_weight(share) if share != 1 else ''}{written}:{wide}{_said(feedback)}"


def _weight(share: Fraction) -> str:
    return f"%{percent_of(share)}%" if share else ""


def _said(feedback: str) -> str:
    return f"#{_text(feedback)}" if feedback else ""


def _text(text: str) -> str:
    """Signs escaped, lines as ``\\n``: an empty line would end the question."""
    return _SIGNS.sub(r"\\\1", text.strip()).replace("\n", "\\n")


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(text.split()).replace("->", "→"))
