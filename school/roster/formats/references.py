"""Whether what rows point at is there: enrolments to people and groups, groups to courses, people to schools."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from school.roster.formats.journal import Journal
from school.roster.formats.records import Enrolment, Mode, Place, Roster
from school.roster.said import Said, say

Known = Mapping[str, Collection[str]]
"""Ids taken in earlier from the same source, by kind: a file of changes may point at them."""


def with_references(roster: Roster, known: Known | None = None) -> Roster:
    """The roster with each enrolment that points nowhere moved to the bad rows, and lesser gaps noted.

    A ``bulk`` file holds everything there is, so only a file of changes, or a missing one, may lean on earlier imports.
    """
    journal = Journal(list(roster.bad_rows), list(roster.notes))
    check = _Check(roster, known or {}, journal)
    enrolments = tuple(kept for one in roster.enrolments if (kept := check.enrolment(one)))
    check.lesser_gaps()
    return replace(roster, enrolments=enrolments, bad_rows=tuple(journal.bad_rows), notes=journal.all_notes())


@dataclass(slots=True)
class _Check:
    roster: Roster
    known: Known
    journal: Journal
    _open: dict[str, dict[str, bool]] = field(default_factory=dict)

    def enrolment(self, one: Enrolment) -> Enrolment | None:
        """The enrolment, closed if what it points at is closed; nothing if it points nowhere."""
        if not one.is_open:
            return one
        for kind, found, wanted in (
            ("groups", self._standing("groups", one.group_id), one.group_id),
            ("people", self._standing("people", one.person_id), one.person_id),
        ):
            if found is None:
                self.journal.refuse(one.place, _nowhere(kind, wanted))
                return None
            if not found:
                self.journal.note_many(one.place, say("It depends on a row that has ended, so it ends too."))
                return replace(one, is_open=False)
        return one

    def _standing(self, kind: str, wanted: str) -> bool | None:
        """Open, closed, or nowhere."""
        things = self._by_id(kind)
        if wanted in things:
            return things[wanted]
        leans = self.roster.mode(kind) is not Mode.BULK
        return True if leans and wanted in self.known.get(kind, ()) else None

    def _by_id(self, kind: str) -> Mapping[str, bool]:
        if kind not in self._open:
            self._open[kind] = {thing.id: thing.is_open for thing in getattr(self.roster, kind)}
        return self._open[kind]

    def lesser_gaps(self) -> None:
        """What a row can do without is only told."""
        for group in self.roster.groups:
            self._note_gap("courses", group.course_id, group.place, say("Its course is not in the files."))
            self._note_gap("orgs", group.org_id, group.place, say("Its school is not in the files."))
            for session_id in group.session_ids:
                self._note_gap("sessions", session_id, group.place, say("Its term is not in the files."))
        for session in self.roster.sessions:
            self._note_gap(
                "sessions", session.parent_id, session.place, say("The year it belongs to is not in the files.")
            )
        for person in self.roster.people:
            for agent_id in person.agent_ids:
                self._note_gap("people", agent_id, person.place, say("A relative named here is not in the files."))

    def _note_gap(self, kind: str, wanted: str, place: Place, text: Said) -> None:
        if wanted and self._standing(kind, wanted) is None:
            self.journal.note_many(place, text)


def _nowhere(kind: str, wanted: str) -> Said:
    if kind == "groups":
        return say("There is no class “%(id)s”, or its row was rejected.", id=wanted)
    return say("There is no person “%(id)s”, or their row was rejected.", id=wanted)
