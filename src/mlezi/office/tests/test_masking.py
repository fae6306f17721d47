"""A form record opens to its bytes; coaching words and ratings stay masked for everybody but the pair."""

from mlezi.instruments.masking import MASK, masked

XML = b"""<data id="visit" xmlns="http://openrosa.org/xforms"><who>u1</who><note>Was shy today</note><level>2</level>
<new_name>Asha</new_name><free>x</free><meta><instanceID>uuid:1</instanceID></meta></data>"""
MEANINGS = {
    "questions": {
        "/data/who": {"as": "participant"},
        "/data/note": {"as": "participant.note"},
        "/data/level": {"as": "rating:newborn.bag_mask"},
        "/data/new_name": {"as": "person.name"},
    }
}


def values(allowed):
    return {one["path"]: one["value"] for one in masked(XML, MEANINGS, allowed)[0]}


def test_whoever_sent_it_reads_all_of_it():
    assert MASK not in values({"all"}).values()


def test_an_overseer_reads_neither_words_nor_ratings():
    seen = values({"people"})

    assert seen["/data/who"] == "u1"
    assert seen["/data/new_name"] == "Asha"
    assert {seen["/data/note"], seen["/data/level"], seen["/data/free"]} == {MASK}
    assert seen["/data/meta/instanceID"] == "uuid:1"


def test_the_text_is_masked_as_the_answers_are():
    text = masked(XML, MEANINGS, {"people", "others"})[1]

    assert "shy" not in text
    assert ">x<" in text


def test_an_entity_is_never_expanded():
    bomb = b'<!DOCTYPE d [<!ENTITY a "expanded">]><data><q>&a;</q></data>'

    assert "expanded" not in str(masked(bomb, {}, {"all"})[0])


def test_a_checklist_is_masked_as_soon_as_its_form_names_somebody():
    xml = b"<data><who>u-1</who><seal>no</seal><total>40</total></data>"
    items = {"/data/seal": {"as": "item:mask_seal"}, "/data/total": {"as": "score:osce"}}
    named = {"questions": {"/data/who": {"as": "participant"}, **items}}

    of_somebody = [one["value"] for one in masked(xml, named, {"people", "others"})[0]]
    of_the_site = [one["value"] for one in masked(xml, {"questions": items}, {"people", "others"})[0]]

    assert of_somebody == ["u-1", MASK, MASK]
    assert of_the_site == ["u-1", "no", "40"]


def test_nothing_hides_beside_an_answer():
    xml = b"<data><note>secret one<x/>secret two</note><!-- secret three --><level>2</level>secret four</data>"
    meanings = {"questions": {"/data/note": {"as": "participant.note"}, "/data/level": {"as": "rating:a.b"}}}

    assert "secret" not in masked(xml, meanings, {"people", "others"})[1]
