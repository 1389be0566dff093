"""Copies keep their chain, and follow the original part by part without losing their own words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from content_library import Unit, UnitKind, UnitVersion, WrittenItem, comparing, copies, drafts, publishing, shelf
from content_library.comparing import sections_of
from content_library.copies import Fate
from content_library.drafts import Text
from tests.content_library.conftest import MORNING
from tests.content_library.writing import ANNA, BORIS, published

LATER = MORNING + timedelta(days=1)
BODY = "Вступление.\n\n## Доли\n\nДоли целого.\n\n## Правило\n\nСкладываем.\n\n## Итог\n\nВсё."


def text_now(session: Session, unit: Unit) -> Text:
    return drafts.text_of(session, shelf.versions_of(session, unit)[0])


def renew(session: Session, unit: Unit, **says: object) -> UnitVersion:
    version = publishing.new_version(session, unit, ANNA, LATER)
    drafts.write(session, version, replace(drafts.text_of(session, version), **says))  # type: ignore[arg-type]
    return publishing.publish(session, unit, LATER)


@pytest.fixture
def original(session: Session) -> Unit:
    return published(session, title="Доли", body_markdown=BODY, place={"kind": UnitKind.TEXTBOOK}, items=())


def test_a_copy_names_its_chain_and_keeps_the_licence(session: Session, original: Unit) -> None:
    first = copies.copy(session, original, BORIS, MORNING)
    assert (first.author_name, first.licence, text_now(session, first).body_markdown) == (
        "Борис Ильин",
        "CC-BY-4.0",
        BODY,
    )
    publishing.publish(session, first, MORNING)
    second = copies.copy(session, first, ANNA, LATER)
    chain = copies.chain_of(session, second)
    assert [(one.unit_id, one.author) for one in chain] == [(first.id, "Борис Ильин"), (original.id, "Анна Петрова")]
    assert copies.licence_kept(session, second) == "CC-BY-4.0" and copies.licence_kept(session, original) is None
    original.licence = "own"
    with pytest.raises(copies.NotAllowed):
        copies.copy(session, original, BORIS, LATER)
    assert copies.may_copy(original, ANNA.account_id), "one's own may always be copied"
    original.licence = "CC0-1.0"
    assert copies.licence_kept(session, first) is None


def test_a_patch_takes_what_is_untouched_and_never_own_words(session: Session, original: Unit) -> None:
    made = copies.copy(session, original, BORIS, MORNING)
    own = BODY.replace("Складываем.", "Складываем по-своему.") + "\n\n## Моё\n\nЗадачи класса."
    version = drafts.open_version(session, made)
    assert version is not None
    drafts.write(session, version, replace(drafts.text_of(session, version), body_markdown=own))
    publishing.publish(session, made, MORNING)
    assert copies.patch_for(session, made) is None and copies.with_news(session, [made, original]) == set()

    mended = BODY.replace("Доли целого.", "Равные доли.").replace("Складываем.", "Складываем числители.")
    mended = mended.replace("## Итог", "## Пример\n\n1/5 + 2/5.\n\n## Итог")
    renew(session, original, body_markdown=mended, summary="Складываем дроби с разными знаменателями, снова.")
    assert copies.with_news(session, [made, original]) == {made.id}
    patch = copies.patch_for(session, made)
    assert patch is not None
    assert {one.difference.part: one.fate for one in patch.changes} == {
        "summary": Fate.CLEAN,
        "section:Доли": Fate.CLEAN,
        "section:Правило": Fate.OWN,
        "section:Пример": Fate.CLEAN,
    }
    version = publishing.new_version(session, made, BORIS, LATER)
    taken = copies.take(session, made, version, ["section:Доли", "section:Правило", "section:Пример"])
    assert taken == 2, "what was changed by its own author is left, whatever is asked"
    after = text_now(session, made)
    assert list(sections_of(after.body_markdown)) == ["", "Доли", "Правило", "Пример", "Итог", "Моё"]
    assert "Равные доли." in after.body_markdown and "по-своему" in after.body_markdown
    assert after.summary == "Складываем дроби с разными знаменателями.", "what was not ticked stays"
    assert copies.patch_for(session, made) is None and copies.with_news(session, [made]) == set()


def test_parts_that_are_gone_go_and_questions_are_one_part(session: Session) -> None:
    items = [WrittenItem(kind="number", spec={"prompt": "2+3?", "key": "5"})]
    original = published(session, body_markdown=BODY, items=items)
    made = copies.copy(session, original, BORIS, MORNING)
    new = [WrittenItem(kind="number", spec={"prompt": "2+4?", "key": "6"}, points=2)]
    renew(session, original, body_markdown=BODY.split("## Итог", maxsplit=1)[0], items=new)
    version = drafts.open_version(session, made)
    assert version is not None
    assert copies.take(session, made, version, ["section:Итог", "items"]) == 2
    after = text_now(session, made)
    assert "Итог" not in after.body_markdown and [one.points for one in after.items] == [2]
    renew(session, original, title="Иначе")
    copies.dismiss(session, made)
    assert copies.patch_for(session, made) is None


def test_sections_are_cut_at_large_headings() -> None:
    assert sections_of("") == {}
    assert list(sections_of("a\n\n# A\n\n### a\n\n## B\n\n# A\n")) == ["", "A", "B", "A (2)"]
    whole = sections_of(BODY)
    assert "\n\n".join(whole.values()) == BODY
    same = comparing.differences(Text(title="a", body_markdown=BODY), Text(title="a", body_markdown=BODY))
    assert same == []
