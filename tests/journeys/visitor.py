"""A person before a browser: sees words, presses what bears a word, and notices what a page should not do."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.portal import PASSWORD

STAFF_WINDOW = {"width": 1366, "height": 650}
PHONE = {"width": 390, "height": 844}
NARROWEST = 320
#: How long a page may take on a busy machine before a step counts as failed.
MILLISECONDS = 20_000
expect.set_options(timeout=MILLISECONDS)
AXE = Axe()
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,  # it would put style elements into the page, which our policy refuses
}
REPORT_CSP = """addEventListener("securitypolicyviolation", (event) =>
  console.error("CSP", event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber));"""
#: The browser says so of each answer 4xx; answers to people's mistakes are meant to be that.
REFUSED_ANSWER = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
#: What a page asks for on its own must be there; documents and saves may be refused.
MAY_BE_REFUSED = ("document", "fetch", "xhr")
#: What the browser says of a request that it gave up itself, on leaving the page or asking anew.
LEFT_BEHIND = "net::ERR_ABORTED"
#: More than the parts, cells and choices of the longest page.
MOST_STEPS = 450
#: What has the focus: [its name, whether something shows that it has].
FOCUSED = """(() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const shows = (part) => part.outlineStyle !== "none" || part.boxShadow !== "none";
  const name = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent || "";
  const around = at.parentElement ? getComputedStyle(at.parentElement) : style;
  return [name, at === document.body || shows(style) || shows(around)];
})()"""


def _exactly(words: str) -> re.Pattern:
    """These words and no others; words hidden from the eye may put a space before a colon or a comma."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile("^\\s*" + re.sub("([:,])", r"\\s?\1", pattern) + "\\s*$")


class Visitor:
    """One page of a browser on the portal at ``base``.

    ``problems`` gathers what no page may do: console errors and warnings, script errors, violations of the
    content security policy, answers of 500 and above, requests that failed. The fixture that makes visitors
    fails the test when there are any.
    """

    def __init__(self, page: Page, base: str):
        self.page = page
        self.base = base
        self.problems: list[str] = []
        page.set_default_timeout(MILLISECONDS)
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        page.on("response", self._note_response)
        page.on("requestfailed", self._note_failed)

    # --- going about ---------------------------------------------------------------------------------

    def open(self, path: str) -> int:
        """Open an address of the portal; returns the status."""
        return self.page.goto(self.base + path).status

    def sign_in(self, username: str, password: str = PASSWORD) -> "Visitor":
        """Sign in on the sign-in page, where the person lands on “Việc của tôi”."""
        self.open("/dang-nhap/")
        self.fill("Tên đăng nhập", username)
        self.fill("Mật khẩu", password)
        self.press("Đăng nhập", within="main")
        self.sees("Việc của tôi", heading=True)
        return self

    def press(self, words: str, *, within: str | Locator = "body") -> None:
        """Press the one button, link or fold that bears exactly these words."""
        self.control(words, within=within).click()

    def follow(self, words: str, *, within: str = "main") -> None:
        """Follow the first link in which these words stand, beside others."""
        self.page.locator(within).get_by_role("link", name=words).first.click()

    def unfold(self, words: str) -> None:
        """Open the fold whose heading holds these words."""
        self.page.locator("summary").filter(has_text=words).first.click()

    def confirm(self, words: str) -> None:
        """Press a button of the question that has just opened."""
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        dialog.get_by_role("button", name=words, exact=True).click()

    def control(self, words: str, *, within: str | Locator = "body") -> Locator:
        """The visible button or link of these words, or what unfolds by them."""
        area = self.page.locator(within) if isinstance(within, str) else within
        name = _exactly(words)
        button = area.get_by_role("button", name=name)
        link = area.get_by_role("link", name=name)
        folded = area.locator("summary").filter(has_text=name)
        return button.or_(link).or_(folded).filter(visible=True)

    def field(self, label: str) -> Locator:
        """The field with exactly this label; a section may bear the same words."""
        return self.page.get_by_label(label, exact=True).and_(self.page.locator("input, select, textarea"))

    def fill(self, label: str, text: str) -> None:
        """Type into the field of this label, in place of what stands there."""
        self.field(label).fill(text)

    def tick(self, label: str) -> None:
        """Tick the box of this label."""
        self.field(label).check()

    def choose(self, label: str, words: str) -> None:
        """Choose the option of these words in the list of this label."""
        self.field(label).select_option(label=words)

    # --- by keyboard alone ---------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Type where the focus is, in place of what is chosen there."""
        self.page.keyboard.type(text)

    def key(self, *keys: str) -> None:
        """Press keys one after the other: “Enter”, “Control+S”."""
        for key in keys:
            self.page.keyboard.press(key)

    def walk_to(self, words: str) -> None:
        """Press Tab until the focus is on what these words name; the focus can be seen all the way."""
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            name, is_visible = self.page.evaluate(FOCUSED)
            assert is_visible, f"{self.path}: the focus on “{name}” cannot be seen"
            if " ".join(name.split()).startswith(words):
                return
        raise AssertionError(f"{self.path}: “{words}” is not reached within {MOST_STEPS} steps")

    # --- seeing --------------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """Where the person is, with the query."""
        return self.page.url.removeprefix(self.base)

    def is_at(self, path: str) -> None:
        """Wait until the person is at this address."""
        expect(self.page).to_have_url(self.base + path)

    def sees(self, words: str, *, heading: bool = False, within: str = "body") -> None:
        """Wait until these words can be seen (as a heading, where asked)."""
        area = self.page.locator(within)
        if heading:
            expect(area.get_by_role("heading", name=words).first).to_be_visible()
        else:
            expect(area.get_by_text(words).filter(visible=True).first).to_be_visible()

    def sees_not(self, words: str, *, within: str = "body") -> None:
        """These words cannot be seen."""
        expect(self.page.locator(within).get_by_text(words).filter(visible=True)).to_have_count(0)

    def cell(self, words: str, column: int) -> str:
        """What stands in a column (from 0) of the row whose first cell says exactly this."""
        first = self.page.get_by_role("cell", name=words, exact=True)
        return first.locator("xpath=..").locator("th, td").nth(column).inner_text()

    # --- measuring -----------------------------------------------------------------------------------

    def check(self) -> None:
        """No violation of WCAG 2.2 AA that axe finds, and no sideways scroll, here and at 320 pixels."""
        self.check_part(None)
        self.fits()

    def check_part(self, selector: str | None) -> None:
        """No violation of WCAG 2.2 AA in a part of the page: of a page whose frame is not ours."""
        found = AXE.run(self.page, selector, options=AXE_OPTIONS)
        assert found.violations_count == 0, f"{self.path}\n{found.generate_report()}"

    def fits(self) -> None:
        """No sideways scroll, at this width and at 320 pixels."""
        size = self.page.viewport_size
        self._fits_here()
        self.page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
        self._fits_here()
        self.page.set_viewport_size(size)

    def _fits_here(self) -> None:
        have, need = self.page.evaluate(
            "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
        )
        assert need <= have, f"{self.path} is {need} pixels wide in a window of {have}"

    # --- noticing ------------------------------------------------------------------------------------

    def _note(self, problem: str) -> None:
        self.problems.append(f"{self.page.url}: {problem}")

    def _note_console(self, message) -> None:
        if message.type in ("error", "warning") and not REFUSED_ANSWER.match(message.text):
            self._note(f"console {message.type}: {message.text}")

    def _note_response(self, response) -> None:
        refused = response.status >= 400 and response.request.resource_type not in MAY_BE_REFUSED
        if response.status >= 500 or refused:
            self._note(f"{response.status} for {response.url}")

    def _note_failed(self, request) -> None:
        if request.failure != LEFT_BEHIND:
            self._note(f"{request.failure} for {request.url}")
