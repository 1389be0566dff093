"""``questions.xml`` of a Moodle backup: the question bank as the database of Moodle keeps it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
from content_library.interchange.readers.embedded import embedded
from content_library.interchange.readers.gift import truth_words
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.xml import child, every, line_of, words

_NEAR = Fraction(1, 20000)
_PLAIN, _MARKDOWN = "2", "4"


def bank_questions(root: etree._Element) -> Iterator[tuple["BankQuestion", tuple[str, ...]]]:
    """All questions with the path of their category; parts of other questions are left to those."""
    categories = {one.get("id", ""): one for one in every(root, "question_category")}
    for category in categories.values():
        path = _path(category, categories)
        for one in _newest(category):
            if words(child(one, "parent")) in {"", "0", one.get("id", "")}:
                yield BankQuestion(one), path


def _newest(category: etree._Element) -> Iterator[etree._Element]:
    """The questions of a category; since Moodle 4 a question has versions, of which the newest counts."""
    entries = every(category, "question_bank_entry")
    if not entries:
        yield from every(category, "question")
    for entry in entries:
        versions = every(entry, "question_versions")
        newest = max(versions, key=lambda one: number_in(words(child(one, "version"))) or NONE, default=entry)
        yield from every(newest, "question")


def _path(category: etree._Element, categories: dict[str, etree._Element]) -> tuple[str, ...]:
    path: list[str] = []
    at: etree._Element | None = category
    while at is not None and len(path) < 20:
        name = words(child(at, "name"))
        if name and name != "top":
            path.append(name)
        at = categories.get(words(child(at, "parent")))
    return tuple(reversed(path))


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """One row of the bank with the rows of its type."""

    element: etree._Element

    @property
    def name(self) -> str:
        """Its name."""
        return words(child(self.element, "name"))[:120]

    @property
    def key(self) -> str:
        """Its number in the database that was saved."""
        return self.element.get("id", "")

    @property
    def line(self) -> int:
        """Its line in the file."""
        return line_of(self.element)

    def question(self, picture: PictureNamer, media: Media, place: Place, path: tuple[str, ...]) -> Question:
        """The question. Raises ``Refused``."""
        kind = words(child(self.element, "qtype"))
        read = _KINDS.get(kind)
        if read is None:
            why = {"random": Why.RANDOM}.get(
                kind, Why.PARAMETERS if kind.startswith("calculated") else Why.KIND_UNKNOWN
            )
            raise Refused(why, kind=kind or "?")
        prompt = self._rich("questiontext", picture)
        prompt, answer = read(self, prompt)
        if not prompt:
            raise Refused(Why.NO_PROMPT)
        points = number_in(words(child(self.element, "defaultmark")))
        return Question(
            prompt=prompt,
            answer=answer,
            name=self.name,
            points=FULL if points is None else points,
            explanation=self._rich("generalfeedback", picture),
            when_right=self._deep("correctfeedback"),
            when_partly=self._deep("partiallycorrectfeedback"),
            when_wrong=self._deep("incorrectfeedback"),
            hints=tuple(
                filter(
                    None, (markdown_of_html(_raw(child(one, "hint"))) for one in every(self.element, "question_hint"))
                )
            ),
            penalty=number_in(words(child(self.element, "penalty"))) or NONE,
            category=path,
            pictures=media.named(prompt),
            part=place.part,
            line=place.line,
            number=place.number,
        )

    def _rich(self, name: str, picture: PictureNamer) -> str:
        text, form = _raw(child(self.element, name)), words(child(self.element, f"{name}format"))
        if form == _MARKDOWN:
            return text.strip()
        return markdown_of_text(text) if form == _PLAIN else markdown_of_html(text, picture)

    def _deep(self, name: str) -> str:
        found = every(self.element, name)
        return markdown_of_html(_raw(found[0])) if found else ""

    def _said(self, name: str) -> str:
        """A value of the type's own rows."""
        found = every(self.element, name)
        return words(found[0]) if found else ""

    def answers(self) -> list[tuple[str, Fraction, str, str]]:
        """Texts, shares, remarks and keys."""
        made = []
        for one in every(self.element, "answer"):
            text = child(one, "answertext")
            if text is None:
                continue
            share = number_in(words(child(one, "fraction"))) or NONE
            rounded = min(
                (Fraction(top, bottom) for bottom in range(1, 21) for top in range(bottom + 1)),
                key=lambda known: abs(known - abs(share)),
            )
            if abs(rounded - abs(share)) < _NEAR:
                share = rounded if share >= 0 else -rounded
            made.append(
                (plain_of_html(_raw(text)), share, markdown_of_html(_raw(child(one, "feedback"))), one.get("id", ""))
            )
        return made

    def choice(self, prompt: str) -> tuple[str, Answer]:
        """One or several of some options."""
        options = tuple(Option(text=text, share=share, feedback=said) for text, share, said, _ in self.answers())
        return prompt, Choice(
            options=options, many=self._said("single") == "0", keep_order=self._said("shuffleanswers") == "0"
        )

    def truth(self, prompt: str) -> tuple[str, Answer]:
        """True or false."""
        right = self._said("trueanswer")
        names = truth_words(prompt)
        found = sorted(self.answers(), key=lambda one: one[3] != right)
        if len(found) != 2:
            raise Refused(Why.NO_KEY)
        options = (Option(text=name, share=one[1], feedback=one[2]) for name, one in zip(names, found, strict=True))
        return prompt, Choice(options=tuple(options), keep_order=True)

    def short(self, prompt: str) -> tuple[str, Answer]:
        """A few words."""
        accepted = tuple(Accepted(text=text, share=share, feedback=said) for text, share, said, _ in self.answers())
        return prompt, Words(
            accepted=accepted, keep_case=self._said("usecase") == "1", patterns=any("*" in one.text for one in accepted)
        )

    def number(self, prompt: str) -> tuple[str, Answer]:
        """A number with its tolerance."""
        margins = {
            words(child(one, "answer")): words(child(one, "tolerance"))
            for one in every(self.element, "numerical_record")
        }
        spans = []
        for text, share, said, key in self.answers():
            if text == "*":
                continue
            value, margin = number_in(text), number_in(margins.get(key) or "0")
            if value is None or margin is None:
                raise Refused(Why.NOT_A_NUMBER, text=text[:60])
            spans.append(Span(value=value, margin=abs(margin), share=share, feedback=said))
        return prompt, Number(spans=tuple(spans))

    def matching(self, prompt: str) -> tuple[str, Answer]:
        """Pairs."""
        found = [
            (plain_of_html(_raw(child(one, "questiontext"))), plain_of_html(_raw(child(one, "answertext"))))
            for one in every(self.element, "match")
        ]
        pairs = [(left, right) for left, right in found if left]
        share = Fraction(1, len(pairs)) if pairs else NONE
        made = tuple(Pair(left=left, right=right, share=share) for left, right in pairs)
        return prompt, Matching(pairs=made, extra=tuple(right for left, right in found if not left and right))

    def open(self, prompt: str) -> tuple[str, Answer]:
        """A text for the teacher."""
        return prompt, Open(
            sort="file" if self._said("responseformat") == "noinline" else "text", rubric=self._deep("graderinfo")
        )

    def telling(self, prompt: str) -> tuple[str, Answer]:
        """No question."""
        return prompt, Telling()

    def gaps(self, prompt: str) -> tuple[str, Answer]:
        """Gaps numbered by the place of the word that fits; its group is kept in its remark."""
        found = self.answers()
        gaps: list[Gap] = []
        parts = prompt.split("[[")
        text = parts[0]
        for part in parts[1:]:
            number, _, rest = part.partition("]]")
            if not number.isdigit() or not 0 < int(number) <= len(found):
                raise Refused(Why.NO_KEY)
            right, _, group, _ = found[int(number) - 1]
            options = dict.fromkeys(word for word, _, its, _ in found if its == group)
            made = tuple(Option(text=word, share=FULL if word == right else NONE) for word in options)
            gaps.append(Gap(answer=Choice(options=made)))
            text += f"[[{len(gaps)}]]{rest}"
        if not gaps:
            raise Refused(Why.NO_KEY)
        return text, Cloze(gaps=tuple(gaps))

    def embedded(self, _prompt: str) -> tuple[str, Answer]:
        """Embedded answers: the backup keeps their texts in the questions that are its parts."""
        text = _raw(child(self.element, "questiontext"))
        root = self.element.getroottree().getroot()
        inner = {one.get("id", ""): one for one in every(root, "question")}
        for place, key in enumerate(self._said("sequence").split(","), 1):
            if key.strip() in inner:
                text = text.replace(f"{{#{place}}}", _raw(child(inner[key.strip()], "questiontext")))
        prompt, cloze = embedded(text)
        return markdown_of_html(prompt), cloze


def _raw(element: etree._Element | None) -> str:
    text = "".join(element.itertext()) if element is not None else ""
    return "" if text == "$@NULL@$" else text


_KINDS: dict[str, Callable[[BankQuestion, str], tuple[str, Answer]]] = {
    "multichoice": BankQuestion.choice,
    "truefalse": BankQuestion.truth,
    "shortanswer": BankQuestion.short,
    "numerical": BankQuestion.number,
    "match": BankQuestion.matching,
    "essay": BankQuestion.open,
    "description": BankQuestion.telling,
    "gapselect": BankQuestion.gaps,
    "ddwtos": BankQuestion.gaps,
    "multianswer": BankQuestion.embedded,
}
