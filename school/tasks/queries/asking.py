"""The questions of an attempt as they may be shown before it is finished: read as rows, without their keys."""

import json
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Table, Text, bindparam, select
from sqlalchemy import cast as as_type

from content_library.models import Item
from school.core.database import Id, read
from school.tasks import sheets
from school.tasks.kinds import kind_of
from school.tasks.kinds.contract import Variant
from school.tasks.kinds.hints import hints_for
from school.tasks.models import Attempt
from school.tasks.queries.hints import hints_of
from school.tasks.queries.pictures import pictures_of
from school.tasks.queries.running import last_answers
from school.tasks.seen import ShownItem

KEPT = 4096
item = cast("Table", Item.__table__)
_COLUMNS = (item.c.id, item.c.version_id, item.c.kind, as_type(item.c.spec, Text))
_OF_VERSION = select(*_COLUMNS).where(item.c.version_id == bindparam("version", type_=Id)).order_by(item.c.position)
_CHOSEN = select(*_COLUMNS).where(item.c.id.in_(bindparam("items", type_=Id, expanding=True)))


def shown_items(attempt: Attempt) -> list[ShownItem]:
    """The questions of an attempt in their order, without keys, with the answers given so far."""
    if attempt.sheet is None:
        rows = list(read(_OF_VERSION, {"version": attempt.unit_version_id}))
    else:
        wanted = sheets.asked(attempt.sheet)
        found = {row[0]: row for row in read(_CHOSEN, {"items": wanted})} if wanted else {}
        rows = [found[one] for one in wanted if one in found]
    specs = [_spec(text) for _id, _version, _kind, text in rows]
    given = last_answers(attempt)
    titles = sheets.headings(attempt.sheet) if attempt.sheet is not None else {}
    pictures = pictures_of((row[0], row[1], spec) for row, spec in zip(rows, specs, strict=True))
    opened = hints_of(attempt) if any(spec.get("hints") for spec in specs) else {}
    shown = []
    for position, ((item_id, _version, kind, text), spec) in enumerate(zip(rows, specs, strict=True), start=1):
        variant, words = _prepared(kind, text, attempt.seed)
        _id, what, number = given.get(item_id) or (None, None, 0)
        hints = tuple(hints_for(kind_of(kind), spec, attempt.seed)[: opened[item_id]]) if item_id in opened else ()
        shown.append(
            ShownItem(
                item_id,
                position,
                str(variant.get("as", kind)),
                variant,
                pictures.get(item_id),
                what,
                number,
                titles.get(item_id, ""),
                hints,
                words,
            )
        )
    return shown


@lru_cache(KEPT)
def _spec(text: str) -> dict[str, Any]:
    """A specification by its very text, so a mended one is another; nobody changes what is kept here."""
    spec: dict[str, Any] = json.loads(text)
    return spec


@lru_cache(KEPT)
def _prepared(kind: str, text: str, seed: int) -> tuple[Variant, str]:
    """What may be shown of a question, and the same as one text to know it by."""
    variant = kind_of(kind).prepare(_spec(text), seed)
    return variant, json.dumps(variant, ensure_ascii=False, sort_keys=True, default=str)
