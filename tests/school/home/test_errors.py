"""Error pages keep the frame of whoever meets them, so that the way back is where it always is."""

from tests.browsing import SchoolClient
from tests.factories import Make


def test_an_unknown_address_keeps_the_bar_of_a_signed_in_person(client: SchoolClient, make: Make) -> None:
    stranger = client.get("/nowhere")
    assert stranger.status_code == 404
    assert "Такой страницы нет" in stranger.text
    assert "<nav" not in stranger.text
    teacher = make.teacher(make.school())
    client.sign_in(make.account_of(teacher))
    for address in ("/nowhere", f"/s/{teacher.school_id}/nowhere"):
        page = client.get(address)
        assert page.status_code == 404
        assert "<nav" in page.text
        assert "Журналы" in page.text


def test_an_address_used_in_another_way_too(client: SchoolClient, make: Make) -> None:
    client.sign_in(make.account_of(make.teacher(make.school())))
    page = client.get("/sign-out")
    assert page.status_code == 405
    assert "Журналы" in page.text
