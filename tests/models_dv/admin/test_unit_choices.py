"""Units are looked up in every form of the admin: no page carries a list of 14,000 options."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin

from models_dv.domain.units import rebuild_paths
from models_dv.models import CommitteeTerm, Unit
from tests.factories.world import make_commune, make_province
from tests.models_dv.admin.pages import errors_of

OURS = ("models_dv", "reports")
PAGES = [row for row in admin.site._registry.values() if row.opts.app_label in OURS]
#: Models with one row or more for every unit.
AS_MANY_AS_UNITS = (Unit, CommitteeTerm)


def parts_of(page, request):
    """The page and the rows under it, where they can be filled in."""
    inlines = [inline(page.model, page.admin_site) for inline in page.inlines]
    own = [page] if page.has_add_permission(request) or page.has_change_permission(request) else []
    return own + [
        part
        for part in inlines
        if part.has_add_permission(request, None) or part.has_change_permission(request)
    ]


def choices_of_units(part, request):
    """(field, form field) of each relation to as many rows as there are units."""
    for field in part.opts.get_fields():
        if field.concrete and field.editable and field.related_model in AS_MANY_AS_UNITS:
            yield field.name, part.formfield_for_dbfield(field, request)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.opts.label)
def test_units_are_looked_up(page, rf, administrator):
    request = rf.get("/")
    request.user = administrator
    for part in parts_of(page, request):
        for name, field in choices_of_units(part, request):
            widget = getattr(field.widget, "widget", field.widget)
            assert isinstance(widget, AutocompleteMixin | forms.HiddenInput), f"{part}: {name}"


@pytest.fixture
def nation(db):
    """A province with 30 communes whose numbers the portal keeps."""
    province = make_province()
    for number in range(30):
        make_commune(province, f"Số {number}", code=f"xa-{number}", portal_numbers=True)
    rebuild_paths()
    return province


@pytest.mark.parametrize(
    "path", ["models_dv/unit/add/", "reports/reportinground/add/", "reports/numberseries/add/"]
)
def test_no_page_carries_the_units(admin_pages, nation, path):
    page = admin_pages.get(f"/quan-tri/{path}").content.decode()
    assert "Số 7" not in page


def suggested(admin_pages, model, field, term):
    query = {"app_label": model[0], "model_name": model[1], "field_name": field, "term": term}
    return [row["text"] for row in admin_pages.get("/quan-tri/autocomplete/", query).json()["results"]]


def test_terms_are_suggested_with_their_unit_where_the_portal_keeps_the_numbers(admin_pages, nation):
    assert suggested(admin_pages, ("reports", "numberseries"), "term", "so 7") == [
        "Đảng uỷ xã Số 7 – nhiệm kỳ 2025 - 2030"
    ]
    assert len(suggested(admin_pages, ("reports", "numberseries"), "term", "")) == 20
    assert suggested(admin_pages, ("reports", "numberseries"), "term", "tinh uy") == []


def test_a_term_of_another_unit_is_refused(admin_pages, nation):
    term = nation.terms.get()
    answer = admin_pages.post("/quan-tri/reports/numberseries/add/", {"term": term.pk, "last_number": "1"})
    assert errors_of(answer)[0] == "Mục đã chọn không có trong danh sách. Chọn lại"


def test_suggestions_cost_the_same_however_many(admin_pages, nation, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert len(suggested(admin_pages, ("models_dv", "unitrole"), "unit", "xa")) == 20
