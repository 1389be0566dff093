"""Texts of authors never run anything on a page."""

import html5lib
import pytest

from school.core.prose import prose

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[нажми](javascript:alert(1))",
    "[нажми](JaVaScRiPt:alert(1))",
    "[нажми](java\tscript:alert(1))",
    "[нажми](data:text/html;base64,PHNjcmlwdD4=)",
    "[нажми](vbscript:x)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    '![x" onerror="alert(1)](sum.svg)',
    "<svg onload=alert(1)>",
    "<a href='//evil.example' style='position:fixed'>x</a>",
    "<iframe src=https://evil.example></iframe>",
    "`<script>`\n\n```html\n<script>alert(1)</script>\n```",
    "## <img src=x onerror=alert(1)>",
    "| <script> | b |\n|---|---|\n| <b onclick=x> | 1 |",
    '[a](https://a.example "t\\" onmouseover=alert(1) x=\\"")',
]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_runs(text: str) -> None:
    tree = html5lib.parseFragment(str(prose(text, {"sum.svg": "/files/1"}).html), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag not in {"script", "iframe", "svg", "style", "object", "form"}
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (name, value)
            assert name != "style"
            if name in {"href", "src"}:
                assert value.startswith(("/files/", "https://a.example", "#harmful-link")), value


def test_pictures_are_those_of_the_unit() -> None:
    read = prose('![Дуга "2/7" & 3/7](folder/sum.svg)\n\n![чужая](other.png)', {"sum.svg": "/files/1?a=1&b=2"})
    assert 'src="/files/1?a=1&amp;b=2"' in read.html
    assert 'alt="Дуга &quot;2/7&quot; &amp; 3/7"' in read.html
    assert "<em>чужая</em>" in read.html
    assert read.shown == {"sum.svg"}


def test_contents_name_the_parts() -> None:
    read = prose("## Доли & *целое*\n\nтекст\n\n### Половина\n\n## Проверь себя", anchor="p")
    assert [(one.anchor, one.title, one.level) for one in read.contents] == [
        ("p-1", "Доли & целое", 2),
        ("p-2", "Половина", 3),
        ("p-3", "Проверь себя", 2),
    ]
    assert '<h2 id="p-1">' in read.html


def test_headings_of_the_first_level_step_down_together() -> None:
    read = prose("# Слайд\n\n## Часть")
    assert [one.level for one in read.contents] == [2, 3]


def test_links_lead_out_without_telling() -> None:
    assert 'rel="noopener noreferrer nofollow"' in prose("[сайт](https://a.example)").html


def test_tables_keep_their_sides_without_styles() -> None:
    html = prose("| а | б |\n|---|--:|\n| 1 | 2 |").html
    assert '<td class="text-end">2</td>' in html
    assert "style" not in html
