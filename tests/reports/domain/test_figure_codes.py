"""Figures inside the text by code: read as the table says, everywhere; what has no value is an error."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.documents.builders import report_content
from reports.domain import checks, figure_codes, publication_content
from reports.domain.consolidation import Total
from reports.domain.figure_codes import codes_in, problems, resolve, words_of
from reports.enums import Action, IndicatorKind, IndicatorOp
from reports.errors import ChecksFailed
from reports.models import Indicator
from reports.views.staff.reading import read_sections


def indicator(code: str, *, kind=IndicatorKind.INTEGER, op=IndicatorOp.SUM) -> Indicator:
    return Indicator(code=code, name=f"Chỉ tiêu {code}", unit_name="mô hình", kind=kind, op=op)


class TestReading:
    @pytest.mark.parametrize(
        ("typed", "code", "is_own"),
        [
            ("{K4}", "K4", False),
            ("{k4}", "K4", False),
            ("{ K4 }", "K4", False),
            ("{K3A}", "K3a", False),
            ("{a5n}", "A5n", False),
            ("{K4 riêng}", "K4", True),
            ("{K4 RIENG}", "K4", True),
            ("{\u00a0G11\u00a0riêng }", "G11", True),
            ("{K4 RIÊNG}", "K4", True),
            ("{ZZ}", "ZZ", False),
            ("{K_new2}", "K_new2", False),
        ],
    )
    def test_a_code(self, typed, code, is_own):
        found = codes_in(f"Có {typed} mô hình")
        assert [(one.found, one.code, one.is_own, one.start) for one in found] == [(typed, code, is_own, 3)]

    @pytest.mark.parametrize(
        "typed", ["{}", "{4}", "{K4}}"[:-2], "{không có}", "{cần xem lại}", "{K4 khác}", "(K4)", "{K4\n}"]
    )
    def test_what_is_text(self, typed):
        assert codes_in(f"Có {typed} mô hình") == []
        assert resolve(f"Có {typed} mô hình", {("K4", False): "250"}) == f"Có {typed} mô hình"

    def test_values_with_their_qualifier_as_numbers_are_written_here(self):
        words = words_of(
            [
                indicator("K4"),
                indicator("C7", kind=IndicatorKind.PERCENT),
                indicator("B6", op=IndicatorOp.TEXT),
            ],
            {
                "K4": Total(own=Decimal(250), own_qualifier="gan", total=Decimal(1743), qualifier="hon"),
                "C7": Total(own=Decimal("96.44"), total=Decimal("96.44")),
                "B6": Total(own=Decimal(1), total=Decimal(1)),
            },
        )
        text = resolve("Có {K4} mô hình, riêng cấp tỉnh {K4 riêng}; đạt {C7}%. {B6} {Z9}", words)
        assert text == "Có hơn 1.743 mô hình, riêng cấp tỉnh gần 250; đạt 96,4%. {B6} {Z9}"

    def test_nothing_happened_reads_as_nought(self):
        words = words_of([indicator("K7")], {"K7": Total(own=Decimal(0), total=Decimal(0))})
        assert resolve("{K7} mô hình dừng", words) == "0 mô hình dừng"


class TestProblems:
    def test_each_is_named_once_a_part(self):
        found = problems(
            {"S1": "{X9} và {X9}", "S2.8": "{K4}, {B6}, {K1}"},
            [indicator("K4"), indicator("K1"), indicator("B6", op=IndicatorOp.TEXT)],
            {"K4": Total(), "K1": Total(own=Decimal(3), total=Decimal(3)), "B6": Total()},
        )
        assert [(one.part, one.message, one.code) for one in found] == [
            ("S1", "Phần lời chèn {X9} nhưng bảng số liệu không có chỉ tiêu này. Sửa mã hoặc xoá", ""),
            ("S2.8", "Phần lời chèn {K4} nhưng ô K4 chưa có số. Nhập số hoặc sửa phần lời", "K4"),
            ("S2.8", "Phần lời chèn {B6} nhưng chỉ tiêu này ghi bằng chữ. Ghi lời thay cho mã", ""),
        ]

    def test_what_only_looks_like_a_code_is_named(self):
        text = "{ZZ} {k123} {K4} {K4 khác} {K 4}, {a1 mô hình {không rõ} {4} {}"
        found = problems({"S1": text}, [indicator("K4")], {"K4": Total(own=Decimal(3), total=Decimal(3))})
        unknown, broken = "bảng số liệu không có chỉ tiêu này", "chưa đúng cách ghi mã"
        said = [(one.message.split()[3], unknown in one.message, broken in one.message) for one in found]
        assert said == [
            ("{ZZ}", True, False),
            ("{k123}", True, False),
            ("{K4", False, True),
            ("{K", False, True),
            ("{a1,", False, True),
        ]

    def test_of_text_without_codes_nothing_is_said(self):
        assert problems({"S1": "Có 43 mô hình"}, [], {}) == []


@pytest.mark.django_db
class TestEverywhere:
    def test_page_paper_and_publication_say_the_same(self, world):
        world.write(code="S2.8", text="Có {K4} mô hình tiêu biểu.", K4=("gan", 250))
        edition = world.edition()
        page = {row.code: row.blocks for row in read_sections(edition, {})}
        assert page["S2.8"][0].text == "Có gần 250 mô hình tiêu biểu."
        paper = [section.text for section in report_content(edition).sections if section.text]
        assert paper == ["Có gần 250 mô hình tiêu biểu."]
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        world.issue()
        offered = publication_content.candidates(world.edition()).sections
        assert [text for _section, text in offered] == ["Có gần 250 mô hình tiêu biểu."]

    def test_a_body_with_units_below_tells_the_total_and_on_demand_its_own(self, world):
        world.accepted(K4=250)
        world.write(world.province, code="S2.8", text="Toàn tỉnh {K4}, cấp tỉnh {K4 riêng}.", K4=20)
        edition = world.edition(world.province)
        page = {row.code: row.blocks for row in read_sections(edition, {})}
        assert page["S2.8"][0].text == "Toàn tỉnh 270, cấp tỉnh 20."
        paper = [section.text for section in report_content(edition).sections if section.text]
        assert paper == ["Toàn tỉnh 270, cấp tỉnh 20."]

    def test_what_has_no_value_cannot_be_sent_for_approval(self, world):
        world.write(code="S2.8", text="Có {K4} mô hình, {ZZ} điển hình.", K1=3)
        found = [(one.part, one.message) for one in checks.check_edition(world.edition()) if one.is_hard]
        assert [part for part, _message in found] == ["S2.8", "S2.8"]
        with pytest.raises(ChecksFailed) as refused:
            world.do(Action.SUBMIT, world.author)
        assert [(one.part, one.message) for one in refused.value.findings] == found

    def test_a_total_alone_is_enough(self, world):
        world.accepted(K4=250)
        world.write(world.province, code="S2.8", text="Toàn tỉnh {K4}.", K1=1)
        world.do(Action.SUBMIT, world.province_author, world.province)

    def test_text_without_codes_costs_no_query(self, world):
        edition = world.edition()
        with CaptureQueriesContext(connection) as queries:
            assert figure_codes.resolved(edition, {1: "Có 43 mô hình"}) == {1: "Có 43 mô hình"}
        assert len(queries) == 0
