"""Who may see and change whom. Pure.

An account is the city's, so whoever hands out its new password becomes it in every school where it has a role. Hence access
is reset only where that gains nothing beyond the school: see ``may_reset_access``.
"""

from school.core.access import Actor, Refused
from school.core.languages import gettext as _
from school.people.hooks import KnownClass
from school.people.seen import KeyHolder


def sees_people(actor: Actor) -> bool:
    """The list of everybody in the school."""
    return actor.has("admin", "deputy", "head")


def sees_member(actor: Actor, _holder: KeyHolder) -> bool:
    """The page of one of them."""
    return sees_people(actor)


def manages_people(actor: Actor) -> bool:
    """New people, roles, families, names."""
    return actor.has("admin")


def manages_member(actor: Actor, _holder: KeyHolder, *_things: object) -> bool:
    """The same for one person."""
    return manages_people(actor)


def manages_family_of(actor: Actor, holder: KeyHolder, *_things: object) -> bool:
    """Representatives are those of pupils."""
    return manages_people(actor) and "pupil" in holder.roles


def may_invite_staff(actor: Actor) -> bool:
    """Codes for staff who have not signed in yet."""
    return actor.has("admin")


def sees_keys_of_class(actor: Actor, group: KnownClass) -> bool:
    """How the pupils of a class sign in: their teachers, deputy, head, administrator."""
    return group.teaches or group.leads or sees_people(actor)


def may_print_keys(actor: Actor, group: KnownClass) -> bool:
    """Sheets of cards and codes for a whole class and its parents: class teacher, deputy, head, administrator."""
    return group.leads or sees_people(actor)


def may_invite(actor: Actor, holder: KeyHolder) -> bool:
    """A code for who never signed in. A colleague's code goes through the administrator, another school's through it."""
    if holder.closed or holder.has_password or holder.works_elsewhere or not holder.opened_here:
        return False
    return actor.has("admin") or holder.roles <= {"pupil", "parent"}


def may_reset_access(actor: Actor, holder: KeyHolder) -> bool | Refused:
    """Pupils: any teacher of theirs, the class teacher, deputy, head, administrator. Adults: the administrator."""
    near = holder.teaches or holder.leads or actor.has("deputy", "head")
    if not (actor.has("admin") or (near and "pupil" in holder.roles)):
        return Refused(_("Only the school administrator can reset an adult's access.")) if sees_people(actor) else False
    if holder.account_id == actor.account_id:
        return Refused(_("You can change your own password in your profile."))
    if holder.closed:
        return Refused(_("This person has left the school."))
    if not actor.has("admin") and not holder.is_only_pupil:
        return Refused(_("This person is not only a pupil here, so the school administrator resets their access."))
    if holder.works_elsewhere:
        return Refused(_("This person also works outside this school, so only site support can reset their access."))
    if not holder.opened_here:
        return Refused(_("Another school created this person's sign-in, and only that school can reset it."))
    return True


def may_have_card(actor: Actor, holder: KeyHolder) -> bool | Refused:
    """A printed card: only small pupils, up to the year the school has set, and only who may reset their access."""
    answer = may_reset_access(actor, holder)
    if not answer:
        return answer
    if not holder.may_hold_card:
        return Refused(_("Cards are for small children. This pupil signs in by login and password."))
    return True


def sees_looks(actor: Actor, holder: KeyHolder) -> bool:
    """Who looked at a pupil's data: a representative who may see progress, deputy, head."""
    return "pupil" in holder.roles_ever and (holder.follows or actor.has("deputy", "head"))
