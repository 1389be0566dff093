"""One item of QTI 1.2: responses, and the conditions that give points."""

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction

from lxml import etree

from content_library.interchange.figures import number_in
from content_library.interchange.markup import PictureNamer, markdown_of_html, markdown_of_text, plain_of_html
from content_library.interchange.media import Media
from content_library.interchange.question import (
    FULL,
    NONE,
    Accepted,
    Answer,
    Choice,
    Cloze,
    Gap,
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
from content_library.interchange.readers.qti.calculated import one_draw
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.xml import child, children, every, local, words

_RESPONSES = (
    "response_lid",
    "response_str",
    "response_num",
    "response_grp",
    "response_xy",
    "response_na",
    "response_extension",
)
_FULL = Fraction(100)
_UNHELD = {"hot_spot_question": Why.KIND_UNKNOWN}


@dataclass
class _Rule:
    """A condition that changes the score."""

    value: Fraction
    adds: bool
    equal: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)
    """Response, then values that fulfil it, with whether case matters."""
    denied: dict[str, list[str]] = field(default_factory=dict)
    spans: dict[str, list[tuple[Fraction | None, Fraction | None]]] = field(default_factory=dict)
    is_all: bool = False
    """All values are needed together."""


@dataclass
class _Response:
    """One place for an answer."""

    name: str
    kind: str
    many: bool
    label: str
    options: list[tuple[str, str]]
    """Idents and texts."""
    is_shuffled: bool


class ClassicItem:
    """An ``item``."""

    def __init__(self, element: etree._Element, media: Media, picture: PictureNamer, place: Place) -> None:
        self._element = element
        self._media = media
        self._picture = picture
        self._place = place
        self._about = {
            words(child(one, "fieldlabel")): words(child(one, "fieldentry"))
            for one in every(element, "qtimetadatafield")
        }
        self._remarks = {one.get("ident", ""): self._material(one) for one in every(element, "itemfeedback")}

    def question(self, category: tuple[str, ...]) -> Question:
        """The question. Raises ``Refused``."""
        kind = self._about.get("question_type") or self._about.get("cc_profile") or ""
        if kind in _UNHELD:
            raise Refused(_UNHELD[kind], kind=kind)
        presentation = child(self._element, "presentation")
        if presentation is None:
            raise Refused(Why.UNREADABLE)
        responses = [self._response(one) for one in every(presentation, *_RESPONSES)]
        prompt = self._prompt(presentation)
        prompt, answer = self._answer(kind, prompt, responses)
        if not prompt:
            raise Refused(Why.NO_PROMPT)
        points = number_in(self._about.get("points_possible") or self._about.get("cc_weighting"))
        return Question(
            prompt=prompt,
            answer=answer,
            name=self._place.name if self._place.name.lower() != "question" else "",
            points=FULL if points is None else points,
            explanation=self._remarks.get("general_fb", ""),
            when_right=self._remarks.get("correct_fb", ""),
            when_wrong=self._remarks.get("general_incorrect_fb", ""),
            category=category,
            pictures=self._media.named(prompt),
            part=self._place.part,
            line=self._place.line,
            number=self._place.number,
        )

    def _answer(self, kind: str, prompt: str, responses: list[_Response]) -> tuple[str, Answer]:
        if kind == "text_only_question":
            return prompt, Telling()
        if kind == "file_upload_question":
            return prompt, Open(sort="file")
        if kind in {"essay_question", "cc.essay.v0p1"}:
            return prompt, Open(rubric=self._remarks.get("solution", ""))
        if kind == "calculated_question":
            self._media.refuse(Why.ONE_DRAW, self._place, self._place.name)
            return one_draw(self._element, prompt)
        if not responses:
            raise Refused(Why.NO_KEY)
        if any(one.kind in {"response_xy", "response_grp", "response_extension"} for one in responses):
            raise Refused(Why.KIND_UNKNOWN, kind=responses[0].kind)
        rules = self._rules()
        _call_alike(responses, rules)
        if len(responses) == 1 and not kind.startswith(("multiple_dropdowns", "fill_in_multiple")):
            return prompt, self._one(responses[0], rules, kind)
        return self._several(kind, prompt, responses, rules)

    def _one(self, response: _Response, rules: list[_Rule], kind: str) -> Answer:
        if response.kind == "response_lid":
            return self._choice(response, rules)
        if not any(response.name in rule.equal or response.name in rule.spans for rule in rules):
            if rules:
                raise Refused(Why.NO_KEY)
            return Open()
        is_number = response.kind == "response_num" or kind == "numerical_question" or any(rule.spans for rule in rules)
        return self._number(response, rules) if is_number else self._words(response, rules)

    def _choice(self, response: _Response, rules: list[_Rule]) -> Choice:
        """Options with their shares, without empty ones that are wrong: Canvas keeps the lines that an author left blank."""
        shares = {ident: NONE for ident, _ in response.options}
        is_whole = False
        for rule in rules:
            values = [value for value, _ in rule.equal.get(response.name, ())]
            if not values or (rule.value <= 0 and not rule.adds):
                continue
            if response.many and (rule.is_all or not rule.adds):
                is_whole = True
                shares.update({value: Fraction(1, len(values)) for value in values if value in shares})
                continue
            for value in values:
                if value in shares:
                    shares[value] = shares[value] + rule.value if rule.adds else rule.value
        if not any(share > 0 for share in shares.values()):
            raise Refused(Why.NO_KEY)
        # Some programs declare a smaller whole than their own conditions give.
        positive = [share for share in shares.values() if share > 0]
        whole = max(sum(positive, NONE) if response.many else max(positive), Fraction(1))
        shares = {ident: max(share / whole, Fraction(-1)) for ident, share in shares.items()}
        options = []
        for ident, text in response.options:
            if not text and shares[ident] <= 0:
                continue
            if not text:
                raise Refused(Why.NO_OPTIONS)
            options.append(Option(text=text, share=shares[ident], feedback=self._remarks.get(f"{ident}_fb", "")))
        return Choice(
            options=tuple(options), many=response.many, keep_order=not response.is_shuffled, all_or_nothing=is_whole
        )

    def _words(self, response: _Response, rules: list[_Rule]) -> Words:
        accepted: dict[str, Fraction] = {}
        keep_case = False
        for rule in rules:
            for value, cased in rule.equal.get(response.name, ()):
                text = self._label_of(response, value)
                if rule.value > 0 and text:
                    accepted.setdefault(text, rule.value)
                    keep_case = keep_case or cased
        if not accepted:
            raise Refused(Why.NO_KEY)
        return Words(
            accepted=tuple(Accepted(text=text, share=min(share, Fraction(1))) for text, share in accepted.items()),
            keep_case=keep_case,
        )

    def _number(self, response: _Response, rules: list[_Rule]) -> Number:
        spans: list[Span] = []
        for rule in rules:
            if rule.value <= 0:
                continue
            ranges = [
                (low, high) for low, high in rule.spans.get(response.name, ()) if low is not None and high is not None
            ]
            for low, high in ranges:
                spans.append(Span(value=(low + high) / 2, margin=abs(high - low) / 2, share=rule.value))
            for value, _ in rule.equal.get(response.name, ()):
                meant = number_in(value)
                if meant is None:
                    raise Refused(Why.NOT_A_NUMBER, text=value[:60])
                inside = any(low <= meant <= high for low, high in ranges)
                if not inside:
                    spans.append(Span(value=meant, share=rule.value))
        if not spans:
            raise Refused(Why.NO_KEY)
        return Number(spans=tuple(spans))

    def _several(self, kind: str, prompt: str, responses: list[_Response], rules: list[_Rule]) -> tuple[str, Answer]:
        """Gaps of a text, or pairs."""
        named = {
            one: re.compile(rf"\\?\[{re.escape(one.name.removeprefix('response_'))}\\?\]")
            for one in map(_Key, responses)
        }
        if kind.startswith(("multiple_dropdowns", "fill_in_multiple")) or all(
            found.search(prompt) for found in named.values()
        ):
            gaps = []
            for place, (response, pattern) in enumerate(named.items(), 1):
                one = response.response
                is_words = kind.startswith("fill_in_multiple") or one.kind == "response_str"
                gaps.append(Gap(answer=self._words(one, rules) if is_words else self._choice(one, rules)))
                if not pattern.search(prompt):
                    raise Refused(Why.NO_KEY)
                prompt = pattern.sub(f"[[{place}]]", prompt)
            return prompt, Cloze(gaps=tuple(_even(gap) for gap in gaps))
        if all(one.kind == "response_lid" and one.options and not one.many for one in responses):
            return prompt, self._pairs(responses, rules)
        raise Refused(Why.SEVERAL_PARTS, count=str(len(responses)))

    def _pairs(self, responses: list[_Response], rules: list[_Rule]) -> Matching:
        pairs, partners = [], dict[str, None]()
        for one in responses:
            if not one.label and _is_blank(one, rules):
                continue
            right = [option for option in self._choice(one, rules).options if option.share > 0]
            partners.update(dict.fromkeys(text for _, text in one.options if text))
            if not one.label:
                raise Refused(Why.NO_PROMPT)
            pairs.append(Pair(left=one.label, right=right[0].text, share=Fraction(1)))
        if not pairs:
            raise Refused(Why.NO_OPTIONS)
        pairs = [replace(pair, share=Fraction(1, len(pairs))) for pair in pairs]
        used = {pair.right for pair in pairs}
        return Matching(pairs=tuple(pairs), extra=tuple(text for text in partners if text not in used))

    def _label_of(self, response: _Response, value: str) -> str:
        return next((text for ident, text in response.options if ident == value), value)

    def _response(self, element: etree._Element) -> _Response:
        labels = every(element, "response_label")
        render = next(iter(every(element, "render_choice", "render_fib")), None)
        return _Response(
            name=element.get("ident", ""),
            kind=local(element),
            many=element.get("rcardinality", "Single").lower() == "multiple",
            label=" ".join(plain_of_html(_said(one)) for one in _own_material(element)),
            options=[
                (one.get("ident", ""), plain_of_html(" ".join(map(_said, every(one, "mattext")))))
                for one in labels
                if every(one, "mattext")
            ],
            is_shuffled=render is not None and render.get("shuffle", "No").lower() == "yes",
        )

    def _prompt(self, presentation: etree._Element) -> str:
        """Everything before and between the answers, but not what belongs to one."""
        parts = []
        for one in every(presentation, "mattext", "matimage"):
            if any(local(above) in (*_RESPONSES, "response_label") for above in one.iterancestors()):
                if not (local(one.getparent()) == "material" and self._is_lone(presentation)):  # type: ignore[arg-type]
                    continue
                if any(
                    local(above) in {"response_label", "render_choice", "render_fib"} for above in one.iterancestors()
                ):
                    continue
            if local(one) == "matimage":
                key = self._picture(one.get("uri", ""), "")
                parts.append(f"![]({key})" if key else "")
            else:
                parts.append(self._rich(one))
        return "\n\n".join(part for part in parts if part)

    @staticmethod
    def _is_lone(presentation: etree._Element) -> bool:
        return len(every(presentation, *_RESPONSES)) == 1

    def _rich(self, element: etree._Element) -> str:
        text = _said(element)
        if (element.get("texttype") or "").lower() == "text/plain" and "<" not in text:
            return markdown_of_text(text)
        return markdown_of_html(text, self._picture)

    def _material(self, element: etree._Element) -> str:
        return "\n\n".join(filter(None, (self._rich(one) for one in every(element, "mattext"))))

    def _rules(self) -> list[_Rule]:
        """The conditions that give points; shares of what is the most."""
        most = [number_in(one.get("maxvalue")) for one in every(self._element, "decvar")]
        full = next((value for value in most if value), None)
        rules = []
        for condition in every(self._element, "respcondition"):
            changes = children(condition, "setvar")
            value = number_in(words(changes[0])) if changes else None
            if value is None:
                continue
            rule = _Rule(value, (changes[0].get("action") or "Set").lower() == "add")
            variables = child(condition, "conditionvar")
            if variables is not None:
                _read_condition(variables, rule, is_denied=False)
            rules.append(rule)
        biggest = max((rule.value for rule in rules), default=NONE)
        whole = full or (biggest if biggest > 0 else _FULL)
        for rule in rules:
            rule.value /= whole
        return rules


@dataclass(frozen=True, eq=False)
class _Key:
    """A response as a key."""

    response: _Response

    @property
    def name(self) -> str:
        return self.response.name


def _call_alike(responses: list[_Response], rules: list[_Rule]) -> None:
    """Canvas has written keys under another name than the only answer's; there is nothing else they could mean."""
    names = {name for rule in rules for name in rule.equal}
    if len(responses) == 1 and len(names) == 1 and responses[0].name not in names:
        for rule in rules:
            rule.equal = dict(zip((responses[0].name,), rule.equal.values(), strict=False))


def _even(gap: Gap) -> Gap:
    """Each gap counts for itself: inside it the best answer is worth everything."""
    answer = gap.answer
    if isinstance(answer, Choice):
        best = max(option.share for option in answer.options)
        options = tuple(Option(text=one.text, share=one.share / best, feedback=one.feedback) for one in answer.options)
        return Gap(answer=Choice(options=options, keep_order=answer.keep_order), weight=best)
    if isinstance(answer, Words):
        best = max(one.share for one in answer.accepted)
        accepted = tuple(Accepted(text=one.text, share=one.share / best) for one in answer.accepted)
        return Gap(answer=Words(accepted=accepted, keep_case=answer.keep_case), weight=best)
    return gap


def _read_condition(element: etree._Element, rule: _Rule, *, is_denied: bool) -> None:
    low: Fraction | None = None
    high: Fraction | None = None
    name = ""
    for one in element:
        kind, said = local(one), words(one)
        respondent = one.get("respident", "")
        if kind in {"varequal", "varsubset", "varsubstring"}:
            if is_denied:
                rule.denied.setdefault(respondent, []).append(said)
            else:
                rule.equal.setdefault(respondent, []).append((said, (one.get("case") or "No").lower() == "yes"))
        elif kind in {"vargte", "vargt"}:
            low, name = number_in(said), respondent
        elif kind in {"varlte", "varlt"}:
            high, name = number_in(said), respondent
        elif kind in {"and", "or", "not"}:
            rule.is_all = rule.is_all or (kind == "and" and not is_denied and len(children(one, "varequal")) > 0)
            _read_condition(one, rule, is_denied=is_denied != (kind == "not"))
    if name and not is_denied:
        rule.spans.setdefault(name, []).append((low, high))


def _own_material(element: etree._Element) -> list[etree._Element]:
    """What stands beside a place for an answer."""
    return [one for material in children(element, "material") for one in children(material, "mattext")]


def _said(element: etree._Element) -> str:
    """A text; XHTML written as elements comes back as such."""
    if not len(element):
        return element.text or ""
    inner = "".join(etree.tostring(one, encoding="unicode") for one in element)
    return f"{element.text or ''}{inner}"


def _is_blank(response: _Response, rules: list[_Rule]) -> bool:
    """Whether a row of pairs was never filled in: what is right in it is empty too."""
    texts = dict(response.options)
    right = {value for rule in rules for value, _ in rule.equal.get(response.name, ()) if rule.value > 0 or rule.adds}
    return not any(texts.get(value) for value in right)
