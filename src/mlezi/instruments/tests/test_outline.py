"""A form's conditions in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats.xform import Choice, Question
from mlezi.instruments.outline.skips import in_words

HELD = Question("/data/held", "select1", "select1", {"": "Held?"}, choices=(Choice("yes", {"": "Yes"}),))
AGE = Question("/data/person/age", "int", "input", {"": "Age?"})
TOPICS = Question("/data/topics", "select", "select", {"": "Topics?"}, choices=(Choice("anc", {"": "Antenatal"}),))
SECRET = Question("/data/score", "string")
QUESTIONS = {question.path: question for question in (HELD, AGE, TOPICS, SECRET)}


def said(expression: str) -> str:
    return in_words(
        expression,
        at="/data/person/note",
        questions=QUESTIONS,
        words=lambda texts, otherwise: texts.get("", otherwise),
    )


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (" /data/held  = 'yes'", "“Held?” is “Yes”"),
        ("selected( /data/topics , 'anc')", "“Topics?” has “Antenatal”"),
        ("not(selected( /data/topics , 'anc'))", "not (“Topics?” has “Antenatal”)"),
        (" ../age  >= 18 and  /data/held  != ''", "“Age?” is at least 18 and “Held?” is answered"),
        ("( /data/held  = 'yes' or  ../age  < 5)", "(“Held?” is “Yes” or “Age?” is less than 5)"),
        (" /data/score  = 1", "score = 1"),
        ("count(/data/person) > 2", "count(person) > 2"),
    ],
)
def test_conditions_are_said_in_words(expression, words):
    assert said(expression) == words


@given(st.text(alphabet="/data held=!'<>()., andorselected0123456789", max_size=60))
def test_no_condition_ends_in_a_crash(expression):
    assert isinstance(said(expression), str)
