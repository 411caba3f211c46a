"""Reading the table of figures: four states, qualifiers, words in cells, notes, and which cells were changed."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from reports.domain.filling import FigureEntry
from reports.enums import ValueState
from reports.forms.figures import (
    AdjustmentForm,
    Base,
    CellError,
    FiguresForm,
    Typed,
    note_entry,
    read_base,
    read_row,
    write_base,
)
from reports.models import Figure, Indicator

NUMBER, NONE, NO_DATA, EMPTY = ValueState.NUMBER, ValueState.NONE, ValueState.NO_DATA, ValueState.EMPTY


def indicator(code="K4", *, pk=4, **options) -> Indicator:
    return Indicator(pk=pk, code=code, name="Mô hình", **{"op": "sum", "kind": "integer"} | options)


def figure(**values) -> Figure:
    return Figure(**{"value_state": NUMBER, "value": None, "revision": 1} | values)


def read(value="", state="", note="", **options) -> FigureEntry:
    return read_row(indicator(**options), Typed(value, state, note))


@pytest.mark.parametrize(
    ("typed", "value", "qualifier"),
    [
        ("1743", 1743, ""),
        ("1.743", 1743, ""),
        ("1 743", 1743, ""),
        ("0", 0, ""),
        ("gần 250", 250, "gan"),
        ("hơn 2.200", 2200, "hon"),
        ("trên 1.900", 1900, "tren"),
        ("ước 30", 30, "uoc"),
    ],
)
def test_numbers_as_people_type_them(typed, value, qualifier):
    assert read(typed) == FigureEntry(NUMBER, Decimal(value), qualifier)


def test_a_decimal_indicator_takes_a_comma_and_its_own_unit():
    assert read("6,5 tỷ", kind="decimal", unit_name="triệu đồng") == FigureEntry(NUMBER, Decimal(6500))


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        (Typed(), FigureEntry(EMPTY)),
        (Typed(note="hỏi lại công an"), FigureEntry(EMPTY, note="hỏi lại công an")),
        (Typed(state="none"), FigureEntry(NONE, Decimal(0))),
        (Typed("0", "none"), FigureEntry(NONE, Decimal(0))),
        (Typed("Không phát sinh"), FigureEntry(NONE, Decimal(0))),
        (Typed("khong phat sinh", "none"), FigureEntry(NONE, Decimal(0))),
        (Typed(state="no_data", note=" chờ\nthống kê "), FigureEntry(NO_DATA, note="chờ thống kê")),
        (Typed("chưa có số liệu", note="chờ"), FigureEntry(NO_DATA, note="chờ")),
    ],
)
def test_states_other_than_a_number(typed, entry):
    assert read_row(indicator(), typed) == entry


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (Typed("mười"), "ct_", "Chỉ nhập số, ví dụ 1.743 hoặc 6,5"),
        (Typed("1.5"), "ct_", "“1.5” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ (1,5)"),
        (Typed("6,5"), "ct_", "Chỉ tiêu này là số nguyên"),
        (Typed("-3"), "ct_", "Giá trị phải từ 0 trở lên"),
        (Typed(state="no_data"), "gc_", "Ghi lý do chưa có số liệu"),
        (Typed("chưa có số liệu", note="  "), "gc_", "Ghi lý do chưa có số liệu"),
        (
            Typed("5", "none"),
            "ct_",
            "Vừa ghi “5” vừa chọn “Không phát sinh”. Xoá số, hoặc chọn lại “Số”",
        ),
        (
            Typed("không phát sinh", "no_data", "chờ"),
            "ct_",
            "Vừa ghi “không phát sinh” vừa chọn “Chưa có số liệu”. Xoá số, hoặc chọn lại “Số”",
        ),
        (Typed("5", "khac"), "tt_", "Chọn lại: số, “Không phát sinh” hoặc “Chưa có số liệu”"),
        (Typed("5", note="a" * 501), "gc_", "Ghi chú dài quá 500 chữ cái. Rút gọn rồi lưu"),
    ],
)
def test_what_cannot_be_taken_says_where_and_what_to_do(typed, field, message):
    with pytest.raises(CellError) as error:
        read_row(indicator(), typed)
    assert (error.value.field, error.value.message) == (field, message)


def test_a_text_indicator_keeps_its_words():
    entry = read("Nhân dân quan tâm\r\ngiá vật tư", op="text", kind="text")
    assert entry == FigureEntry(NUMBER, text="Nhân dân quan tâm\ngiá vật tư")


def test_a_computed_indicator_takes_a_note_only():
    assert read("7", "none", "số liệu đúng", op="ratio") == FigureEntry(EMPTY, note="số liệu đúng")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (None, Typed()),
        (figure(value=Decimal("1743.000")), Typed("1.743")),
        (figure(value=Decimal("6.5"), note="làm tròn"), Typed("6,5", "", "làm tròn")),
        (figure(value=Decimal(250), qualifier="gan"), Typed("gần 250")),
        (figure(value=Decimal(0)), Typed("0")),
        (figure(value_state=NONE, value=Decimal(0)), Typed("", "none")),
        (figure(value_state=NO_DATA, note="chờ"), Typed("", "no_data", "chờ")),
        (figure(value_state=EMPTY, note="hỏi lại"), Typed("", "", "hỏi lại")),
        (figure(text="dư luận"), Typed("dư luận")),
    ],
)
def test_a_stored_figure_is_shown_as_it_is_typed(stored, shown):
    assert Typed.of(stored) == shown


def test_base_comes_back_as_it_was_written_and_empty_cells_need_no_word():
    cells = {"K4": Base.of(figure(value=Decimal(5), revision=3)), "K5": Base()}
    written = write_base(cells)
    assert read_base(written) == {"K4": cells["K4"]}


@pytest.mark.parametrize("broken", ["", "K4", "K4.x.abc", "K4.-1.abc", "K4.1234567890.a", "..."])
def test_a_broken_base_is_left_out(broken):
    assert read_base(broken) == {}


def form(data, *indicators) -> FiguresForm:
    return FiguresForm(indicators or [indicator()], data)


def test_only_changed_cells_are_entries_each_on_the_revision_that_was_seen():
    shown = {"K4": Base.of(figure(value=Decimal(5), revision=3)), "K5": Base.of(figure(value=Decimal(8)))}
    data = {"goc": write_base(shown), "ct_K4": "6", "ct_K5": "8", "tt_K5": "", "gc_K5": "", "ct_K6": ""}
    rows = [indicator(), indicator("K5", pk=5), indicator("K6", pk=6), indicator("K7", pk=7)]
    assert form(data, *rows).entries == {4: FigureEntry(NUMBER, Decimal(6), base_revision=3)}


def test_a_cleared_cell_is_a_change():
    data = {
        "goc": write_base({"K4": Base.of(figure(value=Decimal(5)))}),
        "ct_K4": "",
        "tt_K4": "",
        "gc_K4": "",
    }
    assert form(data).entries == {4: FigureEntry(EMPTY, base_revision=1)}


def test_a_wrong_cell_keeps_what_was_typed_and_lets_the_others_through():
    read = form({"ct_K4": "mười", "gc_K4": "chờ", "ct_K5": "3"}, indicator(), indicator("K5", pk=5))
    assert read.entries == {5: FigureEntry(NUMBER, Decimal(3))}
    assert read.typed["K4"] == Typed("mười", "", "chờ")
    assert {code: error.message for code, error in read.errors.items()} == {
        "K4": "Chỉ nhập số, ví dụ 1.743 hoặc 6,5"
    }


def test_the_box_that_keeps_the_stored_value_makes_the_cell_unchanged():
    assert form({"ct_K4": "9", "giu_K4": "on"}).entries == {}


def test_a_note_alone_leaves_the_figure_as_it_is():
    stored = figure(value=Decimal(250), qualifier="gan", revision=2)
    assert note_entry(stored, " đã kiểm tra ", 2) == FigureEntry(
        NUMBER, Decimal(250), "gan", note="đã kiểm tra", base_revision=2
    )


def test_a_reason_for_missing_data_cannot_be_taken_away():
    with pytest.raises(CellError) as error:
        note_entry(figure(value_state=NO_DATA, note="chờ"), " ", 1)
    assert error.value.message == "Ghi lý do chưa có số liệu"


def adjust(code="K4", number="", reason="", base="") -> AdjustmentForm:
    data = {"dc_ma": code, "dc_so": number, "dc_ly_do": reason, "goc_dc": base}
    return AdjustmentForm([indicator(), indicator("A5", pk=5, op="ratio")], data)


@pytest.mark.parametrize(
    ("number", "value"), [("12", 12), ("-12", -12), ("−1.200", -1200), ("– 3", -3), ("0", 0)]
)
def test_an_adjustment_may_be_negative(number, value):
    assert adjust(number=number, reason="trùng").entries == {
        4: FigureEntry(NUMBER, Decimal(value), note="trùng")
    }


def test_an_empty_number_takes_an_adjustment_away():
    base = write_base({"K4": Base.of(figure(value=Decimal(-3), note="trùng", revision=2))})
    assert adjust(base=base).entries == {4: FigureEntry(EMPTY, base_revision=2)}


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"code": "Z9", "number": "1", "reason": "a"}, "dc_ma", "Chọn chỉ tiêu cần điều chỉnh"),
        ({"code": "A5", "number": "1", "reason": "a"}, "dc_ma", "Chọn chỉ tiêu cần điều chỉnh"),
        ({"number": "", "reason": "a"}, "dc_so", "Ghi số điều chỉnh, ví dụ 12 hoặc -12"),
        ({"number": "-", "reason": "a"}, "dc_so", "Chỉ nhập số, ví dụ 1.743 hoặc 6,5"),
        ({"number": "5"}, "dc_ly_do", "Ghi lý do điều chỉnh"),
        (
            {"number": "gần 5", "reason": "a"},
            "dc_so",
            "Số điều chỉnh ghi đúng số, không ghi gần, hơn, trên, ước",
        ),
    ],
)
def test_an_adjustment_that_cannot_be_taken(given, field, message):
    form = adjust(**given)
    assert (form.error.field, form.error.message, form.entries) == (field, message, {})


def test_nothing_entered_is_no_adjustment():
    form = adjust(code="")
    assert (form.is_filled, form.error, form.entries) == (False, None, {})


def test_an_adjustment_that_somebody_else_changed_says_so():
    form = adjust(number="5", reason="a")
    theirs = SimpleNamespace(value=Decimal(7), note="trùng", updated_by="Trần Thị B", updated_by_id=2)
    form.refuse({4: theirs}, SimpleNamespace(pk=1))
    assert form.error.message == (
        "Trần Thị B vừa điều chỉnh chỉ tiêu này: 7 (trùng). Lưu lần nữa để thay số đó"
    )
