"""Pages that the code promises exist, and their links lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text())

    for link in links:
        if "://" not in link and not link.startswith("mailto:"):
            assert (page.parent / link).exists(), f"{page.name} → {link}"


def test_no_two_decisions_have_one_number():
    """Gaps are allowed: numbers are given out before records are written, and never moved."""
    numbers = [int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("0*.md")]

    assert len(numbers) == len(set(numbers))


def test_every_decision_says_its_status():
    for path in (ROOT / "docs" / "decisions").glob("0*.md"):
        assert "**Status**" in path.read_text(), path.name


def test_every_complaint_about_matching_has_its_test():
    page = (ROOT / "docs" / "explanation" / "complaints-about-matching.md").read_text()
    rows = [line for line in page.splitlines() if "`test_" in line and line.startswith("|")]

    for row in rows:
        file, *tests = re.findall(r"`(test_[a-z_]+(?:\.py)?)`", row)
        written = (ROOT / "src/mlezi/matching/tests" / file).read_text()
        assert tests, row
        for test in tests:
            assert f"def {test}(" in written, f"{file} has no {test}"
    assert len(rows) >= 15
