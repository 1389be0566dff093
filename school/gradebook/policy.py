"""Who sees a journal and a pupil's marks, and who changes them."""

from school.classes.policy import runs_school, sees_pupil
from school.classes.seen import SeenPupil
from school.core.access import Actor, Refused
from school.core.languages import gettext as _
from school.gradebook.journal import Cell, Journal
from school.gradebook.models import ActDraft, Column, MarkCorrection, PeriodCorrection
from school.homework.policy import may_review, may_review_work
from school.homework.seen import SeenHomework, SeenWork


def may_see_journal(actor: Actor, journal: Journal) -> bool:
    """Staff of the course: those who may see all of its pupils side by side."""
    return belongs_to_course(actor, journal) or journal.stands_in


def belongs_to_course(actor: Actor, journal: Journal) -> bool:
    """Staff who open its lessons, its pupils and its progress; one who only stands in for a lesson opens that lesson."""
    return journal.course.teaches or journal.course.leads or runs_school(actor)


def may_write_journal(actor: Actor, journal: Journal) -> bool | Refused:
    """Whoever may change at least some marks here; ``may_mark`` answers for one cell."""
    if not may_see_journal(actor, journal):
        return False
    if actor.on_behalf_of is None and (journal.course.teaches or journal.stands_in or runs_school(actor)):
        return True
    return Refused(_("Marks are put by the teacher of the course."))


def may_keep_columns(actor: Actor, journal: Journal) -> bool | Refused:
    """Columns are the teacher's: added, named, moved and removed."""
    if not may_see_journal(actor, journal):
        return False
    if journal.course.teaches and actor.on_behalf_of is None:
        return True
    return Refused(_("Columns are kept by the teacher of the course."))


def may_mark(actor: Actor, journal: Journal, cell: Cell) -> bool | Refused:
    """The teacher of the course; a substitute in the lesson they take, while it is theirs; the deputy head and the head, with a reason.

    In a locked term only deputy head and head.
    """
    if actor.on_behalf_of is not None:
        return Refused(_("You are looking as somebody else: nothing can be changed."))
    if runs_school(actor):
        return True
    if cell.is_locked:
        return Refused(_("The term is closed: the deputy head can change this mark, with a reason."))
    if journal.course.teaches or cell.is_substitute:
        return True
    return Refused(cell.cover_words or _("Marks of this lesson are put by its teacher."))


def needs_reason(_actor: Actor, journal: Journal, cell: Cell) -> bool:
    """Whether a change must be explained: in a locked term, and by whoever does not teach there."""
    return cell.is_locked or not (journal.course.teaches or cell.is_substitute)


def may_set_term_marks(actor: Actor, journal: Journal) -> bool | Refused:
    """The teacher of the course, deputy head and head."""
    if not may_see_journal(actor, journal):
        return False
    if actor.on_behalf_of is None and (journal.course.teaches or runs_school(actor)):
        return True
    return Refused(_("Marks of the term are set by the teacher of the course."))


def may_agree(actor: Actor, journal: Journal, correction: MarkCorrection | PeriodCorrection) -> bool | Refused:
    """The second person: deputy head, head or the course's teacher, never the one who asked."""
    if actor.on_behalf_of is not None or not (runs_school(actor) or journal.course.teaches):
        return False
    if actor.account_id == correction.asked_by:
        return Refused(_("You asked for this: somebody else agrees."))
    return True


def may_close_terms(actor: Actor) -> bool:
    """Deputy head and head."""
    return runs_school(actor) and actor.on_behalf_of is None


def may_close_term(actor: Actor, _term: object) -> bool:
    """The same for one term."""
    return may_close_terms(actor)


def may_read_acts(actor: Actor) -> bool:
    """Everybody of the school: families check marks by the act."""
    return actor.school_id is not None


def may_read_act(actor: Actor, _act: object) -> bool:
    """The same for one act."""
    return may_read_acts(actor)


def may_write_acts(actor: Actor) -> bool:
    """Deputy head and head prepare acts."""
    return runs_school(actor) and actor.on_behalf_of is None


def may_write_draft(actor: Actor, _draft: ActDraft) -> bool:
    """The same for one draft."""
    return may_write_acts(actor)


def may_approve_act(actor: Actor, draft: ActDraft) -> bool | Refused:
    """A second person: deputy head or head who did not make the last change."""
    if not may_write_acts(actor):
        return False
    if actor.member_id == draft.changed_by:
        return Refused(_("A second person approves the act: the head or another deputy head."))
    return True


def may_list_journals(actor: Actor) -> bool:
    """Teachers see their own courses; deputy head and head see all."""
    return actor.has("teacher") or runs_school(actor)


def may_see_diary(actor: Actor, pupil: SeenPupil) -> bool:
    """Whoever follows this pupil; a subject teacher finds marks of the own subjects there."""
    return sees_pupil(actor, pupil)


def has_diary(actor: Actor) -> bool:
    """A pupil's own."""
    return actor.has("pupil")


def may_keep_column(actor: Actor, journal: Journal, _column: Column) -> bool | Refused:
    """The same for one column."""
    return may_keep_columns(actor, journal)


def may_mark_homework(actor: Actor, homework: SeenHomework) -> bool:
    """Whoever looks through it."""
    return actor.on_behalf_of is None and may_review(actor, homework)


def may_mark_work(actor: Actor, homework: SeenHomework, work: SeenWork) -> bool:
    """The same for the work of one pupil."""
    return actor.on_behalf_of is None and may_review_work(actor, homework, work)


def may_set_goals(_actor: Actor, pupil: SeenPupil) -> bool:
    """The pupil alone: a goal that somebody else sets is an order."""
    return pupil.is_self


def may_see_goals(_actor: Actor, pupil: SeenPupil) -> bool:
    """The pupil and the family; not the school."""
    return pupil.is_self or pupil.follows
