"""Who reaches the admin: administrators, nobody else."""

from itertools import chain

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from models_dv.enums import Role
from models_dv.models import User
from tests.factories.world import make_province, make_user

MODELS = [model for model in admin.site._registry if model._meta.app_label in ("models_dv", "reports")]
LISTS = [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in MODELS]
READ_ONLY = {
    "kheopublication",
    "conferencepublication",
    "difficulty",
    "importbatch",
    "job",
    "auditentry",
    "committeeterm",
    "report",
    "reportedition",
    "publication",
    "documentnumber",
    "task",
}


def test_registered():
    assert {model._meta.label for model in MODELS} == {
        "models_dv.AuditEntry",
        "models_dv.CommitteeTerm",
        "models_dv.DanVanKheo",
        "models_dv.KheoPublication",
        "models_dv.Conference",
        "models_dv.ConferencePublication",
        "models_dv.Difficulty",
        "models_dv.DifficultyTopic",
        "models_dv.ImportBatch",
        "models_dv.Job",
        "models_dv.Official",
        "models_dv.Period",
        "models_dv.Reorganisation",
        "models_dv.SigningDelegation",
        "models_dv.Task",
        "models_dv.Unit",
        "models_dv.User",
        "reports.DocumentNumber",
        "reports.Indicator",
        "reports.NumberSeries",
        "reports.Outline",
        "reports.OutlineVersion",
        "reports.Publication",
        "reports.Report",
        "reports.ReportEdition",
        "reports.ReportingRound",
    }
    assert not admin.site.is_registered(Group)


def shown_names(model_admin) -> set[str]:
    """Columns of the list, filters by a field, and fields of the page."""
    sets = [options["fields"] for _title, options in model_admin.fieldsets or ()]
    shown = [*getattr(model_admin, "list_display", ()), *(model_admin.fields or ()), *chain(*sets)]
    filters = [
        one if isinstance(one, str) else one[0]
        for one in getattr(model_admin, "list_filter", ())
        if not isinstance(one, type)
    ]
    rows = [[name] if isinstance(name, str) else name for name in shown]
    return {*chain(*rows), *(name for name in filters if isinstance(name, str))}


def nameless(model_admin) -> set[str]:
    """Fields shown under the name that they have in the code."""
    fields = {field.name: field for field in model_admin.opts.concrete_fields}
    found = shown_names(model_admin) & fields.keys()
    own = {name for name in found if getattr(model_admin, name, None) is None}
    return {name for name in own if fields[name].verbose_name == name.replace("_", " ")}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_and_field_has_a_name_in_words(model):
    page = admin.site._registry[model]
    rows = [inline(model, admin.site) for inline in page.inlines]
    assert [nameless(one) for one in (page, *rows)] == [set()] * (1 + len(rows))


@pytest.mark.parametrize("path", ["/quan-tri/", *LISTS])
def test_a_visitor_is_asked_to_sign_in(client, db, path):
    answer = client.get(path, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/dang-nhap/?next=")


@pytest.mark.parametrize("path", ["/quan-tri/", *LISTS])
def test_staff_with_roles_but_not_administrators_are_refused(client, db, path):
    province = make_province()
    client.force_login(make_user("can-bo", "Cán bộ", province, *Role))
    assert client.get(path, follow=True).status_code == 403


def test_somebody_without_a_role_is_refused(client, db):
    client.force_login(make_user("khong-vai-tro", "Không vai trò"))
    assert client.get("/quan-tri/", follow=True).status_code == 403


def test_a_locked_administrator_is_asked_to_sign_in(client, db):
    client.force_login(make_user("cu", "Quản trị cũ", is_staff=True, is_active=False))
    answer = client.get("/quan-tri/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/dang-nhap/?next=")


@pytest.mark.parametrize("path", ["/quan-tri/", *LISTS])
def test_an_administrator_sees_every_list(admin_pages, path):
    assert admin_pages.get(path).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_adding_is_offered_where_things_are_made_here(admin_pages, model):
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    expected = 403 if model._meta.model_name in READ_ONLY else 200
    assert admin_pages.get(path).status_code == expected


def test_nothing_is_deleted_from_a_list(admin_pages, administrator, rf):
    request = rf.get("/")
    request.user = administrator
    actions = {name for model in MODELS for name in admin.site._registry[model].get_actions(request)}
    assert actions == {"lock", "unlock"}
    path = reverse("admin:models_dv_user_changelist")
    admin_pages.post(path, {"action": "delete_selected", "_selected_action": [administrator.pk]})
    assert User.objects.filter(pk=administrator.pk).exists()


def test_the_sites_own_account_pages_lead_to_the_portals(admin_pages):
    assert admin_pages.get("/quan-tri/password_change/").url == "/doi-mat-khau/"
    assert admin_pages.get("/quan-tri/logout/").url == "/dang-xuat/"


def test_the_head_of_a_page(admin_pages):
    page = admin_pages.get("/quan-tri/").content.decode()
    assert "Quản trị – Báo cáo dân vận" in page
    assert page.count("<script") == page.count("<script src=")
    assert " style=" not in page and "<style" not in page


@pytest.mark.parametrize("value", ["abc", "9" * 30, "9" * 5000, "-1", "²", "%00"])
@pytest.mark.parametrize(
    "path",
    [
        "models_dv/auditentry/?nguoi=",
        "models_dv/auditentry/?action__exact=",
        "models_dv/user/?don-vi=",
        "models_dv/unit/?cap=",
        "models_dv/unit/?q=",
        "models_dv/user/?vai-tro=",
        "reports/documentnumber/?q=",
        "reports/reportinground/?q=",
        "reports/reportinground/?state=",
        "reports/reportinground/add/?period=1&root_unit=",
    ],
)
def test_addresses_typed_by_hand_do_no_harm(admin_pages, path, value):
    assert admin_pages.get(f"/quan-tri/{path}{value}", follow=True).status_code == 200
