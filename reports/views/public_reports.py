"""One published report: its page, its earlier versions, its files."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from models_dv.views.public_page import public_page
from reports.documents.summary_files import ready_file, summary_file
from reports.domain import public_reading
from reports.domain.public_reading import PublicReport, Withdrawn
from reports.exporters.open_data import version_csv


def published_or_404(slug: str, number: int | None = None) -> PublicReport | Withdrawn:
    """The version at an address, or its notice; 404 where nothing was ever published."""
    report = public_reading.find(slug, number)
    if report is None:
        raise Http404
    return report


def _withdrawn(request, notice: Withdrawn):
    context = {"nav": "reports", "notice": notice, "kicker": public_reading.kicker(notice.publication.period)}
    return render(request, "public/withdrawn.html", context, status=410)


def page_context(report: PublicReport) -> dict:
    """What ``public/report.html`` shows."""
    return {
        "nav": "reports",
        "report": report,
        "contents": _contents(report),
        "file": None if report.newer or report.is_preview else ready_file(report),
        "related": [
            {
                "kicker": f"{other.unit_version.short_name} · {other.period.label}",
                "title": other.current.title,
                "url": other.get_absolute_url(),
            }
            for other in public_reading.related(report.publication)
        ],
    }


def _page(request, report: PublicReport):
    return render(request, "public/report.html", page_context(report))


def _contents(report: PublicReport) -> list[dict]:
    items = [{"href": f"#{section.anchor}", "title": section.title} for section in report.sections]
    return [*items, {"href": "#so-lieu", "title": "Số liệu"}] if report.figures else items


@public_page
def report(request, slug):
    """The version in force; the notice where it was taken down."""
    found = published_or_404(slug)
    return _withdrawn(request, found) if isinstance(found, Withdrawn) else _page(request, found)


@public_page
def version(request, slug, number):
    """A version by its number: an earlier one with a word on the newer one, the one in force at its own address."""
    found = published_or_404(slug, number)
    if isinstance(found, Withdrawn):
        return _withdrawn(request, found)
    return _page(request, found) if found.newer else redirect(found.publication)


@public_page
def pdf(request, slug):
    """“Bản tóm tắt (PDF)” of the version in force."""
    found = published_or_404(slug)
    if isinstance(found, Withdrawn):
        return _withdrawn(request, found)
    response = HttpResponse(summary_file(found).path.read_bytes(), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    return response


@public_page
def figures_csv(request, slug):
    """The figures of the version in force."""
    found = published_or_404(slug)
    if isinstance(found, Withdrawn):
        return _withdrawn(request, found)
    response = HttpResponse(version_csv(found.version), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return response
