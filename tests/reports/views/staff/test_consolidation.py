"""“Tổng hợp”: own, below and total with who is missing, and what one total is made of."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.domain.indicator_history import History
from reports.enums import Action
from tests.factories.world import local, make_round

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/tong-hop/"
NO_TREND = History("", "", "", ())


def table_url(world, unit=None) -> str:
    return reverse("staff:consolidation", args=[world.report(unit or world.province).pk])


def part_url(world, code) -> str:
    return reverse("staff:consolidation_part", args=[world.report(world.province).pk, code])


def lines_of(response) -> dict:
    return {line.indicator.code: line for group in response.context["figures"].groups for line in group.lines}


def fill(world, number=1):
    """Own 5; communes 3 (accepted), “chưa có số liệu” (accepted), 4 (only sent)."""
    first, second, third = world.communes
    world.accepted(first, number=number, A1=3, C5=10, C6=9)
    world.accepted(second, number=number, A1=("no_data", "Đang rà soát"), C5=10, C6=5)
    world.issued(third, number=number, A1=4, C5=100, C6=0)
    world.write(world.province, A1=5, C5=20, C6=20)


def test_the_list_holds_reports_with_units_below(client, world):
    client.force_login(world.province_author)
    assert [report.pk for report in client.get(LIST).context["page"]] == [world.report(world.province).pk]
    client.force_login(world.author)
    assert "Đơn vị không có cấp dưới gửi báo cáo" in client.get(LIST).content.decode()
    assert client.post(LIST).status_code == 405


def test_own_below_and_total_with_the_missing_named(client, world):
    fill(world)
    client.force_login(world.province_author)

    response = client.get(table_url(world))
    page = response.content.decode()

    line = lines_of(response)["A1"]
    assert (line.own, line.below, line.total, line.missing) == ("5", "3", "8", ("Xã Tân Hoà",))
    assert line.numbers.counted == 1
    ratio = lines_of(response)["C7"]
    assert (ratio.own, ratio.below, ratio.total) == ("100,0", "70,0", "85,0")
    assert "Đã cộng <b>2/3</b> đơn vị" in page
    assert "1/3 đơn vị</span>" in page
    assert "Xã Bình Minh" in page


def test_what_a_total_is_made_of_and_what_is_not_counted_and_why(client, world):
    fill(world)
    client.force_login(world.reviewer)

    response = client.get(part_url(world, "A1"))

    rows = [
        (line.report.unit_version.short_name, line.value, line.note, line.why_not)
        for line in response.context["lines"]
    ]
    assert rows == [
        ("Xã Phú Lâm", "3", "", ""),
        ("Xã Tân Hoà", "Chưa có số liệu", "Đang rà soát", "chưa có số liệu"),
        ("Xã Bình Minh", "", "", "chưa tiếp nhận (đã gửi, chờ tiếp nhận)"),
    ]
    words = response.context["words"]
    assert (words["own"], words["below"], words["total"]) == ("5", "3", "8")


def test_a_computed_figure_leads_to_what_it_is_computed_from(client, world):
    fill(world)
    client.force_login(world.province_author)

    ratio = client.get(part_url(world, "C7"))
    calculated = client.get(part_url(world, "B4"))

    assert ratio.context["formula"] == "C6 / C5 × 100"
    found = [
        (o["indicator"].code, o["words"]["below"], o["words"]["total"]) for o in ratio.context["operands"]
    ]
    assert found == [("C6", "14", "34"), ("C5", "20", "40")]
    assert [o["indicator"].code for o in calculated.context["operands"]] == ["B1", "B2", "B3"]


def test_an_issued_total_stays_as_it_was_issued(client, world):
    fill(world)
    world.do(Action.SUBMIT, world.province_author, world.province)
    world.do(Action.APPROVE, world.province_approver, world.province)
    world.issue(world.province)
    world.do(Action.ACCEPT, world.reviewer, world.communes[2])
    client.force_login(world.province_author)

    response = client.get(table_url(world))
    part = client.get(part_url(world, "A1"))

    assert lines_of(response)["A1"].total == "8"
    assert response.context["coverage"].missing == ("Xã Bình Minh",)
    assert "đã chốt khi phát hành" in part.content.decode()
    assert part.context["lines"][2].why_not == ""


def test_part_of_the_units_is_not_compared_with_all_of_last_year(client, world):
    """In the grid, on the whole edition, where it is looked over and beside one figure; who is missing is said."""
    now, province = world.round, world.province
    world.round = make_round(province, year=2025, due=local(2025, 6, 20), opened_by=world.admin)
    for number, unit in enumerate(world.communes, start=1):
        world.accepted(unit, number=number, A1=10)
    world.write(province, A1=5)
    world.do(Action.SUBMIT, world.province_author, province)
    world.do(Action.APPROVE, world.province_approver, province)
    world.issue(province, number=9)
    world.round = now
    fill(world, number=11)
    client.force_login(world.province_author)
    report = world.report(province)
    part, edition, review, one = (
        reverse("staff:part", args=[report.pk, "SL"]),
        reverse("staff:edition", args=[report.pk, 1]),
        reverse("staff:review", args=[report.pk]),
        reverse("staff:indicator", args=[report.pk, "A1"]),
    )
    words = "Đã cộng 2/3 đơn vị. Chưa đủ đơn vị nên không tính tăng, giảm"
    for address in (part, review, one):
        assert words in client.get(address).content.decode(), address
    assert "Đã cộng 2/3 đơn vị. Chưa cộng: Xã Bình Minh. Chưa đủ" in client.get(edition).content.decode()
    assert lines_of(client.get(table_url(world)))["A1"].change == ""
    assert [point.year for point in (client.get(one).context["trend"] or NO_TREND).points] == []

    world.do(Action.ACCEPT, world.reviewer, world.communes[2])

    line = lines_of(client.get(table_url(world)))["A1"]
    assert (line.same.value, line.total, line.change) == ("35", "12", "−23")
    assert all(
        "Chưa đủ đơn vị" not in client.get(address).content.decode() for address in (part, edition, review)
    )
    assert "<td>−23" in client.get(part).content.decode()


def test_the_values_of_units_are_shown_but_lead_only_where_one_may_go(client, world):
    fill(world)
    client.force_login(world.province_author)
    response = client.get(part_url(world, "A1"))
    assert [line.is_visible for line in response.context["lines"]] == [False, False, False]
    client.force_login(world.reviewer)
    response = client.get(part_url(world, "A1"))
    assert [line.is_visible for line in response.context["lines"]] == [True, True, True]


def test_strangers_and_those_below_find_nothing(client, world):
    for user in (world.stranger, world.author, world.admin):
        client.force_login(user)
        assert client.get(table_url(world)).status_code == 404
        assert client.get(part_url(world, "A1")).status_code == 404


def test_a_draft_below_is_closed_to_those_above(client, world):
    world.write(A1=3)
    client.force_login(world.reviewer)

    response = client.get(table_url(world, world.communes[0]))

    assert response.status_code == 403
    assert "cho đến khi phát hành, gửi" in response.content.decode()


def test_no_such_indicator(client, world):
    client.force_login(world.province_author)

    assert client.get(part_url(world, "Z9")).status_code == 404
    assert client.post(part_url(world, "A1")).status_code == 405


@pytest.mark.parametrize("url", [table_url, lambda world: part_url(world, "A1")])
def test_as_many_queries_for_three_units_as_for_one(client, world, url):
    client.force_login(world.province_author)
    counts = []
    for units in (world.communes[:1], world.communes[1:]):
        for unit in units:
            world.accepted(unit, A1=3)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(world)).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 20
