"""A file from its upload to the registry and back: all or nothing, once, and only what is right."""

from datetime import date, timedelta

import pytest

from models_dv import clock
from models_dv.domain import dan_van_kheo, jobs
from models_dv.domain.file_refusals import FileRefused
from models_dv.domain.sheets import sheet_kind
from models_dv.enums import BatchState, FactKind, JobState
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.importers import batches, kheo_fact_columns, row_files, undoing
from models_dv.models import AuditEntry, DanVanKheo, ImportBatch, Job, KheoFact, KheoResult, UnitVersion
from models_dv.models.files import private_files
from tests.factories.world import make_province
from tests.models_dv.importers.workbooks import GOOD, HEADERS, models, upload, xlsx

pytestmark = pytest.mark.django_db
KIND = sheet_kind("dan-van-kheo")


@pytest.fixture
def bring(world):
    """Takes a workbook in for the first commune: ``bring(rows)``."""

    def take(rows, headers=HEADERS, *, key="k", actor=None, unit=None):
        return batches.take_in(
            upload(xlsx(rows, headers)),
            kind=KIND,
            unit=unit or world.communes[0],
            actor=actor or world.author,
            key=key,
        )

    return take


def commit(batch, actor) -> ImportBatch:
    return batches.ask_to_commit(batch, actor=actor)


# --- checking ----------------------------------------------------------------------------------------


def test_a_file_is_checked_and_says_what_is_wrong_where(bring):
    batch = bring(
        [
            ("Tổ một", *GOOD[1:]),
            ("", "Mô hinh", "Tập thể", "Nông nghiệp", "Cấp xã", 26, "Thôn Đông"),
            ("tô mọt", *GOOD[1:]),
        ]
    )
    assert batch.state == BatchState.CHECKED
    assert (batch.valid, batch.wrong, batch.duplicates) == (1, 1, 1)
    rows = list(row_files.rows(batch.rows_file))
    assert [(row.number, row.mark) for row in rows] == [(2, "V"), (3, "E"), (4, "D")]
    assert [(problem.column, problem.value, problem.message) for problem in rows[1].problems] == [
        ("Tên mô hình, điển hình", "", "Chưa nhập tên mô hình, điển hình"),
        ("Lĩnh vực", "Nông nghiệp", "“Nông nghiệp” không có trong danh sách"),
        ("Năm đăng ký", "26", "Chỉ nhập năm đủ bốn chữ số"),
    ]
    assert rows[2].problems[0].message == "Trùng với dòng 2 của tệp"
    assert batch.job.message == "Đã đọc 3 dòng: 1 dòng nhập được, 2 dòng bỏ qua"
    assert not DanVanKheo.objects.exists()


def test_rows_that_are_still_marked_as_samples_are_told(bring):
    batch = bring([("Ví dụ", *GOOD), ("1", "Tổ hai", *GOOD[1:])], ("STT", *HEADERS))
    assert (batch.valid, batch.wrong) == (1, 1)
    (row,) = row_files.rows(batch.rows_file, row_files.ERROR)
    assert (row.number, row.problems[0].column, row.problems[0].value) == (2, "STT", "Ví dụ")
    headers, left_out = batches.rows_left_out(batch)
    assert (headers[0], next(left_out)[1][0]) == ("STT", "Ví dụ")


def test_two_hundred_rows_of_which_every_tenth_is_wrong(bring):
    rows = [
        (name, kind, *rest[:4], "" if number % 10 == 0 else rest[4])
        for number, (name, kind, *rest) in enumerate(models(200))
    ]
    batch = bring(rows)
    assert (batch.valid, batch.wrong, batch.duplicates) == (180, 20, 0)
    page = row_files.page(batch.rows_file, row_files.ERROR, 5, 2)
    assert [row.number for row in page] == [52, 62]
    assert page[0].problems[0].mend == "Ví dụ: Thôn Đông, xã Phú Lâm"


def test_rows_that_stand_in_the_registry_are_duplicates(bring, world):
    dan_van_kheo.register(
        unit=world.communes[0],
        actor=world.author,
        values={"name": "TỔ TỰ QUẢN", "kind": "mo_hinh", "subject": "collective", "field": "economy"}
        | {"level": "commune", "year": 2026, "address": "Thôn Đông"},
    )
    batch = bring([GOOD, (*GOOD[:5], 2025, GOOD[6])])
    assert (batch.valid, batch.duplicates) == (1, 1)
    (row,) = row_files.rows(batch.rows_file, row_files.DUPLICATE)
    assert row.problems[0].message.startswith("Đã có trong sổ của đơn vị: mã ")


def test_the_registry_of_another_unit_is_another(bring, world):
    dan_van_kheo.register(
        unit=world.communes[1],
        actor=world.author_of(world.communes[1]),
        values={"name": "Tổ tự quản", "kind": "mo_hinh", "subject": "collective", "field": "economy"}
        | {"level": "commune", "year": 2026, "address": "Thôn Đông"},
    )
    assert bring([GOOD]).valid == 1


def test_the_same_press_twice_is_one_batch(bring):
    assert bring([GOOD]).pk == bring([GOOD]).pk
    assert (ImportBatch.objects.count(), Job.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("rows", "headers", "words"),
    [
        ([("a",)], ("Cột lạ",), "Không tìm thấy dòng tiêu đề"),
        ([GOOD[:3]], HEADERS[:3], "Tệp thiếu cột"),
        ([], HEADERS, "chưa có dòng dữ liệu nào"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(bring, rows, headers, words):
    batch = bring(rows, headers)
    assert (batch.state, batch.job.state) == (BatchState.UPLOADED, JobState.FAILED)
    assert words in batch.job.error


def test_what_is_no_workbook_is_not_taken_in(world):
    with pytest.raises(FileRefused):
        batches.take_in(upload(b"a,b\n1,2\n"), kind=KIND, unit=world.communes[0], actor=world.author, key="k")
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("who", ["reader", "clerk", "reviewer", "stranger", "publisher"])
def test_only_who_keeps_the_unit_brings_files(bring, world, who):
    with pytest.raises(NotAllowed):
        bring([GOOD], actor=getattr(world, who))


# --- saving ------------------------------------------------------------------------------------------


def test_valid_rows_are_saved_with_their_facts_results_and_history(bring, world):
    headers = (
        *HEADERS,
        "Ngày đăng ký",
        "Ngày ra mắt",
        "Kinh phí (triệu đồng)",
        "Kết quả bằng số",
        "Số người hưởng lợi",
    )
    batch = bring(
        [
            (*GOOD, date(2026, 2, 5), "26/3/2026", "6,5", "Hộ hiến đất: 42 hộ", 420),
            (*GOOD, "x", None, None, None, None),
            ("Tổ hai", *GOOD[1:]),
        ],
        headers,
    )
    batch = commit(batch, world.approver)
    assert (batch.state, batch.saved, batch.committed_by) == (BatchState.COMMITTED, 2, world.approver)
    assert batch.job.message == "Đã nhập 2 mô hình"
    first, second = DanVanKheo.objects.order_by("pk")
    assert (first.name, first.unit, first.funds, first.people_served) == (
        "Tổ tự quản",
        world.communes[0],
        6.5,
        420,
    )
    assert (first.created_by, first.revision) == (world.approver, 0)
    assert DanVanKheo.objects.filter(search_text__words=["quan", "dong"]).get() == first
    facts = list(first.facts.values_list("kind", "on", "year_only"))
    assert facts == [
        (FactKind.REGISTERED, date(2026, 2, 5), False),
        (FactKind.LAUNCHED, date(2026, 3, 26), False),
    ]
    assert list(second.facts.values_list("kind", "on", "year_only")) == [
        (FactKind.REGISTERED, date(2026, 12, 31), True)
    ]
    assert str(dan_van_kheo.results_of(first)[0]) == "42 hộ Hộ hiến đất"
    entry = AuditEntry.objects.get(object_type="models_dv.DanVanKheo", object_id=str(first.pk))
    assert (entry.action, entry.note, entry.actor) == (
        "Đăng ký mô hình (nhập Excel)",
        "Dòng 2 của tệp danh-sach.xlsx",
        world.approver,
    )
    assert AuditEntry.objects.get(action="Nhập từ Excel").after["số dòng"] == 2


def problems_of(batch) -> list[tuple]:
    rows = row_files.rows(batch.rows_file, row_files.ERROR + row_files.DUPLICATE)
    return [(row.number, problem.column, problem.message) for row in rows for problem in row.problems]


def test_the_dated_facts_of_a_model_come_with_it(bring, world):
    """As where they are entered one by one: by who may state them, in an order that can be."""
    origin = commit(bring([GOOD], key="origin"), world.author) and DanVanKheo.objects.get()
    told = {
        "Ngày ra mắt": date(2025, 3, 26),
        "Được duyệt vào danh mục": 2025,
        "Đạt hiệu quả": "2025; 05/02/2026",
        "Cấp công nhận": "Cấp xã",
        "Quyết định công nhận": "12-QĐ/ĐU",
        "Ngày công nhận": date(2026, 6, 30),
        "Tiêu biểu": "năm 2025",
        "Hình thức khen": "Giấy khen",
        "Quyết định khen thưởng": "15-QĐ/ĐU",
        "Ngày khen thưởng": "30/06/2026",
        "Dừng hoạt động": "01/07/2026",
        "Lý do dừng": "Hết việc",
        "Nhân rộng từ": "to tu quan",
    }
    batch = bring([("Tổ hai", *GOOD[1:], *told.values())], (*HEADERS, *told), actor=world.approver)
    assert problems_of(batch) == []
    commit(batch, world.approver)
    model = DanVanKheo.objects.get(name="Tổ hai")
    assert model.origin == origin
    assert list(
        model.facts.values_list("kind", "on", "year_only", "level", "award_kind", "decision", "note")
    ) == [
        ("launched", date(2025, 3, 26), False, "", "", "", ""),
        ("approved", date(2025, 12, 31), True, "", "", "", ""),
        ("effective", date(2025, 12, 31), True, "", "", "", ""),
        ("typical", date(2025, 12, 31), True, "", "", "", ""),
        ("effective", date(2026, 2, 5), False, "", "", "", ""),
        ("recognised", date(2026, 6, 30), False, "commune", "", "12-QĐ/ĐU", ""),
        ("awarded", date(2026, 6, 30), False, "", "giay_khen", "15-QĐ/ĐU", ""),
        ("stopped", date(2026, 7, 1), False, "", "", "", "Hết việc"),
        ("registered", date(2026, 12, 31), True, "", "", "", ""),
    ]
    assert undoing.undo(batch, actor=world.approver) == 1


def test_facts_that_cannot_be_or_that_others_state_are_told(bring, world):
    headers = (*HEADERS, "Tiêu biểu", "Cấp công nhận", "Ngày công nhận", "Dừng hoạt động", "Nhân rộng từ")
    rows = [
        ("Một", *GOOD[1:], "2025", None, None, None, None),
        ("Hai", *GOOD[1:], None, "Cấp xã", None, None, None),
        ("Ba", *GOOD[1:], None, None, None, 2025, None),
        ("Bốn", *GOOD[1:], None, None, None, None, "Không có"),
        ("Năm", *GOOD[1:], None, "Cấp tỉnh", 2025, None, None),
    ]
    named = (5, "Nhân rộng từ", "Không tìm thấy mô hình “Không có”")
    assert problems_of(bring(rows, headers, key="author")) == [
        (2, "Tiêu biểu", kheo_fact_columns.OTHERS_DECIDE),
        (3, "Ngày công nhận", "Chưa ghi ngày công nhận"),
        (4, "Lý do dừng", "Ghi lý do dừng"),
        named,
        (6, "Ngày công nhận", kheo_fact_columns.OTHERS_DECIDE),
    ]
    assert problems_of(bring(rows, headers, key="approver", actor=world.approver)) == [
        (3, "Ngày công nhận", "Chưa ghi ngày công nhận"),
        (4, "Lý do dừng", "Ghi lý do dừng"),
        named,
        (6, "Cấp công nhận", kheo_fact_columns.OTHER_LEVEL),
    ]


def test_a_body_brings_the_list_of_the_units_below(bring, world):
    """By name or code; a name that two bear is asked about, a unit that is not below is not found."""
    first, second, third = world.communes
    stranger = make_province(code="tinh-khac", place="Khác")
    headers = ("Đơn vị", *HEADERS)
    UnitVersion.objects.filter(unit=third).update(short_name="Xã Tân Hoà")
    batch = bring(
        [
            (first.code, *GOOD),
            ("dang uy xa tan hoa", *GOOD),
            (None, *GOOD),
            ("Tỉnh uỷ An Bình", *GOOD),
            (stranger.code, *GOOD),
            ("Xã Tân Hoà", *GOOD),
        ],
        headers,
        unit=world.province,
        actor=world.province_author,
    )
    assert problems_of(batch) == [
        (5, "", "Trùng với dòng 4 của tệp"),
        (6, "Đơn vị", f"Không tìm thấy đơn vị “{stranger.code}”"),
        (7, "Đơn vị", "Có 2 đơn vị tên “Xã Tân Hoà”"),
    ]
    commit(batch, world.province_author)
    assert set(DanVanKheo.objects.values_list("unit", flat=True)) == {first.pk, second.pk, world.province.pk}
    again = bring([("", *GOOD)], headers, key="again")
    assert problems_of(again)[0][2].startswith("Đã có trong sổ của đơn vị: mã ")


def test_an_imported_model_equals_one_that_was_typed(bring, world):
    """Column by column, so that nothing that ``save`` computes is forgotten."""
    commit(bring([GOOD]), world.author)
    typed = dan_van_kheo.register(
        unit=world.communes[0],
        actor=world.author,
        values={"name": "Tổ tự quản", "kind": "mo_hinh", "subject": "collective", "field": "economy"}
        | {"level": "commune", "year": 2026, "address": "Thôn Đông"},
    )
    imported = DanVanKheo.objects.exclude(pk=typed.pk).values().get()
    expected = DanVanKheo.objects.filter(pk=typed.pk).values().get()
    different = {name for name in expected if imported[name] != expected[name]}
    assert different == {"id", "created_at"}


def test_ids_go_on_after_an_import(bring, world):
    commit(bring(models(3)), world.author)
    last = DanVanKheo.objects.order_by("pk").last()
    typed = DanVanKheo.objects.create(
        unit=world.communes[0], name="Sau", kind="mo_hinh", subject="collective", field="economy",
        level="commune", year=2026, address="Thôn Tây",
    )  # fmt: skip
    assert typed.pk == last.pk + 1


def test_asked_twice_it_is_saved_once(bring, world):
    batch = commit(bring(models(3)), world.author)
    commit(batch, world.author)
    job = batch.job
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, attempt=2)
    jobs.run_job.enqueue(job.pk, 2)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.DONE, "Đã nhập 3 mô hình")
    assert DanVanKheo.objects.count() == 3


def test_what_breaks_in_the_middle_leaves_nothing_and_can_be_run_again(bring, world):
    """The second of two rows meets a constraint of the database that the check let through."""
    batch = bring(models(2))
    good = batch.rows_file
    lines = [row.line() for row in row_files.rows(good)]
    broken = row_files.keep([lines[0], lines[1].replace('"Thôn Đông"', '""')])
    ImportBatch.objects.filter(pk=batch.pk).update(rows_file=broken)
    batch.refresh_from_db()
    batch = commit(batch, world.author)
    assert (batch.state, batch.saved, batch.job.state) == (BatchState.CHECKED, 0, JobState.FAILED)
    assert batch.job.error.startswith("Hệ thống gặp lỗi. Nội dung đã lưu không bị mất. Mã lỗi: ")
    assert (DanVanKheo.objects.count(), KheoFact.objects.count()) == (0, 0)
    assert not AuditEntry.objects.filter(action__contains="Excel").exists()
    ImportBatch.objects.filter(pk=batch.pk).update(rows_file=good)
    batch.refresh_from_db()
    batch = commit(batch, world.author)
    assert (batch.state, batch.saved) == (BatchState.COMMITTED, 2)


def test_what_was_entered_since_the_check_is_left_out(bring, world):
    early, late = bring(models(3), key="early"), bring(models(4), key="late")
    assert late.valid == 4
    commit(early, world.author)
    late = commit(late, world.author)
    assert late.saved == 1
    assert late.job.message == "Đã nhập 1 mô hình, bỏ qua 3 dòng vừa có người nhập sau khi kiểm tra"
    assert DanVanKheo.objects.count() == 4


def test_what_is_not_checked_or_has_no_valid_row_is_not_saved(bring, world):
    unread = bring([], key="unread")
    with pytest.raises(ExpectedError, match="chưa kiểm tra xong"):
        commit(unread, world.author)
    wrong = bring([("", *GOOD[1:])], key="wrong")
    with pytest.raises(ExpectedError, match="Không có dòng nào nhập được"):
        commit(wrong, world.author)


def test_who_lost_the_role_saves_nothing(bring, world):
    batch = bring([GOOD])
    with pytest.raises(NotAllowed):
        commit(batch, world.reader)


def test_thousands_of_rows_cost_as_many_queries_as_a_few(bring, world, django_assert_max_num_queries):
    few, many = (
        bring(models(3), key="few"),
        bring([(f"Khác {n}", *GOOD[1:]) for n in range(1200)], key="many"),
    )
    for batch in (few, many):
        with django_assert_max_num_queries(35) as asked:
            commit(batch, world.author)
        batch.cost = len([query for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]])
    assert few.cost == many.cost


# --- taking back -------------------------------------------------------------------------------------


def test_a_batch_is_taken_back_whole(bring, world):
    keep = commit(bring([("Giữ lại", *GOOD[1:])], key="keep"), world.author)
    batch = commit(bring(models(3), key="back"), world.author)
    assert undoing.undo(batch, actor=world.approver) == 3
    assert (batch.state, batch.undone_by) == (BatchState.UNDONE, world.approver)
    assert [model.name for model in DanVanKheo.objects.all()] == ["Giữ lại"]
    assert (KheoFact.objects.count(), KheoResult.objects.count()) == (1, 0)
    assert AuditEntry.objects.get(action="Hoàn tác lần nhập Excel").before["số dòng"] == 3
    assert DanVanKheo.objects.filter(search_text__words=["mo", "hinh"]).count() == 0
    assert keep.saved == 1
    with pytest.raises(ExpectedError, match="không còn gì để hoàn tác"):
        undoing.undo(batch, actor=world.author)
    again = commit(bring(models(3), key="again"), world.author)
    assert again.saved == 3


def edit_one(model, world):
    values = {name: getattr(model, name) for name in dan_van_kheo.FIELDS} | {"product": "Mới"}
    dan_van_kheo.edit(model, values=values, results=[], actor=world.author)


def add_fact(model, world):
    KheoFact.objects.create(model=model, kind=FactKind.LAUNCHED, on=date(2026, 5, 1))


def copy_it(model, world):
    model.pk = None
    DanVanKheo.objects.create(
        unit=world.communes[1], name="Bản sao", kind="mo_hinh", subject="collective", field="economy",
        level="commune", year=2026, address="Thôn Tây", origin=DanVanKheo.objects.get(name="Mô hình 2"),
    )  # fmt: skip


def remove_fact(model, world):
    model.facts.all().delete()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (edit_one, "Đã có người sửa 1 mô hình"),
        (add_fact, "Đã có sự việc của mô hình gắn với"),
        (copy_it, "Đã có mô hình, điển hình “Dân vận khéo” gắn với"),
        (remove_fact, "Đã có người sửa 1 mô hình"),
    ],
)
def test_what_was_built_upon_is_not_taken_back(bring, world, act, words):
    batch = commit(bring(models(3)), world.author)
    act(DanVanKheo.objects.get(name="Mô hình 2"), world)
    with pytest.raises(undoing.BuiltUpon, match=words):
        undoing.undo(batch, actor=world.author)
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED
    assert DanVanKheo.objects.filter(name__startswith="Mô hình").count() == 3


def test_what_nobody_changed_is_taken_back_without_the_rest(bring, world):
    rows = [(*row, "Hộ hiến đất: 42 hộ") for row in models(5)]
    batch = commit(bring(rows, (*HEADERS, "Kết quả bằng số")), world.author)
    edit_one(DanVanKheo.objects.get(name="Mô hình 2"), world)
    add_fact(DanVanKheo.objects.get(name="Mô hình 4"), world)
    with pytest.raises(undoing.BuiltUpon, match=r"“Mô hình 2”.*“Mô hình 4”"):
        undoing.undo(batch, actor=world.author)
    assert undoing.undo(batch, actor=world.author, keep_changed=True) == 3
    assert [model.name for model in DanVanKheo.objects.order_by("pk")] == ["Mô hình 2", "Mô hình 4"]
    assert (KheoFact.objects.count(), KheoResult.objects.count()) == (3, 1)
    assert (batch.saved, batch.is_partly_undone) == (2, True)
    assert AuditEntry.objects.get(action="Hoàn tác lần nhập Excel").after == {
        "số dòng giữ lại vì đã có người sửa": 2
    }
    with pytest.raises(undoing.BuiltUpon):
        undoing.undo(batch, actor=world.author)


def test_only_who_keeps_the_unit_takes_back(bring, world):
    batch = commit(bring([GOOD]), world.author)
    with pytest.raises(NotAllowed):
        undoing.undo(batch, actor=world.reviewer)
    assert DanVanKheo.objects.count() == 1


def test_nothing_is_left_behind_by_a_file_without_rows(bring):
    before = private_files().listdir("nhap-excel")
    bring([])
    after = private_files().listdir("nhap-excel")
    assert before[0] == after[0]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [([], []), ([5], [[5, 5]]), ([1, 2, 3, 7, 9, 8], [[1, 3], [7, 9]])],
)
def test_ids_as_ranges(ids, expected):
    assert batches.ranges(ids) == expected


def test_files_that_nobody_saved_are_forgotten(bring, world, django_capture_on_commit_callbacks):
    old, saved, young = (bring([(name, *GOOD[1:])], key=name) for name in ("cũ", "đã nhập", "mới"))
    commit(saved, world.author)
    ImportBatch.objects.exclude(pk=young.pk).update(uploaded_at=clock.now() - timedelta(days=91))
    with django_capture_on_commit_callbacks(execute=True):
        assert batches.forget_unsaved(timedelta(days=90)) == 1
    assert set(ImportBatch.objects.values_list("pk", flat=True)) == {saved.pk, young.pk}
    storage = private_files()
    assert [storage.exists(name) for name in (old.file, old.rows_file, saved.file)] == [False, False, True]
