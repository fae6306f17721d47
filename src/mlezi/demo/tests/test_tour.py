"""The tour signs in as made-up people, in a demonstration and nowhere else."""

import pytest

from mlezi.demo import progress, stage
from mlezi.office.pictures.start import STEPS
from mlezi.programmes.models import Programme
from mlezi.testing import cast


@pytest.fixture
def demo(world, settings, monkeypatch, tmp_path):
    """The cast as if they were the demo's; another district with its officer comes from the cast."""
    settings.DEMO, settings.DATA = True, tmp_path
    monkeypatch.setattr(stage, "CODE", "mwanza")
    Programme.objects.update(is_made_up=True)
    return world


def test_a_newcomer_walks_through_the_five_roles(demo, client):
    assert "Look as: District Medical Officer" in client.get("/").content.decode()

    for role, first in zip(STEPS, ("districts/NYA/", "mine/", "me/", "desk/", "national/"), strict=True):
        answer = client.post(f"/tour/{role}/", follow=True)
        assert answer.redirect_chain[-1][0] == f"/mwanza/{first}", role
        assert f"{STEPS.index(role) + 1}/5" in answer.content.decode()


@pytest.mark.parametrize("role", STEPS)
def test_where_there_is_no_demo_there_is_no_tour(demo, settings, client, role):
    settings.DEMO = False

    assert client.post(f"/tour/{role}/").status_code == 404
    assert client.get("/tour/progress/").status_code == 404
    assert "Look as" not in client.get("/").content.decode()
    assert "_auth_user_id" not in client.session


def test_a_real_programme_shuts_the_tour(demo, client):
    Programme.objects.create(code="real", title={}, place=demo.zambia, starts_on=cast.START)

    assert client.post("/tour/overseer/").status_code == 404


def test_no_role_but_the_five_and_no_mere_look_signs_anybody_in(demo, client):
    assert client.post("/tour/administrator/").status_code == 404
    assert client.get("/tour/overseer/").status_code == 405


def test_the_start_page_says_how_far_the_year_has_come_in_until_it_is_there(demo, client):
    assert not progress.state().is_running
    progress.note(0, progress.UNCOUNTED)
    assert progress.state().is_running
    assert "older records begin to arrive" in client.get("/").content.decode()

    progress.note(250, 1000)
    page = client.get("/").content.decode()
    assert "250 of 1,000 older records are in" in page
    assert 'hx-get="/tour/progress/"' in page

    progress.note(1000, 1000)
    assert not progress.state().is_running
    piece = client.get("/tour/progress/").content.decode()
    assert "The whole made-up year is there" in piece
    assert "hx-get" not in piece
