"""Publishing by the staff: nothing by default, a second person, stale and repeated forms, who may not."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv.enums import Role
from models_dv.models import UnitRole
from reports.domain import filling, publishing
from reports.domain.publishing import FigureChoice, SectionChoice
from reports.enums import Action, PublicationAction, PublicationState
from reports.models import Publication, PublicationEvent, PublicationVersion, Report
from tests.factories.world import make_province, make_round, make_user, make_world

pytestmark = pytest.mark.django_db

SECRET = "Chuyện nội bộ không ai ngoài đơn vị được đọc"


@pytest.fixture
def world():
    world = make_world()
    edition = world.edition(world.province)
    filling.save_section(
        edition, world.section("S1"), text=SECRET, done=True, base_revision=0, actor=world.province_author
    )
    world.issued(world.province, number=3, A1=5, A3=7, C2=9, E6=12, K4=("gan", 250), B3=2)
    return world


@pytest.fixture
def sign_in():
    def client_of(user):
        client = Client()
        client.force_login(user)
        return client

    return client_of


def draft(world) -> PublicationVersion:
    return publishing.start(world.report(world.province), actor=world.publisher)


def filled(world, version=None, **words) -> PublicationVersion:
    version = version or draft(world)
    values = {"title": "Kết quả nổi bật", "lead": "Lời dẫn.", "correction_note": ""} | words
    return publishing.save_version(
        version,
        sections=[SectionChoice("S2.1", "Cấp uỷ lãnh đạo", "Lời công khai.")],
        figures=[FigureChoice("K4", is_key=True), FigureChoice("A1")],
        base_revision=version.revision,
        actor=world.publisher,
        **values,
    )


def move(version, action, actor, note=""):
    version = PublicationVersion.objects.get(pk=version.pk)
    key = f"{action}-{version.pk}-{version.revision}"
    publishing.step(version, action, actor=actor, key=key, note=note)
    return PublicationVersion.objects.get(pk=version.pk)


def waiting(world, version=None) -> PublicationVersion:
    return move(version or filled(world), PublicationAction.ASK, world.publisher)


def published(world, version=None) -> PublicationVersion:
    return move(waiting(world, version), PublicationAction.PUBLISH, world.second_publisher)


def url(name, *args):
    return reverse(f"staff:{name}", args=args)


def step_url(version, action):
    return url("publication_step", version.pk, action)


def typed(version, **values) -> dict:
    """What a browser sends from the draft's page: title, lead and what is chosen."""
    words = {"title": "Tiêu đề mới", "lead": "Lời dẫn mới.", "base_revision": version.revision, "key": "k1"}
    return words | values


CHOSEN = {
    "s_S2.1": "on",
    "s_S2.1_title": "Lãnh đạo",
    "s_S2.1_text": "Lời viết lại.",
    "f_K4": "on",
    "k_K4": "on",
    "f_A1": "on",
    "n_A1": "Số ước",
}


# --- the list --------------------------------------------------------------------------------------


def test_the_list_offers_a_report_that_has_no_publication(world, sign_in):
    page = sign_in(world.publisher).get(url("publications")).content.decode()
    assert url("publish_start", world.report(world.province).pk) in page
    assert "Chưa công bố nội dung nào" in page


def test_the_list_shows_the_state_of_the_newest_version(world, sign_in):
    first = published(world)
    publishing.start_correction(first.publication, actor=world.publisher)
    page = sign_in(world.publisher).get(url("publications")).content.decode()
    assert "Dự thảo" in page and "Lần 1 vẫn công khai" in page
    assert first.publication.get_absolute_url() in page
    assert url("publish_start", first.publication.report_id) not in page


def test_the_list_is_filtered_by_state(world, sign_in):
    version = filled(world)
    client = sign_in(world.publisher)
    assert version.title in client.get(url("publications"), {"tinh_trang": "draft"}).content.decode()
    page = client.get(url("publications"), {"tinh_trang": "published"}).content.decode()
    assert version.title not in page and "Bỏ bộ lọc" in page
    assert client.get(url("publications"), {"tinh_trang": "?", "trang": "x"}).status_code == 200


def test_a_discarded_draft_does_not_hide_what_is_published(world, sign_in):
    first = published(world)
    second = publishing.start_correction(first.publication, actor=world.publisher)
    move(second, PublicationAction.DISCARD, world.publisher)
    page = sign_in(world.publisher).get(url("publications")).content.decode()
    assert "Đã công bố" in page and "Đã huỷ dự thảo" not in re.sub(
        r"<select.*?</select>", "", page, flags=re.S
    )


def test_who_publishes_nowhere_sees_an_empty_list(world, sign_in):
    filled(world)
    page = sign_in(world.stranger).get(url("publications")).content.decode()
    assert "không có quyền công bố của đơn vị nào" in page and "Kết quả nổi bật" not in page


def test_the_list_costs_the_same_with_one_and_three_rows(world, sign_in):
    filled(world)
    client = sign_in(world.publisher)
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


# --- beginning -------------------------------------------------------------------------------------


def test_starting_opens_a_draft_in_which_nothing_is_chosen(world, sign_in):
    client = sign_in(world.publisher)
    answer = client.post(url("publish_start", world.report(world.province).pk))
    version = PublicationVersion.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("publication_edit", version.pk))
    page = client.get(answer["Location"]).content.decode()
    assert not re.findall(r'<input type="checkbox"[^>]*checked', page)
    assert "Nội dung phần này." in page  # the words of the report, ready to be rewritten


def test_starting_again_goes_to_the_same_draft(world, sign_in):
    version = draft(world)
    answer = sign_in(world.second_publisher).post(url("publish_start", version.publication.report_id))
    assert answer["Location"] == url("publication_edit", version.pk)


def test_a_published_report_is_not_started_again(world, sign_in):
    version = published(world)
    client = sign_in(world.publisher)
    answer = client.post(url("publish_start", version.publication.report_id), follow=True)
    assert "Báo cáo này đã công bố" in answer.content.decode()
    assert PublicationVersion.objects.count() == 1


def test_who_may_not_publish_does_not_start(world, sign_in):
    pk = world.report(world.province).pk
    assert sign_in(world.province_author).post(url("publish_start", pk)).status_code == 403
    assert sign_in(world.stranger).post(url("publish_start", pk)).status_code == 404
    assert sign_in(world.publisher).post(url("publish_start", 99_999)).status_code == 404
    assert not Publication.objects.exists()


# --- the draft -------------------------------------------------------------------------------------


def test_a_save_keeps_words_and_choices(world, sign_in):
    version = draft(world)
    answer = sign_in(world.publisher).post(url("publication_edit", version.pk), typed(version, **CHOSEN))
    assert answer["Location"] == url("publication_edit", version.pk)
    version.refresh_from_db()
    assert (version.title, version.lead, version.revision) == ("Tiêu đề mới", "Lời dẫn mới.", 1)
    sections = [(s.code, s.title, s.text) for s in version.sections.all()]
    assert sections == [("S2.1", "Lãnh đạo", "Lời viết lại.")]
    figures = [(f.code, f.value, f.qualifier, f.is_key, f.note) for f in version.figures.all()]
    assert figures == [("A1", 5, "", False, "Số ước"), ("K4", 250, "gan", True, "")]


def test_an_unfinished_draft_is_saved(world, sign_in):
    version = draft(world)
    sign_in(world.publisher).post(url("publication_edit", version.pk), typed(version, title="", lead=""))
    version.refresh_from_db()
    assert (version.title, version.revision) == ("", 1)


def test_the_page_of_a_saved_draft_shows_what_was_chosen(world, sign_in):
    version = filled(world)
    page = sign_in(world.publisher).get(url("publication_edit", version.pk)).content.decode()
    checked = set(re.findall(r'<input type="checkbox" name="([^"]+)"[^>]*checked', page))
    assert checked == {"s_S2.1", "f_K4", "k_K4", "f_A1"}
    assert "Lời công khai." in page and "gần 250" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": "a" * 251}, "Đang dài 251 chữ cái. Rút gọn còn nhiều nhất 250"),
        ({"lead": "a" * 1001}, "Đang dài 1.001 chữ cái. Rút gọn còn nhiều nhất 1.000"),
        ({"s_S2.1_text": " "}, "Nhập nội dung công khai của phần"),
        (
            {f"{kind}_{code}": "on" for kind in "fk" for code in ("A1", "A3", "C2", "E6", "K4")},
            "Chọn nhiều nhất 4 con số chính; đang chọn 5.",
        ),
        ({"base_revision": "x"}, "Trang này đã cũ"),
        ({"key": ""}, "Trang này đã cũ"),
    ],
)
def test_an_error_saves_nothing_and_keeps_everything_typed(world, sign_in, change, message):
    version = draft(world)
    data = typed(version, **{**CHOSEN, "lead": "Lời vừa gõ", **change})
    answer = sign_in(world.publisher).post(url("publication_edit", version.pk), data)
    page = answer.content.decode()
    assert answer.status_code == 200 and message in page
    assert "Số ước" in page and "Lãnh đạo" in page
    version.refresh_from_db()
    assert version.revision == 0


def test_what_is_not_offered_cannot_be_chosen(world, sign_in):
    version = draft(world)
    data = typed(version, s_S1="on", s_S1_title="x", s_S1_text="y", f_B3="on")
    sign_in(world.publisher).post(url("publication_edit", version.pk), data)
    version.refresh_from_db()
    assert (version.sections.count(), version.figures.count(), version.revision) == (0, 0, 1)


def test_a_stale_save_shows_both_versions_and_the_second_press_counts(world, sign_in):
    version = draft(world)
    seen = typed(version, **CHOSEN)
    filled(world, version, title="Của người khác")
    client = sign_in(world.second_publisher)
    page = client.post(url("publication_edit", version.pk), seen).content.decode()
    assert "Người khác vừa lưu dự thảo này" in page
    assert "Của người khác" in page and "Tiêu đề mới" in page and "Lời viết lại." in page
    assert 'name="base_revision" value="1"' in page
    client.post(url("publication_edit", version.pk), seen | {"base_revision": 1})
    version.refresh_from_db()
    assert (version.title, version.revision) == ("Tiêu đề mới", 2)


def test_a_mistake_in_a_stale_form_does_not_hide_that_it_is_stale(world, sign_in):
    version = draft(world)
    seen = typed(version, title="a" * 251)
    filled(world, version)
    page = sign_in(world.second_publisher).post(url("publication_edit", version.pk), seen).content.decode()
    assert 'name="base_revision" value="0"' in page


def test_the_same_save_sent_twice_counts_once(world, sign_in):
    version = draft(world)
    client = sign_in(world.publisher)
    for _press in range(2):
        answer = client.post(url("publication_edit", version.pk), typed(version, **CHOSEN))
        assert answer["Location"] == url("publication_edit", version.pk)
    version.refresh_from_db()
    assert version.revision == 1


def test_saving_goes_on_to_the_preview_or_to_the_second_person(world, sign_in):
    version = draft(world)
    client = sign_in(world.publisher)
    answer = client.post(url("publication_edit", version.pk), typed(version, act="preview"))
    assert answer["Location"] == url("publication_preview", version.pk)
    ask = typed(version, act="ask", base_revision=1, **CHOSEN)
    for _press in range(2):
        answer = client.post(url("publication_edit", version.pk), ask)
        assert answer["Location"] == url("publication_preview", version.pk)
    version.refresh_from_db()
    assert version.state == PublicationState.IN_REVIEW
    assert PublicationEvent.objects.count() == 1


def test_asking_for_an_incomplete_draft_saves_it_and_says_what_is_missing(world, sign_in):
    version = draft(world)
    client = sign_in(world.publisher)
    page = client.post(
        url("publication_edit", version.pk), typed(version, lead="", act="ask", **CHOSEN)
    ).content.decode()
    assert "Nhập lời dẫn trước khi gửi duyệt" in page and 'name="base_revision" value="1"' in page
    version.refresh_from_db()
    assert (version.state, version.title) == (PublicationState.DRAFT, "Tiêu đề mới")


def test_a_version_that_waits_is_read_only(world, sign_in):
    version = waiting(world)
    client = sign_in(world.publisher)
    answer = client.get(url("publication_edit", version.pk), follow=True)
    assert answer.redirect_chain == [(url("publication_preview", version.pk), 302)]
    assert "Chờ duyệt" in answer.content.decode()
    page = client.post(url("publication_edit", version.pk), typed(version, **CHOSEN)).content.decode()
    assert "nên chỉ xem, không sửa" in page and "Lời viết lại." in page


def test_the_checklist_names_numbers_of_people_and_damaged_words(world, sign_in):
    version = filled(
        world, lead="Liên hệ 0912 345 678. Tồn dân cơng tác; có 300 mô hình, điển hình tiêu biểu"
    )
    page = sign_in(world.publisher).get(url("publication_edit", version.pk)).content.decode()
    assert "“0912 345 678” ở lời dẫn: có thể là số điện thoại hoặc số định danh cá nhân" in page
    assert "2 từ nghi sai bảng mã" in page
    assert "“Mô hình, điển hình tiêu biểu”: phần lời ghi 300, phụ lục ghi 250" in page


def test_a_draft_from_an_edition_no_longer_in_force_is_marked(world, sign_in):
    version = filled(world)
    world.do(Action.CORRECT, world.province_approver, world.province, note="Sửa")
    world.do(Action.SUBMIT, world.province_author, world.province)
    world.do(Action.APPROVE, world.province_approver, world.province)
    world.issue(world.province, actor=world.province_clerk, number=4)
    page = sign_in(world.publisher).get(url("publication_edit", version.pk)).content.decode()
    assert "Báo cáo đã có bản khác có hiệu lực" in page


# --- preview ---------------------------------------------------------------------------------------


def test_the_preview_is_the_public_page_under_a_strip(world, sign_in):
    version = filled(world)
    client = sign_in(world.publisher)
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


def test_internal_words_and_figures_are_nowhere(world, sign_in):
    version = filled(world)
    client = sign_in(world.publisher)
    pages = [client.get(url(name, version.pk)) for name in ("publication_edit", "publication_preview")]
    waiting(world, version)
    pages.append(sign_in(world.second_publisher).get(url("publication_preview", version.pk)))
    for answer in pages:
        assert SECRET not in answer.content.decode()
        assert "Vụ việc đã giải quyết" not in answer.content.decode()
    assert "Chỉ lưu hành nội bộ, không đưa vào đây: " in pages[0].content.decode()


def test_the_writer_is_told_in_advance_that_another_confirms(world, sign_in):
    version = waiting(world)
    own = sign_in(world.publisher).get(url("publication_preview", version.pk)).content.decode()
    other = sign_in(world.second_publisher).get(url("publication_preview", version.pk)).content.decode()
    assert "Người soạn không tự công bố" in own and step_url(version, "publish") not in own
    assert "Người soạn không tự công bố" not in other and step_url(version, "publish") in other
    assert "Công bố 1 phần, 2 chỉ tiêu, 0 ảnh cho mọi người xem?" in other


def test_who_confirms_a_correction_sees_what_changed(world, sign_in):
    first = published(world)
    second = publishing.start_correction(first.publication, actor=world.publisher)
    waiting(world, filled(world, second, title="Tiêu đề đã sửa", correction_note="Sửa tiêu đề"))
    page = sign_in(world.second_publisher).get(url("publication_preview", second.pk)).content.decode()
    assert "Thay đổi so với lần 1 (1 chỗ)" in page
    assert '<del class="plain-text">Kết quả nổi bật</del>' in page
    assert '<ins class="plain-text">Tiêu đề đã sửa</ins>' in page


# --- steps -----------------------------------------------------------------------------------------


def test_a_second_person_publishes(world, sign_in):
    version = waiting(world)
    client = sign_in(world.second_publisher)
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


def test_the_writer_does_not_publish(world, sign_in):
    version = waiting(world)
    answer = sign_in(world.publisher).post(
        step_url(version, "publish"), {"key": "p1", "revision": version.revision}
    )
    assert answer.status_code == 403
    assert "Người soạn không tự công bố" in answer.content.decode()
    assert not Publication.objects.published().exists()


def test_what_changed_since_it_was_read_is_not_published(world, sign_in):
    version = waiting(world)
    client = sign_in(world.second_publisher)
    answer = client.post(step_url(version, "publish"), {"key": "p1", "revision": 0}, follow=True)
    assert "vừa thay đổi sau khi trang này được mở" in answer.content.decode()
    answer = client.post(step_url(version, "publish"), {"revision": "?"}, follow=True)
    assert "Trang này đã cũ" in answer.content.decode()
    assert not Publication.objects.published().exists()


def test_a_return_asks_for_a_reason_and_the_writer_reads_it(world, sign_in):
    version = waiting(world)
    client = sign_in(world.second_publisher)
    data = {"key": "r1", "revision": version.revision, "note": " "}
    page = client.post(step_url(version, "return"), data).content.decode()
    assert "Chưa nhập lý do" in page
    client.post(step_url(version, "return"), data | {"note": "Viết lại lời dẫn"})
    version.refresh_from_db()
    assert version.state == PublicationState.DRAFT
    page = sign_in(world.publisher).get(url("publication_edit", version.pk)).content.decode()
    assert "Viết lại lời dẫn" in page


def test_a_stale_return_keeps_the_reason(world, sign_in):
    version = waiting(world)
    data = {"key": "r1", "revision": 0, "note": "Lý do dài đã gõ"}
    page = sign_in(world.second_publisher).post(step_url(version, "return"), data).content.decode()
    assert "Lý do dài đã gõ" in page and f'name="revision" value="{version.revision}"' in page


def test_withdrawing_leaves_a_notice_at_the_address(world, sign_in):
    version = published(world)
    client = sign_in(world.publisher)
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


def test_a_draft_is_discarded(world, sign_in):
    version = filled(world)
    client = sign_in(world.publisher)
    answer = client.post(step_url(version, "discard"), {"key": "d1", "revision": version.revision})
    assert answer["Location"] == url("publications")
    version.refresh_from_db()
    assert version.state == PublicationState.DISCARDED


def test_asking_from_the_preview_leads_back_to_what_is_missing(world, sign_in):
    version = draft(world)
    answer = sign_in(world.publisher).post(
        step_url(version, "ask"), {"key": "a1", "revision": 0}, follow=True
    )
    assert answer.redirect_chain == [(url("publication_edit", version.pk), 302)]
    assert "Nhập lời dẫn trước khi gửi duyệt" in answer.content.decode()


def test_a_step_that_the_state_has_not_is_refused_in_words(world, sign_in):
    version = filled(world)
    client = sign_in(world.second_publisher)
    answer = client.post(step_url(version, "publish"), {"key": "p1", "revision": 1}, follow=True)
    assert "đang ở tình trạng “Dự thảo”" in answer.content.decode()
    for action in ("supersede", "khac"):
        assert client.post(step_url(version, action), {"key": "x", "revision": 1}).status_code == 404


# --- corrections -----------------------------------------------------------------------------------


def test_a_correction_keeps_the_words_and_asks_what_was_mended(world, sign_in):
    first = published(world)
    client = sign_in(world.publisher)
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


def test_only_what_is_published_is_corrected(world, sign_in):
    version = published(world)
    move(version, PublicationAction.WITHDRAW, world.publisher, note="Sai")
    answer = sign_in(world.publisher).post(url("publication_correct", version.pk), follow=True)
    assert "Chỉ đính chính nội dung đang công bố" in answer.content.decode()


# --- who may not, and wrong methods ----------------------------------------------------------------


def addresses(version):
    return [
        ("get", url("publication_edit", version.pk), {}),
        ("post", url("publication_edit", version.pk), typed(version, **CHOSEN)),
        ("get", url("publication_preview", version.pk), {}),
        ("post", step_url(version, "ask"), {"key": "x", "revision": version.revision}),
        ("post", url("publication_correct", version.pk), {}),
    ]


def test_another_unit_finds_nothing_and_colleagues_may_not(world, sign_in):
    version = filled(world)
    viewer = make_user("viewer-tinh", "Người xem tỉnh", world.province, Role.VIEWER)
    elsewhere = make_user("publisher-khac", "Công bố nơi khác", make_province("noi-khac"), Role.PUBLISHER)
    for method, address, data in addresses(version):
        for outsider in (world.stranger, elsewhere, world.author):
            assert getattr(sign_in(outsider), method)(address, data).status_code == 404
        for colleague in (viewer, world.province_author, world.reviewer):
            answer = getattr(sign_in(colleague), method)(address, data)
            assert answer.status_code == 403
            assert "không có quyền công bố" in answer.content.decode()
        assert getattr(Client(), method)(address, data).status_code == 302
    version.refresh_from_db()
    assert (version.state, version.revision) == (PublicationState.DRAFT, 1)


def test_wrong_methods_are_refused(world, sign_in):
    version = filled(world)
    client = sign_in(world.publisher)
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


def test_a_role_in_a_commune_does_not_reach_up(world, sign_in):
    version = filled(world)
    UnitRole.objects.create(user=world.author, unit=world.communes[0], role=Role.PUBLISHER)
    assert sign_in(world.author).get(url("publication_edit", version.pk)).status_code == 404
