"""The shipped outline is whole, and each of its rules passes, fails, is skipped and is softened as it should."""

import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

import reports
from reports.domain.expressions import Outcome, Result, evaluate_rule, evaluate_value, parse

from .figures_for_rules import lookup_in

OUTLINE = tomllib.loads((Path(reports.__file__).parent / "data" / "outline.toml").read_text(encoding="utf-8"))
INDICATORS = {indicator["code"]: indicator for indicator in OUTLINE["indicators"]}
RULES = {
    rule["expr"]: rule["level"] for indicator in INDICATORS.values() for rule in indicator.get("rules", [])
}

PASSED, FAILED, SKIPPED = Outcome(Result.PASS), Outcome(Result.FAIL), Outcome(Result.SKIPPED)
SOFTENED = Outcome(Result.FAIL, softened=True)


# --- the outline is whole ------------------------------------------------------------------------------


def test_sections():
    parents = {section["parent"] for section in OUTLINE["sections"] if "parent" in section}
    parts = [section["code"] for section in OUTLINE["sections"] if section["code"] not in parents]
    assert parts == [
        *("S0", "S1"),
        *(f"S2.{number}" for number in range(1, 10)),
        *(f"S3.{number}" for number in range(1, 5)),
        *("S6", "S4", "S5"),
    ]
    assert len(parts) == 18
    assert parents == {"S2", "S3"}


def test_nothing_about_the_people_is_a_candidate_for_the_public():
    candidates = [s["code"] for s in OUTLINE["sections"] if s.get("visibility") == "public_candidate"]
    assert candidates == [
        *("S2.1", "S2.2", "S2.3", "S2.4", "S2.5", "S2.6", "S2.8", "S2.9"),
        *("S3.1", "S3.2", "S3.4", "S4"),
    ]
    internal = [code for code, indicator in INDICATORS.items() if indicator.get("visibility") == "internal"]
    assert internal == ["B1", "B2", "B3", "B4", "B5", "B6", "D9", "D10", "I1", "I2", "I3"]


def test_only_the_lessons_are_for_the_annual_report_alone():
    assert [s["code"] for s in OUTLINE["sections"] if s.get("periods") == "annual"] == ["S3.4"]


def test_indicators_and_groups():
    assert len(OUTLINE["indicators"]) == len(INDICATORS) == 93
    assert list(OUTLINE["indicator_groups"]) == list("ABCDEFGHIKL")
    assert {indicator["group"] for indicator in INDICATORS.values()} == set(OUTLINE["indicator_groups"])
    assert all(code.startswith(indicator["group"]) for code, indicator in INDICATORS.items())
    assert Counter(indicator["op"] for indicator in INDICATORS.values()) == {
        "sum": 60,
        "stock": 24,
        "ratio": 5,
        "calc": 2,
        "opening": 1,
        "text": 1,
    }
    assert sum(indicator.get("attested", False) for indicator in INDICATORS.values()) == 39


def test_definitions_are_short_and_name_only_indicators_that_are_there():
    """One or two sentences, as they fit beside a cell of Excel; what stands is counted on the last day."""
    for code, indicator in INDICATORS.items():
        words = indicator["definition"]
        assert 40 < len(words) <= 255 and words.endswith(".") and words.count(". ") <= 1, code
        assert set(re.findall(r"\b[A-L]\d{1,2}[a-z]?\b", words)) <= set(INDICATORS), code
        assert "ngày cuối kỳ" in words or indicator["op"] != "stock", code
        assert all(part in words for part in indicator.get("of", ())), code


def test_ratios_divide_known_indicators():
    ratios = {code: indicator["of"] for code, indicator in INDICATORS.items() if indicator["op"] == "ratio"}
    assert ratios == {
        "A5": ["A5n", "A5d"],
        "C7": ["C6", "C5"],
        "D3": ["D2", "D1"],
        "E8": ["E7", "E6"],
        "L5": ["L3", "L4"],
    }
    assert {code for of in ratios.values() for code in of} <= set(INDICATORS)


def test_computed_indicators():
    computed = {
        code: indicator["expr"] for code, indicator in INDICATORS.items() if indicator["op"] == "calc"
    }
    assert computed == {"B4": "B1 + B2 - B3", "K3": "K3a + K3b"}
    assert evaluate_value(parse(computed["B4"]), lookup_in({"B1": "5", "B2": "3", "B3": "6"})) == Decimal(2)
    assert evaluate_value(parse(computed["K3"]), lookup_in({"K3a": "1493", "K3b": "250"})) == Decimal(1743)
    assert evaluate_value(parse(computed["K3"]), lookup_in({"K3a": "1493"})) is None


@pytest.mark.parametrize("expr", RULES)
def test_a_rule_refers_to_known_codes_only(expr):
    rule = parse(expr)
    assert rule.is_rule is True
    assert {code for _, code in rule.references} <= set(INDICATORS)


# --- each rule, four times -------------------------------------------------------------------------------


class Cases(NamedTuple):
    """Figures with which a rule of the outline passes, fails, misses one, and has a qualified one."""

    level: str
    passing: dict[str, str]
    failing: dict[str, str]
    blank: dict[str, str]
    qualified: dict[str, str]
    on_blank: Outcome = SKIPPED
    on_qualified: Outcome = FAILED


def at_most(level, part, whole):
    """The cases of “part <= whole”: 12 of 12, 13 of 12, part of an unknown whole, nearly 13 of 12."""
    return Cases(
        level,
        passing={part: "12", whole: "12"},
        failing={part: "13", whole: "12"},
        blank={part: "13"},
        qualified={part: "gần 13", whole: "12"},
    )


def some_when_any(people, meetings):
    """The cases of “people > 0 when meetings > 0”: the number of people must be entered and not 0."""
    return Cases(
        "soft",
        passing={people: "120", meetings: "3"},
        failing={people: "0", meetings: "3"},
        blank={meetings: "3"},
        qualified={people: "0", meetings: "gần 3"},
        on_blank=FAILED,
    )


CASES = {
    "A4 > 0 when A3 > 0": some_when_any("A4", "A3"),
    "C9 > 0 when C8 > 0": some_when_any("C9", "C8"),
    "A5n <= A5d": at_most("hard", "A5n", "A5d"),
    "C5 <= C4": at_most("hard", "C5", "C4"),
    "C6 <= C5": at_most("soft", "C6", "C5"),
    "C11 <= C10": at_most("soft", "C11", "C10"),
    "C12 <= C8": at_most("soft", "C12", "C8"),
    "D2 <= D1": at_most("hard", "D2", "D1"),
    "D6 <= D5": at_most("hard", "D6", "D5"),
    "E7 <= E6": at_most("soft", "E7", "E6"),
    "F6 <= F5": at_most("soft", "F6", "F5"),
    "K2 <= K1": at_most("soft", "K2", "K1"),
    "K4 <= K3": at_most("hard", "K4", "K3"),
    "L3 <= L4": at_most("hard", "L3", "L4"),
    "A8 >= A7": Cases(
        "soft",
        passing={"A8": "2", "A7": "2"},
        failing={"A8": "1", "A7": "2"},
        blank={"A7": "2"},
        qualified={"A8": "gần 1", "A7": "2"},
    ),
    "B1 = ky_truoc.B4": Cases(
        "soft",
        passing={"B1": "5", "ky_truoc.B4": "5"},
        failing={"B1": "5", "ky_truoc.B4": "4"},
        blank={"B1": "5"},
        qualified={"B1": "5", "ky_truoc.B4": "gần 6"},
        on_qualified=SOFTENED,
    ),
    "B3 <= B1 + B2": Cases(
        "hard",
        passing={"B1": "5", "B2": "3", "B3": "8"},
        failing={"B1": "5", "B2": "3", "B3": "9"},
        blank={"B1": "5", "B3": "9"},
        qualified={"B1": "gần 5", "B2": "3", "B3": "9"},
    ),
    "D7 <= D5 - D6": Cases(
        "soft",
        passing={"D5": "20", "D6": "15", "D7": "5"},
        failing={"D5": "20", "D6": "15", "D7": "6"},
        blank={"D5": "20", "D7": "21"},
        qualified={"D5": "gần 20", "D6": "15", "D7": "6"},
    ),
    "K5a + K5b + K5c + K5d = K3": Cases(
        "hard",
        passing={"K5a": "700", "K5b": "600", "K5c": "243", "K5d": "200", "K3": "1743"},
        failing={"K5a": "700", "K5b": "600", "K5c": "243", "K5d": "201", "K3": "1743"},
        blank={"K5a": "700", "K5b": "600", "K5c": "243", "K3": "1743"},
        qualified={"K5a": "gần 700", "K5b": "600", "K5c": "243", "K5d": "201", "K3": "1743"},
        on_qualified=SOFTENED,
    ),
}


def test_every_rule_has_its_cases_and_level():
    assert {expr: cases.level for expr, cases in CASES.items()} == RULES
    assert len(RULES) == 19


@pytest.mark.parametrize("expr", CASES)
def test_a_rule_passes(expr):
    assert evaluate_rule(parse(expr), lookup_in(CASES[expr].passing)) == PASSED


@pytest.mark.parametrize("expr", CASES)
def test_a_rule_fails(expr):
    assert evaluate_rule(parse(expr), lookup_in(CASES[expr].failing)) == FAILED


@pytest.mark.parametrize("expr", CASES)
def test_a_rule_with_a_blank_operand(expr):
    assert evaluate_rule(parse(expr), lookup_in(CASES[expr].blank)) == CASES[expr].on_blank


@pytest.mark.parametrize("expr", CASES)
def test_a_rule_with_a_qualified_operand(expr):
    assert evaluate_rule(parse(expr), lookup_in(CASES[expr].qualified)) == CASES[expr].on_qualified


@pytest.mark.parametrize("expr", CASES)
def test_a_rule_is_skipped_in_an_empty_report(expr):
    assert evaluate_rule(parse(expr), lookup_in({})) == SKIPPED
