"""The table of figures in the editor: each kind of cell, partial saves, conflicts, findings beside rows, totals."""

from decimal import Decimal

import pytest
from django.urls import reverse

from models_dv import clock
from models_dv.enums import Role
from reports.enums import Action, FigureSource, State, ValueState
from reports.models import Figure
from tests.factories.world import local, make_round, make_user

pytestmark = pytest.mark.django_db
SAVEPOINT = 2
NUMBER, NONE, NO_DATA, EMPTY = ValueState.NUMBER, ValueState.NONE, ValueState.NO_DATA, ValueState.EMPTY


@pytest.fixture
def author(client, world):
    client.force_login(world.author)
    return client


def url(world, unit=None) -> str:
    return reverse("staff:part", args=[world.report(unit).pk, "SL"])


def rows(page) -> dict:
    return {row.code: row for group in page.context["groups"] for row in group.rows}


def sheet(page, **changes) -> dict:
    """Every field of the page as the browser sends it, with the changes: A1="5", A2=("", "none", "")."""
    data = {"goc": page.context["base"]}
    for code, row in rows(page).items():
        if row.is_typed or row.has_note_row:
            data[f"gc_{code}"] = row.typed.note
        if row.is_typed:
            data[f"ct_{code}"], data[f"tt_{code}"] = row.typed.value, row.typed.state
    for code, change in changes.items():
        value, state, note = (change, "", "") if isinstance(change, str) else change
        data |= {f"ct_{code}": value, f"tt_{code}": state, f"gc_{code}": note}
    return data


def save(client, world, unit=None, page=None, **changes):
    """Open the table, type, save; returns the answer to the save."""
    address = url(world, unit)
    return client.post(address, sheet(page or client.get(address), **changes))


def stored(source=FigureSource.OWN) -> dict:
    figures = Figure.objects.filter(source=source, edition__number=1).select_related("indicator")
    return {f.indicator.code: (f.value_state, f.value, f.qualifier, f.text, f.note) for f in figures}


def value(code):
    return Figure.objects.get(indicator__code=code, edition__number=1, source=FigureSource.OWN).value


# --- saving ------------------------------------------------------------------------------------------


def test_each_kind_of_cell_is_stored_as_what_it_is(author, world):
    answer = save(
        author,
        world,
        A1="1743",
        A2="gần 250",
        A3=("", "none", ""),
        A4=("", "no_data", "Chờ thống kê"),
        A6="0",
        A7="Không phát sinh",
        A9=("12", "", "Cả báo tỉnh"),
        B6="Nhân dân quan tâm\r\ngiá vật tư",
    )
    assert (answer.status_code, answer.url) == (302, url(world))
    assert stored() == {
        "A1": (NUMBER, 1743, "", "", ""),
        "A2": (NUMBER, 250, "gan", "", ""),
        "A3": (NONE, 0, "", "", ""),
        "A4": (NO_DATA, None, "", "", "Chờ thống kê"),
        "A6": (NUMBER, 0, "", "", ""),
        "A7": (NONE, 0, "", "", ""),
        "A9": (NUMBER, 12, "", "", "Cả báo tỉnh"),
        "B6": (NUMBER, None, "", "Nhân dân quan tâm\ngiá vật tư", ""),
    }
    assert world.edition().state == State.DRAFTING


def test_what_is_stored_comes_back_as_it_is_typed(author, world):
    with clock.fixed(local(2026, 7, 5, 14, 32)):
        save(author, world, A1="1743", A2="gần 250", A3=("", "none", ""), A4=("", "no_data", "Chờ"))
        page = author.get(url(world))
    shown = {code: (row.typed.value, row.typed.state, row.typed.note) for code, row in rows(page).items()}
    assert [shown[code] for code in ("A1", "A2", "A3", "A4", "A6")] == [
        ("1.743", "", ""),
        ("gần 250", "", ""),
        ("", "none", ""),
        ("", "no_data", "Chờ"),
        ("", "", ""),
    ]
    html = page.content.decode()
    assert 'name=ct_A1 value="1.743"' in html
    assert 'name=ct_A3 value="Không phát sinh" list=values' in html
    assert page.context["filled_count"] == "4/86"
    assert "Đã lưu lúc 14:32" in html


def test_a_state_left_in_words_is_no_change(author, world):
    world.enter(A2="none", A3=("no_data", "Chờ"))
    base = author.get(url(world)).context["base"]
    words = {"ct_A2": "Không phát sinh", "ct_A3": "Chưa có số liệu", "gc_A3": "Chờ", "goc": base}
    before = world.edition().revision
    author.post(url(world), words)
    assert world.edition().revision == before


def test_the_whole_table_sent_back_unchanged_writes_nothing(author, world):
    save(author, world, A1="5", A2=("", "none", ""), A4=("", "no_data", "Chờ"), B6="chữ")
    before = world.edition().revision
    assert save(author, world).status_code == 302
    assert world.edition().revision == before


def test_a_cleared_cell_is_empty_again(author, world):
    save(author, world, A1="5")
    save(author, world, A1="")
    assert stored()["A1"] == (EMPTY, None, "", "", "")
    assert author.get(url(world)).context["filled_count"] == "0/86"


def test_wrong_cells_come_back_as_typed_and_all_others_are_saved(author, world):
    answer = save(author, world, A1="5", A2="1.5", A3=("", "no_data", ""), A6="mười <hai>")
    assert answer.status_code == 422
    assert {code: entry[:2] for code, entry in stored().items()} == {"A1": (NUMBER, 5)}
    html = answer.content.decode()
    assert "<title>(3 lỗi) Phụ lục: số liệu" in html
    assert "Cần sửa 3 ô; các ô khác đã lưu" in html
    assert "“1.5” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ (1,5)" in html
    assert 'name=ct_A2 value="1.5" list=values aria-invalid=true aria-describedby=note-A2' in html
    assert "id=gc-A3 name=gc_A3 aria-invalid=true" in html
    assert 'value="mười &lt;hai&gt;"' in html
    assert '<a href="#ct-A6">A6. Cuộc kiểm tra, giám sát về công tác dân vận: Chỉ nhập số' in html


def test_a_mended_cell_is_saved_from_the_page_that_came_back(author, world):
    answer = save(author, world, A1="5", A2="mười")
    assert save(author, world, page=answer, A2="10").status_code == 302
    assert (value("A1"), value("A2")) == (5, 10)


def test_saving_sixty_cells_takes_at_most_ten_queries(author, world, django_assert_max_num_queries):
    save(author, world, A1="1")
    address = url(world)
    page = author.get(address)
    codes = [code for code, row in rows(page).items() if row.is_typed and not row.is_text][:60]
    data = sheet(page, **dict.fromkeys(codes, "7"))
    with django_assert_max_num_queries(10 + SAVEPOINT):
        assert author.post(address, data).status_code == 302
    assert Figure.objects.filter(value=7).count() == 60


def test_opening_takes_the_same_few_queries_with_one_figure_and_with_three(
    author, world, django_assert_num_queries
):
    """And one more where the figures of other periods are not kept yet."""
    address = url(world)
    author.get(address)
    for code in ("A1", "A2", "A3"):
        world.enter(**{code: 5})
        with django_assert_num_queries(9):
            author.get(address)


def test_the_page_of_93_figures_stays_small(author, world):
    page = author.get(url(world))
    codes = [code for code, row in rows(page).items() if row.is_typed and not row.is_text]
    save(author, world, page=page, **dict.fromkeys(codes, "1.234"))
    page = author.get(url(world))
    assert len(rows(page)) == 93
    assert len(page.content) <= 60_000


# --- two people --------------------------------------------------------------------------------------


def test_a_cell_changed_meanwhile_is_shown_beside_and_the_others_are_saved(author, world):
    save(author, world, A1="3", A2="4")
    page = author.get(url(world))
    world.enter(A1=8, actor=make_user("second", "Soạn thứ hai", world.communes[0], Role.AUTHOR))
    answer = save(author, world, page=page, A1="5", A2="6")
    assert answer.status_code == 409
    assert (value("A1"), value("A2")) == (8, 6)
    row = rows(answer)["A1"]
    assert (row.typed.value, row.keep) == ("5", "8")
    assert row.errors[0].startswith("Soạn thứ hai vừa sửa ô này lúc ")
    assert "Giữ số đã lưu: 8" in answer.content.decode()


def test_a_cell_changed_in_ones_own_other_tab_is_not_told_by_name(author, world):
    page = author.get(url(world))
    world.enter(A1=8)
    row = rows(save(author, world, page=page, A1="5"))["A1"]
    assert row.errors[0].startswith("Ô này vừa được sửa ở thẻ hoặc máy khác của đồng chí lúc ")


def test_saving_again_puts_mine_ticking_the_box_keeps_theirs(author, world):
    save(author, world, A1="3", A2="4")
    page = author.get(url(world))
    world.enter(A1=8, A2=9)
    conflict = save(author, world, page=page, A1="5", A2="6")
    data = sheet(conflict) | {"giu_A2": "on"}
    assert author.post(url(world), data).status_code == 302
    assert (value("A1"), value("A2")) == (5, 9)


def test_cells_that_others_changed_and_i_did_not_are_no_conflict(author, world):
    save(author, world, A1="3", A2="4")
    page = author.get(url(world))
    world.enter(A1=8)
    assert save(author, world, page=page, A2="6").status_code == 302
    assert (value("A1"), value("A2")) == (8, 6)


def test_a_wrong_cell_still_meets_what_another_saved_meanwhile(author, world):
    save(author, world, A1="3")
    page = author.get(url(world))
    wrong = save(author, world, page=page, A1="mười")
    world.enter(A1=8)
    assert save(author, world, page=wrong, A1="10").status_code == 409
    assert value("A1") == 8


# --- what the rules say ------------------------------------------------------------------------------


def test_a_broken_hard_rule_stands_beside_its_row_and_is_saved_all_the_same(author, world):
    assert save(author, world, C4="52", C5="57").status_code == 302
    page = author.get(url(world))
    row = rows(page)["C5"]
    assert row.errors == ["“Đơn thuộc thẩm quyền” (57) lớn hơn “Đơn tiếp nhận” (52). Sửa một trong hai số"]
    assert (row.bad_value, page.context["error_count"]) == (True, 1)
    assert page.content.decode().count("aria-invalid=true") == 1
    assert "<title>(1 lỗi)" in page.content.decode()
    assert [line.status for line in page.context["lines"]][-1] == "1 lỗi"


def test_a_soft_rule_asks_for_a_note(author, world):
    save(author, world, A7="5", A8="3")
    page = author.get(url(world))
    row = rows(page)["A8"]
    assert (row.bad_value, len(row.warnings), page.context["warning_count"]) == (False, 1, 1)
    assert "id=gc-A8 name=gc_A8" in page.content.decode()


@pytest.fixture
def second_year(client, world):
    """The half year of 2026 of a unit whose report of 2025 is in force with C8 = 6."""
    present, world.round = world.round, make_round(world.province, year=2025, opened_by=world.admin)
    world.accepted(C8=6, C4=48)
    world.round = present
    client.force_login(world.author)
    return world


def test_the_same_period_stands_beside_with_the_change(client, second_year):
    save(client, second_year, C8="11", C4="gần 50")
    found = rows(client.get(url(second_year)))
    assert (found["C8"].prior.value, found["C8"].change) == ("6", "+5")
    assert (found["C4"].prior.value, found["C4"].change) == ("48", "+2")
    assert (found["C9"].prior.value, found["C9"].change) == ("", "")
    assert found["C8"].warnings[0] == "Tăng 83% so với cùng kỳ. Nếu đúng, ghi lý do vào ghi chú"


def test_computed_rows_are_shown_and_not_typed(author, world):
    save(author, world, C5="40", C6="30", B1="2", B2="3", B3="1")
    found = rows(author.get(url(world)))
    assert (found["C7"].is_typed, found["C7"].computed) == (False, "75,0")
    assert (found["B4"].is_typed, found["B4"].computed) == (False, "4")


# --- a body with units below -------------------------------------------------------------------------


@pytest.fixture
def province(client, world):
    """The province's author, with one commune accepted (K4 = 40, C5 = 10, C6 = 5)."""
    world.accepted(K4=40, C5=10, C6=5)
    client.force_login(world.province_author)
    return client


def test_a_province_sees_own_below_and_total(province, world):
    save(province, world, world.province, K4="7")
    page = province.get(url(world, world.province))
    row = rows(page)["K4"]
    assert (row.typed.value, row.below, row.total) == ("7", "40", "47")
    address = reverse("staff:consolidation_part", args=[world.report(world.province).pk, "K4"])
    assert page.content.decode().count(f"href={address}>") == 1


def test_a_commune_has_no_such_columns(author, world):
    html = author.get(url(world)).content.decode()
    assert "Cấp dưới" not in html
    assert "Điều chỉnh số tổng" not in html


def adjust(client, world, number, reason, page=None):
    address = url(world, world.province)
    page = page or client.get(address)
    data = sheet(page) | {
        "dc_ma": "K4",
        "dc_so": number,
        "dc_ly_do": reason,
        "goc_dc": page.context["adjustment_base"],
    }
    return client.post(address, data)


def test_an_adjustment_with_its_reason_counts_in_the_total_and_can_be_taken_away(province, world):
    assert adjust(province, world, "-3", "Ba mô hình báo hai lần").status_code == 302
    assert stored(FigureSource.ADJUSTMENT) == {"K4": (NUMBER, Decimal(-3), "", "", "Ba mô hình báo hai lần")}
    row = rows(province.get(url(world, world.province)))["K4"]
    assert (row.total, row.adjustment) == ("37", "Điều chỉnh −3: Ba mô hình báo hai lần")
    assert adjust(province, world, "", "").status_code == 302
    assert rows(province.get(url(world, world.province)))["K4"].total == "40"


def test_a_wrong_adjustment_comes_back_and_the_cells_are_saved(province, world):
    address = url(world, world.province)
    data = sheet(province.get(address), K4="7") | {"dc_ma": "K4", "dc_so": "-3", "dc_ly_do": ""}
    answer = province.post(address, data)
    assert answer.status_code == 422
    assert "Ghi lý do điều chỉnh" in answer.content.decode()
    assert 'name="dc_so" value="-3"' in answer.content.decode()
    assert value_of_province(world) == 7


def value_of_province(world):
    return Figure.objects.get(edition=world.edition(world.province), source=FigureSource.OWN).value


def test_two_adjustments_of_one_total_meet(province, world):
    page = province.get(url(world, world.province))
    adjust(province, world, "-3", "Trùng")
    answer = adjust(province, world, "-5", "Trùng năm", page=page)
    assert answer.status_code == 422
    assert "vừa điều chỉnh chỉ tiêu này: −3 (Trùng)" in answer.content.decode()
    assert stored(FigureSource.ADJUSTMENT)["K4"][1] == -3


# --- who may, and when -------------------------------------------------------------------------------


def test_a_stranger_finds_nothing(client, world):
    client.force_login(world.stranger)
    assert client.get(url(world)).status_code == 404
    assert client.post(url(world), {"ct_A1": "5"}).status_code == 404


def test_others_of_the_unit_read_but_do_not_write(client, world):
    world.enter(A1=5)
    client.force_login(world.reader)
    page = client.get(url(world))
    assert "Tài khoản này không soạn báo cáo của đơn vị, chỉ xem." in page.content.decode()
    assert "<input" not in page.content.decode().split("<main", 1)[1].split("</main>")[0]
    assert client.post(url(world), {"ct_A1": "6"}).status_code == 403
    assert value("A1") == 5


def test_the_body_above_reads_no_draft(client, world):
    world.enter(A1=5)
    client.force_login(world.reviewer)
    assert client.get(url(world)).status_code == 403


def test_other_methods_are_refused(author, world):
    assert author.put(url(world)).status_code == 405


def test_figures_typed_while_the_report_was_handed_in_are_listed(author, world):
    world.write(A1=5)
    page = author.get(url(world))
    world.do(Action.SUBMIT, world.author)
    answer = save(author, world, page=page, A1="6", A2=("", "no_data", "chờ"))
    assert answer.status_code == 409
    assert answer.context["typed"] == [("A1", "6", ""), ("A2", "no_data", "chờ")]
    assert "sao lại trước khi rời trang" in answer.content.decode()
    assert value("A1") == 5


def test_figures_survive_the_end_of_the_session(author, world):
    data = sheet(author.get(url(world)), A1="1743", A2=("", "no_data", "chờ"))
    author.logout()
    answer = author.post(url(world), data)
    assert answer.status_code == 401
    assert dict(answer.context["hidden"]) == data
    assert answer.context["listed"] == [("Số liệu A1", "1743"), ("Ghi chú A2", "chờ")]
    author.force_login(world.author)
    assert author.post(url(world), dict(answer.context["hidden"])).status_code == 302
    assert value("A1") == 1743


def test_the_whole_table_is_at_most_60_kb(author, world):
    typed = [code for code, row in rows(author.get(url(world))).items() if row.is_typed and not row.is_text]
    world.enter(**dict.fromkeys(typed, 123_456))
    page = author.get(url(world))
    assert page.context["filled_count"] == f"{len(typed)}/86"
    assert len(page.content) <= 60 * 1024
