"""Amina's day with the phone app: she sees who needs her and why, where there is no signal."""

import pytest

from mlezi.field import words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def of_the_office(sign_in):
    """The reasons on the office's page of the same day, in the phone's words."""
    [baraka] = sign_in("amina").get("/mwanza/mine/").context["mentees"]
    return [words.NUMBERS[f"why_{one['kind']}"](one["n"]).format(n=one["n"]) for one in baraka["why"]]


def test_today_says_who_needs_amina_and_why_without_a_line(phone, sign_in):
    phone.page.get_by_role("heading", name="Igoma Dispensary").wait_for()
    phone.line(there=False)
    phone.page.reload()
    phone.unlock("1111")
    phone.page.get_by_text("That is not the PIN.").wait_for()
    phone.unlock()

    card = phone.page.locator(".card", has_text="Igoma Dispensary")
    card.get_by_text("visited 10 days ago").wait_for()
    assert card.locator(".person .badge").all_inner_texts() == of_the_office(sign_in)
    phone.page.get_by_text("No signal").wait_for()
    phone.press("Nearest first")
    card.get_by_text("14 km").wait_for()
