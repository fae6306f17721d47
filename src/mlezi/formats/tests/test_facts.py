"""Reading what a submission says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlezi.formats.facts import Reader, Unreadable

MEANINGS = {
    "questions": {
        "/data/day": {"as": "encounter.date"},
        "/data/lead": {"as": "encounter.lead"},
        "/data/mentee/who": {"as": "participant"},
        "/data/mentee/row": {"as": "key"},
        "/data/mentee/skills/level": {"as": "rating:bag-mask"},
        "/data/mentee/skills/basis": {"as": "rating.basis:bag-mask"},
        "/data/silent": {"as": ""},
    },
    "repeats": ["/data/mentee"],
}


def read(xml):
    return Reader(MEANINGS).read(xml.encode())


def test_a_comment_within_an_answer_does_not_hide_it():
    (fact,) = read("<data><!-- a --><day>2026-<!-- b -->03<?c d?>-02</day></data>")

    assert fact.value == "2026-03-02"


def test_facts_carry_term_value_path_and_group():
    facts = read("<data><day> 2026-03-02 </day><silent>x</silent><other>y</other></data>")

    (fact,) = facts
    assert (fact.term, fact.value, fact.path, fact.key, fact.group) == (
        "encounter.date",
        "2026-03-02",
        "/data/day",
        "",
        "/data",
    )


def test_an_empty_answer_is_no_fact():
    assert list(read("<data><day/><lead>  </lead></data>")) == []


def test_repeats_are_keyed_by_their_own_key_else_by_position():
    facts = read(
        "<data><mentee><who>a</who><row>k1</row></mentee><mentee><who>b</who></mentee>"
        "<mentee><who>c</who><row>k1</row></mentee></data>"
    )

    assert [(fact.value, fact.key) for fact in facts.having("participant")] == [("a", "k1"), ("b", "2"), ("c", "k1#3")]


def test_a_partner_is_found_in_the_nearest_group():
    facts = read(
        "<data><mentee><who>a</who><skills><level>2</level><basis>patient</basis></skills></mentee>"
        "<mentee><who>b</who><skills><level>3</level></skills></mentee></data>"
    )
    first, second = facts.having("rating")

    assert facts.near(first, "rating.basis").value == "patient"
    assert facts.near(second, "rating.basis") is None
    assert facts.around(first, "participant").value == "a"
    assert facts.around(second, "participant").value == "b"


def test_namespaces_do_not_hide_answers():
    facts = read('<h:data xmlns:h="urn:x"><h:day>2026-03-02</h:day></h:data>')

    assert facts.first("encounter.date").value == "2026-03-02"


@pytest.mark.parametrize("xml", ["", "<data>", "<other/>", "no xml"])
def test_what_cannot_be_read_says_why(xml):
    with pytest.raises(Unreadable, match=r"record"):
        read(xml)


def test_entities_are_not_expanded():
    xml = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><data><day>&e;</day></data>'

    assert not [fact for fact in read(xml) if fact.value]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=6))
def test_keys_are_unique_whatever_is_copied(keys):
    rows = "".join(f"<mentee><who>x</who><row>{key}</row></mentee>" for key in keys)
    found = [fact.key for fact in read(f"<data>{rows}</data>").having("participant")]

    assert len(set(found)) == len(keys)


def test_who_it_is_about_may_stand_on_a_page_of_its_own():
    meanings = {
        "questions": {
            "/data/about/who": {"as": "rating.person", "kind": "select1"},
            "/data/skills/bag": {"as": "rating:newborn.bag_mask", "kind": "select1"},
        },
        "repeats": [],
        "binary": [],
    }
    facts = Reader(meanings).read(b"<data><about><who>u1</who></about><skills><bag>3</bag></skills></data>")

    assert facts.around(facts.first("rating"), "rating.person").value == "u1"


def test_of_several_people_in_rows_none_is_taken_for_the_one_on_another_page():
    meanings = {
        "questions": {
            "/data/row/who": {"as": "participant", "kind": "select1"},
            "/data/skills/bag": {"as": "rating:newborn.bag_mask", "kind": "select1"},
        },
        "repeats": ["/data/row"],
        "binary": [],
    }
    facts = Reader(meanings).read(b"<data><row><who>u1</who></row><skills><bag>3</bag></skills></data>")

    assert facts.around(facts.first("rating"), "participant") is None


PAGES = {
    "questions": {
        "/data/about/who": {"as": "rating.person"},
        "/data/skills/one/level": {"as": "rating:bag-mask"},
        "/data/skills/one/basis": {"as": "rating.basis:bag-mask"},
        "/data/agreed/what": {"as": "action"},
        "/data/when/due": {"as": "action.due"},
    },
    "repeats": [],
}


def test_a_form_laid_out_in_pages_keeps_its_partners_together():
    facts = Reader(PAGES).read(
        b"<data><about><who>a</who></about><skills><one><level>2</level><basis>record</basis></one></skills>"
        b"<agreed><what>Order a mask</what></agreed><when><due>2026-04-01</due></when></data>"
    )
    (rating,) = facts.having("rating")
    (action,) = facts.having("action")

    assert facts.around(rating, "rating.person").value == "a"
    assert facts.near(rating, "rating.basis").value == "record"
    assert facts.near(action, "action.due").value == "2026-04-01"
