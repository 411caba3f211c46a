"""Officials and delegations in the admin."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv import clock
from models_dv.domain.official_merging import merge_officials
from models_dv.domain.signing import delegate_signing
from models_dv.enums import Organ, PostRank
from models_dv.models import AuditEntry, Official
from tests.factories.nouns import make_official
from tests.factories.world import local, make_world
from tests.models_dv.admin.pages import change, messages_of, rows_of, text_of

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/models_dv/official/"


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(2026, 11, 22)):
        return make_world()


@pytest.fixture
def world(world):
    with clock.fixed(local(2026, 11, 22)):
        yield world


@pytest.fixture
def people(world):
    rows = (("Trần Văn Đức", "Bí thư"), ("Nguyễn Thị Ánh", "Phó Bí thư"), ("Lê Văn Dũng", "Uỷ viên"))
    return [make_official(name, world.communes[0], post, actor=world.author) for name, post in rows]


def test_the_list_stands_by_given_name_with_the_posts_of_today(admin_pages, people):
    assert rows_of(admin_pages.get(LIST)) == [
        ["Nguyễn Thị Ánh", "Phó Bí thư", "–", "–"],
        ["Lê Văn Dũng", "Uỷ viên", "–", "–"],
        ["Trần Văn Đức", "Bí thư", "–", "–"],
    ]


@pytest.mark.parametrize(
    ("typed", "found"), [("duc", 1), ("bi thu", 2), ("anh pho", 1), ("anh uy", 0), ("thi", 1)]
)
def test_a_person_is_found_by_name_and_post(admin_pages, people, typed, found):
    assert len(rows_of(admin_pages.get(LIST, {"q": typed}))) == found


def test_the_organ_of_a_post_of_today_narrows_the_list(admin_pages, world, people):
    make_official("Phạm Thị Mặt", world.communes[0], "Chủ tịch", actor=world.author, organ=Organ.FRONT)
    assert len(rows_of(admin_pages.get(LIST, {"co-quan": "front"}))) == 1
    assert len(rows_of(admin_pages.get(LIST, {"co-quan": "khong-co"}))) == 4


def test_a_post_is_mended_with_one_audit_row_and_the_record_moves_on(admin_pages, people):
    path = f"{LIST}{people[0].pk}/change/"
    change(admin_pages, path, {"appointments-0-post": "Bí thư Đảng uỷ"})
    (entry,) = AuditEntry.objects.filter(action="Sửa cán bộ")
    assert list(entry.after.values()) == [{"chức vụ": "Bí thư Đảng uỷ"}]
    person = Official.objects.get(pk=people[0].pk)
    assert (person.revision, person.appointments.get().post_folded) == (1, "bi thu dang uy")


def test_a_merged_record_is_only_looked_at(admin_pages, world, people):
    merge_officials(people[0], people[1], kept_revision=0, other_revision=0, actor=world.author)
    page = admin_pages.get(f"{LIST}{people[1].pk}/change/")
    assert "Hồ sơ này đã gộp vào hồ sơ Trần Văn Đức nên giữ nguyên." in text_of(page)
    assert 'name="_save"' not in page.content.decode()


def test_the_list_costs_as_many_queries_with_many_rows(admin_pages, world, people):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            admin_pages.get(LIST)
        return len(queries)

    three = asked()
    for number in range(5):
        make_official(f"Người {number}", world.communes[1], actor=world.author_of(world.communes[1]))
    assert asked() == three


def test_delegations_are_found_by_who_signs(admin_pages, world, people):
    delegate_signing(
        world.communes[0],
        people[1],
        post="Phó Bí thư",
        from_on=date(2026, 11, 20),
        to_on=date(2026, 11, 25),
        decision="05-UQ/ĐU",
        actor=world.author,
    )
    path = "/quan-tri/models_dv/signingdelegation/"
    row = ["Nguyễn Thị Ánh", "Phó Bí thư", "Đảng uỷ xã Phú Lâm", "20/11/2026", "25/11/2026", "–"]
    assert rows_of(admin_pages.get(path, {"q": "anh"})) == [row]
    assert rows_of(admin_pages.get(path, {"q": "duc"})) == []


def test_ranks_stand_in_their_order(admin_pages, world):
    official = make_official("A", world.communes[0], "Bí thư", actor=world.author, rank=PostRank.SECRETARY)
    page = admin_pages.get(f"{LIST}{official.pk}/change/").content.decode()
    labels = [
        page.index(label) for label in ("Phó Bí thư Thường trực", "Uỷ viên Ban Thường vụ", "Chuyên viên")
    ]
    assert labels == sorted(labels)


def test_a_unit_that_ends_ends_the_posts_held_in_it(admin_pages, world, people):
    commune = world.communes[0]
    make_official("Vũ Văn Sau", commune, "Bí thư", actor=world.author, from_on=date(2027, 1, 1))
    page = f"/quan-tri/models_dv/unit/{commune.pk}/change/"
    values = {"ended_on": "01/12/2026", "end_basis": "Nghị quyết 9"}
    assert messages_of(admin_pages.get(change(admin_pages, page, values).url))[:2] == [
        "Đã ghi thôi giữ 3 chức vụ trong đơn vị từ 01/12/2026.",
        "Còn chức vụ ghi bắt đầu từ 01/12/2026 trở đi: Vũ Văn Sau, Bí thư. Sửa ở trang của từng cán bộ.",
    ]
    posts = [person.appointments.get() for person in people]
    assert [(post.to_on, post.end_reason) for post in posts] == [(date(2026, 12, 1), "Nghị quyết 9")] * 3
