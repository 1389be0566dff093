"""A ``problem`` of Open edX: its responses one by one. Scripts and Python checkers are refused, never run."""

import copy
import re
from collections.abc import Callable
from fractions import Fraction

from lxml import etree

from content_library.interchange.figures import number_in, share_of_percent
from content_library.interchange.markup import PictureNamer, markdown_of_tree, plain_of_markdown
from content_library.interchange.media import Media
from content_library.interchange.question import (
    FULL,
    NONE,
    Accepted,
    Answer,
    Choice,
    Number,
    Open,
    Option,
    Question,
    Span,
    Words,
)
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.xml import child, children, every, line_of, local, words

_PROGRAMS = {
    "customresponse",
    "coderesponse",
    "schematicresponse",
    "externalresponse",
    "jsmeresponse",
    "javascriptresponse",
}
_RANGE = re.compile(r"[\[(]\s*([^,]+),\s*([^\])]+)[\])]")
_ASIDE = (
    "solution",
    "demandhint",
    "choicehint",
    "compoundhint",
    "correcthint",
    "stringequalhint",
    "responseparam",
    "script",
    "style",
    "hint",
)


def problem_questions(root: etree._Element, picture: PictureNamer, media: Media, place: Place) -> list[Question]:
    """The questions of a problem. Raises ``Refused``: half a problem would be another one."""
    responses = [one for one in root.iter() if local(one).endswith("response")]
    program = next((one for one in responses if local(one) in _PROGRAMS), None)
    if program is not None or any((one.text or "").strip() for one in every(root, "script")):
        raise Refused(Why.PROGRAM)
    if not responses:
        raise Refused(Why.NO_KEY)
    weight = number_in(root.get("weight"))
    reader = _Problem(root, responses, picture, media)
    points = (weight if weight else FULL) / len(responses) if weight else FULL
    return [reader.question(one, number, place, points) for number, one in enumerate(responses)]


class _Problem:
    """One problem."""

    def __init__(
        self, root: etree._Element, responses: list[etree._Element], picture: PictureNamer, media: Media
    ) -> None:
        self._root = root
        self._responses = responses
        self._picture = picture
        self._media = media

    def question(self, response: etree._Element, number: int, place: Place, points: Fraction) -> Question:
        """The question of one response."""
        read = _KINDS.get(local(response))
        if read is None:
            raise Refused(Why.KIND_UNKNOWN, kind=local(response))
        answer = read(self, response)
        prompt = self._prompt(response)
        if not prompt:
            raise Refused(Why.NO_PROMPT)
        explanation = "\n\n".join(filter(None, (self._rich(one) for one in every(self._root, "solution"))))
        hints = tuple(filter(None, (self._rich(one) for one in children_of(self._root, "demandhint", "hint"))))
        name = place.name if len(self._responses) == 1 else f"{place.name} ({number + 1})"
        return Question(
            prompt=prompt,
            answer=answer,
            name=name,
            points=points,
            explanation=explanation,
            hints=hints,
            pictures=self._media.named(prompt),
            part=place.part,
            line=line_of(response),
            number=place.number,
        )

    def _rich(self, element: etree._Element) -> str:
        return markdown_of_tree(element, self._picture)

    def _plain(self, element: etree._Element) -> str:
        inner = copy.deepcopy(element)
        for one in every(inner, "choicehint", "optionhint"):
            parent = one.getparent()
            if parent is not None:
                parent.remove(one)
        return plain_of_markdown(markdown_of_tree(inner, self._picture))

    def _prompt(self, response: etree._Element) -> str:
        """What is common to the problem, and the label of this response."""
        for one in self._responses:
            one.set("asked", "yes" if one is response else "no")
        whole = copy.deepcopy(self._root)
        for one in [one for one in whole.iter() if local(one) in _ASIDE or one.get("asked") == "no"]:
            parent = one.getparent()
            if parent is not None:
                parent.remove(one)
        for one in [one for one in whole.iter() if one.get("asked") == "yes"]:
            _leave(one, {"label", "p", "description", "div", "span"})
        return self._rich(whole)

    def single(self, response: etree._Element) -> Answer:
        """One option."""
        return self._options(every(response, "choice"), many=False, keep=not self._shuffles(response))

    def several(self, response: etree._Element) -> Answer:
        """All that are right."""
        return self._options(every(response, "choice"), many=True, keep=True)

    @staticmethod
    def _shuffles(response: etree._Element) -> bool:
        return any(one.get("shuffle") == "true" for one in every(response, "choicegroup"))

    def _options(self, choices: list[etree._Element], *, many: bool, keep: bool) -> Choice:
        right = sum(one.get("correct", "").lower() == "true" for one in choices)
        if not right:
            raise Refused(Why.NO_KEY)
        options = []
        for one in choices:
            text = self._plain(one)
            if not text:
                raise Refused(Why.PICTURE_OPTIONS if every(one, "img") else Why.NO_OPTIONS)
            said = "\n\n".join(filter(None, (self._rich(hint) for hint in children(one, "choicehint"))))
            correct = one.get("correct", "").lower()
            share = (Fraction(1, right) if many else FULL) if correct == "true" else NONE
            if correct == "partial":
                share = share_of_percent(str(float(number_in(one.get("point_value")) or Fraction(1, 2)) * 100)) or NONE
            options.append(Option(text=text, share=share, feedback=said))
        return Choice(options=tuple(options), many=many, keep_order=keep, all_or_nothing=many)

    def list_box(self, response: etree._Element) -> Answer:
        """A drop-down list."""
        box = next(iter(every(response, "optioninput")), None)
        if box is None:
            raise Refused(Why.NO_KEY)
        inner = children(box, "option")
        if inner:
            return self._options(inner, many=False, keep=True)
        texts = [one.strip().strip("'\"") for one in re.findall(r"'[^']*'|\"[^\"]*\"", box.get("options", ""))]
        right = box.get("correct", "")
        if right not in texts:
            raise Refused(Why.NO_KEY)
        return Choice(
            options=tuple(Option(text=text, share=FULL if text == right else NONE) for text in texts), keep_order=True
        )

    def words(self, response: etree._Element) -> Answer:
        """A few words."""
        kinds = response.get("type", "").split()
        if "regexp" in kinds:
            raise Refused(Why.PROGRAM)
        texts = [
            response.get("answer", ""),
            *(one.get("answer") or words(one) for one in children(response, "additional_answer")),
        ]
        texts += [part for text in texts if "_or_" in text for part in text.split("_or_")]
        accepted = tuple(Accepted(text=text) for text in dict.fromkeys(texts) if text.strip() and "_or_" not in text)
        if not accepted:
            raise Refused(Why.NO_KEY)
        return Words(accepted=accepted, keep_case="cs" in kinds)

    def number(self, response: etree._Element) -> Answer:
        """A number, a span, or a number with a tolerance."""
        said = response.get("answer", "")
        between = _RANGE.fullmatch(said.strip())
        if between:
            low, high = number_in(between[1]), number_in(between[2])
            if low is None or high is None:
                raise Refused(Why.NOT_A_NUMBER, text=said[:60])
            return Number(spans=(Span(value=(low + high) / 2, margin=abs(high - low) / 2),))
        value = number_in(said)
        if value is None:
            raise Refused(Why.PARAMETERS if "$" in said else Why.NOT_A_NUMBER, text=said[:60])
        tolerance = next(
            (one.get("default", "") for one in every(response, "responseparam") if one.get("type") == "tolerance"), ""
        )
        margin = share_of_percent(tolerance.rstrip("% ")) if tolerance.endswith("%") else number_in(tolerance or "0")
        if margin is None:
            raise Refused(Why.NOT_A_NUMBER, text=tolerance[:60])
        wide = abs(value * margin) if tolerance.endswith("%") else abs(margin)
        others = [number_in(one.get("answer")) for one in children(response, "additional_answer")]
        values = [value, *(one for one in others if one is not None)]
        return Number(spans=tuple(Span(value=one, margin=wide) for one in values))

    def open(self, _response: etree._Element) -> Answer:
        """A longer text."""
        return Open()


_KINDS: dict[str, Callable[[_Problem, etree._Element], Answer]] = {
    "multiplechoiceresponse": _Problem.single,
    "truefalseresponse": _Problem.single,
    "choiceresponse": _Problem.several,
    "optionresponse": _Problem.list_box,
    "stringresponse": _Problem.words,
    "numericalresponse": _Problem.number,
    "openassessmentresponse": _Problem.open,
}


def _leave(element: etree._Element, names: set[str]) -> None:
    """Of a response only what is asked stays."""
    for one in list(element):
        if local(one) not in names:
            element.remove(one)


def children_of(element: etree._Element, outer: str, name: str) -> list[etree._Element]:
    """Children of a child."""
    found = child(element, outer)
    return children(found, name) if found is not None else []
