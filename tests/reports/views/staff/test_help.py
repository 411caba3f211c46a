"""“Trợ giúp” is there for everyone who signs in."""

import pytest

from tests.factories.world import make_user

pytestmark = pytest.mark.django_db
URL = "/lam-viec/tro-giup/"


def test_help_for_an_account_without_roles(client):
    client.force_login(make_user("moi", "Người mới"))

    page = client.get(URL).content.decode()

    assert "Bốn cách ghi một chỉ tiêu" in page
    assert client.post(URL).status_code == 405


def test_not_for_who_has_not_signed_in(client):
    assert client.get(URL).status_code == 302
