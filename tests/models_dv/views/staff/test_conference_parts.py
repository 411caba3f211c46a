"""The parts of a conference on their pages: adding, mending, moving, taking away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv.models import ConferencePerson, DifficultyTopic
from models_dv.models.files import private_files
from tests.access.addresses import let_go
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db
PERSON = {"name": "Trần Thị Khách", "posts": "Giám đốc\nUỷ viên", "duties": ["paper", "chair"], "rank": "60"}


@pytest.fixture
def conference(world):
    return made.make_conference(world.province)


@pytest.fixture
def pages(client, world):
    client.force_login(world.province_author)
    return client


def url(conference, part: str, row=None, act: str = "") -> str:
    if row is None:
        return reverse("staff:conference_part", args=[conference.pk, part])
    name = f"staff:conference_row{'_' if act else ''}{act}"
    return reverse(name, args=[conference.pk, part, row.pk])


def test_a_person_is_added_and_the_page_is_ready_for_the_next(pages, conference):
    answer = pages.post(url(conference, "nguoi-du"), PERSON, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Đã thêm người dự: Trần Thị Khách"]
    person = conference.people.get()
    assert (person.post_lines, person.duties) == (["Giám đốc", "Uỷ viên"], ["chair", "paper"])
    assert answer.context["form"]["name"].value() is None


def test_a_wrong_form_comes_back_as_it_was(pages, conference):
    answer = pages.post(url(conference, "nguoi-du"), PERSON | {"duties": []})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"duties": ["Chọn ít nhất một vai trò"]}
    assert "Giám đốc" in answer.content.decode()
    pages.post(url(conference, "nguoi-du"), PERSON)
    again = pages.post(url(conference, "nguoi-du"), PERSON)
    assert "đã có trong danh sách người dự" in again.context["form"].non_field_errors()[0]


def test_a_person_changed_by_somebody_else_is_not_overwritten(pages, conference):
    person = made.add_person(conference)
    page = pages.get(url(conference, "nguoi-du", person))
    seen = page.context["form"]["seen"].value()
    ConferencePerson.objects.update(posts="Chức vụ của người kia")
    late = pages.post(url(conference, "nguoi-du", person), PERSON | {"seen": seen})
    assert late.status_code == 422 and "Giám đốc" in late.content.decode()
    assert pages.post(url(conference, "nguoi-du", person), late.context["form"].data).status_code == 302
    assert ConferencePerson.objects.get().posts == "Giám đốc\nUỷ viên"


def test_a_person_is_moved_and_taken_away(pages, conference):
    first, second = made.add_person(conference, "Bùi An"), made.add_person(conference, "Cao Bình")
    answer = pages.post(url(conference, "nguoi-du", second, "move"), {"huong": "len"})
    assert answer.url.endswith(f"#dong-{second.pk}")
    assert list(conference.people.all()) == [second, first]
    pages.post(url(conference, "nguoi-du", first, "remove"))
    assert list(conference.people.all()) == [second]


def test_awards_are_not_moved(pages, conference):
    award = made.add_award(conference)
    assert pages.post(url(conference, "khen-thuong", award, "move"), {"huong": "len"}).status_code == 404


def test_a_row_of_another_conference_is_not_there(pages, world, conference):
    other = made.add_person(made.make_conference(world.province))
    assert pages.get(url(conference, "nguoi-du", other)).status_code == 404
    assert pages.post(url(conference, "nguoi-du", other, "remove")).status_code == 404
    assert ConferencePerson.objects.exists()


def test_officials_are_ticked(pages, world, conference):
    head = made.make_official(world.province, "Đỗ Thị Mẫu", ("Trưởng ban", 60))
    other = made.make_official(world.province, "Vũ Văn Mẫu", ("Phó ban", 70))
    address = reverse("staff:conference_officials", args=[conference.pk])
    assert [row.posts.lines for row in pages.get(address).context["form"].rows] == [
        ("Trưởng ban",),
        ("Phó ban",),
    ]
    empty = pages.post(address, {f"d_{head.pk}": "chair"})
    assert empty.status_code == 422 and "Chưa chọn ai" in empty.content.decode()
    answer = pages.post(address, {f"o_{head.pk}": "on", f"d_{head.pk}": "chair"})
    assert answer.url == url(conference, "nguoi-du")
    assert list(conference.people.values_list("official", "posts")) == [(head.pk, "Trưởng ban")]
    assert [row.official for row in pages.get(address).context["form"].rows] == [other]
    found = pages.get(f"{address}?q=vu van").context
    assert (found["query"], found["officials"]) == ("vu van", [other])


def test_a_paper_is_brought_and_handed_out(pages, conference):
    typed = {"paper_kind": "report", "stage": "presented", "title": "Báo cáo sơ kết", "dated": "01/07/2026"}
    answer = pages.post(url(conference, "tai-lieu"), typed | {"file": made.pdf("Báo cáo.pdf")})
    assert answer.status_code == 302
    paper = conference.papers.get()
    handed = pages.get(reverse("staff:conference_paper", args=[conference.pk, paper.pk]))
    assert b"".join(handed.streaming_content).startswith(b"%PDF")
    assert handed["X-Content-Type-Options"] == "nosniff" and "private" in handed["Cache-Control"]
    let_go(handed)
    without = pages.post(url(conference, "tai-lieu"), typed)
    assert without.context["form"].errors == {"file": ["Chưa chọn tệp"]}
    assert "Báo cáo sơ kết" in without.content.decode()


def test_a_photo_is_brought_described_and_consented(pages, conference):
    typed = {"alt": "Hội trường đông người", "caption": "Quang cảnh", "consent": "on"}
    answer = pages.post(url(conference, "anh"), typed | {"file": made.picture()})
    assert list(answer.context["form"].errors) == ["consent_note"]
    answer = pages.post(url(conference, "anh"), typed | {"file": made.picture(), "consent_note": "giấy mời"})
    photo = conference.photos.get()
    assert answer.status_code == 302 and private_files().exists(photo.small)
    same = pages.post(url(conference, "anh", photo), typed | {"alt": "Quang cảnh", "seen": "x"})
    assert set(same.context["form"].errors) == {"alt", "consent_note"}
    for size, status in (("small", 200), ("large", 200), ("huge", 404)):
        address = reverse("staff:conference_photo", args=[conference.pk, photo.pk, size])
        answer = pages.get(address)
        assert answer.status_code == status
        let_go(answer)


def test_a_difficulty_is_tagged_and_continued(pages, world, conference):
    topic = DifficultyTopic.objects.create(name="Đất đai")
    earlier = made.add_difficulty(made.make_conference(world.province, held_on=made.DAY.replace(year=2025)))
    later = made.add_difficulty(made.make_conference(world.province, held_on=made.DAY.replace(month=8)))
    typed = {"text": "Giá đất", "topics": [topic.pk], "continues": earlier.pk}
    assert pages.post(url(conference, "vuong-mac"), typed).status_code == 302
    row = conference.difficulties.get()
    assert (row.continues, list(row.topics.all())) == (earlier, [topic])
    wrong = pages.post(url(conference, "vuong-mac"), typed | {"continues": later.pk})
    assert list(wrong.context["form"].errors) == ["continues"]
    opened = pages.get(url(conference, "vuong-mac", row)).context["form"]
    assert opened["topics"].value() == [topic.pk] or opened.initial["topics"] == [topic]
    assert opened["continues"].value() == earlier or opened.initial["continues"] == earlier


def test_an_award_without_a_number(pages, conference):
    typed = {"kind": "giay_khen", "issuer": "Ban Dân vận", "subject": "collective", "count": ""}
    pages.post(url(conference, "khen-thuong"), typed)
    assert conference.awards.get().count is None
    assert "Không rõ" in pages.get(url(conference, "khen-thuong")).content.decode()


def test_who_only_reads_sees_no_form(client, world):
    conference = made.full_conference(world, world.communes[0])
    client.force_login(world.reader)
    for part in ("nguoi-du", "tai-lieu", "anh", "vuong-mac", "ket-luan", "khen-thuong"):
        page = client.get(url(conference, part)).content.decode()
        assert 'id="them"' not in page and "Gỡ" not in page and "Sửa" not in page


def test_nothing_typed_becomes_markup(pages, conference):
    pages.post(url(conference, "nguoi-du"), PERSON | {"name": "<b>Đậm</b>", "posts": "<script>x</script>"})
    page = pages.get(url(conference, "nguoi-du")).content.decode()
    assert "<b>Đậm" not in page and "<script>x" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize("part", ["nguoi-du", "tai-lieu", "anh", "vuong-mac", "ket-luan", "khen-thuong"])
def test_a_page_asks_as_little_for_three_rows_as_for_one(pages, world, part):
    conference = made.full_conference(world)
    earlier = made.add_difficulty(made.make_conference(world.province, held_on=made.DAY.replace(year=2025)))
    add = {
        "nguoi-du": lambda n: made.add_person(conference, f"Người {n}"),
        "tai-lieu": lambda n: made.add_paper(conference, f"Tài liệu {n}"),
        "anh": lambda n: made.add_photo(conference),
        "vuong-mac": lambda n: made.add_difficulty(conference, f"Việc {n}", continues=earlier),
        "ket-luan": lambda n: conference.conclusions.create(text=f"Kết luận {n}", order=n),
        "khen-thuong": lambda n: made.add_award(conference),
    }[part]
    counts = []
    for number in (1, 2):
        pages.get(url(conference, part))
        with CaptureQueriesContext(connection) as found:
            assert len(pages.get(url(conference, part)).context["rows"]) == (1, 3)[number - 1]
        counts.append(len(found))
        add(number), add(number + 10)
    assert counts[0] == counts[1] <= 14
