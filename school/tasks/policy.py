"""Who does tasks, and who sees how they went. Pure."""

from content_library.models import Item, UnitVersion
from school.classes.policy import runs_school, sees_pupil
from school.classes.seen import SeenPupil
from school.core.access import Actor
from school.tasks.models import AnswerFile
from school.tasks.seen import SeenAttempt


def may_do(actor: Actor, attempt: SeenAttempt) -> bool:
    """Only the pupil whose attempt it is answers; nobody who looks "as a pupil" does it for them."""
    return attempt.pupil.is_self and actor.on_behalf_of is None


def may_answer(actor: Actor, attempt: SeenAttempt, _item: Item) -> bool:
    """The same for one question of it."""
    return may_do(actor, attempt)


def may_see(actor: Actor, attempt: SeenAttempt) -> bool:
    """The pupil at any time; family and teachers when it is finished, so that nobody stands behind a working child.

    A common test of a pilot is marked blind: its questions and results are shown to nobody.
    """
    if attempt.pupil.is_self:
        return True
    return attempt.is_finished and not attempt.is_sealed and sees_pupil(actor, attempt.pupil)


def may_see_answers(actor: Actor, attempt: SeenAttempt) -> bool:
    """Teachers see at once which answers were right; the pupil and the family when the test says so."""
    return actor.is_staff and not attempt.pupil.is_self and may_see(actor, attempt)


def may_practise(actor: Actor) -> bool:
    """Pupils may try any published task of the library for themselves."""
    return actor.has("pupil") and actor.on_behalf_of is None


def may_practise_unit(actor: Actor, _version: UnitVersion) -> bool:
    """The same for one unit."""
    return may_practise(actor)


def may_write_formulas(actor: Actor) -> bool:
    """Anybody of the school may see how a formula is read."""
    return actor.member_id is not None


def may_judge(_actor: Actor, attempt: SeenAttempt, _item: Item) -> bool:
    """Whoever looks through the work, once it is handed in (the loader asks the features above who that is)."""
    return attempt.is_finished


def may_see_file(actor: Actor, attempt: SeenAttempt, _file: AnswerFile) -> bool:
    """Whoever may see the attempt."""
    return may_see(actor, attempt)


def may_ease(actor: Actor, pupil: SeenPupil) -> bool:
    """The class teacher, deputy, head say what makes tasks easier for a pupil."""
    return pupil.leads or runs_school(actor)
