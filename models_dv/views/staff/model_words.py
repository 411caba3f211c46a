"""Models of “Dân vận khéo” as staff read them: where one stands in words, its facts, what may be done."""

from dataclasses import dataclass

from django.urls import reverse

from models_dv import permissions
from models_dv.domain.kheo_facts import kinds_for, may_remove
from models_dv.enums import FactKind, Role
from models_dv.models import DanVanKheo, KheoFact
from models_dv.scopes import unit_ids_with
from models_dv.views.badges import Badge

NAV = "models"
STANDING = Badge("Đang duy trì", "ok", "check")
STOPPED = Badge("Đã dừng", "", "close")
WAITING = Badge("Chưa ra mắt", "info", "clock")
TYPICAL = Badge("Tiêu biểu", "info", "check")
PUBLIC = Badge("Đã công bố", "", "link")


def badges_of(kinds, *, is_public: bool) -> list[Badge]:
    """Where a model stands, by the kinds of its facts up to today."""
    first = STOPPED if FactKind.STOPPED in kinds else STANDING if FactKind.LAUNCHED in kinds else WAITING
    badges = [first]
    if FactKind.TYPICAL in kinds:
        badges.append(TYPICAL)
    elif FactKind.RECOGNISED in kinds:
        badges.append(Badge("Được công nhận", "info"))
    if FactKind.AWARDED in kinds:
        badges.append(Badge("Được khen thưởng", "info"))
    return [*badges, PUBLIC] if is_public else badges


@dataclass(frozen=True)
class FactLine:
    """One fact in words; ``remove_id`` names its dialog where the person may take it away."""

    fact: KheoFact
    title: str
    lines: tuple[str, ...]
    remove_id: str
    remove_url: str


def fact_line(fact: KheoFact, user=None) -> FactLine:
    """“Được khen thưởng: Giấy khen, cấp xã” and what belongs to it; with ``user`` also whether he may remove it."""
    level = fact.get_level_display() if fact.level else ""
    award = fact.get_award_kind_display() if fact.award_kind else ""
    about = ", ".join(filter(None, (award, level[:1].lower() + level[1:])))
    decision = f"Quyết định {fact.decision}" if fact.decision else ""
    lines = (", ".join(filter(None, (decision, fact.issuer))), fact.note)
    removable = user is not None and may_remove(user, fact)
    return FactLine(
        fact,
        f"{fact.get_kind_display()}: {about}" if about else fact.get_kind_display(),
        tuple(line for line in lines if line),
        f"remove-{fact.pk}" if removable else "",
        reverse("staff:model_fact_remove", args=[fact.model_id, fact.pk]) if removable else "",
    )


@dataclass(frozen=True)
class Act:
    """One button: words, address, icon, kind."""

    label: str
    url: str
    icon: str
    kind: str = ""


def acts_for(user, model: DanVanKheo) -> list[Act]:
    """What the person may do with the model, the most likely first."""

    def act(label: str, name: str, icon: str, kind: str = "") -> Act:
        return Act(label, reverse(f"staff:{name}", args=[model.pk]), icon, kind)

    acts = []
    if kinds_for(user, model):
        acts.append(act("Ghi mốc", "model_fact", "clock", "primary"))
    if permissions.may_keep(user, model.unit_id):
        acts += [
            act("Sửa", "model_edit", "pencil"),
            act("Ảnh", "model_photos", "file"),
            act("Minh chứng", "model_evidence", "file"),
        ]
    if unit_ids_with(user, Role.AUTHOR, Role.APPROVER):
        acts.append(act("Nhân rộng", "model_copy", "copy"))
    if permissions.may_publish(user, model.unit_id):
        acts.append(act("Công bố", "model_publish", "link"))
    return acts
