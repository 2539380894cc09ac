"""scripts/scrape.py as a person types it, against the museum on this machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coinvision import collection

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "collect"))  # where the museum stands

import museum  # noqa: E402


def scrape(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "scrape.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        env=dict(os.environ),
    )


def test_it_collects_and_says_what_it_cost(tmp_path: Path) -> None:
    out = tmp_path / "ans"
    with museum.Museum(museum.coins(8)) as site:
        done = scrape(
            "--site", site.site, "--query", 'portrait_facet:"Hadrian"', "--contact",
            "me@museum.org", "--out", out, "--limit", 5, "--delay", 0, "--size", 300,
        )  # fmt: skip
        assert "portrait_facet%3A%22Hadrian%22" in site.paths("query.csv")[0]
        assert site.paths("/full/300,/")
    assert done.returncode == 0, done.stderr
    assert "5 coins of 8 listed" in done.stdout and "7 requests" in done.stdout
    assert len(collection.read(out).table) == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--contact", "nobody"], "mail or web address"),
        (["--contact", "me@museum.org", "--site", "http://127.0.0.1:9/search"], "robots.txt"),
    ],
)
def test_wrong_input_is_one_sentence(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = scrape(*arguments, "--out", tmp_path / "out")
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert done.returncode == 2 and len(errors) == 1 and said in errors[0], done.stderr
    assert "Traceback" not in done.stderr
