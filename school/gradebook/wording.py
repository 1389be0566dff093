"""Sentences of the pupil's side: why this mark, what leads higher, how an absence and a homework stand."""

from school.classes.models import AbsenceFact, AbsenceReason
from school.core import clock
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.gradebook.days import day_and_month
from school.gradebook.drawing import mean_text
from school.gradebook.queries.diary import Missed
from school.gradebook.queries.subjects import Explained, SubjectTerm
from school.gradebook.release import Change, Sign
from school.gradebook.scale import Way
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
        elif mark.sign.code:
            said.append(self.outside)
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
