"""What the source no longer has. Dates end it; nothing is deleted, and nothing is touched that the source did not bring."""

from school.roster.formats.records import Mode
from school.roster.planning.draft import Draft
from school.roster.planning.people import close_roles
from school.roster.planning.snapshot import LinkRow
from school.roster.planning.steps import Verb, Write

MODES = {"enrolment": "enrolments", "guardian": "links", "group": "groups", "person": "people"}
"""Kinds of links and the files that speak of them, in the order of closing: ties before what they tie."""


def plan_leaving(draft: Draft) -> None:
    """Close what the set says is closed, and what a complete (``bulk``) file of its kind no longer names."""
    stated = _stated(draft)
    for kind, files in MODES.items():
        is_complete = draft.roster.mode(files) is Mode.BULK
        present = draft.roster.present.get(files, frozenset())
        for link in list(draft.snapshot.links.values()):
            if link.kind != kind or not link.is_open:
                continue
            if link.external_id in stated[kind] or (is_complete and _is_missing(draft, link, present)):
                _close(draft, link)


def _stated(draft: Draft) -> dict[str, set[str]]:
    """Ids that the set itself marks as closed."""
    roster = draft.roster
    return {
        "person": {one.id for one in roster.people if not one.is_open},
        "group": {one.id for one in roster.groups if not one.is_open},
        "enrolment": {one.id for one in roster.enrolments if not one.is_open},
        "guardian": {one.id for one in roster.links if not one.is_open},
    }


def _is_missing(draft: Draft, link: LinkRow, present: frozenset[str]) -> bool:
    if link.kind != "guardian":
        return link.external_id not in present
    named = {one.id for one in draft.roster.links}
    both = (str(link.said["adult"]), str(link.said["pupil"]))
    refused = present - {person.id for person in draft.roster.people}
    return link.external_id not in named and not refused.intersection(both)


def _close(draft: Draft, link: LinkRow) -> None:
    writes = [draft.close_link(link)]
    people = []
    if link.kind == "person":
        writes += _close_person(draft, link)
        people = [link.thing_id]
    elif link.kind == "group":
        writes += _close_ties_of(draft, group=link.external_id)
    else:
        writes += draft.close_tie(link.thing_id)
        tie = draft.snapshot.ties.get(link.thing_id)
        people = [tie.member_id] if tie else []
    draft.step(link.kind, Verb.GONE, _title(draft, link), writes, people=people)


def _close_person(draft: Draft, link: LinkRow) -> list[Write]:
    """End the roles and ties that the source gave; the membership too, when no other role is left."""
    member = draft.snapshot.members.get(link.thing_id)
    if member is None:
        return []
    given = {kind for kind, _, _ in link.said.get("roles", [])}
    roles = draft.index.roles.get(member.account_id, [])
    held = [role for role in roles if role.school_id == draft.snapshot.school_id]
    writes = close_roles(draft, [role for role in held if role.kind in given])
    writes += _close_ties_of(draft, person=link.external_id)
    if all(role.kind in given for role in held) and member.closed_on is None:
        writes.append(Write("member", member.id, {"closed_on": draft.snapshot.last_day}, is_new=False))
    return writes


def _close_ties_of(draft: Draft, *, group: str | None = None, person: str | None = None) -> list[Write]:
    """End what is left of a group's or a person's ties; each of them is gone for the source too."""
    writes: list[Write] = []
    for link in draft.snapshot.links.values():
        said = link.said
        is_theirs = (group is not None and said.get("group") == group) or (
            person is not None and person in (said.get("person"), said.get("adult"), said.get("pupil"))
        )
        if link.is_open and link.kind in {"enrolment", "guardian"} and is_theirs:
            ended = draft.close_tie(link.thing_id)
            writes += [*ended, draft.close_link(link)] if ended else []
    return writes


def _title(draft: Draft, link: LinkRow) -> str:
    said = link.said
    if link.kind == "person":
        return " ".join(filter(None, (said.get("family_name"), said.get("given_name"), said.get("patronymic"))))
    if link.kind == "group":
        return str(said.get("name", link.external_id))
    ends = ("person", "group") if link.kind == "enrolment" else ("adult", "pupil")
    return " — ".join(_name_of(draft, "group" if end == "group" else "person", str(said.get(end, ""))) for end in ends)


def _name_of(draft: Draft, kind: str, external_id: str) -> str:
    link = draft.link(kind, external_id)
    return _title(draft, link) if link else external_id
