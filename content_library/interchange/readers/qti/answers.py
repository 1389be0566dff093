"""Interactions of QTI 2 and 3 as answers."""

import copy
from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from content_library.interchange.figures import number_in
from content_library.interchange.markup import PictureNamer, markdown_of_tree, plain_of_markdown
from content_library.interchange.media import Media
from content_library.interchange.question import (
    FULL,
    NONE,
    Accepted,
    Answer,
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
    Span,
    Words,
)
from content_library.interchange.readers.qti.cutting import drop
from content_library.interchange.readers.qti.declared import Declared, declarations
from content_library.interchange.readers.qti.graphics import Plan, plan_of
from content_library.interchange.readers.qti.names import number
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.xml import children, every, local

_NOTHING = Declared(name="", many=False, base="", right=())
_NUMBERS = {"integer", "float"}
GAPS = ("textEntryInteraction", "inlineChoiceInteraction")
BLANK = "_____"


class Answers:
    """Reads the interactions of one item, each as the answer it asks for."""

    def __init__(self, root: etree._Element, media: Media, picture: PictureNamer, place: Place) -> None:
        self.root = root
        self.declared = declarations(root)
        self._media = media
        self._picture = picture
        self.shown: list[str] = []
        """Pictures with numbered places, for the end of the prompt."""
        self._place = replace(place, name=(root.get("title") or root.get("identifier") or "")[:120])

    @property
    def place(self) -> Place:
        """Where it stands, with its title."""
        return self._place

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
        response, plan = self.response(element), self._plan(element)
        if not response.has_key:
            raise Refused(Why.NO_KEY)
        areas = tuple(
            replace(area, share=response.share(name)) for area, name in zip(plan.areas, plan.names, strict=True)
        )
        return Hotspot(picture=plan.picture, areas=areas, many=response.many, numbered=plan.numbered)

    def graphic_order(self, element: etree._Element) -> Ordering:
        """Places of a picture in their order."""
        response, plan = self.response(element), self._plan(element)
        if not response.right or not set(response.right) <= set(plan.names):
            raise Refused(Why.NO_KEY)
        return Ordering(lines=tuple(plan.names[name] for name in response.right), by_parts=response.is_mapped)

    def graphic_associate(self, element: etree._Element) -> Matching:
        """Places of a picture that belong together."""
        names = self._plan(element).names
        return self._pairs(self.response(element), names, names, is_free=True)

    def graphic_gaps(self, element: etree._Element) -> Matching:
        """Labels for places of a picture."""
        names = self._plan(element).names
        labels = {
            one.get("identifier", ""): self.plain(one) or one.get("objectLabel", "")
            for one in every(element, "gapText", "gapImg")
        }
        return self._pairs(self.response(element), names, labels, is_free=False)

    def _plan(self, element: etree._Element) -> Plan:
        plan = plan_of(element, self._picture, self._media, self._place)
        self.shown.append(plan.shown)
        return plan

    def text(self, element: etree._Element) -> Open:
        """A longer text."""
        return Open(most_words=int(number(element, "maxStrings") or 0))

    def file(self, _element: etree._Element) -> Open:
        """A file of the pupil's."""
        return Open(sort="file")

    def drawing(self, _element: etree._Element) -> Open:
        """A drawing."""
        return Open(sort="drawing")


KINDS: dict[str, Callable[[Answers, etree._Element], Answer]] = {
    "choiceInteraction": Answers.choice,
    "hottextInteraction": Answers.hottext,
    "gapMatchInteraction": Answers.gap_match,
    "matchInteraction": Answers.match,
    "associateInteraction": Answers.associate,
    "orderInteraction": Answers.order,
    "sliderInteraction": Answers.slider,
    "hotspotInteraction": Answers.hotspot,
    "graphicOrderInteraction": Answers.graphic_order,
    "graphicAssociateInteraction": Answers.graphic_associate,
    "graphicGapMatchInteraction": Answers.graphic_gaps,
    "extendedTextInteraction": Answers.text,
    "uploadInteraction": Answers.file,
    "drawingInteraction": Answers.drawing,
}
"""How each interaction is read."""


def _is_pair(parts: list[str]) -> bool:
    return len(parts) == 2
