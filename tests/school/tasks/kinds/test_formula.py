"""Formulas judged by their value: read from any writing, equal or not, never slow, never raising."""

from contextlib import suppress
from fractions import Fraction

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.tasks.kinds.contract import Unreadable
from school.tasks.kinds.expressions import MAX_LENGTH, NotAFormula, read_formula
from school.tasks.kinds.formula import FORMULA, is_expanded, is_factored
from school.tasks.kinds.mathml import mathml
from school.tasks.kinds.values import are_equal, exact
from tests.cpu import within


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(x-1)(x+1)", "x^2 - 1"),
        ("(x − 1)·(x + 1)", "x²−1"),
        ("x(x+1)", "x^2+x"),
        ("2x", "x*2"),
        ("х+у", "y+x"),
        ("0,5x", "x/2"),
        (r"\frac{x+1}{2}", "(x+1)/2"),
        (r"\frac12", "0,5"),
        (r"\sqrt{x^2+2x+1}", "|x+1|"),
        (r"\sqrt[3]{x^3 y^3}", r"\sqrt[3]{(xy)^3}"),
        ("sin(x)^2 + cos(x)^2", "1"),
        ("sin²x + cos²x", "1"),
        ("sin 2x", "2 sin x cos x"),
        ("tg x", r"\frac{\sin x}{\cos x}"),
        ("√8", "2√2"),
        ("2^(x+1)", "2·2^x"),
        ("x^-1", "1/x"),
        ("(a+b)^3", "a^3+3a^2 b+3a b^2+b^3"),
        ("x/x", "1"),
        ("v:t", "v/t"),
        ("-x^2", "-(x^2)"),
        ("--x", "x"),
        ("2πR", "2*R*π"),
        (r"\left(x+1\right)\cdot2", "2x+2"),
        ("(x^20)^10", "x^200"),
        ("lg 100", "2"),
        ("ln x^2", "2 ln |x|"),
    ],
)
def test_equal(one: str, other: str) -> None:
    assert are_equal(read_formula(one), read_formula(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x^2-1", "(x-1)^2"),
        ("x", "|x|"),
        ("sqrt(x^2)", "x"),
        ("x", "y"),
        ("1/3", "0,333333333"),
        ("sin x", "x"),
        ("-x^2", "(-x)^2"),
        ("1/(x-x)", "1/(x-x)"),
        ("x+1", "x+1,000000001"),
    ],
)
def test_not_equal(one: str, other: str) -> None:
    assert not are_equal(read_formula(one), read_formula(other))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "2*(x",
        "x+",
        "x)",
        "2**3",
        "x = 2 = 3",
        r"\int x",
        "1/",
        "🙂",
        "x_1",
        "import os",
        "{" * 50,
        "(" * 200,
        "-" * 299 + "x",
        "√" * 299,
    ],
)
def test_what_is_no_formula(text: str) -> None:
    try:
        node = read_formula(text)
    except NotAFormula:
        return
    assert text == "import os" and len(node.letters) > 4  # letters that stand side by side are a product


@given(text=st.text(alphabet="0123456789xy+-*/^()√|,.{}\\ fracsqrtinlgπ²³·", max_size=MAX_LENGTH))
def test_any_writing_is_read_or_refused_at_once(text: str) -> None:
    with within(0.5):
        try:
            node = read_formula(text)
        except NotAFormula:
            return
        are_equal(node, node)
        html5lib.HTMLParser(strict=True).parseFragment(mathml(node))


@pytest.mark.parametrize(
    "text", ["((((((x^200)^200)^200)^200)^200)^200)^200", "9^9^9^9^9", "2^(2^(2^(2^x)))", "9" * 300, "1/" * 149 + "1"]
)
def test_nothing_is_slow(text: str) -> None:
    with within(0.2), suppress(NotAFormula, ValueError, ZeroDivisionError):
        node = read_formula(text)
        are_equal(node, node)
        exact(node, {"x": Fraction(7, 3)})


SPEC = {
    "version": 1,
    "prompt": "Разложите на множители x² − 1.",
    "variables": ["x"],
    "form": "factored",
    "key": {"value": "(x-1)(x+1)"},
}


@pytest.mark.parametrize(
    ("text", "correct", "said"),
    [
        ("(x+1)(x-1)", True, None),
        ("y = (1+x)(x-1)", True, None),
        ("x^2-1", False, "form"),
        ("(1-x)(x+1)", False, "sign"),
        ("(x-1)(x+2)", False, None),
    ],
)
def test_form_and_sign_are_told(text: str, correct: bool, said: str | None) -> None:
    verdict = FORMULA.grade(SPEC, 0, FORMULA.parse({"answer": text}))
    assert verdict.correct is correct
    assert [one.msgid for one in verdict.feedback if not said or said not in one.msgid] == []
    assert bool(verdict.feedback) is bool(said)


def test_a_strange_letter_costs_nothing() -> None:
    with pytest.raises(Unreadable, match="“z”"):
        FORMULA.grade(SPEC, 0, FORMULA.parse({"answer": "z+1"}))


@pytest.mark.parametrize(
    ("text", "expanded", "factored"),
    [("x^2+2x", True, False), ("x(x+2)", False, True), ("-(x+1)^2", False, True), ("2x", True, True)],
)
def test_forms(text: str, expanded: bool, factored: bool) -> None:
    node = read_formula(text)
    assert (is_expanded(node), is_factored(node)) == (expanded, factored)


def test_shown_as_it_is_meant() -> None:
    shown = mathml(read_formula("1/2x"))
    assert (
        shown
        == "<math><mrow><mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac><mo>\u2062</mo><mi>x</mi></mrow></math>"
    )
    assert "<mo>(</mo>" in mathml(read_formula("(x+1)^2")) and "<mo>·</mo>" in mathml(read_formula("2*3"))
