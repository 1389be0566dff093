"""Formulas that stand in the words of a question: shown where they can be read, left alone where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school.tasks.kinds.written import as_line, as_markup, has_formula, in_html


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (r"Сократите $\frac{3x^2 - 12}{x-2}$.", "Сократите (3x² − 12)/(x − 2)."),
        (r"Верно ли, что $x^{-2} \ge 0,5$?", "Верно ли, что x⁻² ≥ 0,5?"),
        (r"\(\sqrt{a^2+b^2} \ne a+b\)", "√(a² + b²) ≠ a + b"),
        (r"$a - (b - c) = -(2x + 1)(x - 3)$ и $|x| \leqslant 2 \cdot 3$", "a − (b − c) = −(2x + 1)(x − 3) и |x| ≤ 2·3"),
        ("$2^{x+1}$", "2^(x + 1)"),
        ("Тетрадь стоит $5, а книга $10.", "Тетрадь стоит $5, а книга $10."),
        ("от $5 до $10 и $ y$", "от $5 до $10 и $ y$"),
        (r"при $x \ne \pm 2$ и $a \pm b$", "при x ≠ ±2 и a ± b"),
        (r"$\int x$", r"$\int x$"),
        ("без формул", "без формул"),
    ],
)
def test_in_one_line(text: str, line: str) -> None:
    assert as_line(text) == line


def test_as_markup() -> None:
    made = as_markup(r"<b> $\frac{1}{2} < x$ & $\bad$")
    assert made.startswith("&lt;b&gt; <math><mrow><mrow><mfrac>")
    assert "<mo>&lt;</mo>" in made and made.endswith(r"</math> &amp; $\bad$")
    assert not has_formula("x² + 1")


def test_in_words_that_are_html_already() -> None:
    assert in_html(r"<p>Реши $x^2 &lt; 4$ <b>сам</b>.</p>").startswith("<p>Реши <math><mrow><mrow><msup>")
    assert in_html(r"$a<b>c$") == r"$a<b>c$", "a tag is no inequality"
    assert in_html(r"<p>$x &lt; 4$ и <b>$</b></p>").endswith("</math> и <b>$</b></p>")


@given(st.text(alphabet=r"$\()x12{}^/=<&я -", max_size=40))
def test_never_raises_and_lets_no_markup_in(text: str) -> None:
    assert "<" not in as_markup(text).replace("<m", "").replace("</m", "")
    as_line(text)
