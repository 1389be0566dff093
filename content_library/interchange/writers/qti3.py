"""QTI 3.0: a package with one item a question and a test that names them in order."""

import io
import zipfile
from collections.abc import Iterable
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from content_library.interchange.found import Test
from content_library.interchange.question import (
    FULL,
    Answer,
    Choice,
    Cloze,
    Gap,
    Matching,
    Number,
    Open,
    Ordering,
    Question,
    Words,
)
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.writers.written import (
    PictureBytes,
    decimal,
    explained,
    pictures_in,
    share_written,
    xhtml,
)

_SPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates"
_MAP = f'<qti-response-processing template="{_TEMPLATES}/map_response.xml"/>'
_MATCH = f'<qti-response-processing template="{_TEMPLATES}/match_correct.xml"/>'


def write_qti3(test: Test, pictures: PictureBytes) -> tuple[bytes, list[Refusal]]:
    """A test as a package."""
    out, refused, items, media = io.BytesIO(), list[Refusal](), list[str](), dict[str, None]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number, question in enumerate(test.questions, 1):
            try:
                item = _item(question, f"item-{number}")
            except Refused as problem:
                refused.append(problem.at(Place(number=number, name=(question.name or question.prompt)[:120])))
                continue
            package.writestr(f"items/item-{number}.xml", item)
            items.append(f"item-{number}")
            media.update(dict.fromkeys(pictures_in(question.prompt)))
        for name in media:
            data = pictures(name)
            if data is not None:
                package.writestr(f"items/media/{name}", data)
        package.writestr("test.xml", _test(test, items))
        package.writestr("imsmanifest.xml", _manifest(items))
    return out.getvalue(), refused


def _item(question: Question, name: str) -> str:
    body = _Body()
    body.ask(question.answer)
    prompt = question.prompt
    for number in range(1, len(body.inline) + 1):
        prompt = prompt.replace(f"[[{number}]]", f"\ue000{number}\ue001")
    text = xhtml(prompt)
    for picture in pictures_in(question.prompt):
        text = text.replace(f'src="{picture}"', f'src="media/{picture}"')
    for number, inner in enumerate(body.inline, 1):
        text = text.replace(f"\ue000{number}\ue001", inner)
    said = explained(question)
    feedback = (
        f'<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="EXPLANATION" show-hide="show"><qti-content-body>{xhtml(said)}</qti-content-body></qti-modal-feedback>'
        if said
        else ""
    )
    points = share_written(question.points)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="{_SPACE}" identifier="{name}" title={quoteattr(question.name or name)} adaptive="false" time-dependent="false" xml:lang="ru">
{"".join(body.declared)}
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"><qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>
<qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float"><qti-default-value><qti-value>{points}</qti-value></qti-default-value></qti-outcome-declaration>
<qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier"/>
<qti-item-body><div>{text}</div>{"".join(body.blocks)}</qti-item-body>
{body.processing}
{feedback}
</qti-assessment-item>
"""


class _Body:
    """What an item declares, shows and counts."""

    def __init__(self) -> None:
        self.declared: list[str] = []
        self.inline: list[str] = []
        """One for each gap of the text."""
        self.blocks: list[str] = []
        self.processing = ""

    def ask(self, answer: Answer) -> None:
        """Everything of one question. Raises ``Refused``."""
        if isinstance(answer, Choice):
            self.blocks.append(self._choice(answer, "RESPONSE"))
        elif isinstance(answer, Words | Number):
            self.blocks.append(f"<p>{self._field(answer, 'RESPONSE', FULL)}</p>")
        elif isinstance(answer, Matching):
            self._matching(answer)
        elif isinstance(answer, Ordering) and not answer.by_parts:
            lines = [(f"L{place}", text) for place, text in enumerate(answer.lines)]
            self._declare("RESPONSE", "ordered", "identifier", [name for name, _ in lines])
            shown = "".join(_simple(name, text) for name, text in sorted(lines, key=lambda line: line[1]))
            self.blocks.append(
                f'<qti-order-interaction response-identifier="RESPONSE" shuffle="true">{shown}</qti-order-interaction>'
            )
            self.processing = _MATCH
        elif isinstance(answer, Cloze):
            self._cloze(answer.gaps)
        elif isinstance(answer, Open):
            self._declare("RESPONSE", "single", "file" if answer.sort == "file" else "string", [])
            kind = "upload" if answer.sort == "file" else "extended-text"
            self.blocks.append(f'<qti-{kind}-interaction response-identifier="RESPONSE"/>')
        else:
            raise Refused(Why.LACKS_KIND)

    def _declare(
        self,
        name: str,
        many: str,
        base: str,
        right: Iterable[str],
        worth: Iterable[tuple[str, Fraction]] = (),
        *,
        cased: str = "",
    ) -> None:
        values = "".join(f"<qti-value>{escape(value)}</qti-value>" for value in right)
        correct = f"<qti-correct-response>{values}</qti-correct-response>" if values else ""
        entries = "".join(
            f'<qti-map-entry map-key={quoteattr(key)} mapped-value="{share_written(share)}"{cased}/>'
            for key, share in worth
        )
        mapping = f'<qti-mapping default-value="0" lower-bound="0">{entries}</qti-mapping>' if entries else ""
        self.declared.append(
            f'<qti-response-declaration identifier="{name}" cardinality="{many}" base-type="{base}">{correct}{mapping}</qti-response-declaration>'
        )

    def _choice(self, answer: Choice, name: str, *, is_inline: bool = False, weight: Fraction = FULL) -> str:
        named = [(f"C{place}", option) for place, option in enumerate(answer.options)]
        best = max((option.share for option in answer.options), default=FULL)
        right = [key for key, option in named if (option.share > 0 if answer.many else option.share == best)]
        worth = (
            []
            if answer.all_or_nothing and not is_inline
            else [(key, option.share * weight) for key, option in named if option.share]
        )
        if (
            answer.many
            and not answer.all_or_nothing
            and sum(option.share for option in answer.options if option.share > 0) != 1
        ):
            raise Refused(Why.LACKS_KIND)
        self._declare(name, "multiple" if answer.many else "single", "identifier", right, worth)
        self.processing = _MAP if worth else _MATCH
        if is_inline:
            inner = "".join(
                f'<qti-inline-choice identifier="{key}">{escape(option.text)}</qti-inline-choice>'
                for key, option in named
            )
            return f'<qti-inline-choice-interaction response-identifier="{name}" shuffle="false">{inner}</qti-inline-choice-interaction>'
        inner = "".join(_simple(key, option.text, option.feedback) for key, option in named)
        shuffle = "false" if answer.keep_order else "true"
        return f'<qti-choice-interaction response-identifier="{name}" shuffle="{shuffle}" max-choices="{0 if answer.many else 1}">{inner}</qti-choice-interaction>'

    def _field(self, answer: Words | Number, name: str, weight: Fraction) -> str:
        if isinstance(answer, Number):
            self._number(answer, name, weight)
        elif answer.patterns:
            raise Refused(Why.LACKS_PATTERNS)
        else:
            cased = f' case-sensitive="{"true" if answer.keep_case else "false"}"'
            worth = [(one.text, one.share * weight) for one in answer.accepted if one.share > 0]
            self._declare(name, "single", "string", [answer.accepted[0].text], worth, cased=cased)
            self.processing = _MAP
        return f'<qti-text-entry-interaction response-identifier="{name}"/>'

    def _number(self, answer: Number, name: str, weight: Fraction) -> None:
        conditions = []
        for place, span in enumerate(answer.spans):
            value, margin = decimal(span.value, span.margin)
            tag = "qti-response-if" if not place else "qti-response-else-if"
            conditions.append(
                f'<{tag}><qti-equal tolerance-mode="absolute" tolerance="{margin} {margin}"><qti-variable identifier="{name}"/>'
                f'<qti-base-value base-type="float">{value}</qti-base-value></qti-equal><qti-set-outcome-value identifier="SCORE">'
                f'<qti-base-value base-type="float">{share_written(span.share * weight)}</qti-base-value></qti-set-outcome-value></{tag}>'
            )
        self._declare(name, "single", "float", [decimal(answer.spans[0].value, answer.spans[0].margin)[0]])
        self.processing = f"<qti-response-processing><qti-response-condition>{''.join(conditions)}</qti-response-condition></qti-response-processing>"

    def _matching(self, answer: Matching) -> None:
        left = {text: f"L{place}" for place, text in enumerate(dict.fromkeys(pair.left for pair in answer.pairs))}
        right = {
            text: f"R{place}"
            for place, text in enumerate(dict.fromkeys((*(pair.right for pair in answer.pairs), *answer.extra)))
        }
        if answer.is_free:
            raise Refused(Why.LACKS_KIND)
        worth = [(f"{left[pair.left]} {right[pair.right]}", pair.share) for pair in answer.pairs]
        self._declare("RESPONSE", "multiple", "directedPair", [key for key, _ in worth], worth)
        sets = "".join(
            f"<qti-simple-match-set>{''.join(_associable(key, text) for text, key in side.items())}</qti-simple-match-set>"
            for side in (left, right)
        )
        self.blocks.append(
            f'<qti-match-interaction response-identifier="RESPONSE" shuffle="true" max-associations="0">{sets}</qti-match-interaction>'
        )
        self.processing = _MAP

    def _cloze(self, gaps: tuple[Gap, ...]) -> None:
        names = []
        for place, gap in enumerate(gaps, 1):
            name = f"RESPONSE{place}"
            names.append(name)
            if isinstance(gap.answer, Choice) and not gap.answer.many:
                self.inline.append(self._choice(gap.answer, name, is_inline=True, weight=gap.weight))
            elif isinstance(gap.answer, Words):
                self.inline.append(self._field(gap.answer, name, gap.weight))
            else:
                raise Refused(Why.LACKS_KIND)
        mapped = "".join(f'<qti-map-response identifier="{name}"/>' for name in names)
        self.processing = f'<qti-response-processing><qti-set-outcome-value identifier="SCORE"><qti-sum>{mapped}</qti-sum></qti-set-outcome-value></qti-response-processing>'


def _simple(name: str, text: str, feedback: str = "") -> str:
    said = (
        f'<qti-feedback-inline outcome-identifier="FEEDBACK" identifier="{name}" show-hide="show">{escape(feedback)}</qti-feedback-inline>'
        if feedback
        else ""
    )
    return f'<qti-simple-choice identifier="{name}">{escape(text)}{said}</qti-simple-choice>'


def _associable(name: str, text: str) -> str:
    return (
        f'<qti-simple-associable-choice identifier="{name}" match-max="0">{escape(text)}</qti-simple-associable-choice>'
    )


def _test(test: Test, items: list[str]) -> str:
    refs = "".join(f'<qti-assessment-item-ref identifier="{name}" href="items/{name}.xml"/>' for name in items)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-test xmlns="{_SPACE}" identifier="test" title={quoteattr(test.title)}>
<qti-test-part identifier="part" navigation-mode="nonlinear" submission-mode="simultaneous"><qti-assessment-section identifier="section" title={quoteattr(test.title)} visible="true">{refs}</qti-assessment-section></qti-test-part>
</qti-assessment-test>
"""


def _manifest(items: list[str]) -> str:
    resources = "".join(
        f'<resource identifier="{name}" type="imsqti_item_xmlv3p0" href="items/{name}.xml"><file href="items/{name}.xml"/></resource>'
        for name in items
    )
    needs = "".join(f'<dependency identifierref="{name}"/>' for name in items)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="manifest"><metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>
<organizations/><resources><resource identifier="test" type="imsqti_test_xmlv3p0" href="test.xml"><file href="test.xml"/>{needs}</resource>{resources}</resources></manifest>
"""
