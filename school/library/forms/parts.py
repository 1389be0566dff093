"""Forms of questions answered in parts: pairs, groups, order, gaps, words of a text, marks on a line.

Everything is written as lines of text, so that a form is the same with a script and without it, and a list can be
pasted from anywhere.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from school.library.forms.base import ItemForm, lines_of, plain
from school.library.forms.notation import gap_written, read_gaps, read_marked, write_gaps, write_marked

_CREDIT = [("partial", _l("a share for each right part")), ("all", _l("only when all is right"))]


class MatchingForm(ItemForm):
    """A partner for each thing."""

    kind = "matching"
    own = ("pairs", "extra", "credit")
    homes = {"left": "pairs", "right": "pairs", "key": "pairs", "shares": "pairs"}
    hints = {
        "pairs": _l("One pair in a line: Volga = Caspian Sea"),
        "extra": _l("Partners that belong to nothing, one in a line."),
    }

    pairs = TextAreaField(_l("Pairs"), [Length(max=4000)])
    extra = TextAreaField(_l("Partners without a pair"), [Length(max=2000)])
    credit = SelectField(_l("How points are given"), choices=_CREDIT)

    def show_own(self, spec: dict[str, Any]) -> None:
        """One pair a line."""
        left, right, key = spec.get("left", ()), spec.get("right", ()), spec.get("key", ())
        self.pairs.data = "\n".join(f"{one} = {right[place]}" for one, place in zip(left, key, strict=True))
        self.extra.data = "\n".join(text for place, text in enumerate(right) if place not in key)
        self.credit.data = spec.get("credit", "partial")

    def own_spec(self) -> dict[str, Any]:
        """Both sides, each partner once."""
        pairs = [_split(line, "=") for line in lines_of(self.pairs.data)]
        right = list(dict.fromkeys([*(other for _, other in pairs), *lines_of(self.extra.data)]))
        key = [right.index(other) for _, other in pairs]
        return {"left": [one for one, _ in pairs], "right": right, "key": key, "credit": self.credit.data}

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """The weights of the pairs, while there are as many."""
        shares = self.before.get("shares", ())
        return {"shares": shares} if shares and self.before["left"] == made["left"] else {}


class GroupingForm(ItemForm):
    """A group for each thing."""

    kind = "grouping"
    own = ("groups", "credit")
    homes = {"left": "groups", "right": "groups", "key": "groups", "shares": "groups"}
    hints = {"groups": _l("One group in a line: vowels: a; o; u")}

    groups = TextAreaField(_l("Groups and what belongs to them"), [Length(max=4000)])
    credit = SelectField(_l("How points are given"), choices=_CREDIT)

    def show_own(self, spec: dict[str, Any]) -> None:
        """One group a line."""
        key, left = spec.get("key", ()), spec.get("left", ())
        self.groups.data = "\n".join(
            f"{group}: {'; '.join(one for one, at in zip(left, key, strict=True) if at == place)}"
            for place, group in enumerate(spec.get("right", ()))
        )
        self.credit.data = spec.get("credit", "partial")

    def own_spec(self) -> dict[str, Any]:
        """Things in the order of the lines."""
        left, key, right = list[str](), list[int](), list[str]()
        for line in lines_of(self.groups.data):
            group, things = _split(line, ":")
            for thing in filter(None, (one.strip() for one in things.split(";"))):
                left.append(thing)
                key.append(len(right))
            right.append(group)
        return {"left": left, "right": right, "key": key, "credit": self.credit.data}


class OrderingForm(ItemForm):
    """Lines in their order."""

    kind = "ordering"
    own = ("ordered", "credit")
    homes = {"lines": "ordered", "key": "ordered"}
    hints = {"ordered": _l("In the right order, one in a line; pupils get them mixed.")}

    ordered = TextAreaField(_l("Lines"), [Length(max=4000)])
    credit = SelectField(
        _l("How points are given"),
        choices=[
            ("run", _l("by how many follow one another as they should")),
            ("places", _l("a share for each at its own place")),
            ("all", _l("only when all is right")),
        ],
    )

    def show_own(self, spec: dict[str, Any]) -> None:
        """The lines in the right order."""
        self.ordered.data = "\n".join(spec["lines"][place] for place in spec.get("key", ()))
        self.credit.data = spec.get("credit", "run")

    def own_spec(self) -> dict[str, Any]:
        """The lines as they stand, which is the key."""
        written = lines_of(self.ordered.data)
        return {"lines": written, "key": list(range(len(written))), "credit": self.credit.data}


class ClozeForm(ItemForm):
    """A text with gaps."""

    kind = "cloze"
    own = ("gapped", "is_bank", "bank_words", "credit")
    homes = {"text": "gapped", "gaps": "gapped", "key": "gapped", "bank": "bank_words", "shares": "gapped"}
    hints = {
        "gapped": _l(
            "Gaps in double brackets: [[Moscow; city of Moscow]] is written, [[=Ob; Lena]] is chosen, [[#473 ± 5 km]] is a number."
        ),
        "bank_words": _l("Words that fit no gap, one in a line."),
    }

    gapped = TextAreaField(_l("Text with gaps"), [Length(max=6000)])
    is_bank = BooleanField(_l("One list of words for all gaps"))
    bank_words = TextAreaField(_l("Words without a gap"), [Length(max=2000)])
    credit = SelectField(_l("How points are given"), choices=_CREDIT)

    def show_own(self, spec: dict[str, Any]) -> None:
        """The text as it is written."""
        self.gapped.data = self._joined(write_gaps(self._texts(spec), spec)) if "gaps" in spec else ""
        self.is_bank.data = "bank" in spec
        used = {place for key in spec.get("key", ()) if isinstance(key, list) for place in key}
        self.bank_words.data = "\n".join(word for at, word in enumerate(spec.get("bank", ())) if at not in used)
        self.credit.data = spec.get("credit", "partial")

    def own_spec(self) -> dict[str, Any]:
        """Text, gaps and keys."""
        extra = lines_of(self.bank_words.data) if self.is_bank.data else None
        read = read_gaps(self._written(), extra)
        made = self._shape(read.texts) | {"gaps": read.gaps, "key": read.keys, "credit": self.credit.data}
        return made | ({"bank": read.bank} if extra is not None else {})

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """What a gap has beside its words (weight, forgiven slips), while it is written as before."""
        if len(self.before.get("gaps", ())) != len(made["gaps"]):
            return {}
        gaps, keys = list(made["gaps"]), list(made["key"])
        same = [gap_written(self.before, place) == gap_written(made, place) for place in range(len(gaps))]
        for place, stays in enumerate(same):
            if stays and self.before["gaps"][place]["kind"] == gaps[place]["kind"] != "bank":
                gaps[place], keys[place] = self.before["gaps"][place], self.before["key"][place]
        shares = self.before.get("shares")
        return {"gaps": gaps, "key": keys} | ({"shares": shares} if shares and all(same) else {})

    def _texts(self, spec: dict[str, Any]) -> list[str]:
        return [spec["text"]]

    def _joined(self, texts: list[str]) -> str:
        return texts[0]

    def _written(self) -> list[str]:
        return [plain(self.gapped.data)]

    def _shape(self, texts: list[str]) -> dict[str, Any]:
        return {"text": texts[0]}


class TableForm(ClozeForm):
    """A table with gaps."""

    kind = "table"
    homes = {"rows": "gapped", "columns": "gapped", "gaps": "gapped", "key": "gapped", "bank": "bank_words"}
    hints = ClozeForm.hints | {
        "gapped": _l(
            "Headings in the first line, then the rows; cells divided by |, gaps in double brackets: 3 | [[#6]] | [[#9]]"
        )
    }

    gapped = TextAreaField(_l("Table with gaps"), [Length(max=6000)])

    def _texts(self, spec: dict[str, Any]) -> list[str]:
        return [" | ".join(row) for row in (spec["columns"], *spec["rows"])]

    def _joined(self, texts: list[str]) -> str:
        return "\n".join(texts)

    def _written(self) -> list[str]:
        return lines_of(self.gapped.data)

    def _shape(self, texts: list[str]) -> dict[str, Any]:
        cells = [[cell.strip() for cell in line.split("|")] for line in texts]
        return {"columns": cells[0] if cells else [], "rows": cells[1:]}


class HighlightForm(ItemForm):
    """Right words in a text."""

    kind = "highlight"
    own = ("marked", "credit")
    homes = {"text": "marked", "key": "marked"}
    hints = {
        "marked": _l(
            "Right words between asterisks: *Mama* washed the *frame*. Braces leave only what is in them to be marked."
        )
    }

    marked = TextAreaField(_l("Text"), [Length(max=4000)])
    credit = SelectField(_l("How points are given"), choices=_CREDIT)

    def show_own(self, spec: dict[str, Any]) -> None:
        """The text with its right words marked."""
        self.marked.data = write_marked(spec.get("text", ""), spec.get("key", ()))
        self.credit.data = spec.get("credit", "partial")

    def own_spec(self) -> dict[str, Any]:
        """The text, and the places of the right words."""
        text, key = read_marked(plain(self.marked.data))
        return {"text": text, "key": key, "credit": self.credit.data}


class NumberLineForm(ItemForm):
    """Marks on a line."""

    kind = "number_line"
    own = ("begins", "ends", "step", "named", "labels")
    homes = {"from": "begins", "to": "ends", "marks": "named", "key": "named"}
    hints = {
        "named": _l("One mark in a line: A = 3/4"),
        "labels": _l("1 writes a number at each step, 0 only at the ends; empty: as it fits."),
    }

    begins = StringField(_l("The line begins at"), [Length(max=20)], default="0")
    ends = StringField(_l("It ends at"), [Length(max=20)], default="10")
    step = StringField(_l("One step"), [Length(max=20)], default="1")
    named = TextAreaField(_l("Marks on the line"), [Length(max=400)])
    labels = IntegerField(_l("A number every so many steps"), [Optional(), NumberRange(0, 100)])

    def show_own(self, spec: dict[str, Any]) -> None:
        """The line, and one mark a line."""
        self.begins.data, self.ends.data, self.step.data = (str(spec.get(name, "")) for name in ("from", "to", "step"))
        self.named.data = "\n".join(
            f"{mark} = {value}" for mark, value in zip(spec.get("marks", ()), spec.get("key", ()), strict=True)
        )
        self.labels.data = spec.get("labels")

    def own_spec(self) -> dict[str, Any]:
        """The line, the names of the marks and their numbers."""
        marks = [_split(line, "=") for line in lines_of(self.named.data)]
        made: dict[str, Any] = {
            "from": plain(self.begins.data),
            "to": plain(self.ends.data),
            "step": plain(self.step.data),
            "marks": [mark for mark, _ in marks],
            "key": [value for _, value in marks],
        }
        return made if self.labels.data is None else made | {"labels": self.labels.data}


class PlaneForm(ItemForm):
    """Points of a coordinate plane."""

    kind = "plane"
    own = ("across", "up", "named", "equation", "draw", "credit")
    homes = {"x": "across", "y": "up", "marks": "named", "key": "named"}
    hints = {
        "across": _l("Whole numbers: -5..5"),
        "named": _l("One point in a line with its place: A = -3; 2. With an equation below, only the names."),
        "equation": _l("Any different points of this curve are right then: y = 2x + 1"),
    }

    across = StringField(_l("Axis x"), [Length(max=20)], default="-5..5")
    up = StringField(_l("Axis y"), [Length(max=20)], default="-5..5")
    named = TextAreaField(_l("Points of the plane"), [Length(max=400)])
    equation = StringField(_l("Equation"), [Length(max=100)])
    draw = SelectField(
        _l("Through the points"),
        choices=[
            ("points", _l("nothing is drawn")),
            ("line", _l("a straight line")),
            ("segment", _l("segments")),
            ("polygon", _l("a polygon")),
        ],
    )
    credit = SelectField(_l("How points are given"), choices=_CREDIT)

    def show_own(self, spec: dict[str, Any]) -> None:
        """The plane, and one point a line."""
        self.across.data, self.up.data = ("..".join(map(str, spec.get(name, (-5, 5)))) for name in ("x", "y"))
        names, key = spec.get("marks", ()), spec.get("key", {})
        places = [f" = {x}; {y}" for x, y in key["at"]] if "at" in key else [""] * len(names)
        self.named.data = "\n".join(f"{name}{place}" for name, place in zip(names, places, strict=True))
        self.equation.data = key.get("on", "")
        self.draw.data, self.credit.data = spec.get("draw", "points"), spec.get("credit", "partial")

    def own_spec(self) -> dict[str, Any]:
        """The ends of the axes, the points, and their places or their equation."""
        points = [_split(line, "=") for line in lines_of(self.named.data)]
        equation = plain(self.equation.data)
        made: dict[str, Any] = {"x": _ends(self.across.data), "y": _ends(self.up.data)}
        made |= {"marks": [name for name, _ in points], "draw": self.draw.data, "credit": self.credit.data}
        at = [[part.strip() for part in place.split(";")] for _, place in points]
        return made | {"key": {"on": equation} if equation else {"at": at}}


def _ends(text: str | None) -> list[Any]:
    """Whole numbers around two dots; what can't be read stays for the kind to complain about."""
    ends = plain(text).replace("−", "-").split("..")
    return [int(one) if one.strip().lstrip("-").isdecimal() else one for one in ends]


FORMS = (MatchingForm, GroupingForm, OrderingForm, ClozeForm, TableForm, HighlightForm, NumberLineForm, PlaneForm)


def _split(line: str, sign: str) -> tuple[str, str]:
    """A line in two at the sign, spaces around it preferred."""
    one, found, other = line.partition(f" {sign} ")
    if not found:
        one, found, other = line.partition(sign)
    return one.strip(), other.strip()
