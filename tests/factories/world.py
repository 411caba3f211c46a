"""A small, imaginary world with a named cast: the province An Bình, communes below it, and an open round."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from models_dv.domain.units import rebuild_paths
from models_dv.enums import PeriodKind, Role, SigningForm, UnitLevel, UnitType
from models_dv.models import CommitteeTerm, Period, Unit, UnitRole, UnitVersion, User
from reports.documents.issuing import issue
from reports.domain import filling, transitions
from reports.domain.outlines import load_default_outline
from reports.domain.rounds import open_round
from reports.enums import Action, ValueState
from reports.models import (
    Indicator,
    OutlineSection,
    Report,
    ReportEdition,
    ReportingRound,
    RoundDueDate,
)
from tests.factories.papers import kept_papers

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
COMMUNES = ("Phú Lâm", "Tân Hoà", "Bình Minh")


@dataclass
class World:
    """Handles to everything; ``communes`` in the order of COMMUNES, cast of the first commune by duty."""

    province: Unit
    communes: list[Unit]
    round: ReportingRound
    author: User
    approver: User
    clerk: User
    reader: User
    reviewer: User
    province_author: User
    province_approver: User
    province_clerk: User
    publisher: User
    second_publisher: User
    stranger: User
    admin: User
    keys: int = field(default=0)

    def report(self, unit: Unit | None = None) -> Report:
        """The unit's report of the round, fresh from the database (default: the first commune)."""
        return Report.objects.select_related(
            "round__period", "unit", "unit_version", "latest", "parent__unit"
        ).get(round=self.round, unit=unit or self.communes[0])

    def edition(self, unit: Unit | None = None) -> ReportEdition:
        """The latest edition of the unit's report, fresh."""
        report = self.report(unit)
        return ReportEdition.objects.select_related(
            "report__round__period", "report__unit", "report__unit_version", "report__parent"
        ).get(pk=report.latest_id)

    def section(self, code: str) -> OutlineSection:
        """A section of the round's outline."""
        return OutlineSection.objects.get(version=self.round.outline_version, code=code)

    def indicator(self, code: str) -> Indicator:
        """An indicator of the round's outline."""
        return Indicator.objects.get(version=self.round.outline_version, code=code)

    def key(self) -> str:
        """A fresh idempotency key."""
        self.keys += 1
        return f"key-{self.keys}"

    def write(self, unit=None, *, actor=None, text="Nội dung phần này.", code="S2.1", **figures):
        """Write one part and the figures given as K4=250 or K4=("gan", 250)."""
        unit = unit or self.communes[0]
        actor = actor or self.author_of(unit)
        filling.save_section(
            self.edition(unit), self.section(code), text=text, done=True, base_revision=0, actor=actor
        )
        if figures:
            self.enter(unit, actor=actor, **figures)

    def enter(self, unit=None, *, actor=None, **figures):
        """Enter figures only; a value may be a number, (qualifier, number), "none" or ("no_data", reason)."""
        unit = unit or self.communes[0]
        edition = self.edition(unit)
        entries = {self.indicator(code).pk: entry_for(value) for code, value in figures.items()}
        for pk, row in {f.indicator_id: f for f in edition.figures.all()}.items():
            if pk in entries:
                entries[pk] = filling.FigureEntry(**{**entries[pk].__dict__, "base_revision": row.revision})
        filling.save_figures(edition, entries, actor=actor or self.author_of(unit))

    def do(self, action, actor, unit=None, note="", details=None):
        """Take one step on the latest edition."""
        return transitions.perform(
            self.edition(unit), action, actor=actor, key=self.key(), note=note, details=details
        )

    def issue(self, unit=None, *, actor=None, number=1, issued_on=None, deputy=False):
        """Issue the latest edition."""
        unit = unit or self.communes[0]
        edition = self.edition(unit)
        version = edition.report.unit_version
        with kept_papers():
            return issue(
                edition,
                number=number,
                issued_on=issued_on or timezone.localdate(),
                signer_name="Nguyễn Văn Mẫu",
                signer_post=version.deputy_post if deputy else version.head_post,
                signer_is_deputy=deputy,
                actor=actor or self.clerk_of(unit),
                key=self.key(),
            )

    def author_of(self, unit):
        """The author of a unit."""
        return User.objects.get(username=f"author-{unit.code}")

    def approver_of(self, unit):
        """The approver of a unit."""
        return User.objects.get(username=f"approver-{unit.code}")

    def clerk_of(self, unit):
        """The clerk of a unit."""
        return User.objects.get(username=f"clerk-{unit.code}")

    def approved(self, unit=None, **figures):
        """Write, submit and approve the unit's report."""
        unit = unit or self.communes[0]
        self.write(unit, **figures)
        self.do(Action.SUBMIT, self.author_of(unit), unit)
        self.do(Action.APPROVE, self.approver_of(unit), unit)

    def issued(self, unit=None, *, number=1, **figures):
        """… and issue it."""
        self.approved(unit, **figures)
        self.issue(unit, number=number)

    def accepted(self, unit=None, *, number=1, **figures):
        """… and have it accepted by the province."""
        self.issued(unit, number=number, **figures)
        self.do(Action.ACCEPT, self.reviewer, unit)


def entry_for(value) -> filling.FigureEntry:
    """A FigureEntry from shorthand."""
    if value == "none":
        return filling.FigureEntry(ValueState.NONE)
    if isinstance(value, tuple) and value[0] == "no_data":
        return filling.FigureEntry(ValueState.NO_DATA, note=value[1])
    if isinstance(value, tuple):
        return filling.FigureEntry(ValueState.NUMBER, value=value[1], qualifier=value[0])
    return filling.FigureEntry(ValueState.NUMBER, value=value)


def make_user(username: str, name: str, unit: Unit | None = None, *roles, below=False, **options) -> User:
    """A user with roles in one unit."""
    user = User(username=username, full_name=name, **options)
    user.set_password("mat-khau-thu-nghiem")
    user.save()
    for role in roles:
        UnitRole.objects.create(
            user=user, unit=unit, role=role, covers_below=below and role in (Role.REVIEWER, Role.VIEWER)
        )
    return user


def make_province(code="an-binh", place="An Bình", **options) -> Unit:
    """A province body with its version and term."""
    unit = Unit.objects.create(code=code, illustrative=True, **options)
    UnitVersion.objects.create(
        unit=unit,
        valid_from=date(2020, 1, 1),
        name=f"Tỉnh uỷ {place}",
        short_name=f"Tỉnh {place}",
        place_name=place,
        type=UnitType.PROVINCE,
        level=UnitLevel.PROVINCE,
        issuer_name="Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        header_superior=f"Tỉnh uỷ {place}",
        header_issuer="Ban Tuyên giáo và Dân vận",
        symbol="BTGDVTU",
        signing_form=SigningForm.HEAD,
        signing_authority="Trưởng ban",
        head_post="Trưởng ban",
        deputy_post="Phó Trưởng ban",
    )
    CommitteeTerm.objects.create(unit=unit, name="2025 - 2030", starts_on=date(2020, 1, 1))
    return unit


def make_commune(parent: Unit, place: str, code: str | None = None, **options) -> Unit:
    """A commune body under a province."""
    unit = Unit.objects.create(
        code=code or f"{parent.code}-{len(Unit.objects.all())}", illustrative=True, **options
    )
    UnitVersion.objects.create(
        unit=unit,
        valid_from=date(2020, 1, 1),
        name=f"Đảng uỷ xã {place}",
        short_name=f"Xã {place}",
        place_name=place,
        type=UnitType.COMMUNE,
        level=UnitLevel.COMMUNE,
        parent=parent,
        issuer_name=f"Đảng uỷ xã {place}",
        header_superior=f"Đảng bộ tỉnh {parent.current.place_name}",
        header_issuer=f"Đảng uỷ xã {place}",
        symbol="ĐU",
        signing_form=SigningForm.COMMITTEE,
        signing_authority="Ban Thường vụ",
        head_post="Bí thư",
        deputy_post="Phó Bí thư",
    )
    CommitteeTerm.objects.create(unit=unit, name="2025 - 2030", starts_on=date(2020, 1, 1))
    return unit


def make_round(root: Unit, *, kind=PeriodKind.HALF_YEAR, year=2026, due=None, opened_by) -> ReportingRound:
    """An opened round of the default outline."""
    window_to = date(year, 6, 14) if kind == PeriodKind.HALF_YEAR else date(year, 12, 14)
    period, _created = Period.objects.get_or_create(
        kind=kind,
        year=year,
        number=1,
        defaults={"window_from": date(year - 1, 12, 15), "window_to": window_to},
    )
    round_ = ReportingRound.objects.create(
        root_unit=root,
        period=period,
        outline_version=load_default_outline(),
        window_from=period.window_from,
        window_to=period.window_to,
    )
    due = due or timezone.now() + timedelta(days=10)
    for level in (UnitLevel.PROVINCE, UnitLevel.COMMUNE):
        RoundDueDate.objects.create(round=round_, level=level, due_at=due)
    open_round(round_, actor=opened_by)
    return round_


def make_world(*, kind=PeriodKind.HALF_YEAR, year=2026) -> World:
    """The world of most tests. Window 15/12 of the year before – 14/6 (half year) or 14/12 (year)."""
    province = make_province()
    communes = [make_commune(province, place, code=f"xa-{n}") for n, place in enumerate(COMMUNES, start=1)]
    other = make_province("binh-yen", "Bình Yên")
    rebuild_paths()
    admin = make_user("admin", "Quản trị", is_staff=True, is_superuser=True)
    for commune in communes:
        make_user(f"author-{commune.code}", f"Soạn {commune.code}", commune, Role.AUTHOR)
        make_user(f"approver-{commune.code}", f"Duyệt {commune.code}", commune, Role.APPROVER)
        make_user(f"clerk-{commune.code}", f"Văn thư {commune.code}", commune, Role.CLERK)
    first = communes[0].code
    cast = {
        "author": User.objects.get(username=f"author-{first}"),
        "approver": User.objects.get(username=f"approver-{first}"),
        "clerk": User.objects.get(username=f"clerk-{first}"),
        "reader": make_user("reader", "Người xem", communes[0], Role.VIEWER),
        "reviewer": make_user("reviewer", "Tiếp nhận", province, Role.REVIEWER, below=True),
        "province_author": make_user("author-an-binh", "Soạn tỉnh", province, Role.AUTHOR),
        "province_approver": make_user("approver-an-binh", "Duyệt tỉnh", province, Role.APPROVER),
        "province_clerk": make_user("clerk-an-binh", "Văn thư tỉnh", province, Role.CLERK),
        "publisher": make_user("publisher", "Công bố một", province, Role.PUBLISHER),
        "second_publisher": make_user("publisher-2", "Công bố hai", province, Role.PUBLISHER),
        "stranger": make_user(
            "stranger", "Người tỉnh khác", other, Role.AUTHOR, Role.APPROVER, Role.CLERK, Role.REVIEWER
        ),
    }
    round_ = make_round(province, kind=kind, year=year, opened_by=admin)
    return World(province=province, communes=communes, round=round_, admin=admin, **cast)


def local(year, month, day, hour=17, minute=0) -> datetime:
    """An aware moment in Vietnam."""
    return datetime(year, month, day, hour, minute, tzinfo=TZ)
