"""Wording that may not be shipped is filled in from the site's own file."""

import pytest

from mlezi.formats import wordings

FORM = b"""| survey |
| | type | name | label::English (en) | label::Kiswahili (sw) | bind::mlezi:as |
| | integer | ra1 | supplied by site | [supplied by site] | answer:ra1 |
| | integer | ra2 | Supplied by site | supplied by site | answer:ra2 |
| | text | own | Ours | Yetu | answer:own |
| choices |
| | list_name | name | label |
"""


def test_slots_take_the_sites_words_and_nothing_else_changes():
    words = wordings.read(b"name,label::English (en),label::Kiswahili (sw)\nra1,Clear | goals,Malengo\n")

    filled = wordings.fill(FORM, words).decode().split("\n")

    assert filled[2] == "| | integer | ra1 | Clear / goals | Malengo | answer:ra1 |"
    assert filled[3:] == FORM.decode().split("\n")[3:]


def test_a_file_without_names_says_what_is_missing():
    with pytest.raises(ValueError, match="column `name`"):
        wordings.read(b"label\nx\n")
