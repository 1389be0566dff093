"""Which rows of a set belong to which school. Districts and departments are no schools of their own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from school.roster.formats.journal import Journal
from school.roster.formats.records import BadRow, Note, Org, Person, Role, Roster
from school.roster.planning.making import Target
from school.roster.said import say

SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Divided:
    """A set cut into schools; ``school_id`` of each is None where the school would be founded."""

    targets: tuple[tuple[int | None, Target], ...]
    bad_rows: tuple[BadRow, ...] = ()
    notes: tuple[Note, ...] = ()


def divide(roster: Roster, schools: Mapping[int, str | None], chosen: int | None) -> Divided:
    """Find the school of every row. ``schools`` are the city's, with the external id of each.

    A chosen school takes the whole set, or its own part where the set names it among others. Without a choice a set
    with several schools goes to those the city knows by their ids, and founds the others; a set with one school, or
    none, goes to the city's only school where there is one.
    """
    orgs = _school_orgs(roster)
    by_external = {external: school_id for school_id, external in schools.items() if external}
    if chosen is None and len(schools) == 1 and len(orgs) <= 1:
        chosen = next(iter(schools))
    if chosen is not None:
        own = schools.get(chosen)
        if own in orgs and len(orgs) > 1:
            return _by_school(roster, {own: orgs[own]}, {own: chosen}, others=set(orgs) - {own})
        only = next(iter(orgs.values())) if len(orgs) == 1 else None
        return Divided(((chosen, Target(roster, only.id if only else "", only.name if only else "")),))
    if not orgs:
        if schools:
            journal = Journal()
            for person in roster.people[:1]:
                journal.refuse(person.place, say("The files do not say which school they are for; choose one."))
            return Divided((), tuple(journal.bad_rows))
        if not roster.people:
            return Divided((), roster.bad_rows, roster.notes)
        return Divided(((None, Target(roster, "", "Школа")),))
    return _by_school(roster, orgs, {org_id: by_external.get(org_id) for org_id in orgs}, others=set())


def _school_orgs(roster: Roster) -> dict[str, Org]:
    """The organisations that are schools, or stand for one: what classes and people point at, up to a school."""
    orgs = {org.id: org for org in roster.orgs if org.is_open}
    pointed = {group.org_id for group in roster.groups} | {one.org_id for one in roster.enrolments}
    pointed |= {fact.org_id for person in roster.people for fact in person.roles}
    found = {org.id: org for org in orgs.values() if org.kind == SCHOOL}
    for org_id in sorted(pointed):
        if org_id in orgs:
            top = orgs[_school_of(org_id, orgs)]
            if top.kind not in {"district", "local", "state", "national"} or not found:
                found.setdefault(top.id, top)
    return found


def _school_of(org_id: str, orgs: Mapping[str, Org]) -> str:
    """The nearest school at or above an organisation; the organisation itself where there is none."""
    seen: set[str] = set()
    step = org_id
    while step in orgs and step not in seen:
        if orgs[step].kind == SCHOOL:
            return step
        seen.add(step)
        step = orgs[step].parent_id
    return org_id


def _by_school(
    roster: Roster, wanted: Mapping[str, Org], ids: Mapping[str, int | None], others: Collection[str]
) -> Divided:
    orgs = {org.id: org for org in roster.orgs}
    home_of_group = {group.id: _school_of(group.org_id, orgs) for group in roster.groups}
    homes = _homes(roster, orgs, home_of_group)
    targets = []
    for org_id, org in wanted.items():
        groups = tuple(group for group in roster.groups if home_of_group[group.id] == org_id)
        mine = {group.id for group in groups}
        enrolments = tuple(
            one
            for one in roster.enrolments
            if one.group_id in mine or (one.group_id not in home_of_group and one.org_id == org_id)
        )
        people = tuple(_as_in(person, org_id, orgs) for person in roster.people if org_id in homes[person.id])
        there = {person.id for person in people}
        links = tuple(link for link in roster.links if {link.adult_id, link.pupil_id} <= there)
        part = replace(roster, groups=groups, enrolments=enrolments, people=people, links=links, bad_rows=(), notes=())
        targets.append((ids[org_id], Target(part, org_id, org.name)))
    journal = Journal(list(roster.bad_rows), list(roster.notes))
    known = {*wanted, *others}
    for person in roster.people:
        if person.is_open and not homes[person.id] & known:
            journal.refuse(person.place, say("The person belongs to none of the schools in the files."))
    for group in roster.groups:
        if group.is_open and home_of_group[group.id] not in known:
            journal.refuse(group.place, say("The class belongs to none of the schools in the files."))
    return Divided(tuple(targets), tuple(journal.bad_rows), journal.all_notes())


def _homes(roster: Roster, orgs: Mapping[str, Org], home_of_group: Mapping[str, str]) -> dict[str, set[str]]:
    """The schools of each person: where the file says they are, where they learn or teach, where their children are."""
    homes = {
        person.id: {_school_of(fact.org_id, orgs) for fact in person.roles if fact.org_id} for person in roster.people
    }
    for one in roster.enrolments:
        if one.person_id in homes and one.group_id in home_of_group:
            homes[one.person_id].add(home_of_group[one.group_id])
    for link in roster.links:
        homes[link.adult_id] |= homes[link.pupil_id]
    for person in roster.people:
        if not person.is_open:
            homes[person.id] = set(orgs)
    return homes


def _as_in(person: Person, org_id: str, orgs: Mapping[str, Org]) -> Person:
    """The person with the roles they have in one school; a parent is a parent in each."""
    here = tuple(fact for fact in person.roles if _school_of(fact.org_id, orgs) == org_id)
    parent = tuple(fact for fact in person.roles if fact.role is Role.PARENT)
    return replace(person, roles=here or parent[:1])
