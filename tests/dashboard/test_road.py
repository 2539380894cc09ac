"""The main road through the dashboard in real Chromium, on a real server."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from coinvision import runs
from coinvision.dataset.crops import COLLECTIONS_VARIABLE

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

ROOT = Path(__file__).parents[2]
COLOR = "drawn-small-color-fold0-seed0"
GRAY = "drawn-small-grayscale-fold0-seed0"
DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@pytest.fixture(scope="module")
def address(trained: Path, coins: Path) -> Iterator[str]:
    """A running dashboard on the small runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py"]
    settings = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    environment = {
        **os.environ,
        runs.ARTIFACTS_VARIABLE: str(trained),
        COLLECTIONS_VARIABLE: str(coins.parent),
    }
    server = subprocess.Popen([*command, *settings], cwd=ROOT, env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as started:
        yield started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture
def page(browser: "playwright.Browser") -> Iterator["playwright.Page"]:
    opened = browser.new_page(viewport={"width": 1280, "height": 1000})
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()


def _wait(url: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(url, timeout=1)
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(url)


def ready(page: "playwright.Page", heading: str) -> None:
    """Wait until a page with that heading is complete, and see that nothing went wrong."""
    page.get_by_role("heading", level=1, name=heading).wait_for()
    page.wait_for_selector(DONE)
    assert page.locator('[data-testid="stException"]').count() == 0


def test_the_main_road(page: "playwright.Page", address: str, trained: Path, coins: Path) -> None:
    page.goto(address)
    ready(page, "Who is on the coin")
    page.get_by_role("link", name="Results", exact=True).click()
    ready(page, "How well each emperor is named")
    coin = _click_a_cell(page, trained)
    _open_first_of_list(page)
    ready(page, "One coin")
    assert f"coin={coin}" in page.url and f"run={COLOR}" in page.url
    assert page.get_by_text(re.compile("What speaks for")).count() >= 1
    page.locator('label:has-text("Grayscale")').click()
    page.wait_for_url(f"**run={GRAY}**")
    ready(page, "One coin")
    assert f"coin={coin}" in page.url
    page.get_by_role("link", name="Your photographs").click()
    ready(page, "Who is on your coin")
    page.locator('input[type="file"]').set_input_files(next(coins.glob("images/*.png")))
    page.get_by_text(re.compile("^Small network, color: ")).wait_for()
    ready(page, "Who is on your coin")
    page.get_by_text(re.compile("^Small network, grayscale: ")).wait_for()


def _click_a_cell(page: "playwright.Page", trained: Path) -> str:
    """Click the matrix's fullest cell; gives the coin that its list starts with."""
    table = pd.read_csv(trained / "runs" / COLOR / runs.PREDICTIONS)
    table = table[table["split"] == "test"]
    true, named = table.groupby(["emperor", "predicted"]).size().idxmax()
    own = table[(table["emperor"] == true) & (table["predicted"] == named)]
    first = own.loc[own[f"p_{named}"].idxmax(), "coin_id"]
    cell = f'path[aria-label*="emperor: {true}"][aria-label*="named: {named}"]'
    page.locator(f".mark-rect {cell}").scroll_into_view_if_needed()
    box = page.locator(f".mark-rect {cell}").bounding_box()
    assert box
    # in the middle, on the number, as a reader would
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_text(re.compile(f"of {true}, named {named}")).wait_for()
    page.wait_for_selector(DONE)
    return str(first)


def _open_first_of_list(page: "playwright.Page") -> None:
    """Tick the first row of the list of coins, as a reader does."""
    listed = page.locator(".st-key-list_cell [data-testid='stDataFrame']")
    listed.scroll_into_view_if_needed()
    box = listed.locator("canvas").last.bounding_box()
    assert box
    page.mouse.click(box["x"] + 18, box["y"] + 35 + 17)


def test_a_click_filters_the_other_charts_and_downloads_as_shown(
    page: "playwright.Page", address: str
) -> None:
    page.goto(f"{address}/dataset?run={COLOR}")
    ready(page, "What the networks learned from")
    for expected in ("12 of 48 records", "48 of 48 records"):  # a second click takes it away
        bar = page.locator('.mark-rect path[aria-label*="emperor: Nero"]').first
        bar.scroll_into_view_if_needed()
        bar.click()
        page.get_by_text(expected).wait_for()
        page.wait_for_selector(DONE)
    page.locator('.mark-rect path[aria-label*="emperor: Nero"]').first.click()
    page.get_by_text("12 of 48 records").wait_for()
    page.wait_for_selector(DONE)
    with page.expect_download() as started:
        page.locator(".st-key-download_materials button").click()
    assert Path(started.value.path()).read_text("utf-8-sig") == "material,coins\nSilver,12\n"
    page.get_by_role("button", name="Clear filters").click()
    page.get_by_text("48 of 48 records").wait_for()


def test_four_readers_at_once(address: str) -> None:
    problems: list[str] = []

    def read() -> None:
        try:
            with playwright.sync_playwright() as started:
                page = started.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox"]
                ).new_page()
                page.set_default_timeout(90_000)
                for place, heading in (
                    ("", "Who is on the coin"),
                    ("results", "How well each emperor is named"),
                    (f"coin?run={GRAY}", "One coin"),
                    ("misclassified", "Which coins are named wrongly"),
                ):
                    page.goto(f"{address}/{place}")
                    ready(page, heading)
        except Exception as error:  # what goes wrong in a thread must reach the test
            problems.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert not problems


def test_one_key_a_verdict(page: "playwright.Page", address: str) -> None:
    page.goto(f"{address}/review?run={COLOR}")
    page.get_by_label("Your name").fill("Anna")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Network wrong").wait_for()
    ready(page, "Review a coin")
    page.get_by_label("Note").fill("coin 2 of a lot")  # keys in a note are letters
    page.get_by_label("Note").press("4")
    page.get_by_role("heading", level=1).click()
    ready(page, "Review a coin")
    assert page.get_by_text(re.compile("^Saved")).count() == 0
    first = page.url
    page.keyboard.press("2")
    page.get_by_text(re.compile(r"^Saved: .*network wrong\.")).wait_for()
    ready(page, "Review a coin")
    assert page.url != first
    page.keyboard.press("u")
    page.get_by_text(re.compile("^Taken back: ")).wait_for()
    ready(page, "Review a coin")
    assert page.url == first
