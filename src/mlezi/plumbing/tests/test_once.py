"""A page asks one question of the database once; whoever writes is never answered from memory."""

from django.test import RequestFactory

from mlezi.plumbing import once

ASKED = []


@once.a_page
def roles(name, *, day=1):
    ASKED.append((name, day))
    return f"{name} on {day}"


def page(request):
    return [roles("Amina"), roles("Amina"), roles("Amina", day=2)]


def test_within_a_page_a_question_is_asked_once():
    ASKED.clear()

    answer = once.OnceMiddleware(page)(RequestFactory().get("/"))

    assert answer == ["Amina on 1", "Amina on 1", "Amina on 2"]
    assert ASKED == [("Amina", 1), ("Amina", 2)]


def test_the_next_page_asks_again():
    ASKED.clear()
    for _ in range(2):
        once.OnceMiddleware(page)(RequestFactory().get("/"))

    assert len(ASKED) == 4


def test_whoever_writes_is_never_answered_from_memory():
    ASKED.clear()

    once.OnceMiddleware(page)(RequestFactory().post("/"))

    assert len(ASKED) == 3
