"""Working on one report together: a contributor's pages, the author's, the draft seen from above, who is here."""

import re

import pytest
from django.test import Client

from models_dv import clock
from models_dv.enums import Role
from models_dv.vietnamese.dates import format_date
from reports.domain import contributing, sharing
from reports.enums import Action, ShareScope
from reports.models import DraftShare, Figure, PartAssignment, SectionText
from tests.factories.together import give, make_body
from tests.factories.world import make_round, make_user

pytestmark = pytest.mark.django_db
GIVEN = "phần “Thực hiện dân chủ ở cơ sở”, “Dân vận của lực lượng vũ trang”; số liệu nhóm “Dân chủ ở cơ sở”"


@pytest.fixture
def body(world):
    return make_body(world)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(world, path: str = "", unit=None) -> str:
    return f"/lam-viec/bao-cao/{world.report(unit).pk}/{path}"


def page(client, url, status=200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def page_after(client, url, sent) -> str:
    """The page that comes back with errors."""
    answer = client.post(url, sent)
    assert answer.status_code == 422
    return answer.content.decode()


def cells(shown: str) -> set[str]:
    """Codes of the cells that a page lets fill in."""
    return set(re.findall(r'name="?ct_(\w+)', shown))


class TestContributor:
    @pytest.fixture
    def client(self, world, body):
        world.write(K4=777, E6=20, text="Lời riêng của cấp uỷ.", code="S2.1")
        give(world, body.unit, parts=("S2.5", "S2.3"), groups=("E",), note="Ghi rõ địa chỉ")
        return signed_in(body.author)

    def test_he_reads_earlier_periods_with_the_figures_of_his_groups_only(self, world, client):
        present, world.round = world.round, make_round(world.province, year=2025, opened_by=world.admin)
        world.write(K4=31, E6=12, text="Nhân rộng {K4} mô hình, mở {E6} cuộc.", code="S2.5")
        world.accepted(text="Như trên.")
        world.round = present
        shown = page(client, at(world, "phan/S2.5/"))
        assert "Nhân rộng {K4} mô hình, mở 12 cuộc." in shown
        assert "Nhân rộng 31 mô hình, mở 12 cuộc." in page(signed_in(world.author), at(world, "phan/S2.5/"))

    def test_his_work_and_his_reports_lead_to_what_he_was_given(self, world, client):
        address = at(world, "duoc-giao/")
        work = page(client, "/lam-viec/")
        assert f'href="{address}"' in work
        assert f"Được giao: {GIVEN}" in work
        reports = page(client, "/lam-viec/bao-cao/")
        assert f'href="{address}"' in reports
        assert "1 báo cáo" in reports
        given = page(client, address)
        assert "Ghi rõ địa chỉ" in given
        assert f'href="{at(world, "phan/S2.5/")}"' in given

    def test_the_editor_lists_his_parts_alone(self, world, client):
        shown = page(client, at(world, "phan/S2.5/"))
        assert shown.count('class="part-nav__status') == 3
        for code in ("S2.3", "S2.5", "SL"):
            assert f'href="{at(world, f"phan/{code}/")}"' in shown
        assert at(world, "phan/S2.1/") not in shown
        assert at(world, "kiem-tra/") not in shown
        assert "van-ban.pdf" not in shown
        assert at(world, "nhap-word/") not in shown
        assert f'href="{at(world, "duoc-giao/")}"' in shown

    def test_his_figures_alone(self, world, client):
        shown = page(client, at(world, "phan/SL/"))
        assert ("E6" in cells(shown)) is True
        assert 'value="20"' in shown
        assert ("K4" in cells(shown)) is False
        assert "777" not in shown
        assert at(world, "nhap-excel/") not in shown

    @pytest.mark.parametrize("part", ["S2.1", "S2.6", "S9"])
    def test_other_parts_do_not_exist_for_him(self, world, client, part):
        page(client, at(world, f"phan/{part}/"), 404)
        assert client.post(at(world, f"phan/{part}/"), {"noi_dung": "x"}).status_code == 404
        assert SectionText.objects.count() == 1

    def test_he_writes_and_it_is_known_who_wrote(self, world, body, client):
        sent = {"noi_dung": "Đã họp bàn.", "xong": "on", "base_revision": "0"}
        assert client.post(at(world, "phan/S2.5/"), sent).status_code == 302
        text = SectionText.objects.get(section__code="S2.5")
        assert (text.text, text.updated_by) == ("Đã họp bàn.", body.author)
        assert client.post(at(world, "phan/SL/"), {"ct_E5": "6", "ct_K4": "1"}).status_code == 302
        assert Figure.objects.get(indicator__code="E5").updated_by == body.author
        assert Figure.objects.get(indicator__code="K4").value == 777

    def test_done_he_reads_and_the_author_sees_it(self, world, body, client):
        row = PartAssignment.objects.get()
        answer = client.post(at(world, f"duoc-giao/{row.pk}/bao-xong/"), follow=True)
        assert f"Đã báo xong {GIVEN} cho Đảng uỷ xã Phú Lâm." in answer.content.decode()
        assert "Phần này đã báo xong, chỉ xem." in page(client, at(world, "phan/S2.5/"))
        sent = {"noi_dung": "Sửa", "base_revision": "0"}
        assert client.post(at(world, "phan/S2.5/"), sent).status_code == 403
        assert "Đã báo xong lúc" in page(signed_in(world.author), at(world, "phan-cong/"))
        client.post(at(world, f"phan-cong/{row.pk}/mo-lai/"))
        assert client.post(at(world, "phan/S2.5/"), sent).status_code == 302

    def test_of_two_groups_the_one_that_is_done_is_filled_no_more(self, world, body, client):
        row = PartAssignment.objects.get()
        contributing.hand_in(row, actor=body.author)
        give(world, body.unit, parts=(), groups=("H",))
        shown = page(client, at(world, "phan/SL/"))
        assert ("H1" in cells(shown)) is True
        assert ("E6" in cells(shown)) is False

    def test_in_approval_he_reads_his_parts_and_no_other(self, world, client):
        world.do(Action.SUBMIT, world.author)
        shown = page(client, at(world, "phan/SL/"))
        assert ">20<" in shown
        assert "777" not in shown
        page(client, at(world, "phan/S2.1/"), 404)

    def test_once_it_is_no_longer_his_the_report_does_not_exist(self, world, client):
        contributing.end(PartAssignment.objects.get(), actor=world.author)
        for path in ("duoc-giao/", "phan/S2.5/", "phan/SL/", ""):
            page(client, at(world, path), 404)
        assert "0 báo cáo" in page(client, "/lam-viec/bao-cao/")


class TestAuthor:
    def test_gives_and_takes_back(self, world, body):
        client = signed_in(world.author)
        shown = page(client, at(world, "phan-cong/"))
        assert 'value="S2.5"' in shown
        assert 'value="E"' in shown
        due = format_date(clock.today())
        sent = {
            "unit": "uy ban mttq xa phu lam",
            "parts": ["S2.5"],
            "groups": ["E"],
            "due_on": due,
            "note": "",
        }
        assert client.post(at(world, "phan-cong/"), sent).status_code == 302
        made = PartAssignment.objects.get()
        assert (made.unit, made.parts, made.groups, made.due_on) == (
            body.unit,
            ["S2.5"],
            ["E"],
            clock.today(),
        )
        assert "Đã giao 1 việc, 0 việc đã báo xong." in page(client, at(world))
        client.post(at(world, f"phan-cong/{made.pk}/thoi-giao/"))
        assert PartAssignment.objects.get().ended_at is not None

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"parts": "S2.5"}, "Chọn đơn vị phối hợp"),
            ({"unit": "uy ban mttq xa phu lam"}, "Chọn ít nhất một phần hoặc một nhóm chỉ tiêu"),
            ({"unit": "cong an", "parts": "S2.5"}, "Không có đơn vị “cong an”"),
            (
                {"unit": "uy ban mttq", "parts": "S2.5", "due_on": "01/01/2020"},
                "Hạn gửi phải từ hôm nay trở đi.",
            ),
        ],
    )
    def test_what_is_missing_comes_back_with_what_was_typed(self, world, body, sent, said):
        answer = signed_in(world.author).post(at(world, "phan-cong/"), sent | {"note": "Gửi sớm"})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "Gửi sớm" in answer.content.decode()

    def test_without_bodies_colleagues_alone_are_offered(self, world):
        none = (
            "Chưa có đơn vị phối hợp nào có tài khoản soạn thảo. Nhờ người quản trị thêm đơn vị và tài khoản."
        )
        client, address = signed_in(world.author), at(world, "phan-cong/")
        shown = page(client, address)
        assert none in shown
        assert "Giao phần này" not in shown
        sent = {"unit": "cong an", "parts": "S2.5"}
        assert "gợi ý" not in page_after(client, address, sent)
        colleague = make_user("second", "Soạn thứ hai", world.communes[0], Role.AUTHOR)
        shown = page(client, address)
        assert none in shown
        assert 'name="unit"' not in shown
        assert "Chọn đồng nghiệp nhận việc" in page_after(client, address, sent)
        sent = {"person": colleague.pk, "parts": "S2.5"}
        assert client.post(address, sent).status_code == 302
        assert PartAssignment.objects.get().person == colleague

    def test_the_form_is_sent_to_the_page_itself_so_that_what_is_missing_is_seen(self, world, body):
        """An empty ``action`` would keep “#give”, and the page would open below its list of errors."""
        shown = page(signed_in(world.author), at(world, "phan-cong/?phan=S2.5"))
        assert f'method="post" action="{at(world, "phan-cong/")}"' in shown

    def test_a_part_is_given_from_the_editor(self, world, body):
        client = signed_in(world.author)
        address = at(world, "phan-cong/?phan=S2.5")
        assert f'href="{address}#give"' in page(client, at(world, "phan/S2.5/"))
        ticked = re.findall(r'name="parts" value="([^"]+)"[^>]* checked', page(client, address))
        assert ticked == ["S2.5"]

    def test_asks_for_more(self, world, body):
        made = give(world, body.unit)
        contributing.hand_in(made, actor=body.author)
        signed_in(world.author).post(at(world, f"phan-cong/{made.pk}/mo-lai/"), {"note": "Thiếu E6"})
        made.refresh_from_db()
        assert made.handed_in_at is None


class TestAdvice:
    @pytest.fixture
    def author(self, world):
        world.write(K4=250, text="Lời của cấp uỷ.")
        return signed_in(world.author)

    def test_the_draft_is_read_above_with_a_clear_mark(self, world, author):
        above = signed_in(world.reviewer)
        page(above, at(world, "ban/1/"), 403)
        sent = {"scope": ShareScope.ALL, "note": "Xin góp ý phần II"}
        assert author.post(at(world, "xin-y-kien/"), sent).status_code == 302
        shown = page(above, at(world, "ban/1/"))
        for words in ("Dự thảo, xin ý kiến", "Lời của cấp uỷ.", "Xin góp ý phần II", "250"):
            assert words in shown
        assert "van-ban.pdf" not in shown
        for path in ("ban/1/van-ban.pdf", "phan/S2.1/", "kiem-tra/"):
            page(above, at(world, path), 403)
        assert at(world, "ban/1/") in page(above, "/lam-viec/")
        shown = page(above, at(world))
        assert "Đơn vị đang xin ý kiến về bản dự thảo: bấm “Xem dự thảo” để đọc." in shown
        assert "nội dung xem được sau khi đơn vị phát hành" not in shown

    def test_or_its_figures_alone(self, world, author):
        sharing.share(world.report(), scope=ShareScope.FIGURES, actor=world.author)
        shown = page(signed_in(world.reviewer), at(world, "ban/1/"))
        assert "250" in shown
        assert "Lời của cấp uỷ." not in shown

    def test_taken_back(self, world, author):
        author.post(at(world, "xin-y-kien/"), {"scope": ShareScope.ALL})
        assert "Đang xin ý kiến" in page(author, at(world, "xin-y-kien/"))
        assert author.post(at(world, "xin-y-kien/thoi/")).status_code == 302
        assert DraftShare.objects.get().ended_at is not None
        page(signed_in(world.reviewer), at(world, "ban/1/"), 403)

    def test_nothing_is_asked_of_an_empty_or_a_sent_report(self, world, author):
        other = signed_in(world.author_of(world.communes[1]))
        assert other.get(at(world, "xin-y-kien/", world.communes[1])).status_code == 302
        assert signed_in(world.author).post(at(world, "xin-y-kien/"), {}).status_code == 422


class TestPresence:
    def test_the_other_is_named(self, world):
        first, second = signed_in(world.author), signed_in(world.approver)
        assert first.post(at(world, "phan/S2.1/dang-mo/")).json() == {"words": ""}
        assert second.post(at(world, "phan/S2.1/dang-mo/")).json() == {"words": "Soạn xa-1 đang mở phần này"}
        assert second.post(at(world, "phan/SL/dang-mo/")).json() == {"words": ""}
        assert second.post(at(world, "phan/S9/dang-mo/")).status_code == 404

    def test_a_contributor_in_his_parts(self, world, body):
        give(world, body.unit)
        client = signed_in(body.author)
        assert client.post(at(world, "phan/S2.5/dang-mo/")).json() == {"words": ""}
        assert client.post(at(world, "phan/S2.1/dang-mo/")).status_code == 404
