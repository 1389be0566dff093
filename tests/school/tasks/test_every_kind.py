"""Every kind of task, present and future: previewed, shown with its solution, printed, and judged from its own examples."""

import json
import re
from html import escape
from typing import Any

from content_library import UnitKind, shelf
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.tasks.actions import start_attempt
from school.tasks.kinds import BY_HAND, KINDS, kind_of
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tasks.kinds.samples import SAMPLES

ALL = list({sample.kind: sample for sample in SAMPLES.values()}.values())
"""One of each kind."""
JSON = {"Accept": "application/json"}


def texts_in(variant: Any) -> list[str]:
    """All that a question has to show of itself before the answer: its words, options, things, lines."""
    if isinstance(variant, dict):
        own = [variant[name] for name in ("prompt", "text", "material") if isinstance(variant.get(name), str)]
        return own + [text for one in variant.values() if not isinstance(one, str) for text in texts_in(one)]
    return [text for one in variant for text in texts_in(one)] if isinstance(variant, list) else []


def plain(html: str) -> str:
    """The words of some HTML, spaces made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_all_kinds_are_tried() -> None:
    assert sorted(one.kind for one in ALL) == sorted(KINDS)


def test_previewed_solved_and_printed(make: Make, client: SchoolClient) -> None:
    author = make.teacher(make.school())
    draft = make.draft(UnitKind.TEST, by=author, items=tuple((one.kind, one.spec) for one in ALL))
    client.sign_in(make.account_of(author))
    preview = client.get(f"/library/{draft.id}/draft").text.split('class="question"')[1:]
    paper, _, solved = client.get(f"/library/{draft.id}/draft/paper").text.partition('id="answers-heading"')
    printed, answers = paper.split('class="question"')[1:], solved.split('class="answer-line"')[1:]
    assert len(preview) == len(printed) == len(answers) == len(ALL)
    for one, looked, sheet, answer in zip(ALL, preview, printed, answers, strict=True):
        kind = kind_of(one.kind)
        for place in (looked, sheet):
            words = plain(place)
            shown = [] if one.kind == "varied" else texts_in(json.loads(json.dumps(kind.prepare(one.spec, 0))))
            missing = [text for text in shown if plain(escape(text, quote=False)) not in words]
            assert len(words) > 10 and not missing, (one.kind, missing)
            why = one.spec.get("why", "")
            assert not why or escape(why, quote=False) not in place, f"{one.kind} tells why before it is asked"
        assert plain(answer), one.kind
        if one.kind != "varied" and one.spec.get("why"):
            assert escape(one.spec["why"], quote=False) in answer, one.kind


def sit(make: Make, which: str, client: SchoolClient) -> list[str]:
    """All kinds answered by one of their own examples: what each says after handing in."""
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    version = make.task(course.subject_id, [{"kind": one.kind, **one.spec} for one in ALL])
    with unit_of_work():
        attempt = start_attempt(make.actor(pupil, "pupil"), version, pupil)
    url, seed = f"/s/{attempt.school_id}/attempts/{attempt.id}", attempt.seed
    ids = [item.id for item in shelf.items_of(db.session(), version)]
    client.sign_in(make.account_of(pupil))
    for item_id, one in zip(ids, ALL, strict=True):
        examples = kind_of(one.kind).examples(one.spec, seed)
        data: dict[str, Any] = {"number": 1, "client_id": str(new_id())}
        refused = client.post(f"{url}/items/{item_id}/answers", data=data | examples.unreadable, headers=JSON)
        assert refused.status_code == 422 and refused.get_json()["why"], one.kind
        data = data | getattr(examples, which) | {"client_id": str(new_id())}
        saved = client.post(f"{url}/items/{item_id}/answers", data=data, headers=JSON)
        assert saved.status_code == 200 and saved.get_json()["saved"], one.kind
    client.post(f"{url}/finish")
    return client.get(url).text.split('<li class="result"')[1:]


def test_judged_from_their_own_examples(make: Make, client: SchoolClient) -> None:
    right, wrong = sit(make, "right", client), sit(make, "wrong", client)
    assert len(right) == len(wrong) == len(ALL)
    for one, good, bad in zip(ALL, right, wrong, strict=True):
        if one.kind in BY_HAND:
            assert 'data-correct="no"' in good and "сверьте сами" in plain(good), one.kind
            continue
        assert good.lstrip().startswith('data-correct="yes"'), one.kind
        assert bad.lstrip().startswith('data-correct="no"'), one.kind
        assert "Верный ответ" in plain(bad), one.kind
