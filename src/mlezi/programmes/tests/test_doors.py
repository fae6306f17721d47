"""Who gets through a door, and what the others are told."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from mlezi.plumbing.problems import NotAllowed, NotFound
from mlezi.programmes.doors import needs, public, signed_in, takes_part
from mlezi.programmes.permissions import Permission as P


@needs(P.MANAGE_PEOPLE)
def people_page(request, code="none"):
    return HttpResponse(f"{request.programme.code} {code} {sorted(request.scope.programmes)}")


@takes_part
def start_page(request):
    return HttpResponse("start")


def ask(view, person, **kwargs):
    request = RequestFactory().get("/mwanza/people/?q=a")
    request.person = person
    return view(request, **kwargs)


def test_a_coordinator_comes_in(world):
    answer = ask(people_page, world.chiku, programme="mwanza", code="x")

    assert answer.content.decode() == f"mwanza x [{world.programme.pk}]"


def test_somebody_of_the_programme_without_the_permission_is_told_so(world):
    with pytest.raises(NotAllowed):
        ask(people_page, world.baraka, programme="mwanza")


@pytest.mark.parametrize("code", ["mwanza", "there-is-none"])
@pytest.mark.parametrize("view", [people_page, start_page])
def test_for_daudi_the_programme_does_not_exist(world, view, code):
    with pytest.raises(NotFound):
        ask(view, world.daudi, programme=code)


def test_whoever_is_not_signed_in_is_asked_to(world):
    answer = ask(people_page, None, programme="mwanza")

    assert answer.status_code == 302
    assert answer.url == "/account/login/?next=/mwanza/people/%3Fq%3Da"


def test_views_say_who_may_come_in():
    assert people_page.door == P.MANAGE_PEOPLE.value
    assert start_page.door == "any role"
    assert public(lambda request: None).door == "public"
    assert signed_in(lambda request: None).door == "signed in"
