"""The registry of “Dân vận khéo”: the list, one model, registering, mending, replicating."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from models_dv import clock
from models_dv.domain import dan_van_kheo as domain
from models_dv.domain.dan_van_kheo import results_of
from models_dv.domain.kheo_facts import cautions
from models_dv.domain.kheo_tree import as_tree, registry_ids
from models_dv.domain.search import mark, read_query
from models_dv.domain.unit_names import unit_name
from models_dv.enums import FactKind, Role
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.filters.dan_van_kheo import KheoFilter
from models_dv.forms.dan_van_kheo import RegistrationForm, ResultFormSet, units_kept
from models_dv.models import DanVanKheo, KheoPublication
from models_dv.models.dan_van_kheo import facts_of
from models_dv.models.search_text import are_common
from models_dv.scopes import unit_ids_with
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import chips_of, page_of
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.model_words import NAV, acts_for, badges_of, fact_line
from models_dv.views.staff.own_units import keeps_standing_unit
from models_dv.views.staff.refusals import refusals_as_page

#: Filters that stand behind “Thêm bộ lọc”.
MORE_FILTERS = ("nam", "su_viec", "cap", "doi_tuong", "cong_bo")
#: Facts that the list shows.
SHOWN_FACTS = (FactKind.LAUNCHED, FactKind.STOPPED, FactKind.TYPICAL, FactKind.RECOGNISED, FactKind.AWARDED)
#: The long texts of a model under their headings.
UNSAID_STOP = "Trang công khai chưa ghi mô hình đã dừng. Công bố lại để ghi rõ, hoặc gỡ khỏi trang công khai."
TEXTS = (
    ("Tình hình, lý do", "situation"),
    ("Mục tiêu, tiêu chí", "aims"),
    ("Nội dung, cách làm", "method"),
    ("Nguồn lực", "resources"),
    ("Kết quả", "results"),
    ("Khả năng duy trì, nhân rộng", "lasting"),
    ("Kinh nghiệm", "experience"),
)
LIST_COLUMNS = ("name", "kind", "field", "year", "address", "unit_id")


@require_safe
def models(request):
    """The models that the person may see, newest first, 20 a page."""
    today = clock.today()
    common = _asks_for_common_words(request)
    visible = DanVanKheo.objects.visible_to(request.user, in_order=common)
    filterset = KheoFilter(request.GET, queryset=visible, today=today, common=common)
    shown = page_of(request, with_badges(filterset.qs, today), capped=True)
    query = filterset.query
    for model in shown.page:
        model.title = mark(model.name, query)
        model.badges = badges_of(
            [kind for kind in SHOWN_FACTS if getattr(model, f"{kind}_on")],
            is_public=model.public_id is not None,
        )
    context = {
        "nav": NAV,
        "filter": filterset,
        "chips": [chip for chip in chips_of(filterset, request) if not _hangs(chip, request)],
        "more_open": any(request.GET.get(name) for name in MORE_FILTERS),
        "shown": shown,
        "may_add": keeps_standing_unit(request.user),
        **illustrative_of(model.unit.illustrative for model in shown.page),
    }
    return render(request, "staff/models/list.html", context)


def _asks_for_common_words(request) -> bool:
    """Whether the words stand nearly everywhere; within a unit they are looked up at any rate."""
    words = read_query(request.GET.get("q")).words
    return not request.GET.get("don_vi") and are_common(DanVanKheo, words)


def _hangs(chip, request) -> bool:
    """“Kể cả cấp dưới” says nothing without a unit."""
    return chip.label == KheoFilter.base_filters["cap_duoi"].label and not request.GET.get("don_vi")


def with_badges(rows, today):
    """Rows of the list with the name of their unit and what happened to them, in one query.

    First rows are asked for, not whether there are any: PostgreSQL answers the latter for all rows at once,
    whatever few are shown.
    """
    marks = {f"{kind}_on": Subquery(facts_of(kind, None, today).values("on")[:1]) for kind in SHOWN_FACTS}
    public = KheoPublication.objects.published().filter(model=OuterRef("pk"))
    rows = rows.annotate(
        unit_name=unit_name("unit", today), public_id=Subquery(public.values("pk")[:1]), **marks
    )
    return rows.select_related("unit").only(*LIST_COLUMNS, "unit__illustrative", "unit__code")


# --- one model -----------------------------------------------------------------------------------------


def visible_model(user, pk: int) -> DanVanKheo:
    """The model with its unit; Http404 for whom it does not exist."""
    rows = DanVanKheo.objects.visible_to(user).select_related("unit", "publication")
    return get_object_or_404(rows.prefetch_related("unit__versions"), pk=pk)


def publication_of(model: DanVanKheo) -> KheoPublication | None:
    """Its public page, withdrawn or not."""
    return getattr(model, "publication", None)


def hides_stop(publication: KheoPublication | None) -> bool:
    """Whether the public reads of the model and not that it has stopped, should it have."""
    return publication is not None and publication.is_public and not publication.says_stopped


@require_safe
def model(request, pk):
    """Everything about one model: what was entered, its facts, files, copies, and what may be done."""
    found = visible_model(request.user, pk)
    today, publication = clock.today(), publication_of(found)
    facts = list(found.facts.select_related("recorded_by"))
    for fact in facts:
        fact.model = found
    kinds = {fact.kind for fact in facts if fact.earliest <= today}
    is_public = publication is not None and publication.is_public
    context = {
        "nav": NAV,
        "model": found,
        "unit_version": found.unit.version_on(today),
        "badges": badges_of(kinds, is_public=is_public),
        "acts": acts_for(request.user, found),
        "facts": [fact_line(fact, request.user) for fact in facts],
        "cautions": cautions(facts),
        "texts": [(title, text) for title, name in TEXTS if (text := getattr(found, name).strip())],
        "results": results_of(found),
        "photos": list(found.photos.all()),
        "evidence": list(found.evidence.all()),
        "tree": family(request.user, found),
        "publication": publication,
        "is_public": is_public,
        "unsaid_stop": UNSAID_STOP if FactKind.STOPPED in kinds and hides_stop(publication) else "",
        "illustrative": found.unit.illustrative,
    }
    return render(request, "staff/models/model.html", context)


def family(user, model: DanVanKheo):
    """Origin and copies as a tree; None where there are none.

    Of another unit's model that the person does not see only what is public is told.
    """
    parents = registry_ids(model.pk)
    if len(parents) < 2:
        return None
    visible = DanVanKheo.objects.visible_to(user).filter(pk=OuterRef("pk"))
    public = KheoPublication.objects.published().filter(model=OuterRef("pk"))
    rows = DanVanKheo.objects.filter(pk__in=parents).annotate(
        unit_name=unit_name("unit", clock.today()),
        is_visible=Exists(visible),
        slug=Subquery(public.values("slug")[:1]),
        is_launched=Exists(facts_of(FactKind.LAUNCHED, None, None)),
    )
    rows = rows.only("name", "year").order_by("year", "pk")
    return as_tree(parents, rows, lambda row: row.pk, model.pk)


# --- registering, mending, replicating -----------------------------------------------------------------


def _require_some_unit(user) -> None:
    if not unit_ids_with(user, Role.AUTHOR, Role.APPROVER):
        raise NotAllowed("Chỉ người soạn thảo hoặc duyệt của một đơn vị mới đăng ký được mô hình.")
    if not units_kept(user).exists():
        raise NotAllowed("Đơn vị của tài khoản này đã kết thúc nên không đăng ký thêm được mô hình.")


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def model_new(request):
    """Đăng ký: the form in sections."""
    _require_some_unit(request.user)
    return _register(request, {"year": clock.today().year, "registered_on": clock.today()})


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def model_copy(request, pk):
    """Nhân rộng: the form of a new model that names its origin, begun from what the person may read of it."""
    origin = domain.origins(request.user).select_related("publication").filter(pk=pk).first()
    if origin is None:
        raise Http404
    _require_some_unit(request.user)
    reads_all = DanVanKheo.objects.visible_to(request.user).filter(pk=pk).exists()
    values = domain.copy_values(origin) if reads_all else domain.public_copy_values(origin)
    started = {"year": clock.today().year, "registered_on": clock.today()}
    return _register(request, started | values, origin=origin)


def _register(request, initial: dict, origin: DanVanKheo | None = None):
    form = RegistrationForm(posted(request), user=request.user, initial=initial)
    rows = ResultFormSet(request.POST, prefix="kq") if request.method == "POST" else ResultFormSet.showing([])
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        try:
            made = domain.register(
                unit=form.cleaned_data["unit"],
                values=form.values,
                results=rows.results,
                registered_on=form.cleaned_data["registered_on"],
                actor=request.user,
            )
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, "Đã đăng ký mô hình. Ghi tiếp mốc, ảnh, minh chứng ở trang này.")
            return redirect(made)
    return _form_page(request, form, rows, {"origin": origin})


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def model_edit(request, pk):
    """Sửa: everything entered but the unit and the facts."""
    found = visible_model(request.user, pk)
    domain.require_keeper(request.user, found)
    form = RegistrationForm(posted(request), user=request.user, model=found)
    rows = (
        ResultFormSet(request.POST, prefix="kq")
        if request.method == "POST"
        else ResultFormSet.showing(results_of(found))
    )
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        found.revision = form.cleaned_data["revision"]
        try:
            domain.edit(found, values=form.values, results=rows.results, actor=request.user)
        except ExpectedError as error:
            say(form, error, revision=DanVanKheo.objects.values_list("revision", flat=True).get(pk=pk))
        else:
            messages.success(request, "Đã lưu mô hình.")
            return redirect(found)
    return _form_page(request, form, rows, {"model": visible_model(request.user, pk)})


def _form_page(request, form, rows, context: dict):
    wrong = bool(form.errors) or (rows.is_bound and not rows.is_valid())
    units = [context["model"].unit] if "model" in context else form.fields["unit"].queryset
    illustrative = all(unit.illustrative for unit in units)
    context |= {"nav": NAV, "form": form, "rows": rows, "illustrative": illustrative}
    return render(request, "staff/models/form.html", context, status=422 if wrong else 200)
