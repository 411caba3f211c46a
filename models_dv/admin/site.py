"""What the admin site itself is fitted with."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.shortcuts import redirect
from django.views.i18n import JavaScriptCatalog

from models_dv.forms.admin_units import term_label, unit_label
from models_dv.models import CommitteeTerm, Unit
from models_dv.vietnamese.collation import sort_key

LABELS = {Unit: unit_label, CommitteeTerm: term_label}
TITLE = "Quản trị – Báo cáo dân vận"


class Suggestions(AutocompleteJsonView):
    """Suggestions of the choice fields; a unit comes with the body above it and its code, a term with its unit."""

    def serialize_result(self, obj, to_field_name):
        """{id, text} of one suggestion."""
        text = LABELS.get(type(obj), str)(obj)
        return {"id": str(getattr(obj, to_field_name)), "text": text}


def fit(site) -> None:
    """Give ``site`` its titles, suggestions and words, and the portal's own pages for an account."""

    app_list = site.get_app_list

    def apps_in_order(request, app_label=None):
        groups = app_list(request, app_label)
        for group in groups:
            group["models"].sort(key=lambda row: sort_key(row["name"]))
        return sorted(groups, key=lambda group: sort_key(group["name"]))

    def suggestions(request):
        return Suggestions.as_view(admin_site=site)(request)

    def javascript_words(request, extra_context=None):
        packages = ["django.contrib.admin", "models_dv"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def own_password(request, extra_context=None):
        return redirect("password_change")

    def sign_out(request, extra_context=None):
        return redirect("account_logout")

    site.site_header = site.site_title = TITLE
    site.index_title = "Quản trị"
    site.empty_value_display = "–"
    site.get_app_list = apps_in_order
    site.autocomplete_view = suggestions
    site.i18n_javascript = javascript_words
    site.password_change = own_password
    site.logout = sign_out
    site.disable_action("delete_selected")
