"""One portal for all journeys, a browser, and visitors that fail their test when a page misbehaves."""

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.portal import Portal
from tests.journeys.visitor import PHONE, REPORT_CSP, STAFF_WINDOW, Visitor

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """The portal with its demo data; it must stop clean after the last journey."""
    running = Portal(tmp_path_factory.mktemp("portal"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser, portal):
    """Makes visitors, each with cookies of his own: ``visitor()``, ``visitor(PHONE)``, ``visitor(script=False)``."""
    made = []

    def make(window=STAFF_WINDOW, *, script: bool = True) -> Visitor:
        context = browser.new_context(
            viewport=window, java_script_enabled=script, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        context.add_init_script(REPORT_CSP)
        made.append(Visitor(context.new_page(), portal.url))
        return made[-1]

    yield make
    for one in made:
        one.page.context.close()
    problems = [problem for one in made for problem in one.problems]
    assert not problems, "\n".join(problems)


@pytest.fixture
def staff(visitor):
    """Signs somebody in on a staff screen: ``staff("chuyenvien.phulam")``."""
    return lambda username: visitor().sign_in(username)


@pytest.fixture
def reader(visitor) -> Visitor:
    """Somebody who reads the public pages on a phone."""
    return visitor(PHONE)
