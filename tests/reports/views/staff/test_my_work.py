"""“Việc của tôi”: what waits for whom, why, how urgent, and where its button leads."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from models_dv import clock
from models_dv.enums import Role
from models_dv.models import UnitRole, User
from reports.domain import filling, publishing
from reports.domain.publication_content import FigureChoice
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, PublicationAction
from reports.models import PartAssignment, Report
from reports.views.staff import work
from tests.factories.nouns import make_task
from tests.factories.publications import merge
from tests.factories.together import give, make_body
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db
URL = "/lam-viec/"


def groups_of(response) -> dict[str, list]:
    return {group.title: group.items for group in response.context["groups"]}


def see(client, user) -> dict[str, list]:
    client.force_login(user)
    return groups_of(client.get(URL))


def set_due(world, unit, **delta):
    Report.objects.filter(pk=world.report(unit).pk).update(due_at=clock.now() + timedelta(**delta))


def part_url(world, code, unit=None) -> str:
    return reverse("staff:part", args=[world.report(unit).pk, code])


def edit(world, code, text):
    """Save a part again, as its author."""
    edition, section = world.edition(), world.section(code)
    stored = edition.texts.filter(section=section).first()
    base = stored.revision if stored else 0
    filling.save_section(edition, section, text=text, done=True, base_revision=base, actor=world.author)


def test_a_report_not_begun_leads_to_its_first_part(client, world):
    groups = see(client, world.author)

    assert list(groups) == [work.DRAFTING]
    (item,) = groups[work.DRAFTING]
    assert (item.title, item.unit) == ("Báo cáo 6 tháng đầu năm 2026", "Đảng uỷ xã Phú Lâm")
    assert (item.button, item.url) == ("Bắt đầu soạn", part_url(world, "S0"))
    assert [badge.text for badge in item.badges] == ["Chưa soạn", "Còn 10 ngày"]
    assert (item.filling.done, item.filling.total) == (0, 18)


def test_a_draft_leads_to_the_first_part_that_is_not_done(client, world):
    world.write(code="S0")
    set_due(world, None, days=3)

    (item,) = see(client, world.author)[work.SOON]

    assert (item.button, item.url) == ("Soạn tiếp", part_url(world, "S1"))
    assert (item.filling.done, item.badges[1].kind) == (1, "warn")


def test_a_late_draft_says_by_how_many_days(client, world):
    set_due(world, None, days=-2)

    (item,) = see(client, world.author)[work.OVERDUE]

    assert (item.badges[1].text, item.badges[1].kind) == ("Quá hạn 2 ngày", "error")


def test_what_is_overdue_stands_above_what_is_still_due(client, world):
    """Reports, tasks and parts that were given: the day counts, not the kind."""
    body, today = make_body(world), clock.today()
    UnitRole.objects.create(user=world.author, unit=body.unit, role=Role.AUTHOR)
    other = world.communes[1]
    both = world.report(other), world.author_of(other)
    given = give(world, body.unit, due_on=today, report=both[0], actor=both[1])
    PartAssignment.objects.update(due_on=today - timedelta(days=5))
    make_task(world, title="Trễ lâu", given_on=date(2026, 1, 1), due_on=today - timedelta(days=90))
    make_task(world, title="Gần", given_on=date(2026, 1, 1), due_on=today + timedelta(days=2))
    set_due(world, None, days=3)

    found = see(client, world.author)

    assert list(found) == [work.OVERDUE, work.SOON]
    assert [item.title for item in found[work.OVERDUE]] == ["Trễ lâu", given.report.title]
    assert [item.title for item in found[work.SOON]] == ["Gần", world.report().title]


def test_tasks_that_the_unit_leads_or_joins_stand_by_their_days(client, world):
    """Those later under “Chưa đến hạn”, without a due date last; what was done or belongs to others is not there."""
    first, second, third = world.communes
    for title, values in {
        "Không hạn": {"due_in": None},
        "Sau": {"due_in": 40},
        "Phối hợp": {"lead": second, "joining_units": (first,), "due_in": 20},
        "Của xã khác": {"lead": second, "joining_units": (third,), "due_in": 20},
        "Sắp": {"due_in": 5},
    }.items():
        make_task(world, title=title, **values)
    report = world.report().title

    found = see(client, world.author)

    assert [item.title for item in found[work.SOON]] == ["Sắp"]
    assert [item.title for item in found[work.DRAFTING]] == [report, "Phối hợp", "Sau", "Không hạn"]
    assert work.unit_and_count(world.author)[1] == 5


def test_what_a_unit_led_that_went_on_whole_waits_for_the_people_of_the_new_one(client, world):
    make_task(world, title="Của xã cũ", given_on=date(2026, 1, 1), due_on=clock.today() + timedelta(days=2))
    heir = world.author_of(world.communes[1])
    assert "Của xã cũ" not in [item.title for items in see(client, heir).values() for item in items]
    merge(world.communes[0], into=world.communes[1], on=clock.today())
    client.force_login(heir)
    response = client.get(URL)
    items = [item for items in groups_of(response).values() for item in items]
    assert "Của xã cũ" in [item.title for item in items]
    assert work.unit_and_count(User.objects.get(pk=heir.pk))[1] == len(items)


def test_who_gave_tasks_sees_those_that_are_late_as_one_line(client, world):
    day = clock.today() - timedelta(days=4)
    for unit in world.communes:
        make_task(world, unit, title=f"Trễ {unit.code}", given_on=date(2026, 1, 1), due_on=day)
    make_task(world, world.province, title="Tự giao", given_on=date(2026, 1, 1), due_on=day)

    late = see(client, world.province_author)[work.OVERDUE]

    assert [(item.title, item.badges[0].text) for item in late] == [
        ("Tự giao", "Quá hạn 4 ngày"),
        ("Nhiệm vụ đã giao cho đơn vị khác", "3 nhiệm vụ quá hạn"),
    ]
    listed = client.get(late[1].url).content.decode()
    assert all(f"Trễ {unit.code}" in listed for unit in world.communes)
    items = sum(len(group) for group in see(client, world.province_author).values())
    assert work.unit_and_count(world.province_author)[1] == items


def test_what_waits_for_a_leader_too_long_stands_above_what_he_still_has_time_for(client, world):
    world.write()
    world.do(Action.SUBMIT, world.author)
    make_task(world, title="Gần", given_on=date(2026, 1, 1), due_on=clock.today() + timedelta(days=2))
    assert list(see(client, world.approver)) == [work.SOON, work.TO_APPROVE]

    set_due(world, None, days=-3)

    assert list(see(client, world.approver)) == [work.OVERDUE, work.SOON]


def test_a_returned_report_shows_the_reason_and_leads_to_the_returned_part(client, world):
    world.write(code="S2.8")
    world.do(Action.SUBMIT, world.author)
    details = ReturnDetails(parts={"S2.8": "Nêu địa chỉ", "S4": ""})
    world.do(Action.RETURN, world.approver, note="Thiếu mô hình", details=details)

    (item,) = see(client, world.author)[work.RETURNED]

    assert item.reason == "Thiếu mô hình"
    assert item.filling.done == 0
    assert (item.button, item.url) == ("Mở phần được trả lại", part_url(world, "S2.8"))

    edit(world, "S2.8", "Mô hình ở thôn Đông.")
    (item,) = see(client, world.author)[work.RETURNED]
    assert (item.url, item.filling.done) == (part_url(world, "S4"), 1)
    edit(world, "S4", "Phương hướng.")
    (item,) = see(client, world.author)[work.RETURNED]
    assert item.button == "Kiểm tra và trình duyệt"
    assert item.url == reverse("staff:check", args=[world.report().pk])


def test_a_report_in_review_waits_for_the_approver_alone(client, world):
    world.write()
    world.do(Action.SUBMIT, world.author)

    (item,) = see(client, world.approver)[work.TO_APPROVE]

    assert item.url == reverse("staff:review", args=[world.report().pk])
    for user in (world.author, world.clerk, world.reader, world.reviewer, world.stranger):
        assert work.TO_APPROVE not in see(client, user)


def test_who_wrote_alone_is_not_asked_to_approve(client, world):
    unit = world.communes[0]
    both = make_user("both", "Kiêm nhiệm", unit, Role.AUTHOR, Role.APPROVER)
    world.write(actor=both)
    world.do(Action.SUBMIT, both)

    assert see(client, both) == {}

    unit.allows_self_approval = True
    unit.save()
    assert list(see(client, both)) == [work.TO_APPROVE]


def test_an_approved_report_waits_for_the_clerk(client, world):
    world.approved()

    (item,) = see(client, world.clerk)[work.TO_ISSUE]

    assert (item.button, item.url) == ("Phát hành, gửi", reverse("staff:issue", args=[world.report().pk]))


def test_an_issued_report_waits_for_the_reviewer_of_the_body_above(client, world):
    world.issued()

    (item,) = see(client, world.reviewer)[work.TO_ACCEPT]

    assert item.url == reverse("staff:review", args=[world.report().pk])
    assert see(client, world.province_approver) == {}


def test_a_publication_waits_for_the_publisher_who_did_not_write_it(client, world):
    world.approved(world.province, A1=3)
    world.issue(world.province)
    report = world.report(world.province)
    version = publishing.start(report, actor=world.publisher)
    publishing.save_version(
        version,
        title=version.title,
        lead="Sapo.",
        sections=[],
        figures=[FigureChoice("A1", is_key=True)],
        base_revision=version.revision,
        actor=world.publisher,
    )
    version.refresh_from_db()
    publishing.step(version, PublicationAction.ASK, actor=world.publisher, key="ask")

    (item,) = see(client, world.second_publisher)[work.TO_PUBLISH]

    assert item.url == reverse("staff:publication_preview", args=[version.pk])
    assert work.TO_PUBLISH not in see(client, world.publisher)


@pytest.mark.parametrize("name", ["author", "approver", "reviewer"])
def test_the_number_in_the_bar_is_the_length_of_the_list(client, world, name):
    world.write()
    world.do(Action.SUBMIT, world.author)
    world.issued(world.communes[1])
    user = getattr(world, name)

    assert work.unit_and_count(user)[1] == sum(len(items) for items in see(client, user).values())


def test_the_bar_asks_once_and_names_the_unit(world, django_assert_num_queries):
    assert work.unit_and_count(world.author)[0] == "Xã Phú Lâm"  # reads the roles, too
    with django_assert_num_queries(1):
        assert work.unit_and_count(world.author) == ("Xã Phú Lâm", 1)


def test_as_many_queries_for_three_rows_as_for_one(client, world, django_assert_num_queries):
    client.force_login(world.reviewer)
    world.issued(world.communes[0])
    with django_assert_num_queries(9):
        assert len(groups_of(client.get(URL))[work.TO_ACCEPT]) == 1
    world.issued(world.communes[1])
    world.issued(world.communes[2])
    with django_assert_num_queries(9):
        assert len(groups_of(client.get(URL))[work.TO_ACCEPT]) == 3


def test_an_administrator_without_roles_is_shown_the_way_to_the_admin(client, world):
    client.force_login(world.admin)

    page = client.get(URL).content.decode()

    assert "Không có việc cần làm" in page
    assert f'href="{reverse("admin:index")}">Quản trị</a>' in page


def test_a_reader_has_nothing_to_do(client, world):
    client.force_login(world.reader)

    page = client.get(URL).content.decode()

    assert "Không có việc cần làm" in page
    assert "chưa được giao vai trò" not in page


def test_only_get_and_only_signed_in(client, world):
    assert client.get(URL)["Location"] == f"{reverse('account_login')}?next={URL}"
    client.force_login(world.author)
    assert client.post(URL).status_code == 405
