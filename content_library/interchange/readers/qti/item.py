"""One item of QTI 2 and 3 as a question."""

import copy
from dataclasses import replace
from fractions import Fraction

from lxml import etree

from content_library.interchange.figures import number_in
from content_library.interchange.question import (
    FULL,
    NONE,
    Answer,
    Choice,
    Cloze,
    Gap,
    Open,
    Question,
)
from content_library.interchange.readers.qti.answers import BLANK, GAPS, KINDS, Answers
from content_library.interchange.readers.qti.cutting import drop, only_prompt, put, remove, stands_alone
from content_library.interchange.readers.qti.declared import declarations
from content_library.interchange.readers.qti.expressions import Unknown
from content_library.interchange.readers.qti.remarks import remarks_of
from content_library.interchange.readers.qti.templates import settle
from content_library.interchange.reasons import Refused, Why
from content_library.interchange.safety.xml import child, children, every, line_of, local, words

_HIDDEN = (
    "feedbackInline",
    "feedbackBlock",
    "modalFeedback",
    "stylesheet",
    "templateInline",
    "templateBlock",
    "catalogInfo",
    "endAttemptInteraction",
)
_OPEN = {"extendedTextInteraction", "uploadInteraction", "drawingInteraction"}
_TOGETHER = {*GAPS, "choiceInteraction", "gapMatchInteraction"}
"""What may stand in one item and still be asked as a text with gaps."""


class Item(Answers):
    """An ``assessmentItem`` with its names brought to those of QTI 2."""

    def question(self) -> Question:
        """The question. Raises ``Refused``."""
        is_drawn = self._settle()
        body = child(self.root, "itemBody")
        if body is None:
            raise Refused(Why.UNREADABLE)
        body = copy.deepcopy(body)
        rubric = self._take_rubric(body)
        remarks = {one.get("identifier", ""): self.rich(one) for one in every(body, "feedbackInline")}
        asking = [
            one for one in body.iter() if local(one).endswith("Interaction") and local(one) != "endAttemptInteraction"
        ]
        if not asking:
            raise Refused(Why.NO_KEY if not self.declared else Why.KIND_UNKNOWN, kind="custom")
        answer = self._answer(asking, remarks)
        if isinstance(answer, Open):
            answer = replace(answer, rubric=rubric)
        prompt = "\n\n".join(filter(None, (self._prompt(body, asking, answer), *self.shown)))
        if not prompt:
            raise Refused(Why.NO_PROMPT)
        if is_drawn:
            self._media.refuse(Why.ONE_DRAW, self._place, self._place.name)
        said = remarks_of(self.root, self.rich)
        return Question(
            prompt=prompt,
            answer=answer,
            name=self._place.name,
            points=self._points(asking),
            pictures=self._media.named(prompt),
            part=self._place.part,
            line=line_of(self.root) if self._place.part else self._place.line,
            number=self._place.number,
            **said,  # type: ignore[arg-type]
        )

    def _settle(self) -> bool:
        """Whether its numbers were made up anew for each pupil: then it has one set of them now."""
        asking = [one for one in every(self.root, "itemBody") for one in one.iter() if _asks(one)]
        if self.root.get("adaptive") == "true" and (len(asking) != 1 or _is_hidden(asking[0])):
            # One question with several tries is asked here once; what only later answers bring to light can't be.
            raise Refused(Why.ADAPTIVE)
        try:
            is_drawn = settle(self.root)
        except Unknown:
            raise Refused(Why.PARAMETERS) from None
        self.declared = declarations(self.root)
        return is_drawn

    def _take_rubric(self, body: etree._Element) -> str:
        """What is meant for the one who marks, taken out of the text."""
        said = []
        for block in every(body, "rubricBlock"):
            views = set((block.get("view") or "candidate").split())
            if "candidate" not in views:
                said.append(self.rich(block))
                remove(block)
        return "\n\n".join(said)

    def _answer(self, asking: list[etree._Element], remarks: dict[str, str]) -> Answer:
        names = {local(one) for one in asking}
        if names <= set(GAPS):
            if len(asking) == 1:
                return self.gap(asking[0]).answer
            return Cloze(gaps=tuple(map(self.gap, asking)))
        if len(asking) > 1 and names <= _TOGETHER:
            return Cloze(gaps=tuple(gap for one in asking for gap in self._gaps_of(one)))
        if len(asking) > 1 and names & _OPEN:
            # A part that a teacher reads makes the whole a teacher's.
            return Open()
        if len(asking) > 1:
            raise Refused(Why.SEVERAL_PARTS, count=str(len(asking)))
        read = KINDS.get(local(asking[0]))
        if read is None:
            raise Refused(Why.KIND_UNKNOWN, kind=local(asking[0]).removesuffix("Interaction"))
        answer = read(self, asking[0])
        if isinstance(answer, Choice) and remarks:
            said = [self.rich(child(one, "feedbackInline")) for one in every(asking[0], "simpleChoice")]
            if len(said) == len(answer.options):
                options = zip(answer.options, said, strict=True)
                answer = replace(answer, options=tuple(replace(one, feedback=text) for one, text in options))
        return answer

    def _gaps_of(self, element: etree._Element) -> tuple[Gap, ...]:
        """What one of several interactions adds to a text with gaps."""
        if local(element) == "gapMatchInteraction":
            return self.gap_match(element).gaps
        if local(element) == "choiceInteraction":
            response = self.response(element)
            return (Gap(answer=self.choice(element), weight=response.best if response.is_mapped else FULL),)
        return (self.gap(element),)

    def _prompt(self, body: etree._Element, asking: list[etree._Element], answer: Answer) -> str:
        """The text around, with a blank for each gap."""
        place = 0
        for element in asking:
            name = local(element)
            if name in GAPS:
                place += 1
                # A field alone in its paragraph is no gap in a text.
                blank = "" if stands_alone(element) else BLANK
                put(element, f"[[{place}]]" if isinstance(answer, Cloze) else blank)
            elif name == "gapMatchInteraction":
                for gap in every(element, "gap"):
                    place += 1
                    put(gap, f"[[{place}]]")
                drop(element, "gapText", "gapImg")
            elif name != "hottextInteraction":
                only_prompt(element)
                if isinstance(answer, Cloze):
                    place += 1
                    element.tail = f" [[{place}]] {element.tail or ''}"
        drop(body, *_HIDDEN)
        return self.rich(body)

    def _points(self, asking: list[etree._Element]) -> Fraction:
        """What the whole item is worth."""
        for outcome in children(self.root, "outcomeDeclaration"):
            name = outcome.get("identifier", "")
            if name == "SCORE" and number_in(outcome.get("normalMaximum")):
                return number_in(outcome.get("normalMaximum")) or FULL
            if name in {"MAXSCORE", "MAX_SCORE"}:
                value = number_in(words(child(outcome, "defaultValue")))
                if value:
                    return value
        mapped = [response.best for response in map(self.response, asking) if response.is_mapped]
        return sum(mapped, NONE) if mapped and sum(mapped, NONE) > 0 else FULL


def _asks(element: etree._Element) -> bool:
    """Whether an element is a place for an answer; a button that ends an attempt is none."""
    return local(element).endswith("Interaction") and local(element) != "endAttemptInteraction"


def _is_hidden(element: etree._Element) -> bool:
    """Whether an element is shown only after another answer."""
    return any(
        local(above) in {"feedbackBlock", "feedbackInline", "templateBlock"} for above in element.iterancestors()
    )
