"""The living style guide."""

import pytest
from django.urls import reverse

from models_dv.models import User
from reports.enums import PublicationState, State
from reports.models import Report
from reports.views.staff.words import publication_badge, state_badge


@pytest.fixture
def page(client, db):
    client.force_login(User.objects.create_user("tacgia.phulam", full_name="Trần Thị Hoài"))
    return client.get(reverse("staff:style_guide"))


def test_it_shows_every_state_as_the_pages_do(page):
    """The samples stand below the pages in the layers, so what they say is held here."""
    shown = {(state["text"], state["kind"], state["icon"]) for state in page.context["states"]}
    report = Report(parent_id=1)
    badges = [state_badge(state, report) for state in State]
    badges += [publication_badge(state) for state in PublicationState]
    assert {(badge.text, badge.kind, badge.icon) for badge in badges} - shown == set()
    html = page.content.decode()
    assert [text for text, _kind, _icon in shown if text not in html] == []


def test_it_shows_every_component(page, settings):
    names = {path.name for path in (settings.BASE_DIR / "templates" / "components").glob("*.html")}
    shown = {template.name.removeprefix("components/") for template in page.templates if template.name}
    # Bars of a report's own pages, and what other pages own.
    elsewhere = {"report_bar.html", "text_size.html", "narrative.html", "photo.html"}
    assert names - shown - elsewhere == set()


def test_it_takes_no_posts(client, page):
    assert client.post(reverse("staff:style_guide")).status_code == 405


def test_a_stranger_is_asked_to_sign_in(client, db):
    response = client.get(reverse("staff:style_guide"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
