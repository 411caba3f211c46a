"""Looking a report over: differences or the whole, ticks, comments beside it, and on to the return."""

import html
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv import clock
from models_dv.enums import Role
from models_dv.models import Unit, UnitRole
from reports.domain import comments, filling
from reports.domain.checks import check_changes
from reports.domain.consolidation import totals
from reports.domain.known_outlines import known_outline
from reports.domain.milestones import Cell
from reports.domain.review import FigureChange
from reports.domain.series import Known, OtherPeriod
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, Audience, IndicatorOp, ValueState
from reports.models import EditionEvent, ReportAttachment, SeenPart
from reports.views.staff.figure_rows import beside
from reports.views.staff.review_rows import changed_rows
from tests.access.addresses import let_go
from tests.factories.world import local, make_user
from tests.models_dv.domain.uploaded import brought, office

pytestmark = pytest.mark.django_db
OLD = "Đến nay có 41 mô hình.\nGiữ nguyên.\n<b>Bỏ</b> & hết."
NEW = "Đến nay có 43 mô hình.\nGiữ nguyên.\nThêm <script>alert(1)</script>."


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(world, unit=None) -> str:
    return reverse("staff:review", args=[world.report(unit).pk])


def rewrite(world, text: str, code: str = "S2.1", **figures) -> None:
    stored = world.edition().texts.get(section__code=code)
    filling.save_section(
        world.edition(),
        stored.section,
        text=text,
        done=True,
        base_revision=stored.revision,
        actor=world.author,
    )
    if figures:
        world.enter(**figures)


def sent_again(world) -> None:
    """Sent, returned by the approver, mended and sent again."""
    world.write(text=OLD, K4=40, A1=3)
    world.write(code="S1", text="Tình hình ổn định.")
    world.do(Action.SUBMIT, world.author)
    world.do(Action.RETURN, world.approver, note="Sửa", details=ReturnDetails({"S2.1": "", "SL": ""}))
    rewrite(world, NEW, K4=50)
    world.do(Action.SUBMIT, world.author)


def part_of(page, code: str) -> str:
    """The HTML of one part."""
    html = page.content.decode()
    return re.search(rf'<section class="review__part" id="phan-{re.escape(code)}".*?</section>', html, re.S)[
        0
    ]


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class TestChanges:
    def test_words_in_and_out_are_told_in_words_and_escaped(self, world):
        sent_again(world)
        part = part_of(client_of(world.approver).get(url(world)), "S2.1")
        assert (
            '<del><span class="visually-hidden">[bỏ: </span>41<span class="visually-hidden">]</span></del>'
            in part
        )
        assert (
            '<ins><span class="visually-hidden">[thêm: </span>43<span class="visually-hidden">]</span></ins>'
            in part
        )
        assert '<p id="doan-S2.1-2">Giữ nguyên.</p>' in part
        assert "&lt;script&gt;" in part and "<script>" not in part
        assert "&lt;" in part and "<b>Bỏ" not in part
        assert "Có thay đổi" in part

    def test_figures_before_and_now(self, world):
        sent_again(world)
        part = part_of(client_of(world.approver).get(url(world)), "SL")
        row = re.search(r"<tr><td class=\"muted nowrap\">K4</td>.*?</tr>", part, re.S)[0]
        assert words_of(row).endswith("40 50 +10 (+25%)")
        assert "A1" not in part

    def test_a_part_that_did_not_change_is_one_line(self, world):
        sent_again(world)
        part = part_of(client_of(world.approver).get(url(world)), "S1")
        assert "Không có thay đổi so với lần gửi trước" in part
        assert "doan-S1-1" not in part

    def test_the_whole_is_the_other_tab(self, world):
        sent_again(world)
        page = client_of(world.approver).get(f"{url(world)}?xem=toan-bo")
        assert "Tình hình ổn định." in part_of(page, "S1")
        assert "Chưa có nội dung" in part_of(page, "S4")
        assert "<ins>" not in part_of(page, "S2.1")
        assert words_of(re.search(r'<tr id="so-K4">.*?</tr>', page.content.decode(), re.S)[0]).startswith(
            "K4"
        )

    def test_a_draft_was_never_sent(self, world):
        world.write(text=OLD)
        page = client_of(world.author).get(url(world)).content.decode()
        assert "Báo cáo chưa gửi lần nào, chưa có bản trước để so sánh." in page
        assert "gửi lần đầu" not in page

    def test_the_first_time_it_is_whole(self, world):
        world.write(text=OLD, K4=40)
        world.do(Action.SUBMIT, world.author)
        page = client_of(world.approver).get(url(world))
        assert "Báo cáo gửi lần đầu, chưa có bản trước để so sánh." in page.content.decode()
        assert "Giữ nguyên." in part_of(page, "S2.1")

    def test_a_table_in_words_is_read_as_one(self, world):
        world.write(text="Trước bảng.\n| Tên | Số |\n| Xã | 3 |\nSau bảng.")
        world.do(Action.SUBMIT, world.author)
        part = part_of(client_of(world.approver).get(url(world)), "S2.1")
        assert '<div id="doan-S2.1-2"><div class="table-scroll"' in part
        assert '<p id="doan-S2.1-4">Sau bảng.</p>' in part

    def test_the_body_above_compares_with_the_edition_it_was_sent(self, world):
        world.issued(K4=40)
        details = ReturnDetails({"S2.1": "Ghi rõ"}, clock.now() + timedelta(days=3))
        world.do(Action.SEND_BACK, world.reviewer, note="Bổ sung", details=details)
        rewrite(world, "Nội dung phần này, có địa chỉ.")
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        world.issue(number=2)
        page = client_of(world.reviewer).get(url(world))
        assert "So với bản 1 đã gửi lúc" in words_of(page.content.decode())
        assert "có địa chỉ" in part_of(page, "S2.1")
        assert [act.label for act in page.context["plain_acts"]] == ["Tiếp nhận"]
        assert page.context["gives_back"] == "Trả lại để bổ sung"

    def test_words_of_a_figure_are_not_kept_on_one_line(self, world):
        text = next(
            one for one in known_outline(world.round.outline_version).indicators if one.op == IndicatorOp.TEXT
        )
        world.write(text=OLD)
        entry = filling.FigureEntry(ValueState.NUMBER, text="Lời dài của một chỉ tiêu ghi bằng chữ")
        filling.save_figures(world.edition(), {text.pk: entry}, actor=world.author)
        world.do(Action.SUBMIT, world.author)
        page = client_of(world.approver).get(url(world)).content.decode()
        cell = '<td class="plain-text" colspan="3" data-label="Kỳ này">Lời dài của một chỉ tiêu ghi bằng chữ</td>'
        assert cell in page

    def test_a_link_that_came_too_late_says_who_took_it_back(self, world):
        world.issued()
        world.do(Action.RECALL, world.approver, note="Sửa")
        page = client_of(world.reviewer).get(url(world))
        assert page.status_code == 403
        assert f"{world.approver} đã thu hồi báo cáo lúc" in page.content.decode()


class TestWarnings:
    """What the author was asked to explain is seen by who looks the report over, with the explanation."""

    def a_great_change(self, world, note="") -> None:
        world.write(text=OLD)
        indicators = known_outline(world.round.outline_version).by_code
        entries = {
            indicators["A7"].pk: filling.FigureEntry(ValueState.NUMBER, Decimal(5)),
            indicators["A8"].pk: filling.FigureEntry(ValueState.NUMBER, Decimal(3), note=note),
        }
        filling.save_figures(world.edition(), entries, actor=world.author)

    def told_of(self, world) -> str:
        """The sentence of the rule, as the check page says it."""
        page = client_of(world.author).get(reverse("staff:check", args=[world.report().pk]))
        (place,) = [place for place in page.context["warnings"] if place.code == "A8"]
        (text,) = place.texts
        return text

    def row_of(self, page, code: str) -> str:
        return words_of(re.search(rf'<tr id="so-{code}">.*?</tr>', page.content.decode(), re.S)[0])

    def test_beside_the_figure_with_its_note(self, world):
        self.a_great_change(world, note="Lớp mở cuối kỳ")
        told = html.escape(self.told_of(world))
        world.do(Action.SUBMIT, world.author)
        page = client_of(world.approver).get(url(world))
        assert f"{told} Ghi chú: Lớp mở cuối kỳ" in self.row_of(page, "A8")
        assert "Chưa ghi lý do" not in part_of(page, "SL")
        assert [(row.part.code, row.places_to_look_at) for row in page.context["to_look_at"]] == [("SL", 1)]
        assert "Phụ lục: số liệu (1 chỗ)" in words_of(page.content.decode())

    def test_without_a_note_it_says_so(self, world):
        self.a_great_change(world)
        world.do(Action.SUBMIT, world.author)
        page = client_of(world.approver).get(url(world))
        assert "Chưa ghi lý do" in self.row_of(page, "A8")
        assert page.content.decode().count("Chưa ghi lý do") == 1

    def test_in_the_table_of_changes_with_the_note_that_stands(self, world):
        self.a_great_change(world, note="Lớp mở cuối kỳ")
        world.do(Action.SUBMIT, world.author)
        world.do(Action.RETURN, world.approver, note="Sửa")
        indicator = known_outline(world.round.outline_version).by_code["A8"]
        entry = filling.FigureEntry(ValueState.NUMBER, Decimal(2), note="Lớp mở cuối kỳ", base_revision=1)
        filling.save_figures(world.edition(), {indicator.pk: entry}, actor=world.author)
        told = html.escape(self.told_of(world))
        world.do(Action.SUBMIT, world.author)
        part = words_of(part_of(client_of(world.approver).get(url(world)), "SL"))
        assert f"{told} Ghi chú: Lớp mở cuối kỳ 3 2" in part

    def test_ten_times_the_same_period(self, world):
        known = {"A3": Known(Decimal(6))}
        outline = known_outline(world.round.outline_version)
        world.write(A3=72)
        numbers = totals(world.edition(), indicators=list(outline.indicators), has_below=False)
        (finding,) = check_changes(list(outline.indicators), numbers, OtherPeriod("", own=known), {})
        warnings = {"A3": (beside(outline.by_code["A3"], finding.message),)}
        (row,) = changed_rows(
            {"A3": FigureChange("A3", Cell(), Cell("number", Decimal(72)))}, outline, warnings
        )
        assert row.warnings == ("Gấp 12 lần cùng kỳ (6). Kiểm tra xem có thừa chữ số không",)

    def test_what_stands_in_the_words(self, world):
        world.write(text="Liên hệ số 0912345678.", K4=40)
        world.write(code="S1", text="Tài liệu TUYỆT MẬT kèm theo.")
        world.do(Action.SUBMIT, world.author)
        checked = client_of(world.approver).get(url(world))
        assert "0912345678”: " in words_of(part_of(checked, "S2.1"))
        assert [(row.part.code, len(row.words)) for row in checked.context["parts"] if row.words] == [
            ("S1", 1),
            ("S2.1", 1),
        ]


class TestWhatWasAsked:
    def test_the_last_return_stands_beside_its_answer(self, world):
        world.write(text=OLD, K4=40)
        world.do(Action.SUBMIT, world.author)
        details = ReturnDetails({"S2.1": "Ghi rõ địa chỉ", "SL": ""})
        world.do(Action.RETURN, world.approver, note="Bổ sung trước khi gửi tỉnh", details=details)
        rewrite(world, NEW, K4=50)
        world.do(Action.SUBMIT, world.author)
        page = client_of(world.approver).get(url(world))
        assert page.content.decode().count("Bổ sung trước khi gửi tỉnh") == 1
        assert f"Trả lại để bổ sung – {world.approver}" in part_of(page, "S2.1")
        assert "Ghi rõ địa chỉ" in part_of(page, "S2.1")
        assert "Phần này được trả lại để bổ sung." in part_of(page, "SL")
        assert [row.part.code for row in page.context["parts"] if row.asked] == ["S2.1", "SL"]

    def test_only_the_last(self, world):
        world.write(text=OLD)
        for words in ("Lần đầu", "Lần sau"):
            world.do(Action.SUBMIT, world.author)
            world.do(
                Action.RETURN, world.approver, note=f"Sửa. {words}", details=ReturnDetails({"S2.1": words})
            )
        page = client_of(world.approver).get(url(world))
        assert page.context["returned"].text == "Sửa. Lần sau"
        assert "Lần đầu" not in page.content.decode()

    def test_those_above_see_what_they_asked_and_not_what_the_leader_did(self, world):
        world.issued(K4=40)
        details = ReturnDetails({"S2.1": "Ghi rõ"}, clock.now() + timedelta(days=3))
        world.do(Action.SEND_BACK, world.reviewer, note="Bổ sung", details=details)
        rewrite(world, NEW)
        world.do(Action.SUBMIT, world.author)
        world.do(
            Action.RETURN, world.approver, note="Việc trong nhà", details=ReturnDetails({"S2.1": "Của nhà"})
        )
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        world.issue(number=2)
        page = client_of(world.reviewer).get(url(world))
        assert (page.context["returned"].author, page.context["returned"].text) == (
            "Ban Tuyên giáo và Dân vận Tỉnh uỷ An Bình",
            "Bổ sung",
        )
        assert "Ghi rõ" in part_of(page, "S2.1")
        assert "nhà" not in words_of(part_of(page, "S2.1"))
        assert client_of(world.approver).get(url(world)).context["returned"].text == "Việc trong nhà"

    def test_the_author_sees_the_general_reason_beside_the_words_of_his_part(self, world):
        world.write(text=OLD)
        world.do(Action.SUBMIT, world.author)
        details = ReturnDetails({"S2.1": "Ghi rõ địa chỉ", "S1": ""})
        world.do(Action.RETURN, world.approver, note="Bổ sung trước khi gửi", details=details)
        author = client_of(world.author)
        said = words_of(author.get(reverse("staff:part", args=[world.report().pk, "S2.1"])).content.decode())
        assert "Ghi rõ địa chỉ Lý do trả lại chung: Bổ sung trước khi gửi" in said
        other = words_of(author.get(reverse("staff:part", args=[world.report().pk, "S1"])).content.decode())
        assert "Lý do trả lại chung" not in other
        assert "Bổ sung trước khi gửi" in other


class TestTicks:
    def test_seen_until_it_is_written_again(self, world):
        world.write(text=OLD)
        world.do(Action.SUBMIT, world.author)
        approver = client_of(world.approver)
        answer = approver.post(url(world), {"da_xem": "S2.1", "tra_lai": "SL"})
        assert answer.url == f"{url(world)}?tra_lai=SL#phan-S2.1"
        page = approver.get(answer.url)
        assert "<b>1/18</b> phần đã xem" in page.content.decode()
        assert "Bỏ đánh dấu đã xem" in part_of(page, "S2.1")
        assert 'name="tra_lai" value="SL" checked' in part_of(page, "SL")
        world.do(Action.RETURN, world.approver, note="Sửa")
        with clock.fixed(clock.now() + timedelta(minutes=5)):
            rewrite(world, NEW)
            world.do(Action.SUBMIT, world.author)
            assert "<b>0/18</b> phần đã xem" in approver.get(url(world)).content.decode()

    def test_not_seen_after_all(self, world):
        world.write()
        approver = client_of(world.approver)
        approver.post(url(world), {"da_xem": ["S1", "S2.1"]})
        approver.post(url(world), {"chua_xem": "S1"})
        assert list(SeenPart.objects.values_list("part_code", flat=True)) == ["S2.1"]

    def test_what_is_no_part_is_left_out(self, world):
        world.write()
        assert client_of(world.approver).post(url(world), {"da_xem": "S99"}).status_code == 302
        assert not SeenPart.objects.exists()

    def test_the_author_has_none(self, world):
        world.write()
        page = client_of(world.author).get(url(world)).content.decode()
        assert "Đã xem phần này" not in page
        assert "phần đã xem" not in page


class TestGivingBack:
    def return_url(self, world) -> str:
        return reverse("staff:return", args=[world.report().pk])

    def test_the_chosen_parts_come_with_what_was_said_of_them(self, world):
        world.write(text=OLD, K4=40)
        world.do(Action.SUBMIT, world.author)
        pin = comments.pin_at(world.edition(), "SL", "K4")
        comments.add(world.edition(), pin, "Soát lại", actor=world.approver)
        approver = client_of(world.approver)
        answer = approver.post(url(world), {"viec": "tra-lai", "tra_lai": ["S2.1", "SL"]})
        assert answer.url == f"{self.return_url(world)}?tra_lai=S2.1&tra_lai=SL"
        form = approver.get(answer.url).context["form"]
        assert (form.initial["parts"], form.initial["word_SL"]) == (["S2.1", "SL"], "K4: Soát lại")

    def test_without_a_choice_the_parts_that_were_spoken_of(self, world):
        world.write(text=OLD)
        world.do(Action.SUBMIT, world.author)
        comments.add(world.edition(), comments.Pin("S2.1"), "Rõ hơn", actor=world.approver)
        form = client_of(world.approver).get(self.return_url(world)).context["form"]
        assert (form.initial["parts"], form.initial["word_S2.1"]) == (["S2.1"], "Rõ hơn")

    def test_a_part_that_was_unticked_stays_as_it_is(self, world):
        """The words that the form suggested tick nothing by themselves; what the leader writes himself does."""
        world.write(text=OLD, K4=40)
        world.do(Action.SUBMIT, world.author)
        for part, words in (("S2.1", "Rõ hơn"), ("S2.2", "Ghi rõ\nthôn"), ("SL", "Soát lại")):
            comments.add(world.edition(), comments.Pin(part), words, actor=world.approver)
        page = client_of(world.approver).get(self.return_url(world))
        suggested = {field.html_name: field.value() for field in page.context["form"] if field.value()}
        words = {name: value for name, value in suggested.items() if name.startswith("word_")}
        assert words == {"word_S2.1": "Rõ hơn", "word_S2.2": "Ghi rõ thôn", "word_SL": "Soát lại"}
        hidden = {f"initial-{name}": value for name, value in words.items()}
        for name, value in hidden.items():
            assert f'<input type="hidden" name="{name}" value="{value}"' in page.content.decode()
        typed = words | hidden | {"word_SL": "Soát lại cột K", "note": ""}
        wrong = self.give_back(world, world.approver, **typed)
        assert 'name="initial-word_S2.2" value="Ghi rõ thôn"' in wrong.content.decode()
        assert self.give_back(world, world.approver, **typed | {"note": "Bổ sung"}).status_code == 302
        assert EditionEvent.objects.get(action=Action.RETURN).parts == {
            "S2.1": "Rõ hơn",
            "SL": "Soát lại cột K",
        }

    def give_back(self, world, actor, **more):
        client = client_of(actor)
        hidden = client.get(self.return_url(world)).context["form"].initial
        data = {name: hidden[name] for name in ("key", "revision", "edition", "action")}
        data |= {"note": "Bổ sung", "parts": "S2.1", "due_date": "01/12/2027", "due_time": "17:00"}
        return client.post(self.return_url(world), data | more)

    def test_a_leader_may_set_a_day_within_the_unit(self, world):
        world.write(text=OLD)
        world.do(Action.SUBMIT, world.author)
        due = world.report().due_at
        page = self.give_back(world, world.approver, due_date="01/12/2020")
        assert page.context["form"].errors == {"due_date": ["Hạn nộp lại phải sau thời điểm này."]}
        assert self.give_back(world, world.approver).status_code == 302
        assert world.report().due_at == due
        page = client_of(world.author).get(reverse("staff:part", args=[world.report().pk, "S2.1"]))
        (asked,) = page.context["open_comments"]
        assert asked.target == "Trả lại để bổ sung, hạn nộp lại 17 giờ ngày 01/12/2027"
        world.do(Action.SUBMIT, world.author)
        assert self.give_back(world, world.approver, due_date="").status_code == 302

    def test_a_leaders_file_goes_along_and_stays_in_the_unit(self, world):
        world.write(text=OLD)
        world.do(Action.SUBMIT, world.author)
        answer = self.give_back(world, world.approver, file=brought(office(), "Bản sửa.docx"))
        assert answer.status_code == 302
        file = ReportAttachment.objects.get()
        part = client_of(world.author).get(reverse("staff:part", args=[world.report().pk, "S2.1"]))
        assert file.get_absolute_url() in part.content.decode()
        remove = reverse("staff:attachment_remove", args=[world.report().pk, file.pk])
        client_of(world.author).post(remove)
        assert ReportAttachment.objects.exists()
        rewrite(world, NEW)
        for action, actor in ((Action.SUBMIT, world.author), (Action.APPROVE, world.approver)):
            world.do(action, actor)
        world.issue()
        assert client_of(world.reviewer).get(file.get_absolute_url()).status_code == 404
        above = client_of(world.reviewer).get(world.report().get_absolute_url()).content.decode()
        assert "Bản sửa.docx" not in above

    def test_the_file_of_the_body_above_comes_to_the_author(self, world):
        world.issued()
        assert self.give_back(world, world.reviewer, file=brought(office(), "Góp ý.docx")).status_code == 302
        author = client_of(world.author)
        page = author.get(reverse("staff:part", args=[world.report().pk, "S2.1"]))
        file = ReportAttachment.objects.get()
        assert file.get_absolute_url() in page.content.decode()
        let_go(author.get(file.get_absolute_url()))
        rewrite(world, NEW)
        world.do(Action.SUBMIT, world.author)
        for reader in (world.approver, world.reviewer):
            shown = file.get_absolute_url() in client_of(reader).get(url(world)).content.decode()
            assert shown == (reader == world.approver)
        world.do(Action.APPROVE, world.approver)
        world.issue(number=2)
        assert file.get_absolute_url() in client_of(world.reviewer).get(url(world)).content.decode()

    def test_a_wrong_file_comes_back_with_everything_typed(self, world):
        world.write()
        world.do(Action.SUBMIT, world.author)
        page = self.give_back(world, world.approver, file=brought(b"MZ", "a.docx"))
        assert page.status_code == 200
        assert page.context["form"]["note"].value() == "Bổ sung"
        assert "file" in page.context["form"].errors


class TestQueries:
    """At most 12, whoever looks and however much was changed and said."""

    def count(self, client, address) -> int:
        let_go(client.get(address))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def test_of_the_approver(self, world):
        world.write(text=OLD, K4=40)
        world.do(Action.SUBMIT, world.author)
        approver = client_of(world.approver)
        assert self.count(approver, url(world)) <= 12
        world.do(Action.RETURN, world.approver, note="Sửa")
        rewrite(world, NEW, K4=50)
        world.do(Action.SUBMIT, world.author)
        for text in ("một", "hai", "ba"):
            comments.add(world.edition(), comments.Pin("S2.1"), text, actor=world.approver)
        assert self.count(approver, url(world)) <= 12

    def test_of_a_body_with_units_below_whose_words_have_figures_in_them(self, world):
        province, author, approver = world.province, world.province_author, world.province_approver
        world.write(province, actor=author, text="Có {K4} mô hình.", K4=40)
        world.do(Action.SUBMIT, author, province)
        client = client_of(approver)
        assert self.count(client, url(world, province)) <= 12
        world.do(Action.RETURN, approver, province, note="Sửa")
        world.enter(province, actor=author, K4=50)
        world.do(Action.SUBMIT, author, province)
        assert self.count(client, url(world, province)) <= 12
        assert self.count(client, f"{url(world, province)}?xem=toan-bo") <= 12

    def test_of_the_body_above(self, world):
        world.issued(K4=40)
        reviewer = client_of(world.reviewer)
        assert self.count(reviewer, url(world)) <= 12
        details = ReturnDetails({"S2.1": "Ghi rõ"}, clock.now() + timedelta(days=3))
        world.do(Action.SEND_BACK, world.reviewer, note="Bổ sung", details=details)
        rewrite(world, NEW)
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        world.issue(number=2)
        comments.add(
            world.edition(), comments.Pin("S2.1"), "ba", audience=Audience.SHARED, actor=world.author
        )
        assert self.count(reviewer, url(world)) <= 12


class TestHistory:
    def history(self, world, user, query=""):
        return client_of(user).get(reverse("staff:history", args=[world.report().pk]) + query)

    def test_milestones_and_who_changed_what_between_them(self, world):
        sent_again(world)
        answer = self.history(world, world.author)
        page = words_of(answer.content.decode())
        assert page.count("Trình duyệt (bản 1)") == 2
        assert page.index("Trả lại để bổ sung (bản 1)") < page.rindex("Trình duyệt (bản 1)")
        written = [place for step in answer.context["steps"] for place in step.changed if place.code == "SL"]
        assert [[name.split(".")[0] for name in place.figures] for place in written] == [["K4"], ["A1", "K4"]]
        assert {place.who for place in written} == {str(world.author)}

    def test_of_the_table_of_figures_it_says_who_wrote_which(self, world):
        other = make_user("khac", "Trần Thị B", world.communes[0], Role.AUTHOR)
        world.write(K4=40, A1=1)
        world.enter(actor=other, K4=41, A2=2)
        [place] = [place for place in self.history(world, world.author).context["now"] if place.code == "SL"]
        assert place.who == "Soạn xa-1, Trần Thị B"
        writers = [name.split(" – ")[-1] for name in place.figures]
        assert writers == ["Soạn xa-1", "Trần Thị B", "Soạn xa-1, Trần Thị B"]

    def test_an_approval_by_who_wrote_alone_is_told_as_such(self, world):
        unit = world.communes[0]
        UnitRole.objects.create(user=world.author, unit=unit, role=Role.APPROVER)
        Unit.objects.filter(pk=unit.pk).update(allows_self_approval=True)
        world.write()
        world.do(Action.SUBMIT, world.author)
        author = client_of(world.author)
        assert author.get(url(world)).context["plain_acts"][0].label == "Duyệt"
        world.do(Action.APPROVE, type(world.author).objects.get(pk=world.author.pk))
        (step, *_earlier) = self.history(world, world.author).context["steps"]
        assert (step.what, step.note) == ("Duyệt", "Người soạn tự duyệt.")

    def test_who_wrote_alone_is_told_why_he_does_not_approve(self, world):
        UnitRole.objects.create(user=world.author, unit=world.communes[0], role=Role.APPROVER)
        world.write()
        world.do(Action.SUBMIT, world.author)
        page = client_of(world.author).get(url(world))
        assert "Duyệt" not in [act.label for act in page.context["plain_acts"]]
        assert "Người soạn không tự duyệt báo cáo mình soạn một mình." in page.content.decode()

    def test_what_is_being_written(self, world):
        world.write(text=OLD)
        page = self.history(world, world.author)
        assert [place.code for place in page.context["now"]] == ["S2.1"]

    def test_one_part_alone(self, world):
        sent_again(world)
        steps = self.history(world, world.author, "?phan=S1").context["steps"]
        assert [[place.code for place in step.changed] for step in steps if step.event_pk] == [[], ["S1"]]
        assert [step.parts for step in steps] == [(), (), (), ()]
        steps = self.history(world, world.author, "?phan=S2.1").context["steps"]
        assert [[code for code, _title, _words in step.parts] for step in steps] == [[], ["S2.1"], [], []]

    def test_those_above_see_the_open_steps_alone(self, world):
        sent_again(world)
        world.do(Action.APPROVE, world.approver)
        world.issue()
        page = self.history(world, world.reviewer)
        assert [step.what for step in page.context["steps"]] == ["Phát hành, gửi"]
        assert all(step.event_pk is None and not step.changed for step in page.context["steps"])

    def test_the_difference_of_one_submission(self, world):
        sent_again(world)
        first, second = world.edition().events.filter(action=Action.SUBMIT).order_by("pk")
        author = client_of(world.author)
        address = reverse("staff:history_changes", args=[world.report().pk, second.pk])
        page = author.get(address)
        assert "43" in part_of(page, "S2.1") and "+10 (+25%)" in part_of(page, "SL")
        assert [row.part.code for row in page.context["parts"]] == ["S2.1", "SL"]
        assert [row.part.code for row in author.get(f"{address}?phan=SL").context["parts"]] == ["SL"]
        assert author.get(f"{address}?phan=S99").status_code == 404
        whole = author.get(reverse("staff:history_changes", args=[world.report().pk, first.pk]))
        assert [row.part.code for row in whole.context["parts"]] == ["S1", "S2.1", "SL"]

    def test_a_step_without_content_has_no_difference(self, world):
        sent_again(world)
        step = world.edition().events.get(action=Action.RETURN)
        address = reverse("staff:history_changes", args=[world.report().pk, step.pk])
        assert client_of(world.author).get(address).status_code == 404
        assert client_of(world.reviewer).get(address).status_code == 403

    def test_moments_are_told_in_viet_nams_time(self, world):
        with clock.fixed(local(2026, 6, 20, 8, 5)):
            world.write(text=OLD)
            world.do(Action.SUBMIT, world.author)
        step = world.edition().events.get(action=Action.SUBMIT)
        page = client_of(world.author).get(
            reverse("staff:history_changes", args=[world.report().pk, step.pk])
        )
        assert "Trình duyệt lúc 08:05 ngày 20/06/2026" in page.content.decode()
