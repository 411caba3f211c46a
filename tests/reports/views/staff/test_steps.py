"""The steps of a report through its pages: effect, stranger, reader, method, stale page, repeated press."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv import clock
from models_dv.enums import Role
from models_dv.models import UnitVersion
from models_dv.vietnamese.dates import format_date
from reports.enums import Action, State
from reports.models import EditionEvent, Report
from tests.factories.world import local, make_user

pytestmark = pytest.mark.django_db

STALE = "Nội dung báo cáo vừa thay đổi sau khi trang này được mở. Tải lại trang, xem lại rồi làm tiếp."
STEPS = {
    "withdraw": (State.IN_REVIEW, "author", Action.WITHDRAW, State.DRAFTING),
    "approve": (State.IN_REVIEW, "approver", Action.APPROVE, State.APPROVED),
    "return": (State.IN_REVIEW, "approver", Action.RETURN, State.RETURNED),
    "issue": (State.APPROVED, "clerk", Action.ISSUE, State.ISSUED),
    "recall": (State.ISSUED, "approver", Action.RECALL, State.RECALLED),
    "accept": (State.ISSUED, "reviewer", Action.ACCEPT, State.ACCEPTED),
    "correct": (State.ACCEPTED, "approver", Action.CORRECT, State.ACCEPTED),
}
WITH_FORM = ("return", "issue", "recall", "correct")
#: Besides the step itself, issuing gathers what the paper says and freezes the totals printed in it.
MOST_QUERIES = {"issue": 20}


def bring_to(world, state):
    """The first commune's report in a state, by its own people."""
    if state == State.IN_REVIEW:
        world.write(A1=3)
        world.do(Action.SUBMIT, world.author)
    elif state == State.APPROVED:
        world.approved(A1=3)
    elif state == State.ISSUED:
        world.issued(A1=3)
    elif state == State.ACCEPTED:
        world.accepted(A1=3)


def url_of(world, step) -> str:
    return reverse(f"staff:{step}", args=[world.report().pk])


def values(world, step, **more) -> dict:
    """What the page of a step sends, as a person fills it."""
    edition = world.edition()
    sent = {"key": world.key(), "revision": edition.revision, "edition": edition.number}
    if step in ("return", "recall", "correct"):
        sent["note"] = "Số liệu nhóm K chưa khớp"
    if step == "issue":
        sent |= {
            "number": "05",
            "issued_on": format_date(clock.today()),
            "signer_name": "Nguyễn Văn Mẫu",
            "signer_rank": "head",
        }
    return sent | more


def words(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def first_edition(world):
    return world.report().editions.get(number=1)


@pytest.mark.parametrize("step", STEPS)
class TestEveryStep:
    """The same questions to every step."""

    def test_takes_the_step_and_goes_back_to_the_report(self, client, world, step):
        state, who, action, target = STEPS[step]
        bring_to(world, state)
        client.force_login(getattr(world, who))

        response = client.post(url_of(world, step), values(world, step))

        assert (response.status_code, response["Location"]) == (302, world.report().get_absolute_url())
        assert first_edition(world).state == target
        event = EditionEvent.objects.filter(action=action).get()
        assert event.actor == getattr(world, who)

    def test_asks_few_queries(self, client, world, step):
        state, who, _action, _target = STEPS[step]
        bring_to(world, state)
        client.force_login(getattr(world, who))
        sent, url = values(world, step), url_of(world, step)

        with CaptureQueriesContext(connection) as captured:
            assert client.post(url, sent).status_code == 302

        asked = [query for query in captured if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= MOST_QUERIES.get(step, 20)

    def test_a_stranger_finds_nothing(self, client, world, step):
        bring_to(world, STEPS[step][0])
        client.force_login(world.stranger)

        assert client.post(url_of(world, step), values(world, step)).status_code == 404
        assert first_edition(world).state == STEPS[step][0]

    def test_a_reader_may_not(self, client, world, step):
        bring_to(world, STEPS[step][0])
        client.force_login(world.reader)

        response = client.post(url_of(world, step), values(world, step))

        assert response.status_code == 403
        assert "không có quyền" in response.content.decode()
        assert first_edition(world).state == STEPS[step][0]

    def test_an_administrator_without_role_finds_nothing(self, client, world, step):
        bring_to(world, STEPS[step][0])
        client.force_login(world.admin)

        assert client.post(url_of(world, step), values(world, step)).status_code == 404

    def test_wrong_methods_are_refused(self, client, world, step):
        client.force_login(world.author)

        for method in ("put", "delete", "patch"):
            assert getattr(client, method)(url_of(world, step)).status_code == 405
        if step not in WITH_FORM:
            assert client.get(url_of(world, step)).status_code == 405

    def test_a_stale_page_changes_nothing_and_says_so(self, client, world, step):
        state, who, _action, _target = STEPS[step]
        bring_to(world, state)
        client.force_login(getattr(world, who))
        sent = values(world, step, revision=world.edition().revision - 1)

        response = client.post(url_of(world, step), sent)

        assert first_edition(world).state == state
        assert not EditionEvent.objects.filter(key=sent["key"]).exists()
        if step in WITH_FORM:
            assert STALE in response.content.decode()
        else:
            (said,) = words(response)
            assert said.endswith(STALE)
            assert " đã " in said

    def test_a_second_press_answers_with_the_first_receipt(self, client, world, step):
        state, who, action, _target = STEPS[step]
        bring_to(world, state)
        client.force_login(getattr(world, who))
        sent, url = values(world, step), url_of(world, step)

        first = client.post(url, sent)
        second = client.post(url, sent)

        assert (second.status_code, second["Location"]) == (302, first["Location"])
        assert words(second)[-1] == words(first)[0]
        assert EditionEvent.objects.filter(action=action).count() == 1

    def test_in_a_wrong_state_it_says_which(self, client, world, step):
        client.force_login(getattr(world, STEPS[step][1]))

        response = client.post(url_of(world, step), values(world, step))

        said = response.content.decode() if response.status_code == 200 else words(response)[0]
        assert "Báo cáo đang ở tình trạng “Chưa soạn”" in said
        assert first_edition(world).state == State.NOT_STARTED

    def test_a_form_without_its_hidden_fields_is_old(self, client, world, step):
        bring_to(world, STEPS[step][0])
        client.force_login(getattr(world, STEPS[step][1]))
        sent = values(world, step, key="", revision="x", edition="")

        response = client.post(url_of(world, step), sent)

        said = response.content.decode() if response.status_code == 200 else words(response)[0]
        assert "Trang này đã cũ. Tải lại trang rồi làm lại." in said
        assert first_edition(world).state == STEPS[step][0]


@pytest.mark.parametrize("step", WITH_FORM)
def test_the_form_is_for_who_takes_the_step(client, world, step):
    bring_to(world, STEPS[step][0])
    client.force_login(getattr(world, STEPS[step][1]))
    assert client.get(url_of(world, step)).status_code == 200
    client.force_login(world.reader)
    assert client.get(url_of(world, step)).status_code == 403
    client.force_login(world.stranger)
    assert client.get(url_of(world, step)).status_code == 404


def test_the_form_in_a_wrong_state_goes_back_with_a_sentence(client, world):
    client.force_login(world.clerk)

    response = client.get(url_of(world, "issue"))

    assert response["Location"] == world.report().get_absolute_url()
    assert words(response) == [
        "Báo cáo đang ở tình trạng “Chưa soạn” nên không làm được việc “Phát hành, gửi”."
    ]


class TestApprove:
    def test_not_by_who_wrote_alone(self, client, world):
        both = make_user("both", "Kiêm nhiệm", world.communes[0], Role.AUTHOR, Role.APPROVER)
        world.write(actor=both)
        world.do(Action.SUBMIT, both)
        client.force_login(both)

        response = client.post(url_of(world, "approve"), values(world, "approve"))

        assert response.status_code == 403
        assert "Người soạn không tự duyệt" in response.content.decode()
        assert world.edition().state == State.IN_REVIEW
        page = client.get(world.report().get_absolute_url()).content.decode()
        assert "Người soạn không tự duyệt" in page
        assert url_of(world, "approve") not in page


class TestReturn:
    def test_within_the_unit_opens_the_parts_chosen(self, client, world):
        bring_to(world, State.IN_REVIEW)
        client.force_login(world.approver)
        more = {"parts": ["S2.1"], "word_S4": "Thêm nhiệm vụ quý III"}

        client.post(url_of(world, "return"), values(world, "return", **more))

        edition = world.edition()
        assert (edition.state, edition.unlocked_parts) == (State.RETURNED, ["S2.1", "S4"])
        event = edition.events.get(action=Action.RETURN)
        assert event.parts == {"S2.1": "", "S4": "Thêm nhiệm vụ quý III"}

    def test_without_parts_opens_the_whole_report(self, client, world):
        bring_to(world, State.IN_REVIEW)
        client.force_login(world.approver)

        client.post(url_of(world, "return"), values(world, "return"))

        assert world.edition().unlocked_parts is None

    def test_from_above_opens_the_next_edition_with_a_new_due_date(self, client, world):
        bring_to(world, State.ISSUED)
        client.force_login(world.reviewer)
        day = clock.today() + timedelta(days=4)
        more = {"action": "send_back", "parts": ["SL"], "due_date": format_date(day), "due_time": "16h30"}

        response = client.post(url_of(world, "return"), values(world, "return", **more))

        edition = world.edition()
        assert (edition.number, edition.state, edition.unlocked_parts) == (2, State.RETURNED, ["SL"])
        assert world.report().due_at == local(day.year, day.month, day.day, 16, 30)
        assert words(response) == [
            f"Đã trả lại 1 phần cho Đảng uỷ xã Phú Lâm, hạn nộp lại 16 giờ 30 ngày {format_date(day)}."
        ]

    def test_from_above_pressed_twice_opens_one_edition(self, client, world):
        bring_to(world, State.ISSUED)
        client.force_login(world.reviewer)
        day = format_date(clock.today() + timedelta(days=4))
        more = {"action": "send_back", "parts": ["SL"], "due_date": day, "due_time": "17:00"}
        sent = values(world, "return", **more)

        client.post(url_of(world, "return"), sent)
        client.post(url_of(world, "return"), sent)

        assert world.report().editions.count() == 2

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            ({"note": " "}, "Chưa nhập lý do trả lại"),
            ({"parts": []}, "Chọn ít nhất một phần phải bổ sung."),
            ({"due_date": "31/02/2026"}, "Không có ngày 31/02/2026. Kiểm tra lại ngày và tháng"),
            ({"due_date": "mai"}, "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026"),
            ({"due_date": "05/02/2020"}, "Hạn nộp lại phải sau thời điểm này."),
            ({"due_time": "25:00"}, "Nhập giờ và phút, ví dụ 17:00"),
            ({"due_time": ""}, "Ghi hạn nộp lại."),
            ({"parts": ["S99"]}, "Phần đã chọn không có trong đề cương. Tải lại trang rồi chọn lại"),
        ],
    )
    def test_wrong_input_keeps_what_was_typed(self, client, world, wrong, error):
        bring_to(world, State.ISSUED)
        client.force_login(world.reviewer)
        good = {
            "note": "Bổ sung địa chỉ mô hình",
            "action": "send_back",
            "parts": ["S2.8"],
            "word_S2.8": "" if wrong.get("parts") == [] else "Ghi rõ thôn",
            "due_date": format_date(clock.today() + timedelta(days=4)),
            "due_time": "17:00",
        }

        response = client.post(url_of(world, "return"), values(world, "return", **good | wrong))

        page = response.content.decode()
        assert response.status_code == 200
        assert page.count(error) == 2  # in the summary and at its field
        form = response.context["form"]
        for name, typed in (good | wrong).items():
            if name != "parts":
                assert form[name].value() == typed
        assert first_edition(world).state == State.ISSUED


class TestIssue:
    def test_freezes_number_date_signer_and_file_and_gives_a_receipt(self, client, world):
        bring_to(world, State.APPROVED)
        client.force_login(world.clerk)
        more = {"number": "7", "signer_rank": "deputy", "signer_name": "  Trần Thị Mẫu "}

        response = client.post(url_of(world, "issue"), values(world, "issue", **more))

        edition = world.edition()
        assert edition.full_number == "07-BC/ĐU"
        assert (edition.signer_name, edition.signer_post) == ("Trần Thị Mẫu", "Phó Bí thư")
        assert edition.signer_is_deputy is True
        assert edition.issued_on == clock.today()
        assert len(edition.pdf_sha256) == 64
        event = edition.events.get(action=Action.ISSUE)
        at = event.at.astimezone(local(2026, 1, 1).tzinfo)
        assert words(response) == [
            f"Đã gửi lúc {at:%H:%M} ngày {at:%d/%m/%Y}. Mã gửi {event.receipt}",
        ]

    def test_a_signer_with_an_academic_title_is_refused(self, client, world):
        bring_to(world, State.APPROVED)
        client.force_login(world.clerk)
        named = values(world, "issue", signer_name="PGS.TS. Trần Thị Mẫu")

        response = client.post(url_of(world, "issue"), named)

        assert response.context["form"].errors["signer_name"] == [
            "Bỏ học hàm, học vị “PGS.TS.”, chỉ ghi họ và tên"
        ]
        assert world.edition().state == State.APPROVED

    def test_suggests_the_next_number_today_and_the_approver(self, client, world):
        world.issued(number=41, A1=3)
        world.do(Action.RECALL, world.approver, note="Nhầm số liệu")
        world.enter(A1=4)
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        client.force_login(world.clerk)

        response = client.get(url_of(world, "issue"))

        form = response.context["form"]
        assert form["number"].value() == 42
        assert form["issued_on"].value() == format_date(clock.today())
        assert form["signer_name"].value() == world.approver.full_name
        assert "và gửi Ban Tuyên giáo và Dân vận Tỉnh uỷ An Bình?" in response.content.decode()

    def test_a_number_already_used_is_said_at_its_field(self, client, world):
        world.issued(number=5, A1=3)
        world.do(Action.RECALL, world.approver, note="Nhầm số liệu")
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        client.force_login(world.clerk)

        response = client.post(url_of(world, "issue"), values(world, "issue", number="5"))

        error = "Số 05-BC đã dùng trong nhiệm kỳ 2025 - 2030. Xem lại sổ công văn và nhập số khác."
        assert response.context["form"].errors["number"] == [error]
        assert response.context["form"]["signer_name"].value() == "Nguyễn Văn Mẫu"
        assert world.edition().state == State.APPROVED

    @pytest.mark.parametrize(
        ("field", "typed", "error"),
        [
            ("number", "", "Chưa nhập số văn bản"),
            ("number", "0", "Số văn bản chỉ gồm chữ số, từ 1 trở lên, ví dụ 138"),
            ("number", "12a", "Số văn bản chỉ gồm chữ số, từ 1 trở lên, ví dụ 138"),
            ("number", "9999999", "Số văn bản chỉ gồm chữ số, từ 1 trở lên, ví dụ 138"),
            ("issued_on", "5/2/26", "Ghi năm đủ bốn chữ số, ví dụ 05/02/2026"),
            ("issued_on", "05/02/2099", "Ngày ban hành không được sau hôm nay."),
            ("issued_on", "05/02/2020", "Ngày ban hành không được trước kỳ số liệu của báo cáo."),
            ("signer_name", "", "Chưa nhập họ và tên người ký"),
            ("signer_rank", "", "Chọn chức vụ người ký"),
        ],
    )
    def test_wrong_input_is_said_at_its_field(self, client, world, field, typed, error):
        bring_to(world, State.APPROVED)
        client.force_login(world.clerk)

        response = client.post(url_of(world, "issue"), values(world, "issue", **{field: typed}))

        assert response.context["form"].errors == {field: [error]}
        assert response.context["form"][field].value() == typed
        assert world.edition().state == State.APPROVED

    def test_the_portal_gives_the_number_where_it_keeps_the_series(self, client, world):
        unit = world.communes[0]
        unit.portal_numbers = True
        unit.save()
        bring_to(world, State.APPROVED)
        client.force_login(world.clerk)

        page = client.get(url_of(world, "issue")).content.decode()
        client.post(url_of(world, "issue"), values(world, "issue", number="77"))

        assert "readonly" in page
        assert world.edition().document_number == 1

    def test_no_term_is_said_before_anything_is_typed(self, client, world):
        world.communes[0].terms.all().delete()
        bring_to(world, State.APPROVED)
        client.force_login(world.clerk)

        assert "Chưa khai báo nhiệm kỳ" in client.get(url_of(world, "issue")).content.decode()

    def test_a_root_body_names_nobody_above(self, client, world):
        world.approved(world.province, A1=3)
        client.force_login(world.province_clerk)

        page = client.get(reverse("staff:issue", args=[world.report(world.province).pk])).content.decode()

        assert "và gửi" not in page
        assert "Trưởng ban (cấp trưởng)" in page


class TestExtend:
    def url(self, world):
        return reverse("staff:extend", args=[world.report().pk])

    def send(self, **more):
        day = clock.today() + timedelta(days=20)
        return {"due_date": format_date(day), "due_time": "17:00", "reason": "Bão số 3"} | more

    def test_gives_a_later_due_date_with_a_reason(self, client, world):
        client.force_login(world.reviewer)

        response = client.post(self.url(world), self.send())

        day = clock.today() + timedelta(days=20)
        assert world.report().due_at == local(day.year, day.month, day.day)
        assert words(response) == [f"Đã gia hạn đến 17 giờ ngày {format_date(day)}."]
        page = client.get(world.report().get_absolute_url()).content.decode()
        assert "Bão số 3" in page

    def test_not_earlier_and_not_without_reason(self, client, world):
        client.force_login(world.reviewer)
        before = world.report().due_at

        response = client.post(
            self.url(world), self.send(due_date=format_date(clock.today()), due_time="00:00")
        )
        assert response.context["form"].errors == {"due_date": ["Hạn mới phải sau hạn cũ. Chọn ngày khác."]}
        response = client.post(self.url(world), self.send(reason=""))
        assert response.context["form"].errors == {"reason": ["Ghi lý do gia hạn."]}
        assert world.report().due_at == before

    def test_only_by_the_reviewer_of_the_body_above(self, client, world):
        for name, status in (("author", 403), ("approver", 403), ("reader", 403), ("stranger", 404)):
            client.force_login(getattr(world, name))
            assert client.post(self.url(world), self.send()).status_code == status
        client.force_login(world.reviewer)
        assert client.put(self.url(world)).status_code == 405

    def test_not_once_the_report_was_sent(self, client, world):
        world.issued()
        client.force_login(world.reviewer)

        response = client.post(self.url(world), self.send())

        assert words(response) == ["Báo cáo đã gửi hoặc đợt đã khoá sổ nên không gia hạn."]
        assert "Gia hạn</a>" not in client.get(world.report().get_absolute_url()).content.decode()


def test_the_names_are_those_of_the_day_of_the_report(client, world):
    world.issued()
    unit = world.communes[0]
    version = UnitVersion.objects.get(unit=unit)
    version.pk, version.valid_from, version.name = None, clock.today(), "Đảng uỷ phường Phú Lâm"
    version.save()
    client.force_login(world.reviewer)

    page = client.get(reverse("staff:return", args=[Report.objects.get(unit=unit).pk])).content.decode()

    assert "Đảng uỷ xã Phú Lâm" in page
    assert "Đảng uỷ phường Phú Lâm" not in page
