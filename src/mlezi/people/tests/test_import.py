"""Lists of people: once, again, changed, and back."""

import pytest

from mlezi.audit import problems
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person, Post
from mlezi.programmes.models import Enrolment, RoleAssignment
from mlezi.programmes.permissions import Permission as P
from mlezi.testing.makers.imports import bring_in, context, outcomes, preview, reasons, undo

LIST = """Full name;Staff no;Cadre;Simu;Kituo;Since;Takes part as;Mentor
Grace Mushi;101;Nurse midwife;0754 123 456;Igoma Dispensary;1/2/2026;mentor;
Hamisi Juma;102;nurse;;Igoma dispensary;;mentee;Grace Mushi
Irene Paulo;;clinical_officer;+255 754 000 001;Kisesa Dispensary;;mentee;101
"""
CADRES = [
    {"code": code, "title": {"en": code.replace("_", " ")}} for code in ("nurse", "nurse_midwife", "clinical_officer")
]


@pytest.fixture
def mine(world):
    world.programme.blueprint = {"cadres": CADRES}
    world.programme.save()
    return context(world, "chiku", P.MANAGE_PEOPLE)


def test_people_posts_enrolments_and_mentors_come_in_together(world, mine):
    batch = bring_in("people", LIST, mine)

    grace = Person.objects.get(code="101")
    assert outcomes(batch) == {2: "new", 3: "new", 4: "new"}, reasons(batch)
    assert (grace.cadre, grace.phone) == ("nurse_midwife", "0754123456")
    assert str(Post.objects.get(person=grace).from_on) == "2026-02-01"
    assert {pair.learner.name for pair in Pairing.objects.filter(guide=grace)} == {"Hamisi Juma", "Irene Paulo"}
    assert RoleAssignment.objects.get(person=grace).role == "mentor"


def test_the_same_list_again_changes_nothing(world, mine):
    bring_in("people", LIST, mine)

    assert set(outcomes(preview("people", LIST, mine)).values()) == {"unchanged"}


def test_another_facility_is_a_transfer(world, mine):
    bring_in("people", LIST, mine)
    batch = bring_in("people", "name,code,facility\nHamisi Juma,102,Kisesa Dispensary\n", mine)

    hamisi = Person.objects.get(code="102")
    assert batch.rows.get().values["differences"]["facility"] == ["Igoma Dispensary", "Kisesa Dispensary"]
    assert [post.reason for post in hamisi.posts.order_by("id")] == ["transfer", ""]


def test_leaving_is_told_once(world, mine):
    bring_in("people", LIST, mine)
    leaving = "name,code,facility,left,why_left\nGrace Mushi,101,Igoma Dispensary,2026-02-28,studies\n"
    first, second = bring_in("people", leaving, mine), preview("people", leaving, mine)

    post = Post.objects.get(person__code="101")
    assert outcomes(first) == {2: "changed"}
    assert outcomes(second) == {2: "unchanged"}
    assert (str(post.to_on), post.reason) == ("2026-02-28", "studies")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",9,nurse,,,,,", "has no name"),
        ("J,9,nurse,,,,,", "Say where the person works"),
        ("J,9,surgeon,,,,,", "is no cadre of this programme"),
        ("J,9,nurse,,Igomma,,,", "no place called “Igomma”"),
        ("J,9,nurse,,Choma Clinic,,,", "no place called “Choma Clinic”"),
        ("J,9,nurse,,,31/31/2026,,", "is no day"),
        ("J,9,nurse,,,,boss,", "neither mentee, mentor nor registered"),
        ("J,9,nurse,,,,mentee,Nobody", "Nobody called “Nobody”"),
        ("J,101,nurse,,,,,", "stands in row 2"),
        ("J,9,nurse,,,,mentee,9", "their own mentor"),
    ],
)
def test_a_problem_row_says_what_to_do(world, mine, row, reason):
    text = "name,code,cadre,phone,facility,since,part,mentor\nGrace,101,nurse,,,,mentor,\n" + row + "\n"
    batch = bring_in("people", text, mine)

    assert outcomes(batch) == {2: "new", 3: "problem"}
    assert reason in reasons(batch)


def test_two_of_one_name_at_one_facility_need_a_staff_number(world, mine):
    for code in ("1", "2"):
        bring_in("people", f"name,code,facility\nAnna John,{code},Igoma Dispensary\n", mine)

    batch = preview("people", "name,facility\nAnna John,Igoma Dispensary\n", mine)

    assert "Give the staff number" in reasons(batch)


def test_daudis_people_cannot_be_touched_nor_seen(world, mine):
    bring_in("people", "name,code,facility_code\nZuhura,900,CHO\n", context())

    batch = preview("people", "name,code,part\nZuhura X,900,\nDaudi,,mentee\n", mine)

    assert outcomes(batch) == {2: "problem", 3: "new"}, "another person called Daudi, not him"
    assert "outside your part" in reasons(batch)


def test_undo_takes_everybody_back_and_restores_what_changed(world, mine):
    before = list(Person.objects.order_by("pk").values())
    posts = list(Post.objects.order_by("pk").values())
    text = LIST + "Baraka;;nurse;0700;Kisesa Dispensary;;mentee;101\n"
    batch = bring_in("people", text, mine)
    assert Pairing.objects.count() == 3

    undo(batch)

    assert list(Person.objects.order_by("pk").values()) == before
    assert list(Post.objects.order_by("pk").values()) == posts
    assert not Pairing.objects.exists()
    assert Enrolment.objects.count() == 2


def test_undo_is_refused_when_one_of_them_was_paired_since(world, mine):
    batch = bring_in("people", "name,code,facility\nGrace,101,Igoma Dispensary\n", mine)
    bring_in("pairings", "mentor,mentee,since\n101,Baraka,2026-03-01\n", mine)

    with pytest.raises(problems.CannotUndo, match="Row 2: 1 later record"):
        undo(batch)


def test_pairs_begin_and_end_by_file(world, mine):
    pairs = "mentor,mentee,since,until,reason\nAmina,Baraka,2026-01-05,,\n"
    first, second = bring_in("pairings", pairs, mine), preview("pairings", pairs, mine)
    ended = bring_in("pairings", pairs.replace(",,\n", ",2026-02-28,moved\n"), mine)

    assert (outcomes(first), outcomes(second), outcomes(ended)) == ({2: "new"}, {2: "unchanged"}, {2: "changed"})
    assert str(Pairing.objects.get().to_on) == "2026-02-28"


def test_a_column_that_must_be_there_is_named(world, mine):
    with pytest.raises(problems.MissingColumns, match="no column Mentee"):
        preview("pairings", "mentor,date\nAmina,2026-01-05\n", mine)
