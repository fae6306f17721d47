"""A form's conditions in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats.xform import Choice, Question, XForm
from mlezi.instruments.outline.sheet import sheet
from mlezi.instruments.outline.skips import in_words

HELD = Question("/data/held", "select1", "select1", {"": "Held?"}, choices=(Choice("yes", {"": "Yes"}),))
AGE = Question("/data/person/age", "int", "input", {"": "Age?"})
TOPICS = Question("/data/topics", "select", "select", {"": "Topics?"}, choices=(Choice("anc", {"": "Antenatal"}),))
SECRET = Question("/data/score", "string")
POINTS = Question("/data/points", "string", calculate="if( /data/held  = 'yes', 1, count-selected( ../topics ))")
SHARE = Question("/data/share", "string", calculate=" /data/points  div 2 +  /data/share ")
QUESTIONS = {question.path: question for question in (HELD, AGE, TOPICS, SECRET, POINTS, SHARE)}


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
        ("count-selected( /data/topics ) > 1", "what was answered to “Topics?” asks for it"),
        (" /data/share  < 1", "what was answered to “Held?” and “Topics?” asks for it"),
        ("count(/data/person) > 2", "count(person) > 2"),
    ],
)
def test_conditions_are_said_in_words(expression, words):
    assert said(expression) == words


@given(st.text(alphabet="/data held=!'<>()., andorselected0123456789", max_size=60))
def test_no_condition_ends_in_a_crash(expression):
    assert isinstance(said(expression), str)


def test_a_long_question_is_named_by_its_number():
    long = Question("/data/wash", "select1", "select1", {"": "Washes hands " * 9}, choices=HELD.choices)
    why = Question("/data/why", "string", "input", {"": "Why?"}, relevant=" /data/wash  = 'yes'")
    form = XForm("f", "1", "F", "/data", ("",), "", (HELD, long, why), (), ())

    assert sheet(form).lines[-1].skip == ("“2. Washes hands Washes hands Washes hands Washes hands Washes …” is “Yes”")
