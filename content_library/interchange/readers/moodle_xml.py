"""Moodle XML: questions with everything that Moodle keeps of them."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from lxml import etree

from content_library.interchange.figures import number_in, share_of_percent
from content_library.interchange.found import Found, Test
from content_library.interchange.markup import markdown_of_html, markdown_of_text, plain_of_html
from content_library.interchange.media import Media, keep_base64
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
    Ordering,
    Pair,
    Question,
    Span,
    Telling,
    Words,
)
from content_library.interchange.readers.embedded import embedded
from content_library.interchange.readers.gift import category_path, truth_words
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.safety.xml import child, children, line_of, words
from content_library.interchange.source import Source
from content_library.interchange.wildcards import read_forms


class MoodleXml:
    """Moodle XML."""

    format = "moodle_xml"

    def recognises(self, source: Source) -> bool:
        """A quiz of questions."""
        head = source.head
        return not source.is_folder and source.looks_like_xml and b"<quiz" in head and b"instructure" not in head

    def read(self, source: Source, media: Media) -> Found:
        """All questions of the file."""
        root = source.root
        if root is None or source.root_name != "quiz":
            raise Refused(Why.UNKNOWN_FORMAT)
        questions: list[Question] = []
        refused: list[Refusal] = []
        category: tuple[str, ...] = ()
        number = 0
        for element in children(root, "question"):
            kind = element.get("type", "")
            if kind == "category":
                category = category_path(words(child(child(element, "category"), "text")))
                continue
            number += 1
            place = Place(line=line_of(element), number=number, name=words(child(child(element, "name"), "text"))[:120])
            try:
                questions.append(XmlQuestion(element, media, place).question(category))
            except Refused as problem:
                refused.append(problem.at(place))
        if not number:
            raise Refused(Why.NOTHING_FOUND)
        tests = (Test(title=source.stem, questions=tuple(questions)),) if questions else ()
        return Found(self.format, tests, (*refused, *media.refused))


class XmlQuestion:
    """One question element."""

    def __init__(self, element: etree._Element, media: Media, place: Place) -> None:
        self.element = element
        self._media = media
        self._place = place

    def question(self, category: tuple[str, ...]) -> Question:
        """The question. Raises ``Refused``."""
        kind = self.element.get("type", "")
        read = _KINDS.get(kind)
        if read is None:
            why = {"random": Why.RANDOM}.get(
                kind, Why.PARAMETERS if kind.startswith("calculated") else Why.KIND_UNKNOWN
            )
            raise Refused(why, kind=kind or "?")
        prompt = self.rich(child(self.element, "questiontext"))
        prompt, answer = read(self, prompt)
        if not prompt:
            raise Refused(Why.NO_PROMPT)
        penalty = number_in(self.said("penalty"))
        points = number_in(self.said("defaultgrade"))
        return Question(
            prompt=prompt,
            answer=answer,
            name=self._place.name,
            points=FULL if points is None else points,
            explanation=self.rich(child(self.element, "generalfeedback")),
            when_right=self.rich(child(self.element, "correctfeedback")),
            when_partly=self.rich(child(self.element, "partiallycorrectfeedback")),
            when_wrong=self.rich(child(self.element, "incorrectfeedback")),
            hints=tuple(hint for hint in map(self.rich, children(self.element, "hint")) if hint),
            penalty=penalty or NONE,
            category=category,
            tags=tuple(filter(None, (words(tag) for tag in children_of(self.element, "tags", "tag")))),
            pictures=self._media.named(prompt),
            line=self._place.line,
            number=self._place.number,
        )

    def said(self, name: str) -> str:
        """The text of a child, with or without ``text`` inside."""
        return words(child(self.element, name))

    def flag(self, name: str) -> bool:
        """A yes-or-no child."""
        return self.said(name).lower() in {"1", "true"}

    def rich(self, element: etree._Element | None) -> str:
        """A text as Markdown, its pictures kept."""
        text = raw(element)
        form = element.get("format", "html") if element is not None else "html"
        files = {one.get("name", ""): one for one in children(element, "file")} if element is not None else {}

        def picture(address: str, alt: str) -> str:
            name = address.rpartition("/")[2]
            file = files.get(name)
            if file is None or not address.startswith("@@PLUGINFILE@@"):
                self._media.refuse(Why.MISSING_FILE, self._place, name or address)
                return ""
            return keep_base64(self._media, file.text or "", name, alt, self._place)

        if form == "markdown":
            return text.strip()
        if form == "plain_text":
            return markdown_of_text(text)
        if form == "moodle_auto_format":
            return markdown_of_html(text.replace("\n", "<br>") if "<p" not in text else text, picture)
        return markdown_of_html(text, picture)

    def answers(self) -> list[tuple[str, Fraction, str, etree._Element]]:
        """Texts, shares and remarks of the answers."""
        made = []
        for answer in children(self.element, "answer"):
            share = share_of_percent(answer.get("fraction", "0"))
            if share is None:
                raise Refused(Why.UNREADABLE)
            form = answer.get("format", "")
            text = raw(answer)
            plain = " ".join(text.split()) if form == "plain_text" else plain_of_html(text)
            if not plain and "<img" in text:
                raise Refused(Why.PICTURE_OPTIONS)
            made.append((plain, share, self.rich(child(answer, "feedback")), answer))
        return made

    def choice(self, prompt: str) -> tuple[str, Answer]:
        """One or several of some options."""
        options = tuple(Option(text=text, share=share, feedback=said) for text, share, said, _ in self.answers())
        is_kept = not self.flag("shuffleanswers") and child(self.element, "shuffleanswers") is not None
        is_whole = self.element.get("type") == "multichoiceset"
        if is_whole:
            right = sum(option.share > 0 for option in options)
            options = tuple(
                replace(option, share=Fraction(1, right) if option.share > 0 else NONE) for option in options
            )
        many = is_whole or not self.flag("single")
        return prompt, Choice(options=options, many=many, keep_order=is_kept, all_or_nothing=is_whole)

    def truth(self, prompt: str) -> tuple[str, Answer]:
        """True or false."""
        called = dict(zip(("true", "false"), truth_words(prompt), strict=True))
        options = [
            Option(text=called.get(text.lower(), text), share=share, feedback=said)
            for text, share, said, _ in self.answers()
        ]
        options.sort(key=lambda option: option.text != called["true"])
        return prompt, Choice(options=tuple(options), keep_order=True)

    def short(self, prompt: str) -> tuple[str, Answer]:
        """A few words."""
        accepted = tuple(Accepted(text=text, share=share, feedback=said) for text, share, said, _ in self.answers())
        forms, patterns = read_forms(accepted)
        return prompt, Words(accepted=forms, keep_case=self.flag("usecase"), patterns=patterns)

    def number(self, prompt: str) -> tuple[str, Answer]:
        """A number with its tolerance."""
        spans = []
        for text, share, said, element in self.answers():
            if text == "*":
                continue
            value, margin = number_in(text), number_in(words(child(element, "tolerance")) or "0")
            if value is None or margin is None:
                raise Refused(Why.NOT_A_NUMBER, text=text[:60])
            spans.append(Span(value=value, margin=abs(margin), share=share, feedback=said))
        units = children_of(self.element, "units", "unit")
        return prompt, Number(spans=tuple(spans), unit=words(child(units[0], "unit_name")) if units else "")

    def matching(self, prompt: str) -> tuple[str, Answer]:
        """Pairs; a partner without its left side is a decoy."""
        pairs, extra = [], []
        for sub in children(self.element, "subquestion"):
            left, right = plain_of_html(raw(sub)), plain_of_html(raw(child(sub, "answer")))
            if left:
                pairs.append((left, right))
            elif right:
                extra.append(right)
        share = Fraction(1, len(pairs)) if pairs else NONE
        made = tuple(Pair(left=left, right=right, share=share) for left, right in pairs)
        return prompt, Matching(pairs=made, extra=tuple(extra))

    def ordering(self, prompt: str) -> tuple[str, Answer]:
        """Lines, written in their right order."""
        return prompt, Ordering(
            lines=tuple(text for text, *_ in self.answers()), by_parts=self.said("gradingtype") != "-1"
        )

    def open(self, prompt: str) -> tuple[str, Answer]:
        """A text for the teacher."""
        sort = "file" if self.said("responseformat") == "noinline" else "text"
        rubric, begun = (self.rich(child(self.element, name)) for name in ("graderinfo", "responsetemplate"))
        most = number_in(self.said("maxwordlimit"))
        return prompt, Open(sort=sort, rubric=rubric, begun=begun, most_words=int(most) if most else 0)

    def telling(self, prompt: str) -> tuple[str, Answer]:
        """No question."""
        return prompt, Telling()

    def embedded(self, _prompt: str) -> tuple[str, Answer]:
        """A text with embedded answers."""
        text, cloze = embedded(raw(child(self.element, "questiontext")))
        return markdown_of_html(text), cloze

    def gaps(self, prompt: str) -> tuple[str, Answer]:
        """Gaps numbered by the place of the word that fits; its group is what may be chosen."""
        choices = [
            (plain_of_html(raw(one)), words(child(one, "group")) or "1")
            for one in children(self.element, "selectoption", "dragbox")
        ]
        made: list[Gap] = []
        parts = prompt.split("[[")
        text = parts[0]
        for part in parts[1:]:
            number, closing, rest = part.partition("]]")
            place = int(number) - 1 if closing and number.isdigit() else -1
            if not 0 <= place < len(choices):
                raise Refused(Why.NO_KEY)
            right, group = choices[place]
            options = dict.fromkeys(word for word, its in choices if its == group)
            made.append(
                Gap(
                    answer=Choice(
                        options=tuple(Option(text=word, share=FULL if word == right else NONE) for word in options)
                    )
                )
            )
            text += f"[[{len(made)}]]{rest}"
        if not made:
            raise Refused(Why.NO_KEY)
        return text, Cloze(gaps=tuple(made), has_bank=self.element.get("type") == "ddwtos")


def raw(element: etree._Element | None) -> str:
    """The ``text`` of an element as it stands."""
    inner = child(element, "text") if element is not None else None
    if inner is None:
        return (element.text or "").strip() if element is not None else ""
    return "".join(inner.itertext()).strip()


def children_of(element: etree._Element, outer: str, name: str) -> list[etree._Element]:
    """Children of a child."""
    found = child(element, outer)
    return children(found, name) if found is not None else []


_KINDS: dict[str, Callable[[XmlQuestion, str], tuple[str, Answer]]] = {
    "multichoice": XmlQuestion.choice,
    "multichoiceset": XmlQuestion.choice,
    "truefalse": XmlQuestion.truth,
    "shortanswer": XmlQuestion.short,
    "numerical": XmlQuestion.number,
    "matching": XmlQuestion.matching,
    "match": XmlQuestion.matching,
    "ddmatch": XmlQuestion.matching,
    "ordering": XmlQuestion.ordering,
    "essay": XmlQuestion.open,
    "description": XmlQuestion.telling,
    "cloze": XmlQuestion.embedded,
    "gapselect": XmlQuestion.gaps,
    "ddwtos": XmlQuestion.gaps,
}
