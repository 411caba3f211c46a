"""What is measured inside the process: documents, saving, steps, lists. Runs on a copy of the demo data."""

import uuid
from dataclasses import replace
from gzip import compress
from itertools import count
from statistics import median

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from measure import Line, at_most, seconds, side_by_side
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from models_dv.models import User
from reports.documents import layout, pdf
from reports.documents.builders import report_content
from reports.domain import autosave, filling
from reports.domain.transitions import perform
from reports.enums import FIGURES_PART, Action, ValueState
from reports.models import Figure, Indicator, OutlineSection, ReportEdition

EDITIONS = ReportEdition.objects.select_related(
    "report__round__period", "report__unit", "report__unit_version", "report__parent__unit_version"
)


def latest(code: str, year: int, kind: str) -> ReportEdition:
    """The latest edition of a demo unit's report."""
    found = EDITIONS.filter(
        report__unit__code=code, report__round__period__year=year, report__round__period__kind=kind
    )
    return found.order_by("-number").first()


def queries(act) -> int:
    """How many statements an act sends (savepoints and transaction marks left out)."""
    with CaptureQueriesContext(connection) as captured:
        act()
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return sum(not query["sql"].startswith(marks) for query in captured)


def document_lines() -> list[Line]:
    """Our PDF beside the bare WeasyPrint call on the same HTML and CSS."""
    content = report_content(latest("an-binh-binhminh", 2026, "half_year"))
    html, css = caught(content)
    fonts = FontConfiguration()
    times = side_by_side(
        5,
        ours=lambda: pdf.render_report_pdf(content),
        bare=lambda: HTML(string=html).write_pdf(stylesheets=css, font_config=fonts, pdf_variant="pdf/ua-1"),
    )
    return [
        at_most("PDF of a report / bare WeasyPrint", times["ours"] / times["bare"], 1.5),
        Line("PDF of a report", round(times["ours"], 3), "s"),
    ]


def caught(content):
    """The HTML and CSS that our renderer hands to WeasyPrint."""
    seen = {}
    real = layout.lay_out

    def catch(html, css):
        seen.update(html=html, css=[CSS(string=css)])
        return real(html, css)

    layout.lay_out = catch
    try:
        pdf.render_report_pdf(content)
    finally:
        layout.lay_out = real
    return seen["html"], seen["css"]


class Typing:
    """Saves of the report that the demo is writing; each says something new."""

    def __init__(self):
        self.edition = latest("an-binh-phulam", 2026, "half_year")
        self.author = User.objects.get(username="chuyenvien.phulam")
        version = self.edition.report.round.outline_version
        indicators = Indicator.objects.filter(version=version)
        self.cells = [i for i in indicators if i.is_typed and i.kind != "text"][:60]
        self.section = OutlineSection.objects.get(version=version, code="S2.1")
        self.counter = count(1)

    def entries(self, cells) -> dict[int, filling.FigureEntry]:
        """A new number in each cell, on top of what is stored."""
        number = next(self.counter)
        stored = dict(self.edition.figures.filter(source="own").values_list("indicator_id", "revision"))
        return {
            i.pk: filling.FigureEntry(ValueState.NUMBER, number, base_revision=stored.get(i.pk, 0))
            for i in cells
        }

    def save_part(self) -> None:
        """One part, with one query to see what is stored."""
        stored = self.edition.texts.get(section=self.section)
        text = f"Lần {next(self.counter)}"
        filling.save_section(
            self.edition, self.section, text=text, done=True, base_revision=stored.revision, actor=self.author
        )

    def ready_sixty(self):
        """A save of the whole table, ready to be made."""
        entries = self.entries(self.cells)
        return lambda: filling.save_figures(self.edition, entries, actor=self.author)

    def ready_upsert(self):
        """The same cells written by Django alone, without any question asked, ready to be made."""
        rows = list(self.edition.figures.filter(source="own", indicator__in=self.cells))
        for row in rows:
            row.pk = None
        keys = ["edition", "indicator", "source"]
        return lambda: Figure.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=keys, update_fields=filling.FIGURE_FIELDS
        )

    def ready_three(self):
        """An automatic save of three cells, ready to be made."""
        entries, key = self.entries(self.cells[:3]), uuid.uuid4().hex
        return lambda: autosave.autosave(self.edition, [], entries, actor=self.author, key=key)

    def one_update(self) -> None:
        """What every save is measured by: one UPDATE and its commit."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE reports_reportedition SET revision = revision + 1 WHERE id = %s", [self.edition.pk]
            )


def saving_lines() -> list[Line]:
    """A part, three figures, and sixty figures beside one UPDATE with its commit."""
    typing = Typing()
    ready = {
        "sixty": typing.ready_sixty,
        "three": typing.ready_three,
        "upsert": typing.ready_upsert,
        "update": lambda: typing.one_update,
    }
    rounds = [{name: seconds(make()) for name, make in ready.items()} for _round in range(16)][1:]
    times = {name: median(one[name] for one in rounds) for name in ready}
    return [
        Line("Bare upsert of 60 / one UPDATE + commit", round(times["upsert"] / times["update"], 3), "×"),
        Line("One UPDATE + commit", round(times["update"] * 1000, 3), "ms"),
        at_most("Saving 60 figures / one UPDATE + commit", times["sixty"] / times["update"], 12),
        at_most("Automatic save of 3 figures / one UPDATE + commit", times["three"] / times["update"], 5),
        at_most("Queries: automatic save of 3 figures", queries(typing.ready_three()), 6, "queries"),
        at_most("Queries: saving a part", queries(typing.save_part) - 1, 10, "queries"),
        at_most("Queries: saving 60 figures", queries(typing.ready_sixty()), 10, "queries"),
    ]


def step_lines() -> list[Line]:
    """Queries of the steps of a report."""
    edition = latest("an-binh-phulam", 2026, "half_year")
    people = {name: User.objects.get(username=name) for name in ("chuyenvien.phulam", "lanhdao.phulam")}
    lines = []
    for action, name, bound in (
        (Action.SUBMIT, "chuyenvien.phulam", 15),
        (Action.APPROVE, "lanhdao.phulam", 20),
    ):
        edition = EDITIONS.get(pk=edition.pk)
        user = people[name]

        def act(edition=edition, action=action, user=user):
            perform(edition, action, actor=user, key=uuid.uuid4().hex)

        lines.append(at_most(f"Queries: {action.label}", queries(act), bound, "queries"))
    return lines


def page_lines() -> list[Line]:
    """Queries and bytes of the pages that people open most."""
    lines = []
    public, staff = (Client(SERVER_NAME="localhost") for _client in range(2))
    staff.force_login(User.objects.get(username="chuyenvien.anbinh"))
    for client, name, address in (
        (public, "home", "/"),
        (public, "published list", "/bao-cao/"),
        (public, "summary", "/bao-cao/ha-tinh-tong-ket-2023/"),
        (public, "search", "/tim-kiem/?q=dan+van"),
        (staff, "Việc của tôi", "/lam-viec/"),
        (staff, "reports", "/lam-viec/bao-cao/"),
    ):
        size = len(client.get(address).content) / 1024
        count = queries(lambda client=client, address=address: client.get(address))
        lines.append(Line(f"Page {name}", count, "queries", note=f"{size:.1f} KB HTML"))
    return lines


def editor_lines() -> list[Line]:
    """Queries and bytes of the editor: a part and the table, without and with units below."""
    lines = []
    for name, username, unit in (
        ("commune", "chuyenvien.phulam", "an-binh-phulam"),
        ("province", "chuyenvien.anbinh", "an-binh"),
    ):
        client, report = Client(SERVER_NAME="localhost"), latest(unit, 2026, "half_year").report
        client.force_login(User.objects.get(username=username))
        for part in ("S2.1", FIGURES_PART):
            address = reverse("staff:part", args=[report.pk, part])
            size = len(compress(client.get(address).content)) / 1024
            count = queries(lambda client=client, address=address: client.get(address))
            line = at_most(f"Queries: opening {part} of a {name}", count, 12, "queries")
            lines.append(replace(line, note=f"{size:.1f} KB gzip"))
    return lines


def all_lines() -> list[Line]:
    """Everything measured inside the process."""
    return [*document_lines(), *saving_lines(), *editor_lines(), *step_lines(), *page_lines()]
