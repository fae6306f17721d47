"""A month at either end of the calendar, typed into an address, is answered like any other nonsense."""

import pytest

PAGES = (
    "national/", "districts/", "districts/NYA/", "facilities/", "facilities/IGO/", "figures/", "desk/", "checklists/",
    "plan/", "plan/costs/", "plan/routes/", "plan/visits.ics", "trust/", "trust/sample/",
)  # fmt: skip


@pytest.mark.parametrize("month", ["9999-12", "9999-11", "0001-01", "9999-Q4", "0001-Q1"])
def test_no_page_breaks(world, month, sign_in):
    farida = sign_in("farida")

    for page in PAGES:
        for key in ("month", "period"):
            assert farida.get(f"/mwanza/{page}?{key}={month}").status_code in (200, 302), (page, key)


def test_no_sample_is_drawn_of_the_last_month_there_is(world, sign_in):
    chiku = sign_in("chiku")

    answer = chiku.post("/mwanza/trust/sample/draw/", {"month": "9999-12"}, follow=True)

    assert "Choose a month." in answer.content.decode()
