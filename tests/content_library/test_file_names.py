"""Names that people and attackers give to files."""

import pytest

from content_library.file_names import safe_name


@pytest.mark.parametrize(
    ("name", "content_type", "expected"),
    [
        ("Дроби.png", "image/png", "Дроби.png"),
        ("Дроби.PNG", "image/png", "Дроби.png"),
        ("photo.jpeg", "image/jpeg", "photo.jpg"),
        ("virus.exe", "image/png", "virus.png"),
        ("gpj.exe\u202egnp", "image/png", "gpj.exe gnp.png"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("C:\\Users\\Аня\\кот.jpg", "image/jpeg", "кот.jpg"),
        ("a\r\nSet-Cookie: x.png", "image/png", "a Set-Cookie x.png"),
        ('"<script>".png', "image/png", "script.png"),
        ("", "video/mp4", "file.mp4"),
        ("...", "video/mp4", "file.mp4"),
        (".htaccess", "text/vtt", "htaccess.vtt"),
        ("урок 1. Дроби", "application/pdf", "урок 1. Дроби.pdf"),
        ("и\u0306.png", "image/png", "й.png"),
        ("я" * 300 + ".png", "image/png", "я" * 116 + ".png"),
        ("что-то", "application/x-unknown", "что-то.bin"),
    ],
)
def test_safe_name(name: str, content_type: str, expected: str) -> None:
    assert safe_name(name, content_type) == expected
