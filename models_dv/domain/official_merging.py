"""Two records of one person become one: everything that happened stays, under the record that is kept (§6)."""

from dataclasses import dataclass

from django.db import transaction

from models_dv.domain.audit import record
from models_dv.domain.conference_people import in_order
from models_dv.domain.officials import MERGED, may_mend, take_revision, words_of
from models_dv.errors import ExpectedError
from models_dv.models import Appointment, ConferencePerson, Official, SigningDelegation
from models_dv.permissions import require
from models_dv.vietnamese.fold import fold

TWO_ACCOUNTS = (
    "Hai hồ sơ gắn với hai tài khoản khác nhau nên không gộp. Nếu là một người, nhờ người quản trị gỡ "
    "một tài khoản khỏi hồ sơ trước."
)
#: What a row says of a post besides its days.
TOLD = ("decision", "end_reason")
ITSELF = "Chọn một hồ sơ khác: không gộp hồ sơ vào chính nó."


@dataclass(frozen=True)
class MergePlan:
    """What moves from ``other`` to ``kept``; ``twice``: conferences at which both stand in the list.

    ``same_posts`` say nothing else than posts of ``kept``; ``completed`` are those of them that take over what
    only the other row says, filled in but not saved.
    """

    kept: Official
    other: Official
    posts: list[Appointment]
    same_posts: list[Appointment]
    completed: list[Appointment]
    attended: list[ConferencePerson]
    twice: list[ConferencePerson]
    delegations: list[SigningDelegation]
    refused: str = ""


def plan_merge(kept: Official, other: Official) -> MergePlan:
    """What a merge would do, for looking at before it is confirmed; four queries."""
    own: dict[tuple, list[Appointment]] = {}
    for post in Appointment.objects.filter(official=kept).order_by("pk"):
        own.setdefault(_key(post), []).append(post)
    posts = list(Appointment.objects.filter(official=other).select_related("unit").by_rank())
    people = list(ConferencePerson.objects.filter(official=other).select_related("conference").order_by("pk"))
    present = set(ConferencePerson.objects.filter(official=kept).values_list("conference", flat=True))
    moved, same, completed = [], [], {}
    for post in posts:
        twin = next((one for one in own.get(_key(post), ()) if _agree(one, post)), None)
        if twin is None:
            moved.append(post)
            continue
        same.append(post)
        if _complete(twin, post):
            completed[twin.pk] = twin
    return MergePlan(
        kept=kept,
        other=other,
        posts=moved,
        same_posts=same,
        completed=list(completed.values()),
        attended=[person for person in people if person.conference_id not in present],
        twice=[person for person in people if person.conference_id in present],
        delegations=list(SigningDelegation.objects.filter(delegate=other)),
        refused=_why_not(kept, other),
    )


def _key(post: Appointment) -> tuple:
    """Two rows with the same key are of the same post and days."""
    return post.unit_id, post.organ, fold(post.post), post.from_on, post.attested_on, post.to_on


def _agree(one: Appointment, other: Appointment) -> bool:
    """Whether the rows say nothing different besides; what one of them leaves open is no difference."""
    pairs = ((fold(getattr(one, name)), fold(getattr(other, name))) for name in TOLD)
    return all(not first or not second or first == second for first, second in pairs)


def _complete(post: Appointment, other: Appointment) -> bool:
    """Fill in what only the other row says; whether there was something."""
    missing = [name for name in TOLD if getattr(other, name) and not getattr(post, name)]
    for name in missing:
        setattr(post, name, getattr(other, name))
    return bool(missing)


def _why_not(kept: Official, other: Official) -> str:
    if kept.pk == other.pk:
        return ITSELF
    if kept.merged_into_id or other.merged_into_id:
        return MERGED
    return TWO_ACCOUNTS if kept.user_id and other.user_id and kept.user_id != other.user_id else ""


@transaction.atomic
def merge_officials(
    kept: Official, other: Official, *, kept_revision: int, other_revision: int, actor
) -> MergePlan:
    """Gộp hồ sơ: posts, conferences and delegations of ``other`` move; its page leads to the kept one.

    A post that both have, word for word and day for day, stands once, with what either row says of decision
    and end; where they say different things both stay. At a conference where both are in the
    list, the kept one takes over duties and posts of the other row, which goes. What the kept record does
    not know (work contact, account) it takes from the other. Needs the right over both records.
    """
    plan = plan_merge(kept, other)
    if plan.refused:
        raise ExpectedError(plan.refused)
    for official in (kept, other):
        require(may_mend(actor, official), f"gộp hồ sơ của {official}")
    take_revision(kept, kept_revision)
    take_revision(other, other_revision)
    moved = _words(plan)
    for post in plan.same_posts:
        post.delete()
    for post in plan.completed:
        post.save()
    for model, field in ((Appointment, "official"), (SigningDelegation, "delegate")):
        model.objects.filter(**{field: other}).update(**{field: kept})
    _join_attendances(plan)
    ConferencePerson.objects.filter(official=other).update(official=kept)
    Official.objects.filter(merged_into=other).update(merged_into=kept)
    _take_over(kept, other)
    record(actor=actor, action="Gộp hồ sơ cán bộ", obj=kept, after=moved, note=f"Gộp từ hồ sơ số {other.pk}")
    record(
        actor=actor, action="Gộp vào hồ sơ khác", obj=other, before=moved, note=f"Gộp vào hồ sơ số {kept.pk}"
    )
    return plan


def _words(plan: MergePlan) -> dict:
    words = {
        "hồ sơ gộp": f"{plan.other} (số {plan.other.pk})",
        "chức vụ": [words_of(post) for post in plan.posts],
        "chức vụ trùng": [words_of(post) for post in plan.same_posts],
        "hội nghị": [str(person.conference) for person in plan.attended],
        "hội nghị cả hai cùng dự": [
            f"{person.conference}: {'; '.join(person.post_lines)}" for person in plan.twice
        ],
        "uỷ quyền ký": [delegation.decision for delegation in plan.delegations],
    }
    return {name: value for name, value in words.items() if value}


def _join_attendances(plan: MergePlan) -> None:
    """Both stood in one list: one row stays, with what both say."""
    for person in plan.twice:
        stays = ConferencePerson.objects.get(conference=person.conference_id, official=plan.kept)
        known = {fold(line) for line in stays.post_lines}
        more = [line for line in person.post_lines if fold(line) not in known]
        stays.posts = "\n".join([*stays.post_lines, *more])
        stays.duties = in_order([*stays.duties, *person.duties])
        stays.rank, stays.order = min((stays.rank, stays.order), (person.rank, person.order))
        person.delete()
        stays.save()


def _take_over(kept: Official, other: Official) -> None:
    """The account can stand at one record only, so it leaves the other one first."""
    user_id, other.user_id, other.merged_into = other.user_id, None, kept
    other.save()
    kept.user_id = kept.user_id or user_id
    kept.work_phone = kept.work_phone or other.work_phone
    kept.work_email = kept.work_email or other.work_email
    kept.save()
