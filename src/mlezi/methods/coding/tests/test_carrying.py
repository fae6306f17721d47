"""Spans find their words again after an edit."""

from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.coding import carrying
from mlezi.methods.coding.carrying import Edit

texts = st.text(st.sampled_from("ab \n👩🏾e\u0301"), max_size=60)


@given(texts, texts)
def test_edits_between_two_texts_make_one_of_the_other(old, new):
    assert carrying.applied(old, carrying.between(old, new)) == new


@given(texts, texts, st.data())
def test_a_span_that_is_said_to_be_the_same_has_the_same_words(old, new, data):
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    placed = carrying.carrier(carrying.between(old, new)).place(start, end)

    assert 0 <= placed.start <= placed.end <= len(new)
    if placed.fate == "same":
        assert new[placed.start : placed.end] == old[start:end]


def test_a_redaction_inside_a_span_changes_it_and_one_around_it_loses_it():
    carrier = carrying.carrier([Edit(10, 15, "[name 1]")])

    assert carrier.place(0, 5) == (0, 5, "same")
    assert carrier.place(8, 20) == (8, 23, "changed")
    assert carrier.place(10, 15) == (10, 18, "changed")
    assert carrier.place(11, 13).fate == "lost"
    assert carrier.place(15, 20) == (18, 23, "same")
