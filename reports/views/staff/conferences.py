"""The page of one conference, with the reports that it reviewed, and linking it to them."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from models_dv.domain import conclusions
from models_dv.domain.conference_publishing import publication_of
from models_dv.domain.conferences import require_keeper
from models_dv.errors import ExpectedError
from models_dv.models import AuditEntry, Conference
from models_dv.permissions import may_keep, may_publish
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.conference_parts import PARTS
from models_dv.views.staff.conferences import NAV, state_badge, visible_conference
from models_dv.views.staff.refusals import refusals_as_page
from reports.domain import conference_links as domain
from reports.domain.narrative import parse_narrative
from reports.forms.conferences import LinkForm
from reports.models import ConferenceLink, Report

#: Rows of a part that the overview shows; the rest stands on the page of the part.
SHOWN = 8
#: Of what was done to it, the last steps, made out of so many entries at the most.
STEPS_SHOWN = 12
ENTRIES_READ = 120


@dataclass(frozen=True)
class ShownLink:
    """A link in words; ``url`` where the person may open what is linked."""

    link: ConferenceLink
    kind: str
    words: str
    url: str = ""


@dataclass
class Step:
    """What was done to it; the same done several times on end by one person is one step."""

    entry: AuditEntry
    times: int = 1


@require_safe
def conference(request, pk):
    """Everything about one conference at a glance, with the way to each part."""
    found = visible_conference(request.user, pk)
    is_keeper = may_keep(request.user, found.unit_id)
    people = list(found.people.all())
    papers = list(found.papers.all())
    difficulties = list(found.difficulties.prefetch_related("topics"))
    told = list(found.conclusions.prefetch_related("tasks"))
    photos, awards = list(found.photos.all()), list(found.awards.all())
    counts = [len(rows) for rows in (people, papers, photos, difficulties, told, awards)]
    publication = publication_of(found)
    context = {
        "nav": NAV,
        "conference": found,
        "state": state_badge(found),
        "shown_rows": SHOWN,
        "parts": list(zip(PARTS.values(), counts, strict=True)),
        "people": people[:SHOWN],
        "papers": papers[:SHOWN],
        "difficulties": difficulties[:SHOWN],
        "conclusions": told[:SHOWN],
        "photos": photos[:SHOWN],
        "awards": awards[:SHOWN],
        "notice": conclusions.notice_of(found),
        "agenda": [line for line in found.agenda.splitlines() if line.strip()],
        "summary": parse_narrative(found.summary),
        "links": shown_links(request.user, found),
        "history": steps_of(found),
        "publication": publication,
        "is_keeper": is_keeper,
        "may_publish": may_publish(request.user, found.unit_id),
    }
    return render(request, "staff/conferences/conference.html", context)


def steps_of(found: Conference) -> list[Step]:
    """The last steps, newest first."""
    entries = AuditEntry.objects.filter(object_type=Conference._meta.label, object_id=str(found.pk))
    steps: list[Step] = []
    for entry in entries.select_related("actor")[:ENTRIES_READ]:
        last = steps[-1].entry if steps else None
        if last and _deed(last) == _deed(entry):
            steps[-1].times += 1
        else:
            steps.append(Step(entry))
    return steps[:STEPS_SHOWN]


def _deed(entry: AuditEntry) -> tuple:
    return entry.action, entry.actor_id, entry.note, timezone.localdate(entry.at)


def shown_links(user, found: Conference) -> list[ShownLink]:
    """The links; a report that the person does not see is named and leads nowhere."""
    links = list(domain.links_of(found))
    ids = [link.report_id for link in links if link.report_id]
    readable = set(Report.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    shown = []
    for link in links:
        kind = (
            domain.REPORT if link.report_id else domain.PUBLICATION if link.publication_id else domain.ROUND
        )
        url = ""
        if link.report_id in readable:
            url = link.report.get_absolute_url()
        elif link.publication_id and link.publication.current:
            url = link.publication.get_absolute_url()
        shown.append(ShownLink(link, domain.TITLES[kind], domain.words_of(link), url))
    return shown


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def conference_link(request, pk):
    """Liên kết: which report, press material or round the conference reviewed."""
    found = visible_conference(request.user, pk)
    require_keeper(found, request.user)
    form = LinkForm(posted(request), targets=domain.targets(found))
    if request.method == "POST" and form.is_valid():
        try:
            domain.link(found, form.cleaned_data["target"], actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, "Đã liên kết hội nghị với báo cáo.")
            return redirect(found)
    context = {"nav": NAV, "conference": found, "form": form}
    return render(request, "staff/conferences/link.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_as_page(NAV)
def conference_unlink(request, pk, link):
    """Bỏ liên kết."""
    found = visible_conference(request.user, pk)
    require_keeper(found, request.user)
    made = get_object_or_404(domain.links_of(found), pk=link)
    made.conference = found
    domain.unlink(made, actor=request.user)
    messages.success(request, "Đã bỏ liên kết.")
    return redirect(found)
