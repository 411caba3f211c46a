"""The living style guide."""

import pytest
from django.urls import reverse

from models_dv.models import User


@pytest.fixture
def page(client, db):
    client.force_login(User.objects.create_user("tacgia.phulam", full_name="Trần Thị Hoài"))
    return client.get(reverse("staff:style_guide"))


def test_it_shows_every_state_a_report_can_have(page):
    html = page.content.decode()
    for state in page.context["states"]:
        assert state["text"] in html


def test_it_shows_every_component(page, settings):
    names = {path.name for path in (settings.BASE_DIR / "templates" / "components").glob("*.html")}
    shown = {template.name.removeprefix("components/") for template in page.templates if template.name}
    # Bars of a report's own pages, and what other pages own.
    elsewhere = {"report_bar.html", "text_size.html", "narrative.html"}
    assert names - shown - elsewhere == set()


def test_it_takes_no_posts(client, page):
    assert client.post(reverse("staff:style_guide")).status_code == 405


def test_a_stranger_is_asked_to_sign_in(client, db):
    response = client.get(reverse("staff:style_guide"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
