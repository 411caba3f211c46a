"""Facts of a model: saying what happened, and taking away what was said wrongly."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from models_dv.domain.kheo_facts import ONCE, add_fact, kinds_for, remove_fact
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.forms.dan_van_kheo import FactForm
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.model_words import NAV, fact_line
from models_dv.views.staff.models import visible_model
from models_dv.views.staff.refusals import refusals_as_page


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def model_fact(request, pk):
    """Ghi mốc: what is unusual is written all the same, and said afterwards."""
    model = visible_model(request.user, pk)
    kinds = kinds_for(request.user, model)
    if not kinds:
        raise NotAllowed("Tài khoản này không ghi mốc của mô hình này.")
    facts = list(model.facts.select_related("recorded_by"))
    said = {fact.kind for fact in facts if fact.kind in ONCE}
    form = FactForm(posted(request), kinds=[kind for kind in kinds if kind not in said])
    if request.method == "POST" and form.is_valid():
        try:
            fact, look_again = add_fact(model, form.entry, actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã ghi “{fact.get_kind_display()}”.")
            for sentence in look_again:
                messages.warning(request, f"{sentence}. Nếu đúng thì để nguyên.")
            return redirect(model)
    context = {
        "nav": NAV,
        "model": model,
        "form": form,
        "facts": [fact_line(fact) for fact in facts],
        "illustrative": model.unit.illustrative,
    }
    return render(request, "staff/models/fact.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_as_page(NAV)
def model_fact_remove(request, pk, row):
    """Xoá mốc, with the reason."""
    model = visible_model(request.user, pk)
    fact = get_object_or_404(model.facts, pk=row)
    fact.model = model
    label = fact.get_kind_display()
    try:
        remove_fact(fact, reason=request.POST.get("reason", ""), actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Đã xoá “{label}”. Nhật ký giữ lại mốc và lý do xoá.")
    return redirect(model)
