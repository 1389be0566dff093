"""Questions whose numbers are made up anew come in with one set of them, and say so."""

from fractions import Fraction

import pytest
from lxml import etree

from content_library.interchange import Why
from content_library.interchange.question import Number
from content_library.interchange.readers.qti.expressions import Reckoning, Unknown
from tests.content_library.interchange.conftest import Reading, questions
from tests.content_library.interchange.samples import QTI1, qti2

BODY = """<p>Поезд едет <printedVariable identifier="HOURS"/> ч со скоростью <printedVariable identifier="SPEED" format="%i"/> км/ч.
<templateInline templateIdentifier="SORT" identifier="fast" showHide="show">Это быстро.</templateInline>
<templateInline templateIdentifier="SORT" identifier="slow" showHide="show">Это медленно.</templateInline>
Путь: <textEntryInteraction responseIdentifier="RESPONSE"/> км.</p>"""
DECLARED = """<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="float"/>
<templateDeclaration identifier="HOURS" cardinality="single" baseType="integer"/>
<templateDeclaration identifier="SPEED" cardinality="single" baseType="integer"/>
<templateDeclaration identifier="SORT" cardinality="single" baseType="identifier"><defaultValue><value>slow</value></defaultValue></templateDeclaration>
<templateProcessing><setTemplateValue identifier="HOURS"><randomInteger min="2" max="9"/></setTemplateValue>
<setTemplateValue identifier="SPEED"><random><multiple><baseValue baseType="integer">40</baseValue>
<baseValue baseType="integer">200</baseValue></multiple></random></setTemplateValue>
<templateConstraint><gt><variable identifier="HOURS"/><baseValue baseType="integer">3</baseValue></gt></templateConstraint>
<templateCondition><templateIf><gt><variable identifier="SPEED"/><baseValue baseType="integer">100</baseValue></gt>
<setTemplateValue identifier="SORT"><baseValue baseType="identifier">fast</baseValue></setTemplateValue></templateIf></templateCondition>
<setCorrectResponse identifier="RESPONSE"><product><variable identifier="HOURS"/><variable identifier="SPEED"/></product></setCorrectResponse>
</templateProcessing>"""
CALCULATED = """<itemproc_extension><calculated><answer_tolerance>10%</answer_tolerance><var_sets><var_set ident="1">
<var name="x">2.5</var><answer>20.0</answer></var_set></var_sets></calculated></itemproc_extension></item>"""


def test_one_set_of_numbers_that_keeps_to_the_rules(reading: Reading) -> None:
    found = reading(qti2(body=BODY, declaration=DECLARED), "t.xml")
    (one,) = questions(found)
    words = one.prompt.split()
    hours, speed = int(words[2]), int(words[6])
    assert 4 <= hours <= 9 and speed in {40, 200}
    assert ("Это быстро." in one.prompt, "Это медленно." in one.prompt) == (speed == 200, speed == 40)
    assert isinstance(one.answer, Number) and one.answer.spans[0].value == hours * speed
    assert [(refusal.why, refusal.place.name) for refusal in found.refused] == [(Why.ONE_DRAW, "Озеро")]


def test_the_same_whenever_the_file_is_read(reading: Reading) -> None:
    prompts = {questions(reading(qti2(body=BODY, declaration=DECLARED), "t.xml"))[0].prompt for _turn in range(2)}
    assert len(prompts) == 1


def test_a_key_that_stands_only_in_the_processing(reading: Reading) -> None:
    """A comparison to three figures with a number of the template is the key, with what rounds to the same."""
    declared = """<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="float"/>
<templateDeclaration identifier="A" cardinality="single" baseType="float"/><templateProcessing><setTemplateValue identifier="A">
<divide><baseValue baseType="integer">200</baseValue><baseValue baseType="integer">7</baseValue></divide></setTemplateValue></templateProcessing>
<responseProcessing><responseCondition><responseIf><equalRounded roundingMode="significantFigures" figures="3">
<variable identifier="RESPONSE"/><variable identifier="A"/></equalRounded><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1
</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>"""
    body = '<p>200 : 7 = <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    found = reading(qti2(body=body, declaration=declared), "t.xml")
    (one,) = questions(found)
    assert isinstance(one.answer, Number)
    assert (one.answer.spans[0].value, one.answer.spans[0].margin) == (Fraction(286, 10), Fraction(1, 20))
    assert found.refused == (), "nothing of it was drawn"


@pytest.mark.parametrize(
    "rule",
    [
        '<setTemplateValue identifier="HOURS"><customOperator class="x"/></setTemplateValue>',
        '<setTemplateValue identifier="HOURS"><randomInteger min="9" max="2"/></setTemplateValue>',
        "<templateConstraint><baseValue baseType='boolean'>false</baseValue></templateConstraint>",
        "<unheardOf/>",
    ],
)
def test_rules_that_are_not_known_or_never_hold(rule: str, reading: Reading) -> None:
    found = reading(qti2(body=BODY, declaration=DECLARED.replace("</templateProcessing>", f"{rule}</templateProcessing>")), "t.xml")  # fmt: skip
    assert [refusal.why for refusal in found.refused] == [Why.PARAMETERS]


HUGE = '<baseValue baseType="integer">999999999</baseValue>'


@pytest.mark.parametrize(
    "expression",
    [
        f"<power>{HUGE}{HUGE}</power>",
        f"<product>{HUGE}{HUGE}</product>",
        '<repeat numberRepeats="900"><repeat numberRepeats="900"><repeat numberRepeats="900"><null/></repeat></repeat></repeat>',
        '<repeat numberRepeats="99999"><baseValue baseType="integer">1</baseValue></repeat>',
        '<mathOperator name="ln"><baseValue baseType="integer">0</baseValue></mathOperator>',
        '<sum><baseValue baseType="string">a</baseValue></sum>',
    ],
)
def test_expressions_without_bounds(expression: str) -> None:
    with pytest.raises(Unknown):
        Reckoning("x").of(etree.fromstring(expression))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("<integerDivide><baseValue baseType='integer'>7</baseValue><baseValue baseType='integer'>2</baseValue></integerDivide>", 3),
        ("<divide><baseValue baseType='integer'>7</baseValue><baseValue baseType='integer'>0</baseValue></divide>", None),
        ("<roundTo roundingMode='significantFigures' figures='2'><baseValue baseType='float'>0.01256</baseValue></roundTo>", 0.013),
        ("<gcd><baseValue baseType='integer'>12</baseValue><baseValue baseType='integer'>18</baseValue></gcd>", 6),
        ("<index n='2'><ordered><baseValue baseType='string'>a</baseValue><baseValue baseType='string'>b</baseValue></ordered></index>", "b"),
        ("<round><baseValue baseType='float'>-6.5</baseValue></round>", -6),
        ("<equal toleranceMode='relative' tolerance='10'><baseValue baseType='float'>100</baseValue><baseValue baseType='float'>109</baseValue></equal>", True),
        ("<statsOperator name='mean'><multiple><baseValue baseType='integer'>1</baseValue><baseValue baseType='integer'>4</baseValue></multiple></statsOperator>", 2.5),
        ("<isNull><null/></isNull>", True),
    ],
)  # fmt: skip
def test_expressions(expression: str, value: object) -> None:
    assert Reckoning("x").of(etree.fromstring(expression)) == value


def test_a_formula_question_of_canvas(reading: Reading) -> None:
    text = QTI1.replace("multiple_answers_question", "calculated_question").replace("</item>", CALCULATED)
    text = text.replace("Какие планеты", "Сколько будет [x] · 8 и")
    found = reading(text, "t.xml")
    (one,) = questions(found)
    assert "Сколько будет 2.5 · 8" in one.prompt
    assert isinstance(one.answer, Number)
    assert (one.answer.spans[0].value, one.answer.spans[0].margin) == (20, 2)
    assert [refusal.why for refusal in found.refused] == [Why.ONE_DRAW]
