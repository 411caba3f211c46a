"""The table of figures and the list of parts, as they answer to what is typed and pasted."""

from playwright.sync_api import expect

from tests.journeys.test_autosave import AUTHOR, FIGURES, REQUESTS, SAVED, area, open_part, says
from tests.journeys.visitor import PHONE

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""
BLOCK = "Vụ việc tồn\tvụ\t5\nVụ việc phát sinh\tvụ\t1.204\nĐã giải quyết\tvụ\t1.100"
CELLS = ("B1", "B2", "B3")


def present(one) -> str:
    """The part that is open, as the list of parts says."""
    return " ".join(one.page.locator(".part-nav [aria-current]").inner_text().split())


def test_a_block_with_names_goes_to_the_cells_and_back_again(staff):
    one = staff(AUTHOR)
    open_part(one, FIGURES)
    before = [one.page.input_value(f"#ct-{code}") for code in CELLS]
    one.page.locator("#ct-B1").click()
    one.page.evaluate(PASTE, BLOCK)
    one.sees("Đã dán 3 số")
    says(one, SAVED)
    assert [one.page.input_value(f"#ct-{code}") for code in CELLS] == ["5", "1.204", "1.100"]
    one.check()
    one.press("Hoàn tác dán")
    assert [one.page.input_value(f"#ct-{code}") for code in CELLS] == before
    says(one, SAVED)
    one.page.reload()
    assert [one.page.input_value(f"#ct-{code}") for code in CELLS] == before


def test_a_block_whose_places_are_not_sure_fills_nothing_and_says_why(staff):
    one = staff(AUTHOR)
    open_part(one, FIGURES)
    before = [one.page.input_value(f"#ct-{code}") for code in CELLS]
    told = one.page.get_by_role("alert")
    for block, words in (
        ("B1\tVụ việc tồn\tvụ\t12\t14\nB2\tVụ việc phát sinh\tvụ\t3\t4", "Chưa rõ cột nào là số của kỳ này."),
        ("12\t14\n3\t4", "Chưa rõ cột nào là số của kỳ này."),
        ("14\nchưa tổng hợp\n9", "Dòng 2 “chưa tổng hợp” không phải số"),
    ):
        one.page.locator("#ct-B1").click()
        one.page.evaluate(PASTE, block)
        expect(told).to_contain_text(words)
    one.page.context.set_offline(True)
    one.page.evaluate(PASTE, "B1\t12\nB2\t3")
    expect(told).to_contain_text("Chưa dán: mất kết nối với máy chủ.")
    one.page.context.set_offline(False)
    one.problems.clear()
    assert [one.page.input_value(f"#ct-{code}") for code in CELLS] == before
    one.page.evaluate(PASTE, "I. Tình hình\n-\n1743\n\n")
    expect(told).to_contain_text("Đã dán 1 số")
    expect(told).to_contain_text("Dòng 2, ô B1: “-” chưa rõ.")
    assert [one.page.input_value(f"#ct-{code}") for code in CELLS] == [before[0], "1.743", before[2]]
    says(one, SAVED)
    one.check()
    expect(told).to_contain_text("“-” chưa rõ")
    one.press("Hoàn tác dán")
    expect(told).to_have_count(0)
    says(one, SAVED)


def test_a_cell_that_could_not_be_saved_is_not_left_behind(staff):
    one = staff(AUTHOR)
    open_part(one, FIGURES)
    before = one.page.input_value("#ct-A1")
    one.page.locator("#ct-A1").fill("9999")
    one.key("Enter")
    expect(one.page.locator("#note-A1")).to_contain_text("lần cùng kỳ")
    one.page.locator("#ct-A1").fill("1.5")
    one.key("Enter")
    says(one, "1 ô chưa lưu")
    expect(one.page.locator("#note-A1 > p")).to_have_count(1)
    assert present(one) == f"{FIGURES} 1 lỗi"
    one.press("Kiểm tra và trình duyệt", within=".report-bar")
    expect(one.page.locator("#ct-A1")).to_be_focused()
    one.page.locator("#ct-A1").fill("15")
    one.key("Enter")
    says(one, SAVED)
    assert "lỗi" not in present(one)
    one.page.locator("#ct-A1").fill(before)
    one.key("Enter")
    says(one, SAVED)


def test_the_list_of_parts_follows_what_is_saved(staff):
    one = staff(AUTHOR)
    open_part(one, REQUESTS)
    one.field("Phần này đã xong").uncheck()
    area(one).fill("Đề nghị hướng dẫn.")
    one.key("Control+s")
    says(one, SAVED)
    assert present(one) == f"{REQUESTS} Đang soạn"
    done = one.page.locator("label[for=parts-done]")
    count = int(done.inner_text().split()[2].split("/")[0])
    one.tick("Phần này đã xong")
    expect(done).to_contain_text(f"Đã xong {count + 1}/")
    assert present(one) == f"{REQUESTS} Đã xong"
    one.field("Phần này đã xong").uncheck()
    expect(done).to_contain_text(f"Đã xong {count}/")
    says(one, SAVED)


def test_on_a_phone_an_indicator_has_its_own_page(visitor):
    one = visitor(PHONE).sign_in(AUTHOR)
    one.open("/lam-viec/")
    one.follow("Báo cáo năm 2026, Đảng uỷ phường Trung Tâm")
    path = one.path.split("/phan/")[0]
    one.open(f"{path}/phan/SL/")
    one.follow("C4")
    one.sees("C4. Đơn tiếp nhận", heading=True)
    one.fits()
    one.press("Quay lại")
    expect(one.page.locator("#ct-C4")).to_be_in_viewport()
