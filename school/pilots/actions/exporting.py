"""Taking rows out, with a note of who took what. Event ``pilot.exported`` with the digest of the file."""

import hashlib
from dataclasses import asdict

from sqlalchemy import select

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records import record
from school.people.models import Member
from school.people.names import full_name
from school.pilots.actions.planning import protocol_of
from school.pilots.analysis import Reading
from school.pilots.drawing import commitment
from school.pilots.exporting import (
    Known,
    Sheet,
    answers_sheet,
    as_csv,
    as_xlsx,
    flow_sheet,
    key_sheet,
    plain,
    pupils_sheet,
    results_sheet,
    words_sheet,
)
from school.pilots.models import PilotExport, Sitting
from school.pilots.queries import (
    alerts_of,
    amendments_of,
    begun_of,
    consents_of,
    lowest_of,
    places_of,
    results_of,
    scores_of,
    tests_of,
    work_of,
)
from school.pilots.seen import SeenPilot

KINDS = ("csv", "answers", "xlsx", "protocol", "key")


def export_rows(actor: Actor, pilot: SeenPilot, kind: str) -> bytes:
    """A file of a kind of ``KINDS`` but ``key``."""
    known = _known(pilot)
    if kind == "csv":
        sheet = pupils_sheet(known)
    elif kind == "answers":
        sheet = answers_sheet(known)
    else:
        beside = {
            "protocol": _protocol(pilot),
            "flow": flow_sheet(known, _asked(pilot), pilot.row.arms),
            "results": results_sheet(_readings(pilot)),
        }
        if kind == "xlsx":
            pupils = pupils_sheet(known)
            book = as_xlsx({"pupils": pupils, "answers": answers_sheet(known), **beside})
            return _note(actor, pilot, kind, len(pupils.rows), book)
        sheet = words_sheet(beside)
    return _note(actor, pilot, kind, len(sheet.rows), as_csv(sheet))


def _known(pilot: SeenPilot) -> Known:
    """Of tests whose last day is over: what is still open could be read by arm before its time."""
    today, row = clock.today(), pilot.row
    places = places_of(pilot.school_id, pilot.id)
    told = [kind for kind in Sitting if pilot.is_told(kind, today)]
    scores = scores_of(pilot.school_id, pilot.id)
    stopped = clock.local(row.stopped_at).date() if row.stopped_at is not None else None
    return Known(
        secret=row.secret,
        places=places,
        scores={key: score for key, score in scores.items() if Sitting(key[1]) in told},
        told=told,
        off=[kind for kind in Sitting if stopped is not None and stopped <= pilot.times.window(kind)[1]],
        begun=begun_of(pilot),
        work=work_of(pilot),
        lowest=lowest_of([one for one in places if one.arm is not None]),
        digest=row.digest,
    )


def _asked(pilot: SeenPilot) -> dict[str, int]:
    """Of all classes together: counts of one class stand on the page, for those who know it."""
    found = consents_of(pilot)
    return {
        "in the classes": sum(one.pupils for one in found),
        "agreed": sum(len(one.agreed) for one in found),
        "declined or left": sum(one.declined for one in found),
        "no answer": sum(one.silent for one in found),
    }


def _readings(pilot: SeenPilot) -> dict[tuple[str, str], Reading]:
    found = results_of(pilot, clock.today())
    readings = {("pre", "shares"): found.before} if found.before is not None else {}
    for one in found.outcomes:
        kind = one.kind.value
        readings |= {(kind, "shares"): one.shares, (kind, "topics"): one.topics, (kind, "lowest"): one.lowest}
    return readings


def _protocol(pilot: SeenPilot) -> Sheet:
    """As it was registered, with everything by which it can be checked, and what was said beside it since."""
    row = pilot.row
    said: list[tuple[str, str | int | float | None]] = [
        (name, ", ".join(value) if isinstance(value, tuple) else plain(str(value)))
        for name, value in asdict(protocol_of(row)).items()
    ]
    said += [("subject", pilot.subject), ("classes", len(pilot.courses)), ("fingerprint", row.digest)]
    for kind, test in tests_of(pilot.school_id, pilot.id).items():
        first, last = pilot.times.window(Sitting(kind))
        said += [
            (f"{kind}: version of the test", str(test.unit_version_id)),
            (f"{kind}: minutes", test.minutes),
            (f"{kind}: open", f"{first} – {last}"),
        ]
    times = (("registered", row.registered_at), ("drawn", row.drawn_at), ("stopped", row.stopped_at))
    said += [(name, at.isoformat(timespec="seconds")) for name, at in times if at is not None]
    said += [("number of the draw", str(row.seed)), ("its hash, published before", commitment(row.seed))]
    said += [("stopped because", plain(row.stopped_why))] if row.stopped_why else []
    for one in amendments_of(pilot):
        said.append((f"amendment of {clock.local(one.made_at):%Y-%m-%d}", plain(one.text)))
    for alert in reversed(alerts_of(pilot)):
        said.append(
            (f"alarm of {clock.local(alert.rang_at):%Y-%m-%d}", f"{alert.kind} {alert.arm}: {plain(alert.answer)}")
        )
    return Sheet(("field", "value"), tuple(said))


def export_key(actor: Actor, pilot: SeenPilot) -> bytes:
    """Pseudonyms with names of those who stayed."""
    ids = [one.pupil_id for one in places_of(pilot.school_id, pilot.id) if one.arm is not None and one.left_at is None]
    rows = db.session.execute(
        select(Member.id, Member.family_name, Member.given_name, Member.patronymic).where(
            Member.school_id == pilot.school_id, Member.id.in_(ids)
        )
    )
    sheet = key_sheet(pilot.row.secret, {row[0]: full_name(row[1], row[2], row[3]) for row in rows})
    return _note(actor, pilot, "key", len(sheet.rows), as_csv(sheet))


def _note(actor: Actor, pilot: SeenPilot, kind: str, rows: int, file: bytes) -> bytes:
    made = PilotExport(
        school_id=pilot.school_id,
        id=new_id(),
        pilot_id=pilot.id,
        kind=kind,
        rows=rows,
        sha256=hashlib.sha256(file).hexdigest(),
        made_at=clock.now(),
        made_by=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    payload = {"pilot": str(pilot.id), "kind": kind, "rows": rows, "file": made.sha256}
    record(actor, "pilot.exported", school_id=pilot.school_id, thing_id=made.id, payload=payload)
    return file
