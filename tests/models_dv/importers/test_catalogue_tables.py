"""The shipped tables: complete, closed, and without the mix-ups of their sources."""

from collections import Counter
from datetime import date

import pytest

from models_dv.importers.catalogue.plan import CODE_LENGTH, make_plan
from models_dv.importers.catalogue.tables import gaps, read_catalogue
from models_dv.models import Unit, UnitVersion


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue()


@pytest.fixture(scope="module")
def plan(catalogue):
    return make_plan(catalogue)


def test_counts_are_those_of_the_law(catalogue):
    assert catalogue.counts() == {
        "provinces": 34,
        "communes": 3321,
        "provinces_before": 63,
        "districts_before": 696,
        "communes_before": 10035,
        "edges": 10571,
    }
    assert Counter(row.type for row in catalogue.provinces.values()) == {"tinh": 25, "thanh-pho": 9}
    assert Counter(row.type for row in catalogue.communes.values()) == {
        "xa": 2599,
        "phuong": 709,
        "dac-khu": 13,
    }


def test_every_code_leads_somewhere(catalogue):
    assert gaps(catalogue) == []


def test_codes_keep_their_zeros(catalogue):
    assert {len(code) for code in (*catalogue.provinces, *catalogue.provinces_before)} == {2}
    assert {len(code) for code in catalogue.districts_before} == {3}
    assert {len(code) for code in (*catalogue.communes, *catalogue.communes_before)} == {5}
    assert catalogue.communes["00004"].name == "Ba Đình"


def test_a_commune_is_divided_or_goes_as_a_whole(catalogue):
    successors = Counter(edge.old for edge in catalogue.edges)
    assert [edge for edge in catalogue.edges if edge.is_whole != (successors[edge.old] == 1)] == []


def test_no_commune_leaves_what_its_province_became(catalogue):
    provinces = {(edge.old, edge.new) for edge in catalogue.province_edges}
    districts, communes = catalogue.districts_before, catalogue.communes_before
    ways = {
        (districts[communes[edge.old].above].above, catalogue.communes[edge.new].above)
        for edge in catalogue.edges
        if edge.old in communes
    }
    assert ways == provinces


def test_the_plan_has_a_code_of_its_own_for_every_unit_and_fits_the_columns(plan):
    codes = [unit.code for unit in plan.units]
    assert (len(codes), len(set(codes)), max(map(len, codes))) == (14006, 14006, CODE_LENGTH)
    assert Unit._meta.get_field("code").max_length == CODE_LENGTH
    limits = {field.name: field.max_length for field in UnitVersion._meta.fields if field.max_length}
    longest = {
        (name, limits[name])
        for unit in plan.units
        for version in unit.versions
        for name, value in version.fields.items()
        if len(value) > limits[name]
    }
    assert longest == set()


def test_units_stay_where_the_area_is_the_same(plan):
    stayed = [
        unit
        for unit in plan.units
        if unit.versions[0].valid_from == date(2020, 1, 1) and not unit.key.is_former
    ]
    assert Counter(unit.key.level for unit in stayed) == {"province": 11, "commune": 132}
    assert [unit.code for unit in stayed if unit.code.endswith("-truoc-2025")] == []
