"""Lists over generated data in the size of the nation: queries of every list address, and its time beside a bare list.

In a process and a database of its own. Alone: ``DATABASE_URL=sqlite:////tmp/scale.sqlite3 python
bin/benchmarks/lists.py`` fills the database where it is empty, measures and prints JSON.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent.parent)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.settings")
    import django

    django.setup()

from django.core.management import call_command
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path
from django.views.generic import ListView
from measure import Line, as_json, at_most, side_by_side

from models_dv.enums import Role
from models_dv.models import DanVanKheo, Unit, UnitRole, User

MOST_QUERIES = 8
#: The unit page puts names, succession, reports, models and conferences on one page.
MOST_OF_PUBLIC_UNIT = 10
ROUNDS = 5
#: Who looks: one province with everything below it; one commune; all provinces.
PROVINCE, COMMUNE, NATION, NOBODY = "province", "commune", "nation", ""
STAFF = "/lam-viec/"
LISTS = {
    f"{STAFF}mo-hinh/": (
        "",
        "?q=moi+truong",
        "?q=so",
        "?q=so+99999",
        "?q=ha",
        "?linh_vuc=economy&nam=2025",
        "?duy_tri=dang-duy-tri",
        "?su_viec=typical",
        "?don_vi=minh+hoa+01&cap_duoi=on",
        "?trang=50",
    ),
    f"{STAFF}nhiem-vu/": ("", "?q=ra+soat", "?han=qua-han", "?xem=bang", "?trang=50"),
    f"{STAFF}hoi-nghi/": ("", "?q=tong+ket", "?nam=2025", "?trang=50"),
    f"{STAFF}can-bo/": ("", "?xep=bac", "?q=an"),
    f"{STAFF}uy-quyen-ky/": ("",),
    f"{STAFF}vuong-mac/": ("", "?q=nuoc"),
    f"{STAFF}don-vi/": ("", "?q=dong+xuan", "?ngay=01/06/2025", "?trang=5"),
    f"{STAFF}viec-chay/": ("",),
    STAFF: ("",),
}
PUBLIC = {
    "/mo-hinh/": ("", "?q=moi+truong", "?q=so", "?linh_vuc=economy", "?tieu_bieu=on", "?trang=50"),
    "/hoi-nghi/": ("", "?q=tong+ket", "?trang=5"),
    "/don-vi/": ("", "?q=dong+xuan"),
    "/don-vi/mh-01/": ("",),
    "/tim-kiem/": ("?q=moi+truong", "?q=so"),
    "/": ("",),
}
BARE = """<!doctype html><title>Mô hình</title><table>{% for row in page_obj %}<tr><th>{{ row.name }}</th>
<td>{{ row.address }}</td><td>{{ row.get_field_display }}</td><td>{{ row.year }}</td></tr>{% endfor %}</table>"""


class BareList(ListView):
    """Twenty rows of the registry, newest first, as a first Django tutorial lists them."""

    queryset = DanVanKheo.objects.only("name", "address", "field", "year")
    paginate_by = 20

    def render_to_response(self, context, **_options):
        """One small template."""
        from django.http import HttpResponse

        return HttpResponse(self.template.render(context))


urlpatterns = [path("", BareList.as_view())]


class BareHandler(ClientHandler):
    """No middleware, and one address."""

    def get_response(self, request):
        """With the addresses of this file."""
        request.urlconf = __name__
        return super().get_response(request)


def bare_client() -> Client:
    """A client of the bare list."""
    BareList.template = engines["django"].from_string(BARE)
    client = Client(SERVER_NAME="localhost")
    client.handler = BareHandler(enforce_csrf_checks=False)
    with override_settings(MIDDLEWARE=[]):
        client.handler.load_middleware()
    return client


def people() -> dict[str, Client]:
    """A signed-in client for each who looks."""
    tops = list(Unit.objects.filter(code__regex=r"^mh-\d\d$").order_by("code"))
    commune = Unit.objects.filter(code__startswith="mh-01-").order_by("code").first()
    clients = {NOBODY: Client(SERVER_NAME="localhost")}
    for name, units, role in (
        (PROVINCE, tops[:1], Role.REVIEWER),
        (COMMUNE, [commune], Role.AUTHOR),
        (NATION, tops, Role.REVIEWER),
    ):
        user, _made = User.objects.get_or_create(username=f"bench-{name}", defaults={"full_name": name})
        for unit in units:
            below = role == Role.REVIEWER
            UnitRole.objects.get_or_create(user=user, unit=unit, role=role, covers_below=below)
        clients[name] = Client(SERVER_NAME="localhost")
        clients[name].force_login(user)
    return clients


def addresses() -> list[tuple[str, str]]:
    """(who looks, address)."""
    staff = [(who, base + query) for who in (PROVINCE, COMMUNE) for base in LISTS for query in LISTS[base]]
    nation = [(NATION, f"{STAFF}mo-hinh/{query}") for query in LISTS[f"{STAFF}mo-hinh/"]]
    return [*staff, *nation, *((NOBODY, base + query) for base in PUBLIC for query in PUBLIC[base])]


def measured() -> list[Line]:
    """Queries of every address, its time in bare lists, and the worst of these."""
    clients, bare, lines, ratios = people(), bare_client(), [], {}
    for who, address in addresses():
        name, client = f"List {address}" + (f" ({who})" if who else ""), clients[who]
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}")
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
            queries = len(captured)
        times = side_by_side(
            ROUNDS,
            ours=lambda client=client, address=address: client.get(address),
            bare=lambda: bare.get("/"),
        )
        ratios[name] = times["ours"] / times["bare"]
        most = MOST_OF_PUBLIC_UNIT if address.startswith("/don-vi/mh") else MOST_QUERIES
        note = f"{ratios[name]:.1f} × a bare list of 20, {times['ours'] * 1000:.0f} ms"
        lines.append(at_most(name, queries, most, "queries", note))
    worst = max(ratios, key=ratios.get)
    return [*lines, Line("Lists: the slowest / a bare list of 20", round(ratios[worst], 1), "×", note=worst)]


def list_lines() -> list[Line]:
    """Everything measured, in a process and a database of its own beside the demo."""
    database = Path(os.environ["DANVAN_DATA_DIR"]) / "scale.sqlite3"
    ended = subprocess.run(
        [sys.executable, __file__],
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [Line(**line) for line in json.loads(ended.stdout.splitlines()[-1])]


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not Unit.objects.exists():
        call_command("make_scale_data", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(json.dumps(as_json(measured())))
