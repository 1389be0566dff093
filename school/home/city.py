"""The twelve figures of the city and its parts in words: value, change against the week before, n, and what exactly is counted."""

from dataclasses import dataclass
from functools import lru_cache

from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.home.numbers import decimal, whole
from school.home.queries.areas import Area, Branch
from school.home.weeks import percent


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the page shows it."""

    name: str
    value: str
    change: str
    n: str
    """Of how many it speaks."""
    meaning: str
    amount: float | None = None
    """The value as a number, a share in per cent; None where it is hidden or unknown."""
    key: str = ""
    opens: bool = False
    """Whether it is told of the nodes below too."""


def of_area(branch: Branch, units: tuple[int | None, int | None] = (None, None)) -> list[Figure]:
    """The twelve of the city, a district or a school, as they were given out; what is hidden says so.

    The library's ``units``, now and a week before, belong to the whole city.
    """
    area = _Area(branch)
    return [
        area.count("schools", only=not branch.here.number),
        area.count("pupils", area.in_schools),
        area.count("teachers", area.in_schools),
        area.count("lessons", area.in_schools),
        area.share("presence", "absences", "places", _("pupils in lessons"), rest=True),
        area.count("marks", area.in_schools),
        area.share("share_of_fives", "fives", "marks", _("marks counted")),
        area.count("homework", area.in_schools),
        area.share("share_handed_in", "handed_in", "assigned", _("tasks")),
        area.units(*units),
        area.count("people", area.in_schools),
        area.count("sealed", area.in_schools),
    ]


SHARES = {
    "presence": ("absences", "places", True),
    "share_of_fives": ("fives", "marks", False),
    "share_handed_in": ("handed_in", "assigned", False),
}
"""Each share: its part, the whole, and whether it tells of the rest."""


def breaks_down(here: Area, key: str) -> bool:
    """Whether a figure is told of what is below a node: the library is the city's, a teacher teaches many year levels."""
    if here.number:
        return key in SHARES or key in {"pupils", "lessons", "marks", "homework"}
    return key != "units" and not (here.district and key == "schools")


def below_by(branch: Branch, key: str) -> list[tuple[Area, str, str]]:
    """The nodes below, each with the figure and of how many it speaks, as they were given out."""
    if key in SHARES:
        part, of, rest = SHARES[key]
        return [(one, area_share(one, part, of, rest=rest), area_number(one, of)) for one in branch.below]
    return [(one, area_number(one, key), "") for one in branch.below]


def area_number(area: Area, name: str) -> str:
    """A count of a node, or that it is hidden."""
    found = area.get(name)
    return str(_("hidden")) if found is None else whole(found)


def area_share(area: Area, part: str, of: str, *, rest: bool = False) -> str:
    """A share of a node, or that it is hidden."""
    found = share_in(area, part, of, rest=rest)
    return str(_("hidden")) if found is None else _("%(n)s %%", n=decimal(found))


def share_in(area: Area, part: str, of: str, *, rest: bool = False) -> float | None:
    """Per cent; None where it is hidden or nothing stands behind it."""
    every, some = area.get(of), area.get(part, of)
    if every is None or some is None:
        return None
    return percent(every - some if rest else some, every)


class _Area:
    """Reads a node beside itself a week before."""

    def __init__(self, branch: Branch) -> None:
        self.here, self.before = branch.here, branch.before
        self.words = _words(language())
        schools = self.here.get("schools") or 0
        self.in_schools = "" if self.here.number else ngettext("in %(num)s school", "in %(num)s schools", schools)

    def count(self, name: str, n: str = "", *, only: bool = True) -> Figure:
        """A count; where it is not ``only`` told here, it is the city's."""
        if not only:
            return self._of_city(name)
        now, then = self.here.get(name), self.before.get(name) if self.before else None
        change = _no_change() if now is None or then is None else _change(now - then)
        return self._figure(name, area_number(self.here, name), change, n, now)

    def units(self, now: int | None, then: int | None) -> Figure:
        """What the library has."""
        if now is None:
            return self._of_city("units")
        change = _no_change() if then is None else _change(now - then)
        return self._figure("units", whole(now), change, "", now)

    def share(self, name: str, part: str, of: str, n: str, *, rest: bool = False) -> Figure:
        """A share with its n."""
        now = share_in(self.here, part, of, rest=rest)
        then = share_in(self.before, part, of, rest=rest) if self.before else None
        change = _no_change() if now is None or then is None else _points(round(now - then, 1))
        every = self.here.get(of)
        said = "" if every is None else f"n = {whole(every)} ({n})"
        return self._figure(name, area_share(self.here, part, of, rest=rest), change, said, now)

    def _of_city(self, name: str) -> Figure:
        return self._figure(name, "–", "", str(_("of the whole city only")), None)

    def _figure(self, name: str, value: str, change: str, n: str, amount: float | None) -> Figure:
        label, meaning = self.words[name]
        return Figure(label, value, change, n, meaning, amount, name, breaks_down(self.here, name))


@lru_cache(maxsize=8)
def _words(_locale: str) -> dict[str, tuple[str, str]]:
    """Name and meaning of each figure in the reader's language, which is that of ``_locale``; ``home.counting`` counts so."""
    return {
        "schools": (_("Schools"), _("Schools that have pupils in a class today.")),
        "pupils": (_("Pupils"), _("Pupils who are in a class today, each once in a school.")),
        "teachers": (_("Teachers"), _("People who teach at least one course today.")),
        "lessons": (
            _("Lessons held"),
            _("Lessons of the seven days that have ended and were neither cancelled nor moved."),
        ),
        "presence": (
            _("Attendance"),
            _(
                "In lessons where attendance was taken: pupils present, out of all expected, lesson by lesson. "
                "Late, exempt and remote pupils count as present."
            ),
        ),
        "marks": (
            _("Marks"),
            _("Marks from 2 to 5 that stand in the journal for work of the seven days, by the day of the work."),
        ),
        "share_of_fives": (_("Share of fives"), _("The share of fives among these marks.")),
        "homework": (
            _("Homework set"),
            _(
                "Homework set for a day of these seven, each once for its class or group; withdrawn homework is left out."
            ),
        ),
        "share_handed_in": (
            _("Homework handed in"),
            _(
                "Works handed in at least once, of all that were due in the seven days, pupil by pupil; "
                "excused ones are left out."
            ),
        ),
        "units": (
            _("Units of the library"),
            _("Published today; the week before counts those published by then."),
        ),
        "people": (
            _("People who came"),
            _("Accounts that opened the site in the seven days up to today; somebody of two schools counts in both."),
        ),
        "sealed": (
            _("Sealed records"),
            _("Changes of marks, presence and other facts that are sealed in the schools' records, since they began."),
        ),
    }


def _change(difference: int) -> str:
    if difference == 0:
        return str(_("as a week before"))
    return ("+" if difference > 0 else "−") + whole(abs(difference))


def _points(difference: float) -> str:
    if difference == 0:
        return str(_("as a week before"))
    sign = "+" if difference > 0 else "−"
    return str(_("%(n)s points", n=sign + decimal(abs(difference))))


def _no_change() -> str:
    return str(_("nothing to compare with yet"))
