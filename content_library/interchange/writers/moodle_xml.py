"""Moodle XML."""

import base64
from collections.abc import Sequence
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from content_library.interchange.figures import percent_of, written
from content_library.interchange.found import Test
from content_library.interchange.markup import html_of_markdown
from content_library.interchange.question import (
    Answer,
    Choice,
    Cloze,
    Matching,
    Number,
    Open,
    Ordering,
    Question,
    Telling,
    Words,
)
from content_library.interchange.reasons import Refusal, Refused, Why
from content_library.interchange.wildcards import written_form
from content_library.interchange.writers.written import PictureBytes, decimal, each, pictures_in

_CLOZE_SIGNS = str.maketrans({"}": "\\}", "~": "\\~", "#": "\\#", "/": "\\/", '"': '\\"', "\\": "\\\\"})


def write_moodle_xml(test: Test, pictures: PictureBytes) -> tuple[bytes, list[Refusal]]:
    """A test as Moodle XML. Whole-or-nothing is written for the plug-in "All-or-Nothing Multiple Choice"."""
    category: list[tuple[str, ...]] = [()]

    def write(question: Question) -> str:
        text = _question(question, pictures)
        if question.category == category[-1]:
            return text
        category.append(question.category)
        path = "/".join(part.replace("/", "//") for part in question.category)
        return f'<question type="category"><category><text>$course$/top/{escape(path)}</text></category></question>\n{text}'

    made, refused = each(test, write)
    whole = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(made) + "\n</quiz>\n"
    return whole.encode(), refused


def _question(question: Question, pictures: PictureBytes) -> str:
    kind, inner, prompt = _answer(question)
    gaps = _cloze(question.answer) if isinstance(question.answer, Cloze) else ()
    name = question.name or " ".join(question.prompt.split())[:80]
    return "\n".join(
        [
            f"<question type={quoteattr(kind)}>",
            f"<name><text>{escape(name)}</text></name>",
            _rich("questiontext", prompt, pictures, gaps),
            _rich("generalfeedback", question.explanation, pictures),
            f"<defaultgrade>{written(question.points)}</defaultgrade>",
            f"<penalty>{float(question.penalty):.7f}</penalty>",
            inner,
            *(
                _rich(tag, said, pictures)
                for tag, said in (
                    ("correctfeedback", question.when_right),
                    ("partiallycorrectfeedback", question.when_partly),
                    ("incorrectfeedback", question.when_wrong),
                )
                if said
            ),
            *(_rich("hint", hint, pictures) for hint in question.hints),
            "</question>",
        ]
    )


def _rich(tag: str, markdown: str, pictures: PictureBytes, gaps: Sequence[str] = ()) -> str:
    # Gaps are put in when the text is HTML already: their own signs must not be read as Markdown.
    for number in range(1, len(gaps) + 1):
        markdown = markdown.replace(f"[[{number}]]", f"\ue000{number}\ue001")
    source = html_of_markdown(markdown) if markdown else ""
    for number, gap in enumerate(gaps, 1):
        source = source.replace(f"\ue000{number}\ue001", escape(gap))
    files = []
    for name in dict.fromkeys(pictures_in(markdown)):
        data = pictures(name)
        if data is not None:
            source = source.replace(f'src="{name}"', f'src="@@PLUGINFILE@@/{name}"')
            packed = base64.b64encode(data).decode()
            files.append(f'<file name={quoteattr(name)} path="/" encoding="base64">{packed}</file>')
    return f'<{tag} format="html"><text>{escape(source)}</text>{"".join(files)}</{tag}>'


def _answer(question: Question) -> tuple[str, str, str]:
    """The kind, the elements of the kind, and the prompt."""
    answer, prompt = question.answer, question.prompt
    if isinstance(answer, Choice):
        return ("multichoiceset" if answer.all_or_nothing else "multichoice"), _choice(answer), prompt
    if isinstance(answer, Words):
        forms = [
            (written_form(one.text, is_pattern=answer.patterns), one.share, one.feedback) for one in answer.accepted
        ]
        return "shortanswer", f"<usecase>{int(answer.keep_case)}</usecase>\n" + _answers(forms), prompt
    if isinstance(answer, Number):
        return "numerical", _numbers(answer), prompt
    if isinstance(answer, Matching):
        return "matching", _matching(answer), prompt
    if isinstance(answer, Ordering):
        grading = "<gradingtype>0</gradingtype>" if answer.by_parts else "<gradingtype>-1</gradingtype>"
        return "ordering", grading + _answers([(line, Fraction(1), "") for line in answer.lines]), prompt
    if isinstance(answer, Cloze):
        return "cloze", "", prompt
    if isinstance(answer, Open):
        form = "noinline" if answer.sort == "file" else "editor"
        rubric = f'<graderinfo format="html"><text>{escape(html_of_markdown(answer.rubric))}</text></graderinfo>'
        return "essay", f"<responseformat>{form}</responseformat>{rubric if answer.rubric else ''}", prompt
    if isinstance(answer, Telling):
        return "description", "", prompt
    raise Refused(Why.LACKS_KIND)


def _answers(forms: list[tuple[str, Fraction, str]]) -> str:
    return "\n".join(
        f'<answer fraction="{percent_of(share)}" format="plain_text"><text>{escape(text)}</text>{_said(feedback)}</answer>'
        for text, share, feedback in forms
    )


def _said(feedback: str) -> str:
    return f'<feedback format="html"><text>{escape(html_of_markdown(feedback) if feedback else "")}</text></feedback>'


def _choice(answer: Choice) -> str:
    forms = [(option.text, option.share, option.feedback) for option in answer.options]
    return (
        f"<single>{'false' if answer.many else 'true'}</single><shuffleanswers>{int(not answer.keep_order)}</shuffleanswers>\n"
        + _answers(forms)
    )


def _numbers(answer: Number) -> str:
    made = []
    for span in answer.spans:
        value, margin = decimal(span.value, span.margin)
        made.append(
            f'<answer fraction="{percent_of(span.share)}"><text>{value}</text><tolerance>{margin}</tolerance>{_said(span.feedback)}</answer>'
        )
    unit = (
        answer.unit
        and f"<units><unit><multiplier>1</multiplier><unit_name>{escape(answer.unit)}</unit_name></unit></units>"
    )
    return "\n".join((*made, unit))


def _matching(answer: Matching) -> str:
    if answer.is_free or len({pair.share for pair in answer.pairs}) != 1:
        raise Refused(Why.LACKS_KIND)
    lines = [(pair.left, pair.right) for pair in answer.pairs] + [("", text) for text in answer.extra]
    return "\n".join(
        f'<subquestion format="html"><text>{escape(escape(left))}</text><answer><text>{escape(right)}</text></answer></subquestion>'
        for left, right in lines
    )


def _cloze(answer: Cloze) -> list[str]:
    """Each gap as it stands in the text."""
    if any(gap.weight.denominator != 1 for gap in answer.gaps):
        raise Refused(Why.LACKS_KIND)
    return [f"{{{gap.weight.numerator}:{_gap(gap.answer)}}}" for gap in answer.gaps]


def _gap(answer: Answer) -> str:
    def line(share: Fraction, text: str) -> str:
        return f"%{percent_of(share)}%{text.translate(_CLOZE_SIGNS)}"

    if isinstance(answer, Choice):
        kind = "MULTIRESPONSE" if answer.many else "MULTICHOICE"
        return f"{kind}:" + "~".join(line(option.share, option.text) for option in answer.options)
    if isinstance(answer, Words):
        kind = "SHORTANSWER_C" if answer.keep_case else "SHORTANSWER"
        return f"{kind}:" + "~".join(line(one.share, one.text) for one in answer.accepted)
    if isinstance(answer, Number):
        parts = [(span.share, decimal(span.value, span.margin)) for span in answer.spans]
        return "NUMERICAL:" + "~".join(line(share, f"{value}:{margin}") for share, (value, margin) in parts)
    raise Refused(Why.LACKS_KIND)
