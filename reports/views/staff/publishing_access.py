"""What every staff view of a publication does first: find the version, refuse whom it is not for."""

from functools import wraps

from django.http import Http404

from models_dv.errors import NotAllowed
from models_dv.scopes import unit_ids_with
from reports import permissions
from reports.models import PublicationVersion
from reports.views.staff.access import refused

REFUSED = "Tài khoản này không làm được việc này"


def get_version(user, pk: int) -> PublicationVersion:
    """A version of a publication of the person's own units, with what its pages show.

    Http404 for whom it does not exist; NotAllowed for colleagues who do not publish.
    """
    version = (
        PublicationVersion.objects.filter(pk=pk, publication__unit_id__in=unit_ids_with(user))
        .select_related(
            "publication__unit",
            "publication__unit_version__parent",
            "publication__period",
            "publication__report__in_force",
            "publication__current",
            "publication__citation",
            "edition__report__round__period",
            "edition__report__unit_version",
            "written_by",
            "confirmed_by",
        )
        .defer("search_text", "publication__current__search_text")
        .first()
    )
    if version is None:
        raise Http404
    publication = version.publication
    permissions.require_publisher(user, publication.unit_id, publication.unit_version.name)
    return version


def refusals_as_page(view):
    """Answer NotAllowed with a page that says why (403)."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as error:
            return refused(request, error, nav="publications", title=REFUSED)

    return answer
