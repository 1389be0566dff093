"""Pages of a PDF: drawn and read in another process, which a broken or greedy file may kill."""

from pathlib import Path

import pytest
from PIL import Image

from content_library import pdf_pages
from content_library.pdf_pages import BadPdf, make_pages
from tests.content_library.making import pdf


def test_each_page_is_drawn_and_read(tmp_path: Path) -> None:
    (tmp_path / "t.pdf").write_bytes(pdf("The lever", "Second page: moment of force"))
    one, two = make_pages(tmp_path / "t.pdf", tmp_path)
    assert (one.number, one.text.strip()) == (1, "The lever")
    assert (two.number, two.text.strip()) == (2, "Second page: moment of force")
    with Image.open(two.picture) as picture:
        assert picture.size == (pdf_pages.WIDTH_OF_SLIDE, 960) and picture.format == "JPEG"
        assert picture.convert("L").getextrema()[0] < 100, "letters are drawn"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n" + b"x" * 1000, b"no pdf", b"%PDF-1.7\ntrailer<</Root 1 0 R>>"])
def test_what_is_no_pdf(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "t.pdf").write_bytes(data)
    with pytest.raises(BadPdf):
        make_pages(tmp_path / "t.pdf", tmp_path)


def test_a_page_of_absurd_size_is_drawn_small(tmp_path: Path) -> None:
    (tmp_path / "t.pdf").write_bytes(pdf("Long", size=(20, 14_000)))
    (page,) = make_pages(tmp_path / "t.pdf", tmp_path)
    with Image.open(page.picture) as picture:
        assert max(picture.size) <= 4000


def test_patience_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.pdf").write_bytes(pdf("The lever"))
    monkeypatch.setattr(pdf_pages, "PATIENCE", 0.001)
    with pytest.raises(BadPdf):
        make_pages(tmp_path / "t.pdf", tmp_path)
