"""Publications of one's units: the list, beginning one or a correction, who may not."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from models_dv.enums import Role
from models_dv.models import UnitRole
from reports.domain import publishing
from reports.enums import PublicationAction, PublicationState
from reports.models import Publication, PublicationVersion, Report
from tests.factories.world import make_province, make_round, make_user
from tests.reports.views.staff.publishing_help import (
    CHOSEN,
    client_of,
    draft,
    filled,
    make_issued_world,
    move,
    published,
    step_url,
    typed,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    return make_issued_world()


def test_the_list_offers_a_report_that_has_no_publication(world):
    page = client_of(world.publisher).get(url("publications")).content.decode()
    assert url("publish_start", world.report(world.province).pk) in page
    assert "Chưa công bố nội dung nào" in page


def test_the_list_shows_the_state_of_the_newest_version(world):
    first = published(world)
    publishing.start_correction(first.publication, actor=world.publisher)
    page = client_of(world.publisher).get(url("publications")).content.decode()
    assert "Dự thảo" in page and "Lần 1 vẫn công khai" in page
    assert first.publication.get_absolute_url() in page
    assert url("publish_start", first.publication.report_id) not in page


def test_the_list_is_filtered_by_state(world):
    version = filled(world)
    client = client_of(world.publisher)
    assert version.title in client.get(url("publications"), {"tinh_trang": "draft"}).content.decode()
    page = client.get(url("publications"), {"tinh_trang": "published"}).content.decode()
    assert version.title not in page and "Bỏ bộ lọc" in page
    assert client.get(url("publications"), {"tinh_trang": "?", "trang": "x"}).status_code == 200


def test_a_discarded_draft_does_not_hide_what_is_published(world):
    first = published(world)
    second = publishing.start_correction(first.publication, actor=world.publisher)
    move(second, PublicationAction.DISCARD, world.publisher)
    page = client_of(world.publisher).get(url("publications")).content.decode()
    assert "Đã công bố" in page and "Đã huỷ dự thảo" not in re.sub(
        r"<select.*?</select>", "", page, flags=re.S
    )


def test_who_publishes_nowhere_sees_an_empty_list(world):
    filled(world)
    page = client_of(world.stranger).get(url("publications")).content.decode()
    assert "không có quyền công bố của đơn vị nào" in page and "Kết quả nổi bật" not in page


def test_the_list_costs_the_same_with_one_and_three_rows(world):
    filled(world)
    client = client_of(world.publisher)
    client.get(url("publications"))
    with CaptureQueriesContext(connection) as one:
        client.get(url("publications"))
    for year in (2024, 2025):
        another_draft(world, year)
    with CaptureQueriesContext(connection) as three:
        page = client.get(url("publications")).content.decode()
    assert page.count("Soạn tiếp") == 3
    assert len(three) == len(one)


def another_draft(world, year):
    """The province's report of another year, issued, with a draft of its publication."""
    now = world.round
    world.round = make_round(world.province, year=year, opened_by=world.admin)
    world.issued(world.province, number=year - 2000)
    publishing.start(world.report(world.province), actor=world.publisher)
    world.round = now


def test_starting_opens_a_draft_in_which_nothing_is_chosen(world):
    client = client_of(world.publisher)
    answer = client.post(url("publish_start", world.report(world.province).pk))
    version = PublicationVersion.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("publication_edit", version.pk))
    page = client.get(answer["Location"]).content.decode()
    assert not re.findall(r'<input type="checkbox"[^>]*checked', page)
    assert "Nội dung phần này." in page  # the words of the report, ready to be rewritten


def test_starting_again_goes_to_the_same_draft(world):
    version = draft(world)
    answer = client_of(world.second_publisher).post(url("publish_start", version.publication.report_id))
    assert answer["Location"] == url("publication_edit", version.pk)


def test_a_published_report_is_not_started_again(world):
    version = published(world)
    client = client_of(world.publisher)
    answer = client.post(url("publish_start", version.publication.report_id), follow=True)
    assert "Báo cáo này đã công bố" in answer.content.decode()
    assert PublicationVersion.objects.count() == 1


def test_who_may_not_publish_does_not_start(world):
    pk = world.report(world.province).pk
    assert client_of(world.province_author).post(url("publish_start", pk)).status_code == 403
    assert client_of(world.stranger).post(url("publish_start", pk)).status_code == 404
    assert client_of(world.publisher).post(url("publish_start", 99_999)).status_code == 404
    assert not Publication.objects.exists()


def test_a_correction_keeps_the_words_and_asks_what_was_mended(world):
    first = published(world)
    client = client_of(world.publisher)
    answer = client.post(url("publication_correct", first.pk))
    second = first.publication.versions.get(number=2)
    assert answer["Location"] == url("publication_edit", second.pk)
    page = client.get(answer["Location"]).content.decode()
    assert "Nội dung đính chính" in page and "Lời công khai." in page
    data = typed(second, act="ask", **CHOSEN)
    page = client.post(url("publication_edit", second.pk), data).content.decode()
    assert "Ghi nội dung đính chính" in page
    data |= {"correction_note": "Sửa số mô hình", "base_revision": 1}
    client.post(url("publication_edit", second.pk), data)
    second.refresh_from_db()
    assert (second.state, second.correction_note) == (PublicationState.IN_REVIEW, "Sửa số mô hình")
    assert client.post(url("publication_correct", first.pk))["Location"] == url("publication_edit", second.pk)


def test_only_what_is_published_is_corrected(world):
    version = published(world)
    move(version, PublicationAction.WITHDRAW, world.publisher, note="Sai")
    answer = client_of(world.publisher).post(url("publication_correct", version.pk), follow=True)
    assert "Chỉ đính chính nội dung đang công bố" in answer.content.decode()


def addresses(version):
    return [
        ("get", url("publication_edit", version.pk), {}),
        ("post", url("publication_edit", version.pk), typed(version, **CHOSEN)),
        ("get", url("publication_preview", version.pk), {}),
        ("post", step_url(version, "ask"), {"key": "x", "revision": version.revision}),
        ("post", url("publication_correct", version.pk), {}),
    ]


def test_another_unit_finds_nothing_and_colleagues_may_not(world):
    version = filled(world)
    viewer = make_user("viewer-tinh", "Người xem tỉnh", world.province, Role.VIEWER)
    elsewhere = make_user("publisher-khac", "Công bố nơi khác", make_province("noi-khac"), Role.PUBLISHER)
    for method, address, data in addresses(version):
        for outsider in (world.stranger, elsewhere, world.author):
            assert getattr(client_of(outsider), method)(address, data).status_code == 404
        for colleague in (viewer, world.province_author, world.reviewer):
            answer = getattr(client_of(colleague), method)(address, data)
            assert answer.status_code == 403
            assert "không có quyền công bố" in answer.content.decode()
        # What was typed comes back; pages and buttons lead to the sign-in.
        asked_to_sign_in = 401 if "lead" in data else 302
        assert getattr(Client(), method)(address, data).status_code == asked_to_sign_in
    version.refresh_from_db()
    assert (version.state, version.revision) == (PublicationState.DRAFT, 1)


def test_wrong_methods_are_refused(world):
    version = filled(world)
    client = client_of(world.publisher)
    report = Report.objects.get(pk=version.publication.report_id)
    for address in (
        url("publish_start", report.pk),
        step_url(version, "ask"),
        url("publication_correct", version.pk),
    ):
        assert client.get(address).status_code == 405
    for address in (url("publications"), url("publication_preview", version.pk)):
        assert client.post(address).status_code == 405
    assert client.put(url("publication_edit", version.pk)).status_code == 405


def test_a_role_in_a_commune_does_not_reach_up(world):
    version = filled(world)
    UnitRole.objects.create(user=world.author, unit=world.communes[0], role=Role.PUBLISHER)
    assert client_of(world.author).get(url("publication_edit", version.pk)).status_code == 404
