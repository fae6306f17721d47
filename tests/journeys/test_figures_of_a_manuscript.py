"""An evaluator pastes an abstract and sees which of its figures do not hold together."""

import pytest

from mlezi.testing.barriers import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = (
    "A total of 316 people answered (mean = 80.59 ± 9.024; 95% CI = 73.04-88.13). Of 70 participants, 34/70 (48.6%) "
    "named connectivity, 16/70 (22.8%) inclusiveness and 8/70 (11.5%) ownership."
)


def test_pasting_an_abstract(world, browse):
    page = browse("farida", "/mwanza/manuscript/")
    page.get_by_label("Text").fill(WORDS)
    page.get_by_role("button", name="Look it over").click()
    page.get_by_role("heading", name="4 figures: 1 hold, 2 do not, 1 to look at closer.").wait_for()

    assert page.get_by_text("→ n = 8").is_visible()
    assert page.get_by_text("→ 22.9 %").is_visible()
    assert barriers(page) == []
