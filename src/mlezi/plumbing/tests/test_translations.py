"""Sentences are found however a module calls the function that marks them."""

from mlezi.plumbing.translations import in_code, in_template


def test_a_marking_function_under_another_name_is_known():
    code = 'from mlezi.formats.trouble import gettext_noop as say\nX = say("Mend this first.")\ny = other("no")\n'

    assert list(in_code(code)) == [("Mend this first.", None, None)]


def test_words_of_a_definition_are_found():
    code = 'INDICATOR = Indicator(code="x", title="Visits " "held", in_units="%", better="lower", missing="None.")\n'

    assert list(in_code(code)) == [("Visits held", None, None), ("None.", None, None)]


def test_words_given_to_tags_filters_and_conditions_of_a_template_are_found():
    page = (
        '{% load furniture %}{% badge _("missing") "wait" %}{{ name|default:_("nobody") }}{% translate "95 % sure" %}'
        '{% if name %}{% badge _("in place") %}{% else %}{% include "x.html" with text=_("Empty") %}{% endif %}'
    )

    assert {text for text, _, _ in in_template(page)} == {"missing", "nobody", "95 %% sure", "in place", "Empty"}
