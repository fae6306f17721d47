"""Facility figures by month come in, come again, and go."""

from mlezi.evaluation.models import SiteFigure
from mlezi.programmes.permissions import Permission as P
from mlezi.testing.makers import imports

LIST = """Facility,District,Month,Measure,Value
Igoma Dispensary,Nyamagana,2026-01,deliveries,12
Igoma Dispensary,Nyamagana,2026-01,clients,"340"
Kisesa Dispensary,Magu,15/01/2026,Deliveries,
Kisesa Dispensary,Magu,2026-02,deliveries,0
Nowhere,Magu,2026-02,deliveries,3
"""


def values():
    return {(row.place.code, row.month.isoformat(), row.measure): row.value for row in SiteFigure.objects.all()}


def test_a_list_is_previewed_written_and_taken_back(world):
    batch = imports.bring_in("outcomes", LIST, imports.context(world))

    assert imports.outcomes(batch) == {2: "new", 3: "new", 4: "problem", 5: "new", 6: "problem"}
    assert values() == {
        ("IGO", "2026-01-01", "deliveries"): 12,
        ("IGO", "2026-01-01", "clients"): 340,
        ("KIS", "2026-02-01", "deliveries"): 0,  # nought reported is a figure; an empty cell is none
    }
    imports.undo(batch)
    assert values() == {}


def test_the_same_list_again_changes_nothing_and_a_correction_is_undone(world):
    imports.bring_in("outcomes", LIST, imports.context(world))
    again = imports.preview("outcomes", LIST, imports.context(world))
    mended = imports.bring_in("outcomes", LIST.replace(",12", ",13"), imports.context(world))

    assert again.summary["unchanged"] == 3
    assert imports.outcomes(mended)[2] == "changed"
    assert values()["IGO", "2026-01-01", "deliveries"] == 13
    imports.undo(mended)
    assert values()["IGO", "2026-01-01", "deliveries"] == 12


def test_a_measure_may_be_a_column(world):
    wide = "Facility code,Month,Deliveries,Clients\nIGO,2026-03,14,\nKIS,2026-03,x,5\n"

    batch = imports.bring_in("outcomes", wide, imports.context(world, measures=["deliveries", "clients"]))

    assert imports.outcomes(batch) == {2: "new", 3: "problem"}
    assert values() == {("IGO", "2026-03-01", "deliveries"): 14}


def test_the_same_figure_twice_in_a_file_is_a_problem(world):
    twice = "Facility code,Month,Measure,Value\nIGO,2026-03,deliveries,1\nIGO,2026-03-09,deliveries,2\n"

    assert imports.outcomes(imports.preview("outcomes", twice, imports.context(world))) == {2: "new", 3: "problem"}


def test_a_month_that_has_not_begun_is_a_problem(world):
    ahead = "Facility,District,Month,Measure,Value\nIgoma Dispensary,Nyamagana,2099-01,deliveries,12\n"
    batch = imports.preview("outcomes", ahead, imports.context(world))

    assert imports.outcomes(batch) == {2: "problem"}


def test_daudi_cannot_touch_our_facilities(world):
    within = imports.context(world, "daudi", P.IMPORT_FIGURES)

    batch = imports.preview("outcomes", LIST, within)

    assert set(imports.outcomes(batch).values()) == {"problem"}


def test_everybody_who_sees_places_sees_the_list_and_a_coordinator_brings_it_in(world, sign_in):
    imports.bring_in("outcomes", LIST, imports.context(world))

    page = sign_in("chiku").get("/mwanza/outcomes/")

    assert "deliveries" in page.content.decode()
    assert "/mwanza/outcomes/import/" in page.content.decode()
    assert sign_in("chiku").get("/mwanza/outcomes/import/").status_code == 200
    assert "/mwanza/outcomes/import/" not in sign_in("eliya").get("/mwanza/outcomes/").content.decode()
    assert "Kisesa" not in sign_in("eliya").get("/mwanza/outcomes/").content.decode()


def test_daudi_does_not_see_the_list(world, sign_in):
    imports.bring_in("outcomes", LIST, imports.context(world))

    assert sign_in("daudi").get("/mwanza/outcomes/").status_code == 404
    assert "Igoma" not in sign_in("daudi").get("/choma/outcomes/").content.decode()
