"""Officials, tasks and conferences as sheets: rows become what a person would have entered by hand."""

from datetime import date

import pytest

from models_dv import clock
from models_dv.domain import conferences, officials, tasks
from models_dv.domain.sheets import sheet_kind
from models_dv.enums import BatchState, ConferenceState, Organ, PostRank
from models_dv.importers import batches, row_files, undoing
from models_dv.models import Appointment, AuditEntry, Conference, Official, Task
from tests.factories.world import local
from tests.models_dv.importers.workbooks import upload, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(local(2026, 11, 22)):
        yield


@pytest.fixture
def bring(world):
    """Takes rows of a kind in for the province: ``bring("nhiem-vu", headers, rows)``."""

    def take(name, headers, rows, key="k"):
        return batches.take_in(
            upload(xlsx(rows, headers)),
            kind=sheet_kind(name),
            unit=world.province,
            actor=world.province_author,
            key=key,
        )

    return take


def commit(batch, world):
    batch = batches.ask_to_commit(batch, actor=world.province_author)
    assert batch.state == BatchState.COMMITTED, batch.job.error
    return batch


def problems(batch) -> list[str]:
    rows = row_files.rows(batch.rows_file, row_files.ERROR + row_files.DUPLICATE)
    return [f"{problem.message} | {problem.mend}" for row in rows for problem in row.problems]


def same_columns(first, second, *, but: set[str]) -> None:
    """Two rows of one model differ in nothing but what must differ."""
    left, right = (type(row).objects.filter(pk=row.pk).values().get() for row in (first, second))
    assert {name for name in left if left[name] != right[name]} == but


# --- tasks -------------------------------------------------------------------------------------------

TASK = ("Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Hạn hoàn thành", "Sản phẩm")


def test_tasks_are_given_to_units_below_by_name_or_code(bring, world):
    first, second, third = world.communes
    batch = bring(
        "nhiem-vu",
        TASK,
        [
            (
                "Khảo sát nước sạch",
                "xa phu lam",
                f"Đảng uỷ xã Tân Hoà; {third.code}",
                date(2026, 12, 15),
                "Báo cáo",
            ),
            ("Rà soát quy chế", "", "", "", ""),
        ],
    )
    commit(batch, world)
    task, own = Task.objects.order_by("pk")
    assert (task.lead_unit, task.giving_unit, set(task.joining_units.all())) == (
        first,
        world.province,
        {second, third},
    )
    assert (own.lead_unit, own.given_on, own.due_on) == (world.province, date(2026, 11, 22), None)
    typed = tasks.create_task(
        tasks.TaskValues("Khảo sát nước sạch", first, due_on=date(2026, 12, 16), product="Báo cáo"),
        giving_unit=world.province,
        actor=world.province_author,
    )
    same_columns(task, typed, but={"id", "due_on"})
    assert Task.objects.filter(search_text__words=["khao", "sat"]).count() == 2


def test_a_task_is_refused_where_its_unit_is_not_below_or_its_days_are_wrong(bring):
    batch = bring(
        "nhiem-vu",
        TASK,
        [
            ("Một", "Tỉnh uỷ Bình Yên", "", "", ""),
            ("Hai", "Xã Phú Lan", "", "", ""),
            ("Ba", "Xã Phú Lâm", "Xã Phú Lâm", date(2026, 11, 1), ""),
            ("Bốn", "", "Tỉnh uỷ An Bình; Xã Phú Lâm", "", ""),
        ],
    )
    assert problems(batch) == [
        "Không tìm thấy đơn vị “Tỉnh uỷ Bình Yên” | Có phải “Tỉnh uỷ An Bình”?",
        "Không tìm thấy đơn vị “Xã Phú Lan” | Có phải “Đảng uỷ xã Phú Lâm”?",
        "Hạn hoàn thành trước ngày giao 22/11/2026 | Sửa hạn hoặc sửa ngày giao",
        *["Đơn vị chủ trì ghi lại ở đơn vị phối hợp | Bỏ tên đó ở cột Đơn vị phối hợp"] * 2,
    ]


def test_a_task_that_was_given_is_a_duplicate_and_a_batch_is_taken_back(bring, world):
    rows = [("Rà soát quy chế", "Xã Phú Lâm", "Xã Tân Hoà", "", "")]
    batch = commit(bring("nhiem-vu", TASK, rows), world)
    again = bring("nhiem-vu", TASK, rows, key="again")
    assert (again.valid, again.duplicates) == (0, 1)
    assert problems(again)[0].startswith("Đã giao ngày 22/11/2026: mã ")
    assert undoing.undo(batch, actor=world.province_author) == 1
    assert not Task.objects.exists()


def test_a_task_with_progress_is_not_taken_back(bring, world):
    batch = commit(bring("nhiem-vu", TASK, [("Rà soát quy chế", "", "", "", "")]), world)
    Task.objects.get().progress.create(unit=world.province, text="Đã rà soát")
    with pytest.raises(undoing.BuiltUpon, match="Đã có tiến độ nhiệm vụ gắn với nhiệm vụ"):
        undoing.undo(batch, actor=world.province_author)


# --- officials ---------------------------------------------------------------------------------------

OFFICIAL = ("Họ và tên", "Chức vụ", "Cơ quan", "Bậc", "Từ ngày", "Ghi nhận ngày", "Điện thoại cơ quan")


def test_rows_of_one_name_are_one_person_with_several_posts(bring, world):
    batch = bring(
        "can-bo",
        OFFICIAL,
        [
            ("Trần Thị Mẫu", "Phó Bí thư", "Cấp uỷ", "Phó Bí thư", "01/7/2025", "", ""),
            ("Lê Văn Thử", "Trưởng ban", "Mặt trận Tổ quốc", "Chức vụ khác", "", date(2026, 1, 5), ""),
            ("TRẦN THỊ MẪU", "Chủ tịch UBND", "UBND", "Chức vụ khác", "02/7/2025", "", "0239 3856 000"),
        ],
    )
    assert commit(batch, world).job.message == "Đã nhập 3 chức vụ"
    assert Official.objects.count() == 2
    person = Official.objects.get(name="Trần Thị Mẫu")
    assert (person.work_phone, person.illustrative) == ("0239 3856 000", True)
    assert list(person.appointments.values_list("post", "organ", "rank", "order")) == [
        ("Phó Bí thư", Organ.COMMITTEE, PostRank.DEPUTY_SECRETARY, 100),
        ("Chủ tịch UBND", Organ.GOVERNMENT, PostRank.OTHER, 100),
    ]
    entry = AuditEntry.objects.get(object_type="models_dv.Official", object_id=str(person.pk))
    assert entry.note == "Dòng 2 của tệp danh-sach.xlsx; Dòng 4 của tệp danh-sach.xlsx"


def test_an_imported_official_equals_one_that_was_typed(bring, world):
    commit(
        bring(
            "can-bo", OFFICIAL, [("Trần Thị Mẫu", "Phó Bí thư", "Cấp uỷ", "Phó Bí thư", "01/7/2025", "", "")]
        ),
        world,
    )
    post = officials.Post(
        world.province, Organ.COMMITTEE, "Phó Bí thư", PostRank.DEPUTY_SECRETARY, from_on=date(2025, 7, 1)
    )
    typed = officials.add_official(
        name="Trần Thị Mẫu", posts=[post], actor=world.province_author, illustrative=True
    )
    imported = Official.objects.exclude(pk=typed.pk).get()
    same_columns(imported, typed, but={"id"})
    same_columns(imported.appointments.get(), typed.appointments.get(), but={"id", "official_id"})


def test_officials_need_a_day_and_hold_nothing_private(bring):
    batch = bring(
        "can-bo",
        OFFICIAL,
        [
            ("Trần Thị Mẫu", "Phó Bí thư", "Cấp uỷ", "Phó Bí thư", "", "", ""),
            ("Trần 0912345678", "Phó Bí thư", "Cấp uỷ", "Phó Bí thư", "01/7/2025", "", "gọi sau"),
            ("Lê Văn Mẫu", "Phó Bí thư", "Cấp uỷ", "Phó Bí thư", "01/7/2025", "", 2393856000),
        ],
    )
    found = problems(batch)
    assert found[0] == "Ghi ngày bắt đầu giữ chức vụ, hoặc ngày có nguồn ghi nhận. | "
    assert found[1].endswith("| Bỏ thông tin riêng của cá nhân")
    assert found[2] == "Chỉ ghi số điện thoại của cơ quan | Ví dụ 0239 3856 000"
    assert found[3] == "Excel đang giữ ô này là số nên mất số 0 ở đầu | Ghi dạng chữ: '02393856000"


def test_the_days_of_a_post_in_a_sheet_are_checked_as_on_the_page(bring):
    row = ("Trần Thị Mẫu", "Phó Bí thư", "Cấp uỷ", "Phó Bí thư", "01/01/2025", "05/05/2026", "01/02/2026")
    batch = bring("can-bo", (*OFFICIAL[:6], "Thôi giữ từ ngày"), [row])
    assert problems(batch) == ["Ngày thôi giữ chức vụ phải sau ngày bắt đầu hoặc ngày ghi nhận. | "]


def test_a_namesake_in_the_unit_is_left_for_a_person_to_look_at(bring, world):
    row = ("Trần Thị Mẫu", "Phó Bí thư", "Cấp uỷ", "Phó Bí thư", "01/7/2025", "", "")
    batch = commit(bring("can-bo", OFFICIAL, [row]), world)
    again = bring("can-bo", OFFICIAL, [("Tran Thi Mau", "Trưởng ban", *row[2:])], key="again")
    assert again.duplicates == 1
    assert "Thêm chức vụ ở trang của người đó" in problems(again)[0]
    assert undoing.undo(batch, actor=world.province_author) == 1
    assert not (Official.objects.exists() or Appointment.objects.exists())


# --- conferences -------------------------------------------------------------------------------------

CONFERENCE = ("Tên hội nghị", "Loại", "Năm", "Ngày tổ chức", "Hình thức", "Số điểm cầu", "Địa điểm")


def test_conferences_are_held_or_planned_by_their_day(bring, world):
    batch = bring(
        "hoi-nghi",
        CONFERENCE,
        [
            ("Sơ kết 6 tháng", "Sơ kết", 2026, date(2026, 7, 6), "Trực tuyến", 12, "Hội trường"),
            ("Tổng kết năm", "Tổng kết", 2026, date(2026, 12, 20), "", "", ""),
            ("Giao ban", "Giao ban", 2024, "", "", "", ""),
        ],
    )
    commit(batch, world)
    states = dict(Conference.objects.values_list("title", "state"))
    assert states == {
        "Sơ kết 6 tháng": ConferenceState.HELD,
        "Tổng kết năm": ConferenceState.PLANNED,
        "Giao ban": ConferenceState.HELD,
    }
    typed = conferences.save_conference(
        Conference(unit=world.province),
        {"kind": "so_ket", "title": "Sơ kết 6 tháng", "year": 2026, "held_on": date(2026, 7, 6)}
        | {"form": "online", "online_points": 12, "place": "Hội trường", "state": "held"},
        actor=world.province_author,
    )
    same_columns(Conference.objects.exclude(pk=typed.pk).get(title="Sơ kết 6 tháng"), typed, but={"id"})


def test_conferences_that_do_not_fit_or_stand_already(bring, world):
    commit(bring("hoi-nghi", CONFERENCE, [("Giao ban", "Giao ban", 2024, "", "", "", "")]), world)
    batch = bring(
        "hoi-nghi",
        CONFERENCE,
        [
            ("Sơ kết", "Sơ kết", 2024, date(2026, 7, 6), "Trực tiếp", 12, ""),
            ("Giao ban quý I", "Giao ban", 2026, "", "Trực tiếp", 0, ""),
            ("Giao ban quý II", "Giao ban", 2026, "", "Trực tuyến", 0, ""),
            ("giao ban", "Giao ban", 2024, "", "", "", ""),
        ],
        key="again",
    )
    assert [sentence.split(" | ")[0] for sentence in problems(batch)][:4] == [
        "Ngày tổ chức không thuộc năm 2024",
        "Số điểm cầu chỉ ghi khi hình thức là trực tuyến hoặc kết hợp",
        "Số điểm cầu chỉ ghi khi hình thức là trực tuyến hoặc kết hợp",
        "Số điểm cầu từ 1 trở lên",
    ]
    assert problems(batch)[4].startswith("Đã có hội nghị này: mã ")
