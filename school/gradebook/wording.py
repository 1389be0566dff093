"""Sentences of the pupil's side: why this mark, what leads higher, how an absence and a homework stand."""

from school.classes.models import AbsenceFact, AbsenceReason
from school.core import clock
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.gradebook.codes import legend
from school.gradebook.days import day_and_month
from school.gradebook.drafting import WHOLE_YEAR
from school.gradebook.drawing import mean_text
from school.gradebook.queries.diary import Missed
from school.gradebook.queries.marks import PupilMark
from school.gradebook.queries.subjects import Explained, SubjectTerm
from school.gradebook.release import Change, Sign
from school.gradebook.scale import DECIDE, INSTEAD, LAST, RETAKES_FROM, UP, Rules, Way
from school.gradebook.systems import MOST, System
from school.homework.models import AssignmentState
from school.homework.seen import PupilHomework


class Why:
    """Why a mark is what it is, sentence by sentence; the sentences are translated once for a page of many marks."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.weight = _("%(work)s: weight %(weight)s by line %(line)s of the act «%(act)s».")
        self.share = _("It makes %(share)s of the average %(mean)s: its weight is %(weight)s of %(all)s.")
        self.outside = _("It does not count towards the average.")
        self.points = _("The program counted %(points)s of %(most)s points.")

    def words(self, one: Explained, subject: SubjectTerm) -> list[str]:
        """Where the weight comes from and what the mark does to the mean, then the tasks that lost points."""
        mark = one.mark
        said = [self.weight % {"work": mark.work, "weight": mark.weight, "line": mark.line, "act": one.act_name}]
        if one.share is not None and subject.mean is not None:
            said.append(
                self.share
                % {
                    "mean": mean_text(subject.mean, self.locale),
                    "share": mean_text(one.share, self.locale),
                    "weight": mark.weight,
                    "all": subject.weight_sum,
                }
            )
        elif mark.sign.is_dot:
            said.append(dot_words(mark, self.locale))
        else:
            said.append(self.outside)
        said += [words for words in (beside_words(one, subject.rules), origin_words(mark, subject.rules)) if words]
        if one.task is not None:
            said.append(self.points % {"points": _plain(one.task.points), "most": _plain(one.task.max_points)})
            if one.task.lost:
                lost = ", ".join(
                    f"{each.number} ({_plain(each.points)}/{_plain(each.max_points)})" for each in one.task.lost
                )
                n = len(one.task.lost)
                said.append(
                    ngettext("Points were lost in task %(list)s.", "Points were lost in tasks %(list)s.", n, list=lost)
                )
        return said


def act_words(rules: Rules, locale: str) -> list[str]:
    """An act's rules sentence by sentence."""
    said = [
        _(
            "The act gives %(mark)s from %(sure)s; from %(possible)s the teacher decides.",
            mark=mark,
            sure=mean_text(rules.sure_from[mark], locale),
            possible=mean_text(rules.possible_from[mark], locale),
        )
        if rules.possible_from[mark] < rules.sure_from[mark]
        else _("The act gives %(mark)s from %(sure)s.", mark=mark, sure=mean_text(rules.sure_from[mark], locale))
        for mark in (5, 4, 3)
    ]
    said += [
        ngettext(
            "At %(num)s lesson a week: at least %(least)s marks in a term.",
            "At %(num)s lessons a week and more: at least %(least)s marks in a term.",
            hours,
            least=least,
        )
        for hours, least in sorted(rules.least_marks.items())
    ]
    said.append(_("In a half-year: %(n)s marks more.", n=rules.half_year_more))
    said.append(
        _("Not attested: fewer marks than that and more than %(n)s%% of lessons missed.", n=rules.missed_percent)
    )
    said += [
        _("For a %(mark)s no test may be below %(least)s.", mark=mark, least=least)
        for mark, least in sorted(rules.control_floor.items(), reverse=True)
    ]
    said.append(
        _("A retake counts instead of the mark it repeats.")
        if rules.retake == INSTEAD
        else _("A retake counts beside the mark it repeats.")
    )
    for level, terms in sorted(rules.unmarked_terms.items()):
        if terms >= WHOLE_YEAR:
            said.append(_("In year %(level)s no marks are put.", level=level))
        elif terms:
            said.append(
                ngettext(
                    "In year %(level)s no marks are put in the first term.",
                    "In year %(level)s no marks are put in the first %(num)s terms.",
                    terms,
                    level=level,
                )
            )
    said.append(
        ngettext(
            "A mark is changed freely for %(num)s day after its lesson; later with a reason and a second person.",
            "A mark is changed freely for %(num)s days after its lesson; later with a reason and a second person.",
            rules.edit_days,
        )
    )
    said.append(
        ngettext("A dot gives %(num)s day for the work.", "A dot gives %(num)s days for the work.", rules.dot_days)
    )
    ties = {
        UP: _("The year's mark is the mean of its terms; between two marks it goes up."),
        LAST: _("The year's mark is the mean of its terms; between two marks it goes as the last term."),
        DECIDE: _("The year's mark is the mean of its terms; between two marks the teacher decides."),
    }
    said.append(ties[rules.year_ties])
    said.append(
        _("Certificate of year 9: the mean of the year's mark and the exam's, rounded.")
        if rules.certificate_exam
        else _("Certificate of year 9: the year's mark.")
    )
    said.append(
        ngettext(
            "Certificate of year 11: the mean of all marks of half-years and of the year for %(num)s last year, rounded.",
            "Certificate of year 11: the mean of all marks of half-years and years for %(num)s last years, rounded.",
            rules.certificate_years,
        )
    )
    shown = "; ".join(f"{code} – {words}" for code, words in legend(rules.presence))
    said.append(_("Presence in the journal: %(list)s.", list=shown))
    said.append(
        _("On paper presence is shown as in the journal.")
        if rules.presence.prints_all
        else _("On paper every absence is “%(code)s”, and late is left out.", code=rules.presence.unknown)
    )
    return [str(one) for one in said]


def system_name(system: str) -> str:
    """In what the marks of a column are put first."""
    names = {
        System.TEN: _("ten points"),
        System.TWELVE: _("twelve points"),
        System.HUNDRED: _("a hundred points"),
        System.CRITERIA: _("by criteria"),
    }
    return str(names[System(system)])


def table_words(system: str, rules: Rules) -> str:
    """«5 – от 85, 4 – от 65, 3 – от 45»; by criteria in per cent of all points."""
    sign = "%" if system == System.CRITERIA else ""
    table = rules.systems[system]
    return ", ".join(
        str(_("%(mark)s from %(points)s", mark=value, points=f"{table[value]}{sign}")) for value in (5, 4, 3)
    )


def origin_words(one: PupilMark, rules: Rules) -> str:
    """«87 из 100: по таблице положения это 5 (5 – от 85, …)», or criterion by criterion."""
    if not one.system or not one.sign.origin:
        return ""
    table = table_words(one.system, rules)
    if one.system == System.CRITERIA:
        points = one.sign.origin.split()
        named = ", ".join(f"{each.name} {n}/{each.most}" for each, n in zip(one.criteria, points, strict=False))
        total = f"{sum(map(int, points))}/{sum(each.most for each in one.criteria)}"
        return str(
            _(
                "By criteria: %(list)s; together %(total)s. By the act's table: %(table)s.",
                list=named,
                total=total,
                table=table,
            )
        )
    most = MOST[System(one.system)]
    return str(
        _("%(points)s of %(most)s. By the act's table: %(table)s.", points=one.sign.origin, most=most, table=table)
    )


def beside_words(one: Explained, rules: Rules) -> str:
    """How a mark stands to the one beside it: the second of a pair, a retake, or replaced by one."""
    other = one.beside
    if other is None:
        return ""
    mark = one.mark
    if mark.place == 1:
        return str(
            _(
                "The second of two marks for one work: %(first)s/%(second)s. Both count.",
                first=other.text,
                second=mark.text,
            )
        )
    if mark.place >= RETAKES_FROM and other.place < mark.place:
        if mark.sign.value is None:
            return str(_("A retake after %(mark)s.", mark=other.text))
        if rules.retake == INSTEAD:
            return str(_("A retake after %(mark)s: it counts instead of it.", mark=other.text))
        return str(_("A retake after %(mark)s: both count.", mark=other.text))
    if other.place >= RETAKES_FROM and other.sign.value is not None and rules.retake == INSTEAD:
        return str(_("The work was retaken for %(mark)s, and that counts instead of this mark.", mark=other.text))
    return ""


def dot_words(one: PupilMark, locale: str) -> str:
    """«Работу нужно сдать до 7 декабря», or that its day has passed."""
    if not one.sign.is_dot or one.sign.due_on is None:
        return ""
    at = day_and_month(one.sign.due_on, locale)
    if one.sign.due_on < clock.today():
        return str(_("The work was owed by %(day)s. It is not a 2: the teacher decides what becomes of it.", day=at))
    return str(
        _("The work is owed by %(day)s. Until then it does not count, and it never becomes a 2 by itself.", day=at)
    )


def term_words(subject: SubjectTerm, locale: str) -> str:
    """Why this mark of the term: «По 12 отметкам средний 4,43. Положение предлагает 4»."""
    n = sum(1 for one in subject.marks if one.share is not None)
    mean = mean_text(subject.mean, locale)
    said = ngettext(
        "By %(num)s mark the average is %(mean)s.", "By %(num)s marks the average is %(mean)s.", n, mean=mean
    )
    if len(subject.outlook) > 1:
        high, low = subject.outlook
        return f"{said} {_('Between %(low)s and %(high)s the teacher decides.', low=low, high=high)}"
    [mark] = subject.outlook
    least = subject.rules.sure_from.get(mark)
    if least is None:
        return f"{said} {_('The act proposes %(mark)s.', mark=mark)}"
    return f"{said} {_('The act proposes %(mark)s: it is given from %(least)s.', mark=mark, least=mean_text(least, locale))}"


def ways_words(subject: SubjectTerm) -> str:
    """«До 5: две пятёрки с весом 3, или …»: the shortest way of each weight, at most three."""
    best: dict[int, Way] = {}
    for way in subject.ways:
        best.setdefault(way.weight, way)
    shortest = sorted(best.values(), key=lambda way: (way.count, way.weight))[:3]
    either = _("or")
    return f" {either} ".join(_way(way) for way in shortest)


def _way(way: Way) -> str:
    return str(
        ngettext(
            "%(num)s mark %(value)s with weight %(weight)s",
            "%(num)s marks %(value)s with weight %(weight)s",
            way.count,
            value=way.value,
            weight=way.weight,
        )
    )


def change_words(change: Change, locale: str) -> str:
    """«24 ноября: было 3, стало 4 – пересдача»."""
    at = day_and_month(clock.local(change.at).date(), locale)
    if change.old.is_empty:
        said = _("%(day)s: %(new)s", day=at, new=_sign(change.new))
    elif change.new.same_mark(change.old):
        said = _("%(day)s: still %(new)s", day=at, new=_sign(change.new))
    else:
        said = _("%(day)s: %(old)s became %(new)s", day=at, old=_sign(change.old), new=_sign(change.new))
    return f"{said} – {change.new.comment}" if change.new.comment else said


def _sign(sign: Sign) -> str:
    return sign.text or str(_("no mark"))


def missed_words(missed: Missed) -> str:
    """«болел(а)», «опоздание на 5 минут»."""
    if missed.fact == AbsenceFact.LATE:
        n = missed.minutes
        return str(ngettext("late by %(num)s minute", "late by %(num)s minutes", n) if n else _("late"))
    if missed.fact == AbsenceFact.REMOTE:
        return str(_("took part from home"))
    if missed.fact == AbsenceFact.EXEMPT:
        return str(_("there, freed from the work"))
    words = {
        AbsenceReason.ILLNESS: _("absent: illness"),
        AbsenceReason.FAMILY: _("absent: family reasons"),
        AbsenceReason.SCHOOL: _("absent: sent by the school"),
        AbsenceReason.ORDER: _("absent: by order"),
        AbsenceReason.TRUANCY: _("absent: no good reason"),
    }
    return str(words.get(AbsenceReason(missed.reason), _("absent, the reason is not known")))


def homework_state(work: PupilHomework) -> str:
    """The design's word for where the pupil is with a homework."""
    if work.state == AssignmentState.HANDED_IN:
        later = work.handed_in_at is not None and clock.local(work.handed_in_at).date() > work.due_on
        return "handed_in_later" if later else "handed_in"
    if work.state in {AssignmentState.CHECKED, AssignmentState.RETURNED, AssignmentState.EXCUSED}:
        return work.state
    return "not_yet" if work.due_on < clock.today() else "to_do"


def _plain(points: float) -> str:
    return f"{points:g}".replace(".", ",")
