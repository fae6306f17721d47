"""Outcomes and employment come in from lists, with preview and undo; nothing is written twice."""

from datetime import date

import pytest

from mlezi.outcomes.models import Outcome
from mlezi.people.models import Post
from mlezi.programmes.permissions import Permission
from mlezi.testing.makers import imports

STEPS = """person,kind,day,value,unit,label,due
Baraka,Steps,2026-02-01,8400,steps,,
Baraka,manuscript,2026-02-03,,,https://doi.org/10.1000/ABC.1,
Amina,milestone,,,,Thesis handed in,2026-09-01
"""


def there():
    rows = Outcome.objects.select_related("person")
    return {(row.person.name, row.kind, row.label, row.value, row.on_day, row.due_on) for row in rows}


@pytest.mark.django_db
def test_figures_papers_and_milestones_come_in_and_go(world):
    batch = imports.bring_in("person_outcomes", STEPS, imports.context(world))

    assert there() == {
        ("Baraka", "steps", "", 8400.0, date(2026, 2, 1), None),
        ("Baraka", "manuscript", "10.1000/abc.1", None, date(2026, 2, 3), None),
        ("Amina", "milestone", "Thesis handed in", None, None, date(2026, 9, 1)),
    }
    imports.undo(batch)
    assert there() == set()


@pytest.mark.django_db
def test_the_same_list_again_changes_nothing_and_a_milestone_is_reached(world):
    imports.bring_in("person_outcomes", STEPS, imports.context(world))
    again = imports.preview("person_outcomes", STEPS, imports.context(world))
    reached = imports.bring_in(
        "person_outcomes",
        "person,kind,day,label\nAmina,milestone,2026-03-01,Thesis handed in\n",
        imports.context(world),
    )

    assert again.summary["unchanged"] == 3
    assert imports.outcomes(reached) == {2: "changed"}
    assert ("Amina", "milestone", "Thesis handed in", None, date(2026, 3, 1), date(2026, 9, 1)) in there()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Nobody,steps,2026-02-01,5,,,", "Nobody called"),
        ("Baraka,,2026-02-01,5,,,", "Fill in the kind"),
        ("Baraka,steps,31/31/2026,5,,,", "is no day"),
        ("Baraka,steps,,5,,,", "The day is missing"),
        ("Baraka,steps,2026-02-01,lots,,,", "is no number"),
        ("Baraka,steps,2027-02-01,5,,,", "lies ahead"),
        ("Baraka,steps,2026-02-01,,,,", "neither a value nor a title"),
    ],
)
def test_what_is_wrong_is_said_row_by_row(world, row, said):
    batch = imports.preview("person_outcomes", f"person,kind,day,value,unit,label,due\n{row}\n", imports.context(world))

    assert said in imports.reasons(batch)
    assert batch.summary["problem"] == 1


@pytest.mark.django_db
def test_times_in_employment_become_posts(world):
    batch = imports.bring_in(
        "employment",
        "person,facility,from,to,reason\n"
        "Baraka,IGO,2026-01-01,2026-02-28,resigned\nAmina,Kisesa Dispensary,2025-01-01,,\n",
        imports.context(world),
    )

    assert imports.outcomes(batch) == {2: "changed", 3: "new"}
    post = Post.objects.get(person=world.baraka)
    assert (post.to_on, post.reason) == (date(2026, 2, 28), "resigned")
    assert Post.objects.filter(person=world.amina, place=world.kisesa, from_on=date(2025, 1, 1)).exists()
    imports.undo(batch)
    assert Post.objects.get(person=world.baraka).to_on is None


@pytest.mark.django_db
def test_two_times_at_one_place_that_overlap_are_told(world):
    text = (
        "person,facility,from,to\nAmina,KIS,2024-01-01,2024-06-30\nAmina,KIS,2024-06-30,2024-09-30\n"
        "Amina,KIS,2024-09-01,2024-12-31\nAmina,IGO,2024-03-01,2024-04-30\nBaraka,IGO,2026-02-01,\n"
    )
    batch = imports.preview("employment", text, imports.context(world))

    assert "overlaps that of row 3 at the same place" in imports.reasons(batch)
    assert "overlaps that from 2026-01-01 on, which is on file" in imports.reasons(batch)
    assert (batch.summary["new"], batch.summary["problem"]) == (3, 2)


@pytest.mark.django_db
def test_an_end_before_the_beginning_and_an_unknown_reason_are_told(world):
    text = "person,facility,from,to,reason\nBaraka,IGO,2026-02-01,2026-01-01,bored\n"
    batch = imports.preview("employment", text, imports.context(world))

    assert "before the first" in imports.reasons(batch)
    assert "is no reason we know" in imports.reasons(batch)


@pytest.mark.django_db
def test_daudi_brings_in_nothing_about_others(world):
    within = imports.context(world, "chiku", Permission.MANAGE_PEOPLE)
    assert imports.preview("person_outcomes", STEPS, within).summary["new"] == 3

    world.programme = world.other
    theirs = imports.context(world, "daudi", Permission.MANAGE_PEOPLE)
    assert imports.preview("person_outcomes", STEPS, theirs).summary["problem"] == 3


@pytest.mark.django_db
def test_pages(world, sign_in):
    imports.bring_in("person_outcomes", STEPS, imports.context(world))
    chiku = sign_in("chiku")

    assert b"10.1000/abc.1" in chiku.get("/mwanza/person-outcomes/").content
    assert b"Igoma" in chiku.get("/mwanza/employment/").content
    assert chiku.get("/mwanza/person-outcomes/import/").status_code == 200
    typed = {"person": world.baraka.pk, "kind": "Steps", "on_day": "2026-03-01", "value": "9000"}
    assert chiku.post("/mwanza/person-outcomes/new/", typed).status_code == 302
    assert "here already" in chiku.post("/mwanza/person-outcomes/new/", typed).content.decode()
    for path in ("person-outcomes/", "person-outcomes/import/", "person-outcomes/new/", "employment/"):
        assert sign_in("daudi").get(f"/mwanza/{path}").status_code == 404
    assert b"abc.1" not in sign_in("daudi").get("/choma/person-outcomes/").content


@pytest.mark.django_db
def test_one_kind_in_two_units_is_told(world):
    rows = "person,kind,day,value,unit\nBaraka,steps,2026-02-01,8000,steps\nAmina,steps,2026-02-01,5,km\n"
    batch = imports.preview("person_outcomes", rows, imports.context(world))

    assert "Use one unit" in imports.reasons(batch)
    imports.bring_in("person_outcomes", rows.partition("Amina")[0], imports.context(world))
    later = imports.preview(
        "person_outcomes", rows.replace("Baraka,steps,2026-02-01,8000,steps\n", ""), imports.context(world)
    )
    assert "counts km here and steps in what came before" in imports.reasons(later)
