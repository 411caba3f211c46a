"""Beside the text of a part: preview, the text doctor, figures by code, and what the check page says of the words."""

import re

import pytest
from django.test import Client

from reports.domain import filling
from reports.enums import Action, ValueState
from reports.forms.sections import LONGEST_TEXT
from reports.models import SectionText
from tests.factories.together import give, make_body

pytestmark = pytest.mark.django_db
PIECE = {"x-piece": "1"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author(world):
    return signed_in(world.author)


def at(world, path: str = "", unit=None) -> str:
    return f"/lam-viec/bao-cao/{world.report(unit).pk}/{path}"


def words(answer) -> str:
    """What a person reads, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


class TestPreview:
    def test_the_text_as_in_the_paper_and_nothing_saved(self, world, author):
        world.enter(K4=("gan", 250))
        sent = {"noi_dung": "Có {K4} mô hình.\r\n- Một <b>\r\n- Hai {K5a}"}
        answer = author.post(at(world, "phan/S2.8/xem-thu/"), sent)
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert '<p class="paper__heading">8. Phong trào thi đua “Dân vận khéo”</p>' in shown
        assert "<p>Có gần 250 mô hình.</p>" in shown
        assert "<li>Một &lt;b&gt;</li>" in shown
        assert "{K5a}: bảng số liệu chưa có số hoặc không có mã này" in shown
        assert SectionText.objects.count() == 0

    def test_the_script_gets_the_piece_alone(self, world, author):
        answer = author.post(at(world, "phan/S2.8/xem-thu/"), {"noi_dung": ""}, headers=PIECE)
        assert answer.content.decode().startswith("<h2")
        assert "(Chưa có nội dung)" in words(answer)

    def test_the_table_of_figures_has_none(self, world, author):
        for path in ("phan/SL/xem-thu/", "phan/SL/soat-chu/", "phan/S9/xem-thu/"):
            assert author.post(at(world, path), {"noi_dung": "x"}).status_code == 404


class TestDoctor:
    TEXT = "Chủ trương của đảng.\r\nĐời sống nhân dân  nâng lên."

    def test_of_more_than_a_part_can_hold_the_beginning_is_looked_at_and_all_is_kept(self, world, author):
        text = self.TEXT.replace("\r", "") + "x" * LONGEST_TEXT + " của đảng."
        answer = author.post(at(world, "phan/S2.1/soat-chu/"), {"noi_dung": text})
        assert answer.context["typed"] == text
        assert max(advice.end for advice in answer.context["advice"]) < LONGEST_TEXT

    def test_each_suggestion_with_its_place(self, world, author):
        answer = author.post(at(world, "phan/S2.1/soat-chu/"), {"noi_dung": self.TEXT}, headers=PIECE)
        shown = answer.content.decode()
        found = re.findall(
            r'data-start="(\d+)" data-end="(\d+)" data-found="([^"]*)" data-suggested="([^"]*)"', shown
        )
        assert found == [
            ("15", "19", "đảng", "Đảng"),
            ("30", "38", "nhân dân", "Nhân dân"),
            ("38", "40", "  ", " "),
        ]
        assert shown.count("data-take") == 3
        assert "checkbox" not in shown

    def test_without_a_script_boxes_lead_back_to_the_part_with_nothing_saved(self, world, author):
        world.write(text="Cũ")
        sent = {"noi_dung": self.TEXT, "base_revision": "1", "base_hash": "abc", "xong": "on"}
        page = author.post(at(world, "phan/S2.1/soat-chu/"), sent).content.decode()
        assert f'action="{at(world, "phan/S2.1/")}"' in page
        for name in ("base_revision", "base_hash", "xong"):
            assert f'<input type="hidden" name="{name}" value="{sent[name]}">' in page
        assert re.findall(r'name="thay" value="([\d-]+)"', page) == ["15-19", "30-38", "38-40"]
        answer = author.post(at(world, "phan/S2.1/"), sent | {"thay": ["15-19", "38-40"], "sua_chu": "1"})
        assert answer.status_code == 200
        assert (
            answer.context["form"]["noi_dung"].value() == "Chủ trương của Đảng.\nĐời sống nhân dân nâng lên."
        )
        assert "Có thay đổi chưa lưu" in words(answer)
        assert SectionText.objects.get().text == "Cũ"

    def test_nothing_to_mend(self, world, author):
        answer = author.post(at(world, "phan/S2.1/soat-chu/"), {"noi_dung": "Nhân dân"}, headers=PIECE)
        assert "Không thấy chỗ nào phải sửa." in words(answer)


class TestNumbers:
    def test_what_may_be_inserted(self, world, author):
        assert "Bảng số liệu chưa có số nào." in words(author.get(at(world, "phan/S2.8/chen-so-lieu/")))
        world.enter(K4=("gan", 250), K1="none", K2=("no_data", "Chờ xã"))
        answer = author.get(at(world, "phan/S2.8/chen-so-lieu/"), headers=PIECE)
        shown = answer.content.decode()
        assert re.findall(r'data-insert="([^"]*)"', shown) == ["{K1}", "{K4}"]
        assert "{K4} Mô hình, điển hình tiêu biểu: gần 250 mô hình" in words(answer)

    def test_a_body_with_units_below_has_its_own_too(self, world):
        world.accepted(K4=250)
        world.write(world.province, K4=20)
        client = signed_in(world.province_author)
        shown = client.get(at(world, "phan/S2.8/chen-so-lieu/", world.province)).content.decode()
        assert 'data-insert="{K4}"' in shown
        assert 'data-insert="{K4 riêng}"' in shown
        assert "(riêng: 20)" in shown

    def test_a_contributor_inserts_figures_of_his_groups(self, world):
        body = make_body(world)
        world.write(K4=250, E6=20)
        give(world, body.unit, parts=("S2.5",), groups=("E",))
        client = signed_in(body.author)
        answer = client.get(at(world, "phan/S2.5/chen-so-lieu/"), headers=PIECE)
        assert re.findall(r'data-insert="([^"]*)"', answer.content.decode()) == ["{E6}"]
        shown = client.post(at(world, "phan/S2.5/xem-thu/"), {"noi_dung": "{E6} và {K4}"}, headers=PIECE)
        assert "20 và {K4}" in words(shown)


class TestEditor:
    def test_the_buttons_stand_above_the_text(self, world, author):
        shown = author.get(at(world, "phan/S2.8/")).content.decode()
        for path in ("chen-so-lieu", "soat-chu", "xem-thu"):
            assert at(world, f"phan/S2.8/{path}/") in shown
        assert f'data-presence="{at(world, "phan/S2.8/dang-mo/")}"' in shown

    def test_read_only_a_part_shows_the_values(self, world):
        world.write(code="S2.8", text="Có {K4} mô hình.", K4=250)
        shown = signed_in(world.approver).get(at(world, "phan/S2.8/"))
        assert "Có 250 mô hình." in words(shown)

    def test_who_looks_the_report_over_reads_the_values_too(self, world):
        world.write(code="S2.8", text="Có {K4} mô hình.", K4=250)
        world.do(Action.SUBMIT, world.author)
        shown = words(signed_in(world.approver).get(at(world, "xem-xet/")))
        assert "Có 250 mô hình." in shown


class TestCheckPage:
    def test_a_number_that_differs_leads_to_both_places(self, world, author):
        world.write(code="S2.8", text="Toàn xã có 41 mô hình tiêu biểu.", K4=43)
        shown = author.get(at(world, "kiem-tra/")).content.decode()
        assert "Phần lời ghi 41, phụ lục ghi 43" in shown
        assert f'href="{at(world, "phan/S2.8/")}#cho-11-13"' in shown
        assert f'href="{at(world, "phan/SL/")}#ct-K4"' in shown

    def test_what_must_not_be_there(self, world, author):
        world.write(text="MẬT\nLiên hệ ông A 0912 345 678, cơng tác phịng.")
        said = words(author.get(at(world, "kiem-tra/")))
        assert "Có dấu độ mật “MẬT”." in said
        assert "“0912 345 678”: có thể là số điện thoại hoặc số định danh cá nhân." in said
        assert "2 từ nghi sai bảng mã (“cơng” → “công”). Xem và sửa" in said
        assert "3 chỗ trong lời, ghi chú cần xem lại" in said
        assert "data-open-dialog" in author.get(at(world, "kiem-tra/")).content.decode()

    def test_what_must_not_be_there_in_notes_and_cells_in_words(self, world, author):
        world.write(text="Ổn định.", K4=("no_data", "Liên hệ 0912 345 678. TỐI MẬT"))
        entry = filling.FigureEntry(ValueState.NUMBER, text="Ông A, CCCD 034099001234")
        filling.save_figures(world.edition(), {world.indicator("B6").pk: entry}, actor=world.author)
        page = author.get(at(world, "kiem-tra/")).content.decode()
        assert "3 chỗ trong lời, ghi chú cần xem lại" in page
        world.do(Action.SUBMIT, world.author)
        looked = signed_in(world.approver).get(at(world, "xem-xet/")).content.decode()
        for shown, place in ((page, at(world, "phan/SL/") + "#ct-"), (looked, "#so-")):
            assert shown.count(f'<a href="{place}B6">') == 1 and shown.count(f'<a href="{place}K4">') >= 2
            assert "“034099001234”: có thể là số điện thoại hoặc số định danh cá nhân." in shown
            assert "Ghi chú: “0912 345 678”: có thể là" in shown
            assert "Ghi chú: Có dấu độ mật “TỐI MẬT”." in shown

    def test_a_code_without_a_value_is_an_error_with_its_place(self, world, author):
        world.write(code="S2.8", text="Có {ZZ} mô hình.", K4=43)
        shown = author.get(at(world, "kiem-tra/")).content.decode()
        assert "Phần lời chèn {ZZ} nhưng bảng số liệu không có chỉ tiêu này. Sửa mã hoặc xoá" in shown
        assert f'href="{at(world, "phan/S2.8/")}"' in shown
        assert "Cần sửa 1 chỗ" in shown
