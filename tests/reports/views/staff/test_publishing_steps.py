"""Preview and steps: the public page, a second person, reasons, stale and repeated forms."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.domain import publishing
from reports.enums import PublicationAction, PublicationState
from reports.models import Publication, PublicationEvent
from tests.reports.views.staff.publishing_help import (
    SECRET,
    client_of,
    draft,
    filled,
    make_issued_world,
    published,
    step_url,
    url,
    waiting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    return make_issued_world()


def test_the_preview_is_the_public_page_under_a_strip(world):
    version = filled(world)
    client = client_of(world.publisher)
    answer = client.get(url("publication_preview", version.pk))
    page = answer.content.decode()
    assert "Xem thử – chưa công bố" in page
    assert "Lời công khai." in page and "gần 250" in page and "Những con số chính" in page
    assert reverse("public:report_pdf", args=[version.publication.slug]) not in page
    assert "public/report.html" in [template.name for template in answer.templates]
    assert "no-store" in answer["Cache-Control"]
    version.refresh_from_db()
    assert version.published_at is None
    assert Client().get(version.publication.get_absolute_url()).status_code == 404


def test_internal_words_and_figures_are_nowhere(world):
    version = filled(world)
    client = client_of(world.publisher)
    pages = [client.get(url(name, version.pk)) for name in ("publication_edit", "publication_preview")]
    waiting(world, version)
    pages.append(client_of(world.second_publisher).get(url("publication_preview", version.pk)))
    for answer in pages:
        assert SECRET not in answer.content.decode()
        assert "Vụ việc đã giải quyết" not in answer.content.decode()
    assert "Chỉ lưu hành nội bộ, không đưa vào đây: " in pages[0].content.decode()


def test_the_writer_is_told_in_advance_that_another_confirms(world):
    version = waiting(world)
    own = client_of(world.publisher).get(url("publication_preview", version.pk)).content.decode()
    other = client_of(world.second_publisher).get(url("publication_preview", version.pk)).content.decode()
    assert "Người soạn không tự công bố" in own and step_url(version, "publish") not in own
    assert "Người soạn không tự công bố" not in other and step_url(version, "publish") in other
    assert "Công bố 1 phần, 2 chỉ tiêu, 0 ảnh cho mọi người xem?" in other


def test_who_confirms_a_correction_sees_what_changed(world):
    first = published(world)
    second = publishing.start_correction(first.publication, actor=world.publisher)
    waiting(world, filled(world, second, title="Tiêu đề đã sửa", correction_note="Sửa tiêu đề"))
    page = client_of(world.second_publisher).get(url("publication_preview", second.pk)).content.decode()
    assert "Thay đổi so với lần 1 (1 chỗ)" in page
    assert '<del class="plain-text">Kết quả nổi bật</del>' in page
    assert '<ins class="plain-text">Tiêu đề đã sửa</ins>' in page


def test_a_second_person_publishes(world):
    version = waiting(world)
    client = client_of(world.second_publisher)
    data = {"key": "p1", "revision": version.revision}
    for _press in range(2):
        answer = client.post(step_url(version, "publish"), data)
        assert answer["Location"] == url("publication_preview", version.pk)
    version.refresh_from_db()
    assert (version.state, version.confirmed_by) == (PublicationState.PUBLISHED, world.second_publisher)
    assert PublicationEvent.objects.filter(action=PublicationAction.PUBLISH).count() == 1
    address = version.publication.get_absolute_url()
    assert f'<a href="{address}">Xem trang công khai</a>' in client.get(answer["Location"]).content.decode()
    assert "Lời công khai." in Client().get(address).content.decode()


def test_the_writer_does_not_publish(world):
    version = waiting(world)
    answer = client_of(world.publisher).post(
        step_url(version, "publish"), {"key": "p1", "revision": version.revision}
    )
    assert answer.status_code == 403
    assert "Người soạn không tự công bố" in answer.content.decode()
    assert not Publication.objects.published().exists()


def test_what_changed_since_it_was_read_is_not_published(world):
    version = waiting(world)
    client = client_of(world.second_publisher)
    answer = client.post(step_url(version, "publish"), {"key": "p1", "revision": 0}, follow=True)
    assert "vừa thay đổi sau khi trang này được mở" in answer.content.decode()
    answer = client.post(step_url(version, "publish"), {"revision": "?"}, follow=True)
    assert "Trang này đã cũ" in answer.content.decode()
    assert not Publication.objects.published().exists()


def test_a_return_asks_for_a_reason_and_the_writer_reads_it(world):
    version = waiting(world)
    client = client_of(world.second_publisher)
    data = {"key": "r1", "revision": version.revision, "note": " "}
    page = client.post(step_url(version, "return"), data).content.decode()
    assert "Chưa nhập lý do" in page
    client.post(step_url(version, "return"), data | {"note": "Viết lại lời dẫn"})
    version.refresh_from_db()
    assert version.state == PublicationState.DRAFT
    page = client_of(world.publisher).get(url("publication_edit", version.pk)).content.decode()
    assert "Viết lại lời dẫn" in page


def test_a_stale_return_keeps_the_reason(world):
    version = waiting(world)
    data = {"key": "r1", "revision": 0, "note": "Lý do dài đã gõ"}
    page = client_of(world.second_publisher).post(step_url(version, "return"), data).content.decode()
    assert "Lý do dài đã gõ" in page and f'name="revision" value="{version.revision}"' in page


def test_withdrawing_leaves_a_notice_at_the_address(world):
    version = published(world)
    client = client_of(world.publisher)
    data = {"key": "w1", "revision": version.revision}
    assert "Chưa nhập lý do" in client.post(step_url(version, "withdraw"), data).content.decode()
    client.post(step_url(version, "withdraw"), data | {"note": "Sai số liệu"})
    version.refresh_from_db()
    assert version.state == PublicationState.WITHDRAWN
    notice = Client().get(version.publication.get_absolute_url())
    assert notice.status_code == 410 and "đã được gỡ" in notice.content.decode()
    assert "Sai số liệu" not in notice.content.decode()
    page = client.get(url("publications")).content.decode()
    assert (
        "Đã gỡ khỏi trang công khai" in page and url("publish_start", version.publication.report_id) in page
    )


def test_a_draft_is_discarded(world):
    version = filled(world)
    client = client_of(world.publisher)
    answer = client.post(step_url(version, "discard"), {"key": "d1", "revision": version.revision})
    assert answer["Location"] == url("publications")
    version.refresh_from_db()
    assert version.state == PublicationState.DISCARDED


def test_asking_from_the_preview_leads_back_to_what_is_missing(world):
    version = draft(world)
    answer = client_of(world.publisher).post(
        step_url(version, "ask"), {"key": "a1", "revision": 0}, follow=True
    )
    assert answer.redirect_chain == [(url("publication_edit", version.pk), 302)]
    assert "Nhập lời dẫn trước khi gửi duyệt" in answer.content.decode()


def test_a_step_that_the_state_has_not_is_refused_in_words(world):
    version = filled(world)
    client = client_of(world.second_publisher)
    answer = client.post(step_url(version, "publish"), {"key": "p1", "revision": 1}, follow=True)
    assert "đang ở tình trạng “Dự thảo”" in answer.content.decode()
    for action in ("supersede", "khac"):
        assert client.post(step_url(version, action), {"key": "x", "revision": 1}).status_code == 404
