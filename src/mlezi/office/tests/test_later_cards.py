"""The list of all figures comes at once; a figure that takes long fetches itself when it is counted."""

import pytest

from mlezi.evaluation import ahead
from mlezi.office.pictures import asked as asked_about


@pytest.fixture
def slow(monkeypatch):
    """Needs take long; everything else is ready."""
    waited = []

    def ready(codes, seconds, **_asked):
        waited.append(seconds)
        return set(codes) - ({"needs_open"} if waited == [seconds] else set())

    monkeypatch.setattr(asked_about, "ready", ready)
    return waited


def test_what_takes_long_comes_later(world, month, sign_in, slow):
    chiku = sign_in("chiku")
    page = chiku.get("/mwanza/figures/?period=365d").content.decode()
    assert page.count("hx-get=") == page.count('aria-busy="true"') == 1
    address = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert address.startswith("/mwanza/figures/needs_open/card?")

    card = chiku.get(address).content.decode()
    assert "hx-get" not in card
    assert "<html" not in card
    assert '<p class="figure-value">1' in card
    assert slow == [0.5, 1.0], "the list waits a moment, a card for a while"


def test_a_page_of_a_figure_that_takes_long_shows_it_by_itself(world, month, sign_in, slow):
    chiku = sign_in("chiku")
    waiting = chiku.get("/mwanza/figures/needs_open/?period=365d").content.decode()
    assert 'hx-get="/mwanza/figures/needs_open/?period=365d"' in waiting
    assert "being counted" in waiting

    assert "The records behind it" in chiku.get("/mwanza/figures/needs_open/?period=365d").content.decode()


def test_a_file_waits_for_its_figure(world, month, sign_in, slow):
    answer = sign_in("chiku").get("/mwanza/figures/needs_open/?period=365d&format=csv")
    assert answer["Content-Type"].startswith("text/csv")


def test_a_card_is_nobody_elses(world, month, sign_in):
    assert sign_in("daudi").get("/mwanza/figures/needs_open/card").status_code == 404
    assert sign_in("chiku").get("/mwanza/figures/nonsense/card").status_code == 404


@pytest.mark.django_db
def test_within_a_transaction_nothing_has_to_wait(world):
    assert ahead.ready(["needs_open"], 0.0, programme=world.programme.pk, start=None, end=None, scope=None) == {
        "needs_open"
    }
