"""The address to which the editor's script saves: each answer that the script has to understand."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from models_dv.enums import Role
from reports.domain import filling
from reports.enums import Action
from reports.forms.sections import LONGEST_TEXT, fingerprint
from reports.models import Figure, PartAssignment, SaveReceipt, SectionText
from tests.factories.world import local, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(world):
    return make_user("colleague", "Lê Thị Hai", world.communes[0], Role.AUTHOR)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(world) -> str:
    return reverse("staff:autosave", args=[world.report().pk])


def text(words, base=0, done=False, code="S2.1"):
    return {"texts": {code: {"text": words, "done": done, "base": base}}}


def figure(value="", state="", note="", base=0):
    return {"value": value, "state": state, "note": note, "base": base}


def figures(**rows):
    return {"figures": rows}


def send(world, content, *, user=None, key=None, client=None, url=None, **more):
    user = user or world.author
    body = {"key": key or f"key-{world.key()}-0000", "user": user.pk, **content}
    client = client or client_of(user)
    return client.post(url or address(world), json.dumps(body), content_type="application/json", **more)


def test_a_part_is_saved(world):
    answer = send(world, text("Hội nghị ở Ða\u0323i Từ", done=True))
    assert answer.status_code == 200
    data = answer.json()
    said, _comma, more = data.pop("saved").partition(", ")
    assert said.startswith("Đã lưu lúc ") and more == "đã chuẩn hoá 2 ký tự"
    assert data == {
        "texts": {"S2.1": {"base": 1, "hash": fingerprint("Hội nghị ở Đại Từ", True)}},
        "figures": {},
        "errors": {},
        "conflicts": {},
    }
    assert SectionText.objects.get().text == "Hội nghị ở Đại Từ"


def test_cells_are_saved_as_they_are_written_here(world):
    answer = send(world, figures(A1=figure("1743"), A2=figure("không phát sinh"), A6=figure("gan 250")))
    assert answer.status_code == 200
    saved = answer.json()["figures"]
    assert {code: (row["base"], row["value"], row["state"]) for code, row in saved.items()} == {
        "A1": (1, "1.743", ""),
        "A2": (1, "", "none"),
        "A6": (1, "gần 250", ""),
    }
    assert answer.json()["table"]["filled"].startswith("3/")


def test_what_cannot_be_read_is_said_and_the_rest_is_saved(world):
    answer = send(
        world, figures(A1=figure("1.5"), A2=figure("4"), A3=figure(state="no_data"), X9=figure("1"))
    )
    assert answer.status_code == 200
    assert answer.json()["errors"] == {
        "A1": {
            "field": "ct_",
            "message": "“1.5” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ (1,5)",
        },
        "A3": {"field": "gc_", "message": "Ghi lý do chưa có số liệu"},
        "X9": {
            "field": "ct_",
            "message": "Chỉ tiêu này không có trong bảng của đơn vị. Tải lại trang",
        },
    }
    assert list(answer.json()["figures"]) == ["A2"]
    assert Figure.objects.get().indicator.code == "A2"


def test_too_long_a_text_is_said(world):
    answer = send(world, text("a" * (LONGEST_TEXT + 1)))
    assert answer.status_code == 200
    assert answer.json()["errors"]["S2.1"]["field"] == "noi_dung"
    assert not SectionText.objects.exists()


def test_rules_and_computed_cells_come_with_the_answer(world):
    answer = send(world, figures(C4=figure("52"), C5=figure("57")))
    table = answer.json()["table"]
    [[level, sentence]] = table["findings"]["C5"]
    assert (level, "57" in sentence, "52" in sentence) == ("hard", True, True)


def test_a_ratio_is_computed(world):
    answer = send(world, figures(A5d=figure("8"), A5n=figure("6")))
    assert answer.json()["table"]["rows"]["A5"] == {"change": "", "own": "75,0"}


def test_ten_times_the_same_period(world):
    before = make_round(world.province, year=2025, due=local(2025, 6, 20), opened_by=world.admin)
    now, world.round = world.round, before
    world.accepted(A1=6)
    world.round = now
    answer = send(world, figures(A1=figure("60")))
    assert answer.json()["table"]["findings"]["A1"] == [
        ["soft", "Gấp 10 lần cùng kỳ (6). Kiểm tra xem có thừa chữ số không"]
    ]
    assert answer.json()["table"]["rows"]["A1"] == {"change": "+54"}


def test_the_same_key_answers_the_same_and_writes_nothing(world):
    content = figures(A1=figure("3"))
    first = send(world, content, key="one-save-one-key").json()
    again = send(world, content, key="one-save-one-key")
    assert (again.status_code, again.json()) == (200, first)
    assert (Figure.objects.get().revision, SaveReceipt.objects.count()) == (1, 1)


def test_both_versions_of_a_part(world, colleague):
    send(world, text("một"))
    send(world, text("hai", base=1, done=True), user=colleague)
    answer = send(world, text("ba", base=1))
    assert answer.status_code == 409
    [theirs] = answer.json()["conflicts"].values()
    at = theirs.pop("at")
    assert theirs == {
        "whose": "của Lê Thị Hai",
        "base": 2,
        "text": "hai",
        "done": True,
        "lines": [[["out", "hai"], ["in", "ba"]]],
        "hash": fingerprint("hai", True),
        "changed": f"Lê Thị Hai vừa sửa phần này lúc {at}",
        "message": f"Lê Thị Hai vừa sửa phần này lúc {at}. So sánh hai bản trước khi lưu.",
    }
    assert SectionText.objects.get().text == "hai"


def test_the_other_version_is_the_persons_own_from_another_tab(world):
    send(world, text("một"))
    send(world, text("hai", base=1))
    [theirs] = send(world, text("ba", base=1)).json()["conflicts"].values()
    at = theirs["at"]
    changed = f"Phần này vừa được sửa ở thẻ hoặc máy khác của đồng chí lúc {at}"
    assert (theirs["whose"], theirs["changed"]) == ("ở thẻ kia", changed)
    assert theirs["message"] == f"{changed}. So sánh hai bản trước khi lưu."
    send(world, figures(A1=figure("3")))
    send(world, figures(A1=figure("4", base=1)))
    theirs = send(world, figures(A1=figure("5", base=1))).json()["conflicts"]["A1"]
    assert theirs["changed"] == f"Ô này vừa được sửa ở thẻ hoặc máy khác của đồng chí lúc {theirs['at']}"


def test_both_versions_of_a_cell_and_the_other_cell_is_saved(world, colleague):
    send(world, figures(A1=figure("3"), A2=figure("4")))
    send(world, figures(A1=figure("9", note="hỏi lại", base=1)), user=colleague)
    answer = send(world, figures(A1=figure("5", base=1), A2=figure("6", base=1)))
    assert answer.status_code == 409
    theirs = answer.json()["conflicts"]["A1"]
    assert (theirs["whose"], theirs["base"], theirs["value"], theirs["note"], theirs["shown"]) == (
        "của Lê Thị Hai",
        2,
        "9",
        "hỏi lại",
        "9",
    )
    assert list(answer.json()["figures"]) == ["A2"]


def test_nobody_is_led_away_when_the_session_is_over(world):
    answer = send(world, text("chữ"), client=Client())
    assert (answer.status_code, answer.json()["why"]) == (401, "session")
    assert answer.json()["message"] == "Phiên làm việc đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình."
    assert (Client().get(address(world)).status_code, SectionText.objects.count()) == (401, 0)


def test_an_old_token_is_said_and_the_present_one_is_given(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.author)
    refused = send(world, text("chữ"), client=client, headers={"X-CSRFToken": "a" * 64})
    assert (refused.status_code, refused.json()["why"]) == (403, "token")
    given = client.get(address(world)).json()
    assert given["user"] == world.author.pk
    assert send(world, text("chữ"), client=client, headers={"X-CSRFToken": given["token"]}).status_code == 200


def test_an_old_token_without_a_session_is_a_session_that_is_over(world):
    client = Client(enforce_csrf_checks=True)
    refused = send(world, text("chữ"), client=client)
    assert (refused.status_code, refused.json()["why"]) == (401, "session")


def test_a_page_of_one_person_does_not_save_as_another(world, colleague):
    answer = send(world, text("chữ"), client=client_of(colleague))
    assert (answer.status_code, answer.json()["why"]) == (403, "other_user")
    assert not SectionText.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("reader", 403), ("approver", 403), ("reviewer", 403), ("stranger", 404), ("admin", 404)],
)
def test_who_may_not_write(world, who, status):
    user = getattr(world, who)
    assert send(world, text("chữ"), user=user).status_code == status
    assert send(world, figures(A1=figure("1")), user=user).status_code == status
    assert (SectionText.objects.count(), Figure.objects.count()) == (0, 0)


def test_a_report_that_was_sent_for_approval_is_refused_with_its_state(world):
    world.write()
    world.do(Action.SUBMIT, world.author)
    answer = send(world, text("sửa lén", base=1))
    assert (answer.status_code, answer.json()["why"]) == (409, "refused")
    said = answer.json()["message"]
    assert said.startswith("Soạn xa-1 đã trình duyệt lúc ")
    assert said.endswith(f" Báo cáo đang ở tình trạng “Chờ duyệt” nên không sửa được. {filling.STILL_HERE}")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"key": "12345678", "user": true, "texts": {}}',
        b'{"key": "short", "user": 1}',
        b'{"key": "12345678", "user": 1, "texts": {"S2.1": {"text": 1, "done": false, "base": 0}}}',
        b'{"key": "12345678", "user": 1, "figures": {"A1": {"value": "1", "state": "", "note": "", "base": -1}}}',
        b'{"key": "12345678", "user": 1, "figures": {"A1": {"value": "1"}}}',
    ],
)
def test_a_body_that_the_editor_never_sends(world, body):
    answer = client_of(world.author).post(address(world), body, content_type="application/json")
    assert (answer.status_code, answer.json()["why"]) == (400, "refused")


@pytest.mark.parametrize("code", ["S2", "KHONG-CO", "SL", "S3.4"])
def test_a_part_that_is_not_in_the_report(world, code):
    answer = send(world, text("chữ", code=code))
    assert answer.json()["errors"][code]["message"] == "Phần này không có trong báo cáo. Tải lại trang"
    assert not SectionText.objects.exists()


def test_an_automatic_save_of_three_cells(world, django_assert_num_queries):
    """Session and user; report; edition, figures, three cells, receipt, the table; two marks of the savepoint."""
    client, url = client_of(world.author), address(world)
    cells = {code: figure("3") for code in ("A1", "A2", "A6")}
    send(world, figures(**cells), client=client)
    cells = {code: figure("4", base=1) for code in cells}
    with django_assert_num_queries(2 + 1 + 5 + 2):
        answer = send(world, figures(**cells), client=client, key="three-cells", url=url)
    assert answer.status_code == 200


def test_an_automatic_save_of_a_part(world, django_assert_num_queries):
    client, url = client_of(world.author), address(world)
    send(world, text("một"), client=client)
    with django_assert_num_queries(2 + 1 + 4 + 2):
        answer = send(world, text("hai", base=1), client=client, key="one-part", url=url)
    assert answer.status_code == 200


def test_a_contributor_saves_what_he_was_given_and_reads_no_other_figure(world):
    unit = world.communes[1]
    PartAssignment.objects.create(
        report=world.report(), unit=unit, parts=["S2.3"], groups=["A"], made_by=world.author
    )
    contributor = world.author_of(unit)
    world.enter(C4=52, C5=57)
    answer = send(world, figures(A1=figure("3")), user=contributor)
    assert (answer.status_code, list(answer.json()["figures"])) == (200, ["A1"])
    assert set(answer.json()["table"]["rows"]) == {"A1", "A5"}
    assert answer.json()["table"]["findings"] == {}
    assert send(world, text("chữ", code="S2.3"), user=contributor).status_code == 200
    assert send(world, text("chữ", code="S2.1"), user=contributor).status_code == 404
    assert send(world, figures(C4=figure("1", base=1)), user=contributor).status_code == 403


def test_who_may_no_longer_open_the_part_is_told_in_json(world):
    unit = world.communes[1]
    given = PartAssignment.objects.create(
        report=world.report(), unit=unit, parts=["S2.3"], groups=[], made_by=world.author
    )
    contributor = world.author_of(unit)
    world.enter(C4=52)
    assert send(world, text("chữ", code="S2.3"), user=contributor).status_code == 200
    PartAssignment.objects.filter(pk=given.pk).update(ended_at=given.made_at)
    for answer in (
        send(world, text("chữ khác", base=1, code="S2.3"), user=contributor),
        client_of(contributor).get(address(world), {"phan": "S2.3"}),
        client_of(contributor).post(address(world), "{", content_type="application/json"),
    ):
        assert (answer.status_code, answer.json()["why"]) == (404, "refused")


def test_a_save_larger_than_the_server_takes_is_refused_in_words(world, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    answer = send(world, text("x" * 2_000))
    assert (answer.status_code, answer.json()["why"]) == (413, "refused")
    assert not SectionText.objects.exists()


@pytest.mark.parametrize("code", ["S" * 10_000, "\x00", "\ud800", "__proto__"])
def test_a_code_that_there_is_not_stands_among_the_errors(world, code):
    answer = send(world, text("chữ", code=code))
    assert (answer.status_code, list(answer.json()["errors"])) == (200, [code])
