"""Titles are kept in several languages and read in one."""

import pytest
from django.utils import translation

from mlezi.plumbing.words import worded


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ({"en": "Day", "sw": "Siku"}, "Siku"),
        ({"English (en)": "Day", "Kiswahili (sw)": "Siku"}, "Siku"),  # as forms name their languages
        ({"English (en)": "Day", "Kiswahili (sw)": ""}, "Day"),
        ({"French (fr)": "Jour"}, "Jour"),
        ({"": "Day"}, "Day"),
        ({}, ""),
    ],
)
def test_a_title_is_read_in_the_readers_language_or_another(title, read):
    with translation.override("sw"):
        assert worded(title) == read
