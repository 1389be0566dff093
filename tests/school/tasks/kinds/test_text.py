"""Words: what is the same answer in Russian, and what is a slip."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.tasks.kinds.russian import is_one_typo_away, normalise
from school.tasks.kinds.text import TEXT

from .samples import SAMPLES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ёлка", "елка"),
        ("  в   лесу ", "в лесу"),
        ("«Война и мир»", '"Война и мир"'),
        ("«Война и мир»", "война и мир."),
        ("северо — запад", "северо-запад"),
        ("северо–запад", "северо-запад"),
        ("за́мок", "замок"),
        ("и\u0306од", "йод"),
        ("неон\u200b", "неон"),
        ("Волга.", "волга"),
        ("да!", "Да"),
        ("don’t", "don't"),
        ("ЕЩЁ\u00a0раз", "еще раз"),
    ],
)
def test_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"), [("кот", "кит"), ("не вода", "невода"), ("северо-запад", "северозапад"), ("йод", "иод")]
)
def test_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_spelling_keeps_what_it_tests() -> None:
    assert normalise("Жёлтый", keep_yo=True) == "жёлтый"
    assert normalise("Москва", keep_case=True) == "Москва"


@given(st.text(max_size=60), st.booleans(), st.booleans())
def test_normalising_again_changes_nothing(text: str, keep_case: bool, keep_yo: bool) -> None:
    once = normalise(text, keep_case=keep_case, keep_yo=keep_yo)
    assert normalise(once, keep_case=keep_case, keep_yo=keep_yo) == once


@given(st.text("абвгдеёжзий -«».", max_size=30))
def test_case_and_spaces_never_matter(text: str) -> None:
    assert normalise(f"  {text.upper()}  ") == normalise(text)


@pytest.mark.parametrize(
    ("given_word", "wanted", "slip"),
    [
        ("диномометр", "динамометр", True),
        ("динамомтр", "динамометр", True),
        ("динаммометр", "динамометр", True),
        ("диамнометр", "динамометр", False),
        ("динаомметр", "динамометр", True),
        ("динамометр", "динамометр", False),
        ("барометр", "динамометр", False),
        ("кит", "кот", False),
        ("ртут", "ртуть", True),
        ("ртутьь", "ртуть", True),
    ],
)
def test_one_slip(given_word: str, wanted: str, slip: bool) -> None:
    assert is_one_typo_away(given_word, wanted) is slip


@given(st.text("абвг", min_size=5, max_size=9), st.text("абвг", min_size=5, max_size=9))
def test_a_slip_works_both_ways(one: str, other: str) -> None:
    assert is_one_typo_away(one, other) == is_one_typo_away(other, one)


@pytest.mark.parametrize(
    ("sample", "text", "right", "with_advice"),
    [
        ("a word", "Динамометр.", True, False),
        ("a word", "пружинный  динамометр", True, False),
        ("a word", "диномометр", True, True),
        ("a word", "линейка", False, False),
        ("a spelling", "жёлтый", True, False),
        ("a spelling", "желтый", False, False),
        ("a spelling", "Жёлтый", False, False),
    ],
)
def test_judged(sample: str, text: str, right: bool, with_advice: bool) -> None:
    verdict = TEXT.grade(SAMPLES[sample].spec, 0, TEXT.parse({"answer": text}))
    assert (verdict.correct, bool(verdict.feedback)) == (right, with_advice)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"key": {"accept": "слово"}}, "key"),
        ({"key": {"accept": ["Ёж", "еж"]}}, "key"),
        ({"key": {"accept": [" . "]}}, "key"),
        ({"key": {"accept": [5]}}, "key"),
        ({"key": {"accept": ["ёж"]}, "typo": True, "keep_yo": True}, "typo"),
        ({"key": {"accept": ["ёж"]}, "typo": "yes"}, "typo"),
    ],
)
def test_slips_of_the_author(fields: dict[str, Any], where: str) -> None:
    assert where in {fault.where for fault in TEXT.check({"version": 1, "prompt": "Кто это?", **fields})}
