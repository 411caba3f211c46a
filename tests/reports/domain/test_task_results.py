"""Part S6: which tasks belong to a window, how they are told, which the text leaves out."""

from datetime import date

import pytest

from models_dv import clock
from models_dv.domain import tasks
from reports.domain import checks
from reports.domain.narrative import parse_narrative
from reports.domain.task_results import counted, left_out, results_for, sentence, text_of
from reports.enums import RuleLevel
from tests.factories.nouns import make_task
from tests.factories.publications import merge
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db
#: The window of the report is 15/12/2025 – 14/06/2026.
BEFORE, IN, AFTER = (2025, 10, 1), (2026, 3, 1), (2026, 7, 1)
WRITTEN_ON = (2026, 6, 20)


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(*WRITTEN_ON)):
        return make_world()


@pytest.fixture
def world(world):
    with clock.fixed(local(*WRITTEN_ON)):
        yield world


def given(world, title, day, due=None, **values):
    with clock.fixed(local(*day)):
        return make_task(world, title=title, due_on=due and date(*due), due_in=None, **values)


def told(world, task, day, text, **values):
    with clock.fixed(local(*day)):
        return tasks.add_progress(
            task, unit=world.communes[0], on=date(*day), text=text, actor=world.author, **values
        )


def ended(world, task, day, result="Đã xong", cancelled=False):
    values = {"revision": task.revision, "actor": world.province_author}
    with clock.fixed(local(*day)):
        if cancelled:
            tasks.cancel_task(task, reason=result, **values)
        else:
            tasks.complete_task(task, result=result, ended_on=date(*day), **values)


def results(world):
    return results_for(world.report())


def titles(world) -> list[str]:
    return [result.task.title for result in results(world)]


def test_the_tasks_of_a_window(world):
    given(world, "Còn mở từ trước", BEFORE)
    given(world, "Giao trong kỳ", IN)
    ended(world, given(world, "Xong trước kỳ", BEFORE), (2025, 12, 14))
    ended(world, given(world, "Xong ngày đầu kỳ", BEFORE), (2025, 12, 15))
    with clock.fixed(local(2026, 7, 1)):
        given(world, "Giao sau kỳ", AFTER)
        given(world, "Của xã khác", IN, lead=world.communes[1])
        assert set(titles(world)) == {"Còn mở từ trước", "Giao trong kỳ", "Xong ngày đầu kỳ"}


def test_what_happened_after_the_window_does_not_count(world):
    task = given(world, "Rà soát", IN, due=(2026, 6, 1))
    told(world, task, (2026, 5, 1), "Được một nửa", percent=50)
    with clock.fixed(local(2026, 7, 1)):
        told(world, task, (2026, 6, 30), "Gần xong", percent=90)
        more_time = {"due_on": date(2026, 8, 1), "reason": "Mưa lũ", "revision": task.revision}
        tasks.extend_task(task, **more_time, actor=world.province_author)
        ended(world, task, (2026, 7, 1))
        (result,) = results(world)
        assert result.standing == "quá hạn, đang thực hiện, đạt 50%"
        assert result.words == "Được một nửa"


def test_while_the_window_runs_today_counts(world):
    with clock.fixed(local(2026, 5, 1)):
        given(world, "Rà soát", IN, due=(2026, 6, 1))
        (result,) = results(world)
        assert (result.until, result.is_overdue) == (date(2026, 5, 1), False)


def test_the_words_are_plain_structured_text(world):
    done = given(world, "Lập danh mục mô hình.", IN, due=(2026, 4, 30))
    told(world, done, (2026, 4, 1), "Một nửa", evidence="CV 12")
    ended(world, done, (2026, 4, 20), "Đã ban hành\ndanh mục 39 mô hình.")
    doing = given(world, "Đối thoại với hộ dân", IN, due=(2026, 12, 31))
    told(world, doing, (2026, 6, 1), "Tổ chức 3 cuộc", percent=70)
    given(world, "Kiện toàn tổ dân vận", IN, due=(2026, 6, 1))
    ended(world, given(world, "Thí điểm", IN), (2026, 5, 5), "Ghép kế hoạch khác", cancelled=True)

    assert text_of(results(world)) == (
        "Trong kỳ, đơn vị chủ trì 4 nhiệm vụ: 1 hoàn thành, 1 đang thực hiện, 1 quá hạn, 1 đã huỷ.\n"
        "\n"
        "1. Lập danh mục mô hình (hạn 30/04/2026): hoàn thành ngày 20/04/2026. "
        "Kết quả: Đã ban hành danh mục 39 mô hình. Minh chứng: CV 12.\n"
        "2. Kiện toàn tổ dân vận (hạn 01/06/2026): quá hạn, đang thực hiện. Chưa báo tiến độ.\n"
        "3. Đối thoại với hộ dân (hạn 31/12/2026): đang thực hiện, đạt 70%. Kết quả: Tổ chức 3 cuộc.\n"
        "4. Thí điểm (không đặt hạn): đã huỷ ngày 05/05/2026. Lý do: Ghép kế hoạch khác."
    )
    kinds = [block.kind for block in parse_narrative(text_of(results(world)))]
    assert kinds == ["paragraph", "numbers"]


def test_without_a_task_there_is_nothing_to_say(world):
    assert text_of(results(world)) == ""


def test_only_the_own_words_of_the_unit_are_told(world):
    task = given(world, "Rà soát", IN, joining_units=(world.communes[1],))
    with clock.fixed(local(2026, 4, 1)):
        tasks.add_progress(
            task,
            unit=world.communes[1],
            on=date(2026, 4, 1),
            text="Của xã khác",
            actor=world.author_of(world.communes[1]),
        )
    (result,) = results(world)
    assert (result.words, result.standing) == ("", "đang thực hiện")


def test_after_a_merger_the_old_unit_and_the_new_one_tell_of_the_task(world):
    """With what the old one had reported (decision 0029)."""
    task = given(world, "Rà soát", IN)
    told(world, task, (2026, 4, 1), "Đã rà soát 7 trên 10 chi bộ", percent=70)
    merge(world.communes[0], into=world.communes[1], on=date(2026, 5, 1))
    for unit in world.communes[:2]:
        (result,) = results_for(world.report(unit))
        assert (result.words, result.standing) == ("Đã rà soát 7 trên 10 chi bộ", "đang thực hiện, đạt 70%")
    assert results_for(world.report(world.communes[2])) == []


def test_counts_leave_out_what_there_is_none_of(world):
    given(world, "Một", IN)
    assert counted(results(world)) == "Trong kỳ, đơn vị chủ trì 1 nhiệm vụ: 1 đang thực hiện."


def test_results_take_one_query_whatever_the_tasks(world, django_assert_num_queries):
    report = world.report()
    for number in range(4):
        told(world, given(world, f"Việc {number}", IN), (2026, 4, 1), "Đã làm")
    with django_assert_num_queries(1):
        text_of(results_for(report))


# --- what the text leaves out ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Đã đối thoại với hộ dân bị thu hồi đất.", True),
        ("1. ĐỐI THOẠI VỚI HỘ DÂN THU HỒI ĐẤT: xong", True),
        ("Đã đối thoại với các hộ dân thuộc diện thu hồi.", True),
        ("Đã đối thoại.\nVới hộ dân.\nThu hồi đất.", False),
        ("Đã thực hiện xong các nhiệm vụ được giao.", False),
        ("", False),
    ],
)
def test_a_task_is_told_by_a_line_with_most_of_its_words(world, text, is_told):
    given(world, "Đối thoại với hộ dân thu hồi đất", IN)
    found = results(world)
    assert left_out(found, text) == ([] if is_told else found)


def test_the_sentence_names_the_first_ones(world):
    for number in range(1, 8):
        given(world, f"Việc {number}", IN)
    assert sentence(results(world)) == (
        "Chưa nhắc 7 nhiệm vụ của kỳ: “Việc 1”; “Việc 2”; “Việc 3”; “Việc 4”; “Việc 5” và 2 nhiệm vụ khác"
    )


def test_the_check_reminds_and_never_blocks(world):
    given(world, "Đối thoại với hộ dân", IN)
    world.write()
    (finding,) = checks.check_tasks(world.edition())
    assert (finding.level, finding.part, finding.message) == (
        RuleLevel.SOFT,
        "S6",
        "Chưa nhắc 1 nhiệm vụ của kỳ: “Đối thoại với hộ dân”",
    )
    world.write(code="S6", text="Đã đối thoại với hộ dân.")
    assert checks.check_tasks(world.edition()) == []
