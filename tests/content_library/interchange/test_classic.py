"""QTI 1.2 as programs write it: lines that an author left blank, pictures whose folder was left out."""

import pytest

from content_library.interchange import Choice, Matching, Refused, Why
from content_library.interchange.question import Pair
from tests.content_library.interchange.conftest import Reading, questions
from tests.content_library.interchange.samples import QTI1, picture, zipped

BLANK = '<response_label ident="9"><material><mattext></mattext></material></response_label>'
ROW = """<response_lid ident="response_{n}"><material><mattext>{left}</mattext></material><render_choice>
<response_label ident="1"><material><mattext>рожь</mattext></material></response_label>
<response_label ident="2"><material><mattext>дуб</mattext></material></response_label>
<response_label ident="9"><material><mattext></mattext></material></response_label></render_choice></response_lid>"""
RULE = """<respcondition><conditionvar><varequal respident="response_{n}">{right}</varequal></conditionvar>
<setvar action="Add" varname="SCORE">33.33</setvar></respcondition>"""


def test_blank_wrong_options_are_left_out(reading: Reading) -> None:
    (one,) = questions(reading(QTI1.replace("<render_choice>", f"<render_choice>{BLANK}"), "t.xml"))
    assert isinstance(one.answer, Choice)
    assert [option.text for option in one.answer.options] == ["Юпитер", "Марс", "Сатурн"]


def test_a_blank_option_that_is_right_is_refused(reading: Reading) -> None:
    found = reading(QTI1.replace("<mattext>Юпитер</mattext>", "<mattext></mattext>"), "t.xml")
    assert [one.why for one in found.refused] == [Why.NO_OPTIONS]


def rows(*given: tuple[str, str]) -> str:
    begin, end = QTI1.index("<response_lid"), QTI1.index("</presentation>")
    first, last = QTI1.index("<respcondition>"), QTI1.index("</resprocessing>")
    lines = "".join(ROW.format(n=n, left=left) for n, (left, _) in enumerate(given))
    rules = "".join(RULE.format(n=n, right=right) for n, (_, right) in enumerate(given))
    made = QTI1[:begin] + lines + QTI1[end:first] + rules + QTI1[last:]
    return made.replace("multiple_answers_question", "matching_question")


def test_rows_of_pairs_that_were_never_filled_in_are_left_out(reading: Reading) -> None:
    (one,) = questions(reading(rows(("злак", "1"), ("", "9"), ("дерево", "2")), "t.xml"))
    assert isinstance(one.answer, Matching)
    half = one.answer.pairs[0].share
    assert one.answer.pairs == (
        Pair(left="злак", right="рожь", share=half),
        Pair(left="дерево", right="дуб", share=half),
    )
    assert half * 2 == 1


@pytest.mark.parametrize(
    "given", [[("", "9"), ("", "9")], [("", "1"), ("дерево", "2")], [("злак", "9"), ("дерево", "2")]]
)
def test_a_row_that_is_half_blank_is_refused(given: list[tuple[str, str]], reading: Reading) -> None:
    try:
        found = reading(rows(*given), "t.xml")
    except Refused:
        return
    assert questions(found) == [] and len(found.refused) == 1


@pytest.mark.parametrize(
    "address", ["org0/images/a.png", "$IMS_CC_FILE_BASE$org0/images/a.png", "$IMS-CC-FILEBASE$org0/images/a.png"]
)
def test_a_picture_is_found_though_its_folder_was_left_out(address: str, reading: Reading) -> None:
    shown = f'&lt;img src="{address}" alt="Планета"/&gt;&lt;p&gt;Какие'
    parts = {
        "imsmanifest.xml": '<manifest><resources><resource identifier="r" type="imsqti_xmlv1p2" href="q.xml">'
        '<file href="q.xml"/></resource></resources></manifest>',
        "q.xml": QTI1.replace("&lt;p&gt;Какие", shown),
        "exam/files/org0/images/a.png": picture(),
    }
    found = reading(zipped(parts), "t.zip")
    assert len(questions(found)[0].pictures) == 1
    twice = reading(zipped({**parts, "other/org0/images/a.png": picture()}), "t.zip")
    assert questions(twice)[0].pictures == (), "which of two is meant nobody knows"
