"""Figures of a table beside those of the report."""

from decimal import Decimal

from reports.domain.filling import FigureEntry
from reports.enums import ValueState
from reports.forms.figures import Base, Typed
from reports.importers.figure_offer import CLEARED, bases_of, chosen_entries, offered_tables
from reports.models import Figure
from tests.reports.importers.documents import names

NAMES = names()
PK = {code: indicator.pk for code, indicator in NAMES.by_code.items()}


def figure(code: str, value: int, *, note="", revision=3) -> Figure:
    return Figure(
        indicator_id=PK[code],
        value_state=ValueState.NUMBER,
        value=Decimal(value),
        note=note,
        revision=revision,
    )


def offer(*rows, own=(), codes=None, ticked=None, column=2, head=("Mã", "Chỉ tiêu", "Số liệu")):
    grid = {"label": "Bảng 1", "rows": list(enumerate((head, *rows), start=1)), "column": column}
    known = {one.indicator_id: one for one in own}
    return offered_tables([grid], NAMES, known, codes=codes or {}, ticked=ticked)


def seen(tables) -> list[tuple]:
    return [(row.indicator and row.indicator.code, row.old, row.new, row.chosen) for row in tables[0].rows]


A1, K4 = ("A1", "Văn bản cấp uỷ ban hành về công tác dân vận"), ("K4", "Mô hình, điển hình tiêu biểu")


def test_old_and_new_ticked_where_different():
    tables = offer((*A1, 12), (*K4, "gần 25"), own=[figure("A1", 12), figure("K4", 20)])
    assert seen(tables) == [("K4", "20", "gần 25", True)]
    assert tables[0].same == 1
    assert chosen_entries(tables) == {PK["K4"]: FigureEntry(ValueState.NUMBER, Decimal(25), "gan")}
    assert bases_of(tables, {PK["K4"]: figure("K4", 20)}) == {"K4": Base.of(figure("K4", 20))}


def test_only_what_is_ticked():
    assert chosen_entries(offer((*A1, 12), (*K4, 25), ticked={"0-3"})).keys() == {PK["K4"]}
    assert chosen_entries(offer((*A1, 12), (*K4, 25), ticked=set())) == {}


def test_errors_name_row_and_column():
    [row, _other] = offer((*A1, "mười"), (*K4, 25))[0].rows
    assert row.error == "Dòng 2, cột Số liệu: Chỉ nhập số, ví dụ 1.743 hoặc 6,5"
    assert (row.chosen, row.can_be_chosen) == (False, False)
    assert offer((*A1, "mười"), (*K4, 25))[0].wrong_words == (
        "1 dòng lỗi không nhập được. Sửa trong tệp rồi tải lên lại, hoặc nhập các dòng còn lại."
    )


def test_a_row_that_may_mean_two_waits_for_an_answer():
    rows = [("Số mô hình", 43), ("Số lượt tiếp công dân", 41)]
    asked = offer(*rows, head=("Nội dung", "Số lượng"), column=1)
    assert seen(asked) == [(None, "", "", False), ("C2", "", "41", True)]
    assert [indicator.code for indicator in asked[0].rows[0].likely][:2] == ["K3a", "K1"]
    answered = offer(
        *rows, head=("Nội dung", "Số lượng"), column=1, codes={"0-2": "K3a"}, ticked={"0-2", "0-3"}
    )
    assert seen(answered) == [("K3a", "", "43", True), ("C2", "", "41", True)]
    wrong = offer(*rows, head=("Nội dung", "Số lượng"), column=1, codes={"0-2": "A1"}, ticked={"0-2"})
    assert seen(wrong)[0] == (None, "", "", False)


def test_one_row_an_indicator():
    rows = [("Vụ hoà giải", 43), ("Số vụ hoà giải", 44), ("Số lượt tiếp công dân", 2)]
    keys = {"0-2": "E6", "0-3": "E6"}
    tables = offer(*rows, head=("Nội dung", "Số lượng"), column=1, codes=keys, ticked=set(keys))
    assert [row.chosen for row in tables[0].rows][:2] == [True, False]
    assert tables[0].rows[1].error == "Đã có dòng khác chọn chỉ tiêu E6. Mỗi chỉ tiêu chỉ lấy một dòng"


def test_a_note_that_is_there_stays():
    tables = offer((*K4, 25), (*A1, 1), own=[figure("K4", 20, note="Do sáp nhập")])
    assert chosen_entries(tables)[PK["K4"]].note == "Do sáp nhập"


HEAD = ("Mã", "Chỉ tiêu", "Số liệu", "Đối chiếu")


def marked(entry) -> str:
    return Typed.of(entry).mark


def test_the_template_knows_what_was_changed_in_excel():
    made = {"A1": figure("A1", 10), "K4": figure("K4", 20)}
    rows = [(*A1, 10, marked(made["A1"])), (*K4, 25, marked(made["K4"]))]
    now = [figure("A1", 11, revision=4), figure("K4", 20)]
    tables = offer(*rows, own=now, head=HEAD)
    assert tables[0].is_ours
    assert seen(tables) == [("A1", "11", "10", False), ("K4", "20", "25", True)]
    assert [row.is_older for row in tables[0].rows] == [True, False]


def test_an_emptied_cell_of_the_template_is_offered_and_not_ticked():
    was = figure("K4", 20)
    tables = offer((*K4, "", marked(was)), (*A1, "", Typed().mark), own=[was], head=HEAD)
    assert seen(tables) == [("K4", "20", CLEARED, False)]
    assert tables[0].empty == 1
    ticked = offer((*K4, "", marked(was)), (*A1, "", Typed().mark), own=[was], head=HEAD, ticked={"0-2"})
    assert chosen_entries(ticked) == {PK["K4"]: FigureEntry(ValueState.EMPTY)}


def test_an_empty_cell_of_another_table_changes_nothing():
    tables = offer((*K4, ""), (*A1, 1), own=[figure("K4", 20)])
    assert (seen(tables), tables[0].empty) == ([("A1", "", "1", True)], 1)


def test_rows_that_fit_nothing_are_listed():
    tables = offer(("", "Số con trâu", 9), (*A1, 1), (*K4, 2))
    assert tables[0].unknown == [("Dòng 2", "Số con trâu", "9")]


def test_without_a_column_nothing_is_offered():
    grid = {
        "label": "Bảng 1",
        "rows": list(
            enumerate([("Nội dung", "Quý I", "Quý II"), ("Vụ hoà giải", 1, 2), ("Lượt tiếp công dân", 3, 4)])
        ),
        "column": None,
    }
    [table] = offered_tables([grid], NAMES, {}, codes={}, ticked=None)
    assert (table.rows, [column.header for column in table.columns]) == ([], ["Quý I", "Quý II"])
