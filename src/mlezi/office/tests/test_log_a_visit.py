"""A mentor's own page leads to the form of a visit, where there is one."""

from mlezi.testing.makers import forms

VISIT = "| survey |\n| | type | name | label |\n| | date | day | Day |"


def test_the_button_leads_to_the_form_of_a_visit(world, sign_in):
    assert "Log a visit" not in sign_in("amina").get("/mwanza/mine/").content.decode()

    forms.published(world.programme, VISIT, form_id="visit", purpose="visit")
    page = sign_in("amina").get("/mwanza/mine/").content.decode()

    assert 'href="/mwanza/forms/visit/fill/">Log a visit' in page
    assert 'href="/mwanza/forms/"' in page
