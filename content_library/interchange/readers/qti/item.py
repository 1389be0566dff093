"""One item of QTI 2 and 3 as a question."""

import copy
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from lxml import etree

from content_library.interchange.figures import number_in
from content_library.interchange.markup import PictureNamer, markdown_of_tree, plain_of_markdown
from content_library.interchange.media import Media
from content_library.interchange.question import (
    FULL,
    NONE,
    Accepted,
    Answer,
    Area,
    Choice,
    Cloze,
    Gap,
    Hotspot,
    Matching,
    Number,
    Open,
    Option,
    Ordering,
    Pair,
    Question,
    Span,
    Words,
)
from content_library.interchange.readers.qti.cutting import drop, only_prompt, put, remove, stands_alone
from content_library.interchange.readers.qti.declared import Declared, declarations
from content_library.interchange.readers.qti.names import number
from content_library.interchange.readers.qti.remarks import remarks_of
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.xml import child, children, every, line_of, local, words

_NOTHING = Declared(name="", many=False, base="", right=())
_NUMBERS = {"integer", "float"}
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
_GAPS = ("textEntryInteraction", "inlineChoiceInteraction")
_TOGETHER = {*_GAPS, "choiceInteraction", "gapMatchInteraction"}
"""What may stand in one item and still be asked as a text with gaps."""
BLANK = "_____"


class Item:
    """An ``assessmentItem`` with its names brought to those of QTI 2."""

    def __init__(self, root: etree._Element, media: Media, picture: PictureNamer, place: Place) -> None:
        self.root = root
        self.declared = declarations(root)
        self._media = media
        self._picture = picture
        self._place = replace(place, name=(root.get("title") or root.get("identifier") or "")[:120])

    @property
    def place(self) -> Place:
        """Where it stands, with its title."""
        return self._place

    def question(self) -> Question:
        """The question. Raises ``Refused``."""
        self._look_for_programs()
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
        prompt = self._prompt(body, asking, answer)
        if not prompt:
            raise Refused(Why.NO_PROMPT)
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

    def rich(self, element: etree._Element | None) -> str:
        """The contents of an element as Markdown."""
        return markdown_of_tree(element, self._picture) if element is not None else ""

    def plain(self, element: etree._Element) -> str:
        """An option: its words, without remarks."""
        inner = copy.deepcopy(element)
        drop(inner, "feedbackInline")
        return plain_of_markdown(markdown_of_tree(inner, self._picture))

    def response(self, element: etree._Element) -> Declared:
        """What is declared of the answer to an interaction."""
        return self.declared.get(element.get("responseIdentifier", ""), _NOTHING)

    def _look_for_programs(self) -> None:
        asking = [one for one in every(self.root, "itemBody") for one in one.iter() if _asks(one)]
        if self.root.get("adaptive") == "true" and (len(asking) != 1 or _is_hidden(asking[0])):
            # One question with several tries is asked here once; what only later answers bring to light can't be.
            raise Refused(Why.ADAPTIVE)
        if children(self.root, "templateDeclaration") or child(self.root, "templateProcessing") is not None:
            raise Refused(Why.PARAMETERS)

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
        if names <= set(_GAPS):
            if len(asking) == 1:
                return self.gap(asking[0]).answer
            return Cloze(gaps=tuple(map(self.gap, asking)))
        if len(asking) > 1 and names <= _TOGETHER:
            return Cloze(gaps=tuple(gap for one in asking for gap in self._gaps_of(one)))
        if len(asking) > 1:
            raise Refused(Why.SEVERAL_PARTS, count=str(len(asking)))
        read = _KINDS.get(local(asking[0]))
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

    def gap(self, element: etree._Element) -> Gap:
        """A field or a list inside a line."""
        response = self.response(element)
        if local(element) == "inlineChoiceInteraction":
            return Gap(answer=self.choice(element), weight=response.best if response.is_mapped else FULL)
        return Gap(answer=self.field(element), weight=response.best if response.is_mapped else FULL)

    def choice(self, element: etree._Element) -> Choice:
        """Options, in a list or in a line."""
        response = self.response(element)
        if not response.has_key:
            raise Refused(Why.NO_KEY)
        options = []
        for one in every(element, "simpleChoice", "inlineChoice", "hottext"):
            text = self.plain(one)
            if not text and every(one, "img", "object", "svg", "picture"):
                raise Refused(Why.PICTURE_OPTIONS)
            options.append(Option(text=text, share=response.share(one.get("identifier", ""))))
        return Choice(
            options=tuple(options),
            many=response.many,
            keep_order=element.get("shuffle", "false").lower() != "true",
            all_or_nothing=response.many and not response.is_mapped,
        )

    def field(self, element: etree._Element) -> Words | Number:
        """A word or a number."""
        response = self.response(element)
        if not response.has_key:
            raise Refused(Why.NO_KEY)
        values = list(response.worth) if response.is_mapped else list(response.right)
        if response.base in _NUMBERS and response.spans:
            best = max(score for _, _, score in response.spans)
            if best > 0:
                return Number(
                    spans=tuple(Span(value=v, margin=m, share=score / best) for v, m, score in response.spans)
                )
        if response.base in _NUMBERS:
            spans = []
            for value in values:
                meant = number_in(value)
                if meant is None:
                    raise Refused(Why.NOT_A_NUMBER, text=value[:60])
                spans.append(Span(value=meant, margin=response.margin, share=response.share(value)))
            return Number(spans=tuple(spans))
        accepted = tuple(Accepted(text=value, share=response.share(value)) for value in values)
        return Words(accepted=accepted, keep_case=response.keep_case)

    def slider(self, element: etree._Element) -> Number:
        """A number on a scale."""
        response = self.response(element)
        meant = number_in(response.right[0]) if response.right else None
        if meant is None:
            raise Refused(Why.NO_KEY)
        return Number(spans=(Span(value=meant, margin=response.margin),))

    def hottext(self, element: etree._Element) -> Choice:
        """Words of the text that can be chosen: options in the order of the text."""
        return replace(self.choice(element), keep_order=True)

    def gap_match(self, element: etree._Element) -> Cloze:
        """Words dragged into gaps."""
        response = self.response(element)
        bank = {one.get("identifier", ""): self.plain(one) for one in every(element, "gapText", "gapImg")}
        if not all(bank.values()):
            raise Refused(Why.PICTURE_OPTIONS)
        pairs = [pair.split() for pair in (response.worth if response.is_mapped else response.right)]
        gaps = []
        for place in every(element, "gap"):
            name = place.get("identifier", "")
            shares = {
                left: response.share(f"{left} {right}") for left, right in filter(_is_pair, pairs) if right == name
            }
            best = max(shares.values(), default=NONE)
            if best <= 0:
                raise Refused(Why.NO_KEY)
            options = tuple(Option(text=text, share=shares.get(key, NONE) / best) for key, text in bank.items())
            gaps.append(Gap(answer=Choice(options=options), weight=best))
        return Cloze(gaps=tuple(gaps), has_bank=True)

    def match(self, element: etree._Element) -> Matching:
        """Two lists side by side."""
        response = self.response(element)
        lists = children(element, "simpleMatchSet")
        named = [
            {one.get("identifier", ""): self.plain(one) for one in every(one_list, "simpleAssociableChoice")}
            for one_list in lists
        ]
        if len(named) != 2:
            raise Refused(Why.UNREADABLE)
        return self._pairs(response, named[0], named[1], is_free=False)

    def associate(self, element: etree._Element) -> Matching:
        """One heap of things that make pairs."""
        named = {one.get("identifier", ""): self.plain(one) for one in every(element, "simpleAssociableChoice")}
        return self._pairs(self.response(element), named, named, is_free=True)

    def _pairs(self, response: Declared, left: dict[str, str], right: dict[str, str], *, is_free: bool) -> Matching:
        if not all((*left.values(), *right.values())):
            raise Refused(Why.PICTURE_OPTIONS)
        keys = [key for key in (response.worth if response.is_mapped else response.right) if response.share(key) > 0]
        whole = sum((response.share(key) for key in keys), NONE)
        made = []
        for key in keys:
            one, other = key.split() if _is_pair(key.split()) else ("", "")
            if one not in left and other in left:
                one, other = other, one
            if one not in left or other not in right:
                raise Refused(Why.NO_KEY)
            made.append((one, other, response.share(key) / whole))
        used = {name for one, other, _ in made for name in ((one, other) if is_free else (other,))}
        if not made:
            raise Refused(Why.NO_KEY)
        return Matching(
            pairs=tuple(Pair(left=left[one], right=right[other], share=share) for one, other, share in made),
            extra=tuple(text for name, text in right.items() if name not in used),
            is_free=is_free,
        )

    def order(self, element: etree._Element) -> Ordering:
        """Lines to be put in order."""
        response = self.response(element)
        named = {one.get("identifier", ""): self.plain(one) for one in every(element, "simpleChoice")}
        if not response.right or not set(response.right) <= set(named):
            raise Refused(Why.NO_KEY)
        if not all(named.values()):
            raise Refused(Why.PICTURE_OPTIONS)
        return Ordering(lines=tuple(named[name] for name in response.right), by_parts=response.is_mapped)

    def hotspot(self, element: etree._Element) -> Hotspot:
        """Regions of a picture."""
        response = self.response(element)
        picture = next(iter(every(element, "img", "object", "image")), None)
        address = (picture.get("src") or picture.get("data") or "") if picture is not None else ""
        areas = tuple(
            Area(
                shape=one.get("shape", "rect"),
                numbers=tuple(float(part) for part in one.get("coords", "").split(",") if number_in(part) is not None),
                share=response.share(one.get("identifier", "")),
                name=one.get("hotspotLabel") or one.get("identifier") or "",
            )
            for one in every(element, "hotspotChoice")
        )
        if not response.has_key:
            raise Refused(Why.NO_KEY)
        return Hotspot(picture=self._picture(address, "") if address else "", areas=areas, many=response.many)

    def text(self, element: etree._Element) -> Open:
        """A longer text."""
        return Open(most_words=int(number(element, "maxStrings") or 0))

    def file(self, _element: etree._Element) -> Open:
        """A file of the pupil's."""
        return Open(sort="file")

    def drawing(self, _element: etree._Element) -> Open:
        """A drawing."""
        return Open(sort="drawing")

    def _prompt(self, body: etree._Element, asking: list[etree._Element], answer: Answer) -> str:
        """The text around, with a blank for each gap."""
        place = 0
        for element in asking:
            name = local(element)
            if name in _GAPS:
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


_KINDS: dict[str, Callable[[Item, etree._Element], Answer]] = {
    "choiceInteraction": Item.choice,
    "hottextInteraction": Item.hottext,
    "gapMatchInteraction": Item.gap_match,
    "matchInteraction": Item.match,
    "associateInteraction": Item.associate,
    "orderInteraction": Item.order,
    "sliderInteraction": Item.slider,
    "hotspotInteraction": Item.hotspot,
    "extendedTextInteraction": Item.text,
    "uploadInteraction": Item.file,
    "drawingInteraction": Item.drawing,
}


def _is_pair(parts: list[str]) -> bool:
    return len(parts) == 2


def _asks(element: etree._Element) -> bool:
    """Whether an element is a place for an answer; a button that ends an attempt is none."""
    return local(element).endswith("Interaction") and local(element) != "endAttemptInteraction"


def _is_hidden(element: etree._Element) -> bool:
    """Whether an element is shown only after another answer."""
    return any(
        local(above) in {"feedbackBlock", "feedbackInline", "templateBlock"} for above in element.iterancestors()
    )
