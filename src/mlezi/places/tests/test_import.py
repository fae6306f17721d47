"""Lists of places: what each row would do, again and again, and back."""

import random

import pytest

from mlezi.audit import problems
from mlezi.formats import csv as csv_format
from mlezi.formats import xlsx
from mlezi.people.models import Post
from mlezi.places import actions
from mlezi.places.models import Level, OutsideCode, Place
from mlezi.programmes.permissions import Permission as P
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.imports import bring_in, context, outcomes, preview, reasons, undo

HEADER = "country,region,district,facility,type,latitude,longitude\n"
KASENI = HEADER + (
    "Tanzania,Mwanza,Nyamagana,Kaseni Dispensary,Dispensary,-2.66092,32.9848\n"
    "Tanzania,Mwanza,Ukerewe,Kaseni Dispensary,Dispensary,-1.94137,32.84717\n"
    "Tanzania,Mwanza,Magu,Kabila Dispensary,Dispensary,,\n"
)


def places(name):
    return list(Place.objects.filter(name=name).order_by("latitude"))


def test_two_places_of_one_name_are_two_places_and_stay_two(world):
    first = bring_in("places", KASENI, context())
    again = bring_in("places", KASENI, context())

    assert first.summary["new"] == 3
    assert outcomes(again) == {2: "unchanged", 3: "unchanged", 4: "unchanged"}
    assert [place.parent.name for place in places("Kaseni Dispensary")] == ["Nyamagana", "Ukerewe"]
    assert len({place.code for place in places("Kaseni Dispensary")}) == 2


def test_any_order_of_rows_gives_the_same_codes(world):
    rows = KASENI.splitlines()
    bring_in("places", KASENI, context())
    codes = set(Place.objects.values_list("name", "code"))
    shuffled = rows[1:]
    random.Random(3).shuffle(shuffled)

    batch = preview("places", "\n".join([rows[0], *shuffled]), context())

    assert set(outcomes(batch).values()) == {"unchanged"}
    assert set(Place.objects.values_list("name", "code")) == codes


def test_a_new_district_is_made_once_under_the_region_that_is_there(world):
    bring_in("places", KASENI, context())

    ukerewe = Place.objects.get(name="Ukerewe")
    assert ukerewe.parent == world.mwanza
    assert ukerewe.path == f"{world.mwanza.path}{ukerewe.pk}/"
    assert ukerewe.code == "ukerewe"


def test_a_corrected_position_and_district_change_the_place_that_is_there(world):
    bring_in("places", KASENI, context())
    kaseni = places("Kaseni Dispensary")[0]
    corrected = HEADER + "Tanzania,Mwanza,Magu,KASENI dispensary,,-2.66192,32.9848\n"

    batch = bring_in("places", corrected, context())
    kaseni.refresh_from_db()

    assert outcomes(batch) == {2: "changed"}
    assert batch.rows.get().values["differences"]["parent"] == ["Nyamagana", "Magu"]
    assert kaseni.parent == world.magu
    assert kaseni.path.startswith(world.magu.path)
    assert kaseni.kind == "Dispensary", "an empty cell erases nothing"


def test_a_code_is_the_identity_whatever_the_name(world):
    batch = bring_in("places", "district,facility,code\nNyamagana,Igoma Health Centre,IGO\n", context())

    world.igoma.refresh_from_db()
    assert outcomes(batch) == {2: "changed"}
    assert world.igoma.name == "Igoma Health Centre"


@pytest.mark.parametrize("where", ["", "country", "region"])
def test_a_row_that_says_less_than_is_known_moves_nothing(world, where):
    before = world.igoma.path
    names = {"": "", "country": "Tanzania", "region": "Mwanza"}
    text = f"code,facility,type,{where or 'remark'}\nIGO,{world.igoma.name},Hospital,{names[where]}\n"

    batch = bring_in("places", text, context())

    world.igoma.refresh_from_db()
    assert batch.rows.get().values["differences"].keys() == {"type"}
    assert (world.igoma.kind, world.igoma.path) == ("Hospital", before)


def test_a_place_told_by_its_position_is_not_moved_up_either(world):
    bring_in("places", KASENI, context())

    batch = preview("places", "region,facility,type,lat,lon\nMwanza,Kaseni Dispensary,H,-2.66092,32.9848\n", context())

    assert batch.rows.get().values["differences"].keys() == {"type"}


def test_a_new_place_does_not_slip_past_a_level_the_file_forgets(world):
    batch = preview("places", "region,facility\nMwanza,Bwiru Dispensary\n", context())

    assert outcomes(batch) == {2: "problem"}
    assert "where in Mwanza it lies. Add a column “district”" in reasons(batch)


def test_a_level_of_another_name_is_found_in_the_usual_words(db):
    for rank, code in enumerate(["country", "province", "facility"]):
        Level.objects.create(rank=rank, code=code, title={"en": code})

    bring_in("places", "Country,Region,Site\nZambia,Central,Bwacha\n", context())

    assert Place.objects.get(name="Bwacha").parent.name == "Central"


def test_a_file_without_rows_names_the_sheets_there_are(world):
    book = xlsx.write_sheets([("Read me", ["List of 2026"], []), ("Sites", ["region", "facility"], [["Mwanza", "A"]])])

    with pytest.raises(problems.UnreadableFile) as caught:
        preview("places", book, context())

    assert "Read me, Sites" in str(caught.value)


def test_codes_of_other_systems_find_the_place_again(world):
    bring_in("places", "district,kituo,HFR code\nMagu,Sagani,111-2\n", context())
    batch = bring_in("places", "Wilaya;Facility Name;code in HFR\nMagu;Sagani B;111-2\n", context())

    assert outcomes(batch) == {2: "changed"}
    assert OutsideCode.objects.get().place.name == "Sagani B"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Tanzania,Mwanza,Nyamagana,,,,", "names no place"),
        ("Tanzania,Mwanza,Nyamagana,A,,-2.5,", "both latitude and longitude"),
        ("Tanzania,Mwanza,Nyamagana,A,,0,0", "in the sea"),
        ("Tanzania,Mwanza,Nyamagana,A,,-2.5,south", "“south” is no number"),
        ("Tanzania,Mwanza,Nyamagana,A,,95,33", "from -90 to 90"),
        (",,Atlantis,A,,,", "does not say where it lies"),
        (",,,A,,,", "Fill in what holds it"),
        ("Tanzania,Mwanza,Magu,B,,,", "stands in row 2"),
    ],
)
def test_a_problem_row_says_what_to_do_and_the_others_go_in(world, row, reason):
    batch = bring_in("places", HEADER + "Tanzania,Mwanza,Magu,B,,,\n" + row + "\n", context())

    assert outcomes(batch) == {2: "new", 3: "problem"}
    assert reason in reasons(batch)


def test_a_coordinator_touches_only_their_part(world):
    mine = context(world, "chiku", P.MANAGE_PLACES)
    text = KASENI + "Zambia,,,Choma Two,,,\n"

    batch = bring_in("places", text, mine)

    assert outcomes(batch)[5] == "problem"
    assert "outside the part" in reasons(batch)


def test_undo_leaves_the_tree_as_it_was(world):
    before = list(Place.objects.order_by("pk").values())
    batch = bring_in("places", KASENI + "Tanzania,Mwanza,Magu,Igoma Dispensary,Clinic,-2.58,33.0\n", context())
    assert batch.summary["changed"] == 1

    undo(batch)

    assert list(Place.objects.order_by("pk").values()) == before


def test_undo_is_refused_when_somebody_works_there_by_now(world):
    batch = bring_in("places", KASENI, context())
    Post.objects.create(person=world.baraka, place=places("Kabila Dispensary")[0])

    with pytest.raises(problems.CannotUndo, match="Row 4: 1 later record"):
        undo(batch)
    assert len(places("Kaseni Dispensary")) == 2


def test_undo_is_refused_when_a_change_was_changed_again(world):
    batch = bring_in("places", "district,facility,code\nNyamagana,Igoma Health Centre,IGO\n", context())
    actions.change(place=world.igoma, name="Igoma Hospital", by=world.chiku, at=MORNING)

    with pytest.raises(problems.CannotUndo, match="Row 2: it was changed again"):
        undo(batch)


def test_what_changed_since_the_preview_is_not_overwritten(world):
    text = "district,facility,code\nNyamagana,Igoma Health Centre,IGO\n"
    batch = preview("places", text, context())
    actions.change(place=world.igoma, name="Igoma Hospital", by=world.chiku, at=MORNING)

    from mlezi.audit.imports import actions as imports

    with pytest.raises(problems.PreviewIsStale):
        imports.apply(batch_id=batch.pk, context=context())


def test_a_batch_is_applied_once(world):
    batch = bring_in("places", KASENI, context())

    from mlezi.audit.imports import actions as imports

    with pytest.raises(problems.AlreadyDone):
        imports.apply(batch_id=batch.pk, context=context())


def test_a_file_without_places_says_which_columns_it_has(world):
    batch = preview("places", "a,b\n1,2\n", context())

    assert batch.summary["unused_columns"] == ["a", "b"]
    assert "names no place" in reasons(batch)


def test_a_note_for_all_rows_is_kept_on_each(world):
    bring_in("places", KASENI, context(note="District is approximate: nearest council headquarters."))

    assert {place.note for place in places("Kaseni Dispensary")} == {
        "District is approximate: nearest council headquarters."
    }


def test_a_large_list_with_missing_positions_and_repeated_names(db):
    """As real registers are: no codes, no districts, one name up to four times, some without a position."""
    for rank, code in enumerate(["country", "region", "district", "facility"]):
        Level.objects.create(code=code, rank=rank, title={"en": code})
    chance = random.Random(5)
    rows = []
    for number in range(1200):
        region = f"Region {number % 10}"
        name = f"Health Post {number % 900}"
        point = ["", ""] if number % 301 == 7 else [chance.uniform(-18, -8), chance.uniform(22, 33)]
        rows.append(["Zambia", region, name, *point])
    content = csv_format.write(["country", "region", "facility", "latitude", "longitude"], rows)

    first = bring_in("places", content, context())
    second = bring_in("places", content, context())

    assert first.summary["new"] == 1200
    assert second.summary["unchanged"] == 1200
