"""The style guide shows every part, to anybody, and has the frame that every page has."""

from django.test import Client


def test_anybody_may_look_at_the_style_guide(db):
    page = Client().get("/styleguide/").content.decode()

    assert "Skip to content" in page
    assert 'value="sw"' in page
    assert page.count("<svg") > 5
