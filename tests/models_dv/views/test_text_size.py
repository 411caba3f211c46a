"""The text size: chosen by a link, kept in a cookie, read by every page."""

import pytest

ADDRESS = "/co-chu/"


def test_a_choice_is_kept_and_leads_back(client, db):
    response = client.get(ADDRESS, {"co": "lon", "ve": "/dang-nhap/?next=/lam-viec/"})
    assert (response.status_code, response["Location"]) == (302, "/dang-nhap/?next=/lam-viec/")
    assert client.cookies["text_size"]["samesite"] == "Lax"
    assert 'data-text-size="lon"' in client.get("/dang-nhap/").content.decode()


@pytest.mark.parametrize("size", ["", "khong-lo", '"><script>'])
def test_an_unknown_size_changes_nothing(client, db, size):
    client.get(ADDRESS, {"co": size})
    assert "text_size" not in client.cookies
    client.cookies["text_size"] = size
    assert 'data-text-size="vua"' in client.get("/dang-nhap/").content.decode()


@pytest.mark.parametrize("back", ["", "bao-cao", "//elsewhere.example", "https://elsewhere.example/"])
def test_a_foreign_address_is_not_followed(client, db, back):
    assert client.get(ADDRESS, {"co": "lon", "ve": back})["Location"] == "/"
