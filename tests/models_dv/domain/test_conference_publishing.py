"""What the public reads of a conference: only what was chosen, as it was seen; taken down with a reason."""

import json
from datetime import date

import pytest

from models_dv.domain import conclusions
from models_dv.domain.conference_content import Choice, cautions, content_of, counts, offer, texts_of
from models_dv.domain.conference_publishing import free_slug, publication_of, publish, seen_code, withdraw
from models_dv.domain.tasks import TaskValues, complete_task, create_task
from models_dv.enums import PeriodKind
from models_dv.errors import ExpectedError, MissingInput, NotAllowed, StaleObject
from models_dv.models import Conference, ConferencePublication, Period
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db
CANARY = "KHÔNG-CÔNG-KHAI"


def content(conference, choice=None) -> dict:
    offered = offer(Conference.objects.select_related("unit", "period").get(pk=conference.pk))
    return content_of(offered, choice or Choice())


def test_nothing_but_the_identity_is_public_by_default(world):
    conference = made.full_conference(world)
    conference.agenda = conference.summary = CANARY
    conference.save()
    for rows in (conference.people, conference.difficulties, conference.papers, conference.photos):
        row = rows.get()
        name = next(n for n in ("name", "text", "title", "caption") if hasattr(row, n))
        setattr(row, name, CANARY)
        row.save()
    conference.conclusions.update(text=CANARY)
    conference.awards.update(issuer=CANARY)
    shown = content(conference)
    assert CANARY not in json.dumps(shown, ensure_ascii=False)
    assert (shown["place"], shown["form"], shown["online_points"]) == ("Hội trường Tỉnh uỷ", "mixed", 11)
    assert shown["organiser"] == "Ban Tuyên giáo và Dân vận Tỉnh uỷ An Bình"
    assert shown["notice"] is None
    assert sum(counts(shown).values()) == 0


def test_what_is_chosen_is_frozen(world):
    conference = made.full_conference(world)
    publication = made.put_up(world, conference)
    shown = publication.content
    assert shown["agenda"] == ["Khai mạc", "Bế mạc"]
    assert shown["people"] == [
        {"name": "Nguyễn Văn Mẫu", "posts": ["Bí thư"], "duties": ["chair"], "rank": 10}
    ]
    assert [row["text"] for row in shown["conclusions"]] == ["Tổ chức đối thoại mỗi quý."]
    assert shown["notice"]["number"] == "25-TB/BTGDVTU"
    assert (shown["papers"][0]["name"], shown["photos"][0]["alt"]) == (
        "bao-cao.pdf",
        "Hội trường đông người",
    )
    conference.people.update(name="Tên mới")
    assert publication_of(conference).content["people"][0]["name"] == "Nguyễn Văn Mẫu"


def test_a_choice_comes_back_for_the_next_time(world):
    conference = made.full_conference(world)
    choice = Choice(lead="Lời dẫn", texts=("summary",), people=(conference.people.get().pk,))
    publication = made.put_up(world, conference, choice)
    assert Choice.of(publication) == choice
    assert Choice.of(None) == Choice()


def test_tasks_stand_under_their_conclusion_only_when_chosen(world):
    conference = made.full_conference(world)
    conclusion = conference.conclusions.get()
    values = TaskValues(
        title="Lập kế hoạch", lead_unit=world.communes[0], given_on=made.DAY, due_on=date(2026, 9, 30)
    )
    task = create_task(values, giving_unit=world.province, actor=world.province_author, conclusion=conclusion)
    without = content(conference, Choice(conclusions=(conclusion.pk,)))
    assert without["conclusions"][0]["tasks"] == []
    chosen = content(conference, Choice(conclusions=(conclusion.pk,), tasks=(task.pk,)))
    assert chosen["conclusions"][0]["tasks"] == [
        {
            "title": "Lập kế hoạch",
            "lead": "Đảng uỷ xã Phú Lâm",
            "lead_post": "",
            "due_on": "2026-09-30",
            "done_on": "",
        }
    ]
    complete_task(task, result="Xong", ended_on=made.DAY, revision=0, actor=world.province_author)
    chosen = content(conference, Choice(conclusions=(conclusion.pk,), tasks=(task.pk,)))
    assert chosen["conclusions"][0]["tasks"][0]["done_on"] == made.DAY.isoformat()


@pytest.mark.parametrize("lacks", [{"consent": False}, {"alt": ""}, {"caption": ""}])
def test_a_photo_without_consent_or_words_cannot_be_chosen(world, lacks):
    conference = made.make_conference(world.province)
    photo = made.add_photo(conference, **lacks)
    with pytest.raises(ExpectedError, match="Ảnh còn thiếu"):
        content(conference, Choice(photos=(photo.pk,)))
    assert offer(conference).all_of().photos == ()


def test_conclusions_that_are_not_signed_cannot_be_chosen(world):
    conference = made.make_conference(world.province)
    row = conclusions.add_conclusion(conference, text="Làm ngay.", actor=world.province_author)
    with pytest.raises(ExpectedError, match="chưa ký"):
        content(conference, Choice(conclusions=(row.pk,)))


def test_rows_of_another_conference_are_not_shown(world):
    conference, other = made.make_conference(world.province), made.full_conference(world)
    choice = Choice(people=(other.people.get().pk,), papers=(other.papers.get().pk,))
    assert content(conference, choice)["people"] == content(conference, choice)["papers"] == []


def test_only_a_publisher_of_the_unit_publishes(world):
    conference = made.full_conference(world)
    for actor in (
        world.province_author,
        world.province_approver,
        world.reviewer,
        world.stranger,
        world.admin,
    ):
        with pytest.raises(NotAllowed):
            made.put_up(world, conference, actor=actor)
    assert not ConferencePublication.objects.exists()
    publication = made.put_up(world, conference)
    assert (publication.version, publication.published_by) == (1, world.publisher)
    assert publication.search_text
    assert [entry.action for entry in made.audit(ConferencePublication)] == ["Công bố hội nghị"]


def test_what_changed_since_the_preview_is_not_published_unseen(world):
    conference = made.full_conference(world)
    choice = Choice(people=(conference.people.get().pk,))
    seen = seen_code(None, content(conference, choice), "")
    conference.people.update(name="Tên mới")
    with pytest.raises(StaleObject):
        publish(conference, choice, seen=seen, actor=world.publisher)
    assert publication_of(conference) is None


def test_of_two_publishers_at_once_one_publishes(world):
    conference = made.full_conference(world)
    seen = seen_code(None, content(conference), "")
    publish(conference, Choice(), seen=seen, actor=world.publisher)
    with pytest.raises(StaleObject):
        publish(conference, Choice(), seen=seen, actor=world.second_publisher)


def test_publishing_again_keeps_address_and_name_in_calendars(world):
    conference = made.full_conference(world)
    first = made.put_up(world, conference)
    slug, uid, day = first.slug, first.content["uid"], first.content["first_published_on"]
    conference.title = "Tên đã sửa"
    conference.save()
    again = made.put_up(world, conference)
    assert (again.pk, again.version, again.title) == (first.pk, 2, "Tên đã sửa")
    assert (again.slug, again.content["uid"], again.content["first_published_on"]) == (slug, uid, day)


def test_withdrawing_and_putting_up_again(world):
    publication = made.put_up(world, made.full_conference(world))
    with pytest.raises(MissingInput):
        withdraw(publication, version=1, note="", actor=world.publisher)
    with pytest.raises(NotAllowed):
        withdraw(publication, version=1, note="Sai", actor=world.province_author)
    withdraw(publication, version=1, note="Sai ngày", actor=world.publisher)
    assert not ConferencePublication.objects.published().exists()
    assert made.audit(ConferencePublication)[-1].note == "Sai ngày"
    with pytest.raises(StaleObject):
        withdraw(publication, version=1, note="Sai ngày", actor=world.second_publisher)
    again = made.put_up(world, publication.conference)
    assert (again.version, again.withdrawn_at) == (2, None)


def test_an_address_says_what_when_and_where(world):
    period = Period.objects.get(kind=PeriodKind.HALF_YEAR, year=2026)
    conference = made.make_conference(world.province, period=period)
    assert free_slug(conference) == "so-ket-6-thang-dau-nam-2026-an-binh"
    made.put_up(world, conference)
    assert free_slug(conference) == "so-ket-6-thang-dau-nam-2026-an-binh-2"
    assert free_slug(made.make_conference(world.province, kind="giao_ban")) == "giao-ban-2026-07-09-an-binh"
    unknown = made.make_conference(world.communes[0], kind="activity", held_on=None, year=2021)
    assert free_slug(unknown) == "diem-lai-hoat-dong-nam-2021-phu-lam"


def test_digits_that_may_be_somebody_s_are_pointed_out(world):
    conference = made.full_conference(world)
    conference.summary = "Liên hệ 0912 345 678."
    conference.save()
    shown = content(conference, Choice(texts=("summary",)))
    assert cautions(shown, "Số 001099012345") == [
        "“001099012345” có thể là số định danh cá nhân. Kiểm tra trước khi công bố",
        "“0912 345 678” có thể là số điện thoại. Kiểm tra trước khi công bố",
    ]
    assert cautions(content(conference)) == []


def test_every_text_that_is_shown_is_looked_at(world):
    """A new part of the content must not slip past the look for personal data and the search."""
    shown = made.put_up(world, made.full_conference(world)).content
    known = {*texts_of(shown)}
    codes = {
        "uid", "state", "period", "starts_at", "form", "above", "first_published_on", "choice", "notice", "id", "file",
        "name", "type", "sha256", "kind", "stage", "dated", "subject", "small", "large", "settled_on", "duties",
        "topics", "due_on", "done_on",
    }  # fmt: skip
    assert _texts(shown, codes) - known - {"Nguyễn Văn Mẫu"} == set()


def _texts(value, left_out) -> set[str]:
    if isinstance(value, dict):
        return {t for key, item in value.items() if key not in left_out for t in _texts(item, left_out)}
    if isinstance(value, list):
        return {text for item in value for text in _texts(item, left_out)}
    return {value} if isinstance(value, str) else set()
