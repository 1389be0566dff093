"""People: whom the school already knows, who is new, and who can't be told apart without a human."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from school.core.database import new_id
from school.people.names import polite_name, sort_name
from school.roster.formats.records import Person, Role
from school.roster.planning.draft import Draft, PersonRef, differences
from school.roster.planning.snapshot import AccountRow, LinkRow, MemberRow, RoleRow
from school.roster.planning.steps import Verb, Write
from school.roster.said import say

Said = dict[str, Any]
NAMES = ("family_name", "given_name", "patronymic")
LONGEST = 100


def plan_people(draft: Draft) -> None:
    """Decide on every open person of the set. Those who leave are closed after their enrolments are."""
    by_work = _roles_by_work(draft)
    for person in draft.roster.people:
        if not person.is_open:
            continue
        link = draft.link("person", person.id) or draft.link("person", person.previous_id)
        account = _account(draft, person, link)
        said = _said(draft, person, link, by_work.get(person.id, set()), account)
        if link is not None:
            _meet_again(draft, person, link, said)
        else:
            _meet(draft, person, account, said)


def _roles_by_work(draft: Draft) -> dict[str, set[Role]]:
    """What enrolments make of people: whoever learns in a group is a pupil."""
    found: dict[str, set[Role]] = {}
    for one in draft.roster.enrolments:
        if one.is_open and one.role in {Role.PUPIL, Role.TEACHER}:
            found.setdefault(one.person_id, set()).add(one.role)
    return found


def may_teach(person: Person) -> bool:
    """Whether the file's own word on the person lets an enrolment make them a teacher."""
    roles = {fact.role for fact in person.roles}
    return not roles or bool(roles & {Role.TEACHER, Role.STAFF})


def _said(draft: Draft, person: Person, link: LinkRow | None, by_work: set[Role], account: AccountRow | None) -> Said:
    """What the source says of the person, with values in dispute left as they were."""
    said: Said = {
        "login": person.login.strip().lower()[:LONGEST],
        "family_name": person.family_name[:LONGEST],
        "given_name": person.given_name[:LONGEST],
        "patronymic": person.patronymic[:LONGEST],
        "email": person.email.strip()[:200],
        "roles": _roles(draft, person, link, by_work),
    }
    before = link.said if link else {}
    if said["login"] != before.get("login") and link is not None and not _login_is_free(draft, said["login"], account):
        draft.conflict(person.place, say("The login “%(login)s” belongs to somebody else.", login=said["login"]))
        said["login"] = before.get("login", "")
    if (
        said["email"]
        and said["email"] != before.get("email")
        and not _email_is_free(draft, said["email"], person, account)
    ):
        text = say(
            "The e-mail “%(email)s” belongs to somebody else; the person is imported without it.", email=said["email"]
        )
        draft.conflict(person.place, text)
        said["email"] = before.get("email", "")
    return said


def _roles(draft: Draft, person: Person, link: LinkRow | None, by_work: set[Role]) -> list[list[str | None]]:
    """Kind, first and last day of each role; none for a person whom the source has switched off."""
    if not person.is_enabled:
        return []
    facts: dict[str, list[str | None]] = {}
    for fact in person.roles:
        if fact.role is not Role.STAFF:
            facts.setdefault(fact.role, [fact.role, _iso(fact.starts_on), _iso(fact.ends_on)])
    if not person.roles and link is not None:
        facts = {kept[0]: list(kept) for kept in link.said.get("roles", [])}
    for role in by_work:
        if role is Role.PUPIL or may_teach(person):
            facts.setdefault(role, [role, None, None])
    if Role.PUPIL in facts and Role.TEACHER in facts and not link:
        draft.journal.note(person.place, say("%(name)s is both a pupil and a teacher here.", name=person.full_name))
    return [facts[kind] for kind in sorted(facts)]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _account(draft: Draft, person: Person, link: LinkRow | None) -> AccountRow | None:
    """The account that is or may be this person's: by link, by the same set's other school, by login."""
    snapshot = draft.snapshot
    if link is not None:
        member = snapshot.members.get(link.thing_id)
        return snapshot.accounts.get(member.account_id) if member else None
    in_batch = draft.batch.accounts.get(person.id)
    if in_batch is not None:
        return snapshot.accounts.get(in_batch) or AccountRow(in_batch, person.login.lower() or None, "", None)
    login = person.login.strip().lower()
    return draft.index.by_login.get(login)


def _login_is_free(draft: Draft, login: str, mine: AccountRow | None) -> bool:
    holder = draft.index.by_login.get(login)
    return holder is None or (mine is not None and holder.id == mine.id)


def _email_is_free(draft: Draft, email: str, person: Person, mine: AccountRow | None) -> bool:
    wanted = email.lower()
    holder = draft.batch.emails.get(wanted)
    mine_id = mine.id if mine else None
    if holder is not None and holder != mine_id:
        return False
    if draft.index.by_email.get(wanted, set()) - {mine_id}:
        return False
    return draft.index.first_with_email.get(wanted, person.id) == person.id


def _meet(draft: Draft, person: Person, account: AccountRow | None, said: Said) -> None:
    """A person the source brings for the first time."""
    login = said["login"]
    taken_by = draft.batch.logins.setdefault(login, person.id) if login else person.id
    if taken_by != person.id:
        draft.conflict(person.place, say("The login “%(login)s” is given to two people.", login=login))
        return
    member = None
    if account is not None:
        member = draft.index.member_of.get(account.id)
        if person.id not in draft.batch.accounts and not _is_same_human(draft, person, account, member):
            text = say("The login “%(login)s” belongs to %(name)s.", login=login, name=_called(draft, account, member))
            draft.conflict(person.place, text)
            return
        if member is not None and member.id in draft.index.linked:
            text = say("%(name)s is already here under another id of this source.", name=person.full_name)
            draft.conflict(person.place, text)
            return
    if not _may_learn_here(draft, person, account, said):
        return
    _take_in(draft, person, account, member, said)


def _is_same_human(draft: Draft, person: Person, account: AccountRow, member: MemberRow | None) -> bool:
    """A login and a name together; an account that is a member nowhere is compared by how it is addressed."""
    known = [*([member] if member else []), *draft.index.elsewhere.get(account.id, [])]
    if known:
        return any(one.is_called(person.family_name, person.given_name) for one in known)
    return account.name.casefold() in {
        person.given_name.casefold(),
        polite_name(person.given_name, person.patronymic).casefold(),
    }


def _called(draft: Draft, account: AccountRow, member: MemberRow | None) -> str:
    known = next(iter([*([member] if member else []), *draft.index.elsewhere.get(account.id, [])]), None)
    return f"{known.family_name} {known.given_name}".strip() if known else account.name


def _may_learn_here(draft: Draft, person: Person, account: AccountRow | None, said: Said) -> bool:
    """A pupil learns in one school: moving is a transfer, which carries marks and ends the old membership."""
    if not any(kind == Role.PUPIL for kind, _, _ in said["roles"]):
        return True
    here = draft.snapshot.school_id
    roles = draft.index.roles.get(account.id, []) if account else []
    learns_elsewhere = any(role.kind == Role.PUPIL and role.school_id != here for role in roles)
    in_batch = draft.batch.pupils.setdefault(person.id, draft.snapshot.school_name)
    if not learns_elsewhere and in_batch == draft.snapshot.school_name:
        return True
    text = say("%(name)s is a pupil at another school; use a transfer to move them.", name=person.full_name)
    draft.conflict(person.place, text)
    return False


def _take_in(draft: Draft, person: Person, account: AccountRow | None, member: MemberRow | None, said: Said) -> None:
    today = draft.snapshot.today
    account_id = account.id if account else draft.batch.accounts.get(person.id) or new_id()
    member_id = member.id if member else new_id()
    writes: list[Write] = []
    if account is None:
        writes.append(
            Write(
                "account",
                account_id,
                {"login": said["login"] or None, "name": _address(said), "email": said["email"] or None},
            )
        )
    elif said["email"] and account.name and not account.email:
        writes.append(Write("account", account_id, {"email": said["email"]}, is_new=False))
    if member is None:
        values = {"account_id": account_id, "opened_on": today, "closed_on": None, **_names(said)}
        writes.append(Write("member", member_id, values))
    elif member.closed_on is not None:
        writes.append(Write("member", member_id, {"closed_on": None}, is_new=False))
    writes += _role_writes(draft, account_id, member_id, [], said["roles"])
    writes.append(draft.new_link("person", person.id, "member", member_id, said))
    draft.batch.accounts[person.id] = account_id
    if said["email"]:
        draft.batch.emails[said["email"].lower()] = account_id
    draft.people[person.id] = PersonRef(member_id, person.full_name)
    verb = Verb.NEW if member is None else Verb.CHANGED
    draft.step("person", verb, person.full_name, writes, people=[member_id])


def _meet_again(draft: Draft, person: Person, link: LinkRow, said: Said) -> None:
    """A person the source has brought before: push what the source has changed, leave what was changed by hand."""
    member = draft.snapshot.members.get(link.thing_id)
    if member is None:
        draft.conflict(person.place, say("%(name)s was removed here by hand.", name=person.full_name))
        return
    draft.people[person.id] = PersonRef(member.id, person.full_name)
    draft.batch.accounts[person.id] = member.account_id
    if said["login"]:
        draft.batch.logins.setdefault(said["login"], person.id)
    is_renamed = link.external_id != person.id
    if link.is_open and link.said == said and not is_renamed:
        return
    before = link.said
    writes: list[Write] = []
    changed = {name for name in said if before.get(name) != said[name]}
    if changed & set(NAMES) or (not link.is_open and member.closed_on):
        values: dict[str, Any] = _names(said) if changed & set(NAMES) else {}
        if not link.is_open:
            values["closed_on"] = None
        writes.append(Write("member", member.id, values, is_new=False))
    account_values: dict[str, Any] = {name: said[name] or None for name in ("login", "email") if name in changed}
    if (
        changed & set(NAMES)
        and (account := draft.snapshot.accounts.get(member.account_id))
        and account.name == _address(before)
    ):
        account_values["name"] = _address(said)
    if account_values:
        writes.append(Write("account", member.account_id, account_values, is_new=False))
    roles_before = before.get("roles", []) if link.is_open else []
    writes += _role_writes(draft, member.account_id, member.id, roles_before, said["roles"])
    again = draft.said_again(link, said)
    values = {**again.values, "external_id": person.id} if is_renamed else dict(again.values)
    writes.append(Write(again.table, again.id, values, is_new=False))
    draft.step("person", Verb.CHANGED, person.full_name, writes, differences(before, said), [member.id])


def _names(said: Mapping[str, Any]) -> dict[str, Any]:
    names = {name: said[name] for name in NAMES}
    return {**names, "sort_name": sort_name(said["family_name"], said["given_name"], said["patronymic"])}


def _address(said: Mapping[str, Any]) -> str:
    """How the site speaks to the person: children by name, adults with the patronymic."""
    kinds = {kind for kind, _, _ in said.get("roles", [])}
    given = said.get("given_name") or said.get("family_name") or ""
    return given if kinds == {Role.PUPIL} else polite_name(given, said.get("patronymic", ""))


def _role_writes(
    draft: Draft,
    account_id: uuid.UUID,
    member_id: uuid.UUID,
    before: list[list[str | None]],
    after: list[list[str | None]],
) -> list[Write]:
    """Open the roles the source gives, close those it gave and gives no more; roles given by hand stay."""
    school_id = draft.snapshot.school_id
    held = {role.kind: role for role in draft.index.roles.get(account_id, []) if role.school_id == school_id}
    said_before = {kind: rest for kind, *rest in before}
    writes = []
    for kind, starts, ends in after:
        from_on = date.fromisoformat(starts) if starts else draft.snapshot.today
        to_on = date.fromisoformat(ends) if ends else None
        role = held.get(str(kind))
        if role is None:
            values = {
                "account_id": account_id,
                "member_id": member_id,
                "kind": str(kind),
                "from_on": from_on,
                "to_on": to_on,
            }
            writes.append(Write("role", new_id(), values))
        elif said_before.get(kind) != [starts, ends] and (starts or ends or kind in said_before):
            dates = {"to_on": to_on, **({"from_on": from_on} if starts else {})}
            writes.append(Write("role", role.id, dates, is_new=False))
    wanted = {kind for kind, _, _ in after}
    return writes + close_roles(draft, [held[kind] for kind in said_before if kind in held and kind not in wanted])


def close_roles(draft: Draft, roles: list[RoleRow]) -> list[Write]:
    """End roles with yesterday."""
    writes = []
    for role in roles:
        if role.id not in draft.closed and not (role.to_on and role.to_on <= draft.snapshot.last_day):
            draft.closed.add(role.id)
            writes.append(Write("role", role.id, {"to_on": max(role.from_on, draft.snapshot.last_day)}, is_new=False))
    return writes
