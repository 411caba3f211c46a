"""Building the national tables: reading the notes of the communes, and mending what the converter mixed up."""

from datetime import date

import pytest

from bin.catalogue import notes
from bin.catalogue.edges import compared, mended
from bin.catalogue.notes import Named
from bin.catalogue.sources import Sources, place

END = ". Bỏ cấp huyện. Số: 1656/NQ-UBTVQH15; Ngày: 16/06/2025"


@pytest.mark.parametrize(
    ("note", "named"),
    [
        (
            "Đổi tên từ xã Sơn A thành xã Liên Sơn, hợp nhất thị trấn Nông trường Liên Sơn, xã Sơn A và xã Nghĩa Phúc ",
            [("Nông trường Liên Sơn", "whole"), ("Sơn A", "whole"), ("Nghĩa Phúc", "whole")],
        ),
        (
            "Hợp nhất các xã Tân Xã, Tứ Xã và 1 phần xã Đông Thành thành xã mới có tên gọi là xã Tân Xã",
            [("Tân Xã", "whole"), ("Tứ Xã", "whole"), ("Đông Thành", "part")],
        ),
        (
            "Hợp nhất Phường 5 (thành phố Cà Mau), xã Tân Thành và một phần của Phường 6, Phường 7",
            [("5", "whole"), ("Tân Thành", "whole"), ("6", "part"), ("7", "unclear")],
        ),
        (
            "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã Ea Bá thuộc huyện Sông Hinh, tỉnh Phú Yên và một "
            "phần diện tích tự nhiên là 80,12 km2, quy mô dân số 5.568 người của xã Ea Bar thành xã Ea Bá",
            [("Ea Bá", "whole"), ("Ea Bar", "part")],
        ),
        ("Đổi tên từ xã Krông Na thành xã Buôn Đôn", [("Krông Na", "whole")]),
        ("Giữ nguyên, không sắp xếp", []),
    ],
)
def test_predecessors_are_read_from_a_note(note, named):
    assert notes.predecessors(note + END) == [Named(*one) for one in named]


def test_the_resolution_and_the_unchanged_are_read_from_a_note():
    assert notes.resolution("Giữ nguyên" + END) == ("1656/NQ-UBTVQH15", date(2025, 6, 16))
    assert notes.is_unchanged("Giữ nguyên không sắp xếp" + END)
    assert not notes.is_unchanged("Giữ nguyên mã, điều chỉnh 1 phần" + END)
    assert notes.is_cut_off("Hợp nhất " + "xã Ba, " * 40 + END)


@pytest.mark.parametrize(
    ("label", "name", "type_"),
    [
        ("Thị Trấn Óc Eo", "Óc Eo", "thi-tran"),
        ("Phường Phường Đúc", "Phường Đúc", "phuong"),
        ("Thành phố Hồ Chí Minh", "Hồ Chí Minh", "thanh-pho"),
    ],
)
def test_the_type_is_read_from_the_name(label, name, type_):
    found = place("00001", label)
    assert (found.name, found.type) == (name, type_)


def sources() -> Sources:
    """Two districts, each with a commune Phú Hữu, and the converter's mix-up of the two."""
    old = {
        "1": ("Xã Phú Hữu", "901"),
        "2": ("Xã Đông", "901"),
        "3": ("Xã Phú Hữu", "902"),
        "4": ("Xã Tây", "902"),
    }
    return Sources(
        old_districts={
            code: place(code, f"Huyện {code}", above) for code, above in (("901", "93"), ("902", "94"))
        },
        old_communes={code: place(code, label, district) for code, (label, district) in old.items()},
        communes={code: place(code, f"Xã {code}", "92") for code in ("8", "9")},
        notes={
            "8": f"Hợp nhất xã Phú Hữu và xã Đông{END}",
            "9": f"Hợp nhất xã Phú Hựu, xã Tây và xã Bắc{END}",
        },
        edges={
            ("2", "8"): "whole",
            ("4", "9"): "whole",
            ("1", "8"): "part",
            ("1", "9"): "part",
            ("3", "8"): "part",
            ("3", "9"): "part",
        },
    )


def test_namesakes_go_where_their_district_goes():
    edges, found = mended(sources())
    assert edges == {("2", "8"): "whole", ("4", "9"): "whole", ("1", "8"): "whole", ("3", "9"): "whole"}
    assert {line.kind for line in found} == {"namesake"}
    assert len(found) == 4


def test_what_note_and_edges_do_not_both_say_is_listed():
    found = compared(
        sources(), {("1", "8"): "whole", ("2", "8"): "part", ("3", "9"): "whole", ("4", "9"): "whole"}
    )
    assert [(line.kind, line.new, line.old, line.detail) for line in found] == [
        ("part in the edges, whole in the note", "8", "2", "Xã Đông, Huyện 901"),
        ("only in the note", "9", "", "Bắc (whole)"),
    ]
