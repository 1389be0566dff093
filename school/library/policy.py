"""Who may read, write and publish units. Pages of the library belong to no school, so roles of any school count.

What is published is open to everyone who can sign in; a draft to its author and to methodologists; publishing is
the methodologists' act (domain.md: a unit meets review before schools).
"""

from content_library import ReviewRemark, Unit, copies
from content_library.reports import Reported
from school.core.access import Actor, Refused
from school.core.languages import gettext as _
from school.library.models import BroughtFile, ReaderNote
from school.library.seen import Draft, SeenCollection


def _is(actor: Actor, *kinds: str) -> bool:
    return any(standing.kind in kinds for standing in actor.standings)


def is_methodologist(actor: Actor) -> bool:
    """Whether this person reviews and publishes units."""
    return _is(actor, "methodologist")


def teaches_somewhere(actor: Actor) -> bool:
    """Whether this person may be offered to set a unit as homework."""
    return _is(actor, "teacher")


def may_author(actor: Actor) -> bool:
    """Write units of one's own: teachers and methodologists, as themselves."""
    return _is(actor, "teacher", "methodologist") and actor.on_behalf_of is None


def may_read(_actor: Actor, unit: Unit) -> bool:
    """What was published stays readable, retired units too: homework points at them. What is kept for a common test is not."""
    return unit.published_version_id is not None and unit.held_at is None


def may_print(actor: Actor, unit: Unit) -> bool:
    """Questions on paper come with their answers: for staff."""
    return may_read(actor, unit) and sees_the_teachers_part(actor)


def may_keep(actor: Actor, unit: Unit) -> bool:
    """Put bookmarks of one's own: not while looking on another's behalf."""
    return may_read(actor, unit) and actor.on_behalf_of is None


def may_keep_note(actor: Actor, unit: Unit, note: ReaderNote) -> bool:
    """Change a mark in a book: only one's own."""
    return may_keep(actor, unit) and note.account_id == actor.account_id


def sees_the_teachers_part(actor: Actor) -> bool:
    """Whether a lesson scenario is read whole: pupils and parents get what is meant for pupils."""
    return any(standing.kind not in {"pupil", "parent"} for standing in actor.standings) and actor.on_behalf_of is None


def is_author(actor: Actor, unit: Unit) -> bool:
    """Whether this person wrote the unit, or may stand in for its author."""
    if actor.on_behalf_of is not None:
        return False
    return is_methodologist(actor) or (may_author(actor) and unit.author_account_id == actor.account_id)


def may_see_draft(actor: Actor, draft: Draft, _part: object = None) -> bool:
    """The open version is its author's and the methodologists'."""
    return is_author(actor, draft.unit)


def may_write(actor: Actor, draft: Draft, _part: object = None) -> bool | Refused:
    """Change the open version; while it waits for review its author first takes it back."""
    if not may_see_draft(actor, draft):
        return False
    if draft.is_under_review and not is_methodologist(actor):
        return Refused(str(_("It is under review. Take it back first, then continue.")))
    return True


def may_take_back(actor: Actor, draft: Draft) -> bool:
    """The author writes on; a methodologist who wants something mended sends it back with a word."""
    return may_see_draft(actor, draft) and draft.unit.author_account_id == actor.account_id


def may_remark(actor: Actor, draft: Draft, _part: object = None) -> bool:
    """Read what was handed in: tick criteria and write remarks. Any methodologist may, whoever decides."""
    return may_see_draft(actor, draft) and is_methodologist(actor)


def may_review(actor: Actor, draft: Draft) -> bool | Refused:
    """Publish what was handed in, or send it back: not the one whose doubt or answer it is about."""
    if not may_remark(actor, draft):
        return False
    if draft.is_under_review and draft.round is not None and draft.round.other_than == actor.account_id:
        return Refused(str(_("Another methodologist decides this one: you have already said your word.")))
    return True


def may_appeal(actor: Actor, draft: Draft) -> bool:
    """The author may say once that the answer is wrong."""
    return may_take_back(actor, draft) and not draft.is_under_review


def may_settle(actor: Actor, draft: Draft, remark: ReviewRemark) -> bool:
    """Its author says that it is mended; a methodologist may take a remark back or open it again."""
    return may_see_draft(actor, draft) and remark.version_id == draft.version.id


def may_retire(actor: Actor, unit: Unit) -> bool:
    """Take a published unit out of the catalogue."""
    return is_methodologist(actor) and actor.on_behalf_of is None and unit.published_version_id is not None


def may_renew(actor: Actor, unit: Unit) -> bool:
    """Begin the next version of what is published."""
    return is_author(actor, unit) and unit.published_version_id is not None


def sees_frameworks(actor: Actor, *_things: object) -> bool:
    """Look at the topics of subjects as a tree: everybody who works in a school or for the city."""
    return any(standing.kind not in {"pupil", "parent"} for standing in actor.standings)


def may_keep_framework(actor: Actor, *_things: object) -> bool:
    """Change the topics of a subject: the methodologists' act, for plans of all schools hang on them."""
    return is_methodologist(actor) and actor.on_behalf_of is None


def may_answer(actor: Actor, report: Reported) -> bool:
    """Answer a reported error: the author of the unit, and methodologists."""
    return is_author(actor, report.unit)


def may_collect(actor: Actor) -> bool:
    """Keep collections: whoever works in a school or for the city, as themselves."""
    return sees_frameworks(actor) and actor.on_behalf_of is None


def may_collect_unit(actor: Actor, unit: Unit) -> bool:
    """Put a published unit into one's collections."""
    return may_collect(actor) and may_read(actor, unit)


def may_open_collection(actor: Actor, collection: SeenCollection) -> bool:
    """Its maker, and the colleagues it is shared with."""
    return may_collect(actor) and collection.is_open


def may_keep_collection(actor: Actor, collection: SeenCollection, _unit: object = None) -> bool:
    """Change a collection: its maker alone."""
    return may_collect(actor) and collection.made_by == actor.account_id


def may_copy(actor: Actor, unit: Unit) -> bool | Refused:
    """Make something of one's own of a unit: those who write, where its licence lets them."""
    if not (may_author(actor) and may_read(actor, unit)):
        return False
    if not copies.may_copy(unit, actor.account_id):
        return Refused(str(_("Its author keeps all rights: ask them, or look for a unit with another licence.")))
    return True


def may_follow(actor: Actor, unit: Unit) -> bool:
    """Look at what the original of one's copy mended."""
    return is_author(actor, unit) and unit.merged_up_to is not None


def may_decide(actor: Actor, brought: BroughtFile) -> bool:
    """A file that waits is its bringer's alone: it may hold keys."""
    return may_author(actor) and brought.brought_by == actor.account_id


def may_export(actor: Actor, unit: Unit) -> bool:
    """Save a unit with its keys as a file of another program: those who teach, and of drafts only their author."""
    return may_author(actor) and (may_read(actor, unit) or is_author(actor, unit))
