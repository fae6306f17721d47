"""S21, clinical mentorship in Mwanza, played from outside. People and records are made up; the facilities are real.

Reconstructed: the source publishes no records. Eight districts, five topics, mentors and mentees as it describes.
"""

import csv
import json
import shutil
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest

from mlezi.demo import stage
from mlezi.formats import spreadsheet
from mlezi.plumbing import clock
from tests.systems.play import BLUEPRINTS, Installation, Phone, eventually, free_port

pytestmark = pytest.mark.enable_socket

CODE = "clinical-mentorship"
NOW = clock.now()
TODAY = clock.today()  # of the phone
VISITED = TODAY - timedelta(days=9)
FACILITIES = stage.HERE / "data" / "facilities-mwanza.csv"


def uid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://mlezi.org/s21/{name}"))


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """A district sets up its programme from files, enrols a phone, and the phone goes where there is no signal."""
    folder = tmp_path_factory.mktemp("s21")
    shutil.copytree(BLUEPRINTS / CODE, folder / CODE)
    blueprint = folder / CODE / "blueprint.yaml"
    text = blueprint.read_text().replace("# starts_on: 2027-01-01", f"starts_on: {TODAY - timedelta(days=120)}")
    blueprint.write_text(text)
    here = Installation(folder, free_port())
    here.mlezi("import", "places", FACILITIES, "--yes", "--note", "The district is approximate.")
    here.mlezi("apply", folder / CODE, "--place", "Mwanza")
    here.mlezi("import", "places", FACILITIES, "--yes", "--sites", "--programme", CODE)
    here.mlezi("import", "people", people(folder), "--yes", "--programme", CODE)
    with here.serving():
        here.manager = here.visitor("Farida Lyimo", role="manager", programme=CODE)
        here.officer = here.visitor("Dr Machibya", role="overseer", programme=CODE, place="Ilemela")
        here.elsewhere = here.visitor("Dr Ntemi", role="overseer", programme=CODE, place="Ukerewe")
        here.phone = enrolled(here, "Amina Mushi")
        here.phone.sync(NOW)
        yield here


def people(folder):
    """A spreadsheet as a coordinator has it."""
    path = folder / "people.csv"
    rows = [
        ("name", "part", "cadre", "facility", "district", "mentor", "phone"),
        ("Amina Mushi", "mentor", "nurse_midwife", "Igoma Health Centre", "Ilemela", "", "0754000001"),
        ("Baraka Elias", "mentee", "nurse", "Igoma Health Centre", "Ilemela", "Amina Mushi", ""),
        ("Rehema Bundala", "mentee", "nurse_midwife", "Igoma Health Centre", "Ilemela", "Amina Mushi", ""),
    ]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def enrolled(here, name) -> Phone:
    """The coordinator's page makes a code; the phone reads the address from it."""
    page = here.manager.page(f"/{CODE}/devices/")
    person = page.xpath(f"//select[@name='person']/option[contains(., '{name}')]/@value")[0]
    shown = here.manager.submit(f"/{CODE}/devices/", "//form[.//select[@name='person']]", person=person, name="Tecno")
    return Phone(shown.xpath("//code[contains(., '/phone/key/')]/text()")[0].strip())


# --- what the phone writes down where there is no signal ---
def visit(here, *, minutes=150, day=VISITED, name="visit 1", missing="newborn_doll"):
    igoma, baraka = here.phone.row("facilities", "Igoma Health Centre"), here.phone.row("mentees", "Baraka Elias")
    rehema = here.phone.row("mentees", "Rehema Bundala")
    return here.phone.fill(
        "visit",
        {
            "start": stamp(day, 9), "end": stamp(day, 12), "encounter": uid(name), "new_encounter": uid(name),
            "held": "yes", "place": igoma["name"], "held_on": day, "minutes": minutes, "topics": "newborn ipc",
            "position": f"{igoma['latitude']} {igoma['longitude']} 0 8",
            "people": [
                {"mentee": baraka["name"], "mentee_minutes": 120, "mentee_note": "Mask seal is much better."},
                {"mentee": rehema["name"], "mentee_minutes": 90},
            ],
            "learning_checked": "yes", "missing_learning": missing,
            "has_newborn_doll": "no" if "newborn_doll" in missing else "yes", "has_job_aids": "yes",
            "clinical_checked": "yes", "missing_clinical": "bag_mask", "has_bag_mask": "no", "has_suction": "yes",
            "actions": [{"what": "Ask for a bag and mask", "who": baraka["name"], "due": day + timedelta(days=14),
                         "action_topic": "newborn"}],
            "note": "Practised bag and mask twice.", "next": day + timedelta(days=30),
        },
        uid=uid(f"record {name}"),
    )  # fmt: skip


def rating(here, *, level, name="visit 1"):
    return here.phone.fill(
        "rating",
        {
            "start": stamp(VISITED, 12), "end": stamp(VISITED, 13), "of": uid(name),
            "place": here.phone.row("facilities", "Igoma Health Centre")["name"],
            "mentee": here.phone.row("mentees", "Baraka Elias")["name"], "held_on": VISITED, "seen": "newborn",
            "newborn_bag_mask": level, "newborn_bag_mask_basis": "simulation", "newborn_bag_mask_because": "equipment",
            "newborn_prepare": 3, "newborn_prepare_basis": "patient", "newborn_improve": 0,
        },
        uid=uid(f"rating {name}"),
    )  # fmt: skip


def stamp(day: date, hour: int) -> str:
    return f"{day}T{hour:02}:00:00.000+03:00"


def test_the_places_are_those_of_the_register(story):
    again = story.mlezi("import", "places", FACILITIES, "--only-preview", "--programme", CODE)

    assert "295" in again
    assert len(story.phone.entities["facilities"]) == 295


def test_a_visit_and_its_rating_arrive_days_later_once_and_whole(story):
    sent = [visit(story), rating(story, level=2)]

    for record in reversed(sent):  # the rating first: order does not matter
        story.phone.send(record, NOW)
    for record in sent:  # the answer was lost, and the phone sends again
        story.phone.send(record, NOW)

    assert [record.state for record in sent] == ["submitted", "submitted"]
    page = eventually(lambda: found(encounter_page(story, "visit 1") or "", "2 h 30 min"))
    assert "Igoma Health Centre" in page
    assert "Baraka Elias" in page


def encounter_page(story, name):
    address = f"/{CODE}/encounters/{uid(name)}/"
    return story.manager.text(address) if story.manager.status(address) == 200 else None


def test_somebody_met_on_the_visit_is_known_afterwards(story):
    igoma = story.phone.row("facilities", "Igoma Health Centre")
    new = {
        "person": uid("Zawadi"),
        "full_name": "Zawadi Nkwabi",
        "place": igoma["name"],
        "cadre": "nurse",
        "agrees": "yes",
    }

    story.phone.send(story.phone.fill("new_mentee", new, uid=uid("record Zawadi")), NOW)

    assert eventually(lambda: "Zawadi Nkwabi" in story.manager.text(f"/{CODE}/people/"))
    story.phone.sync(NOW)
    assert story.phone.row("mentees", "Zawadi Nkwabi")["facility"] == igoma["name"]


def test_peers_and_practice_alone_count(story):
    igoma = story.phone.row("facilities", "Igoma Health Centre")["name"]
    baraka, rehema = (story.phone.row("mentees", name)["name"] for name in ("Baraka Elias", "Rehema Bundala"))
    peer = {"encounter": uid("peer 1"), "place": igoma, "held_on": VISITED, "lead": rehema, "people": baraka,
            "topics": "newborn", "minutes": 30}  # fmt: skip
    alone = {"person": baraka, "place": igoma, "day": VISITED, "topic": "newborn", "equipment": "newborn_doll",
             "minutes": 20, "times": 4}  # fmt: skip

    story.phone.send(story.phone.fill("peer", peer, uid=uid("record peer 1")), NOW)
    story.phone.send(story.phone.fill("practice", {"practice": [alone]}, uid=uid("record practice 1")), NOW)

    page = eventually(lambda: encounter_page(story, "peer 1"))
    assert "Rehema Bundala" in page
    assert eventually(lambda: figure(story, "practice_logged", "1 ") or figure(story, "practice_logged", "0.3"))


def figure(story, code, says):
    """What the figure's page says, once it says it."""
    text = story.manager.text(f"/{CODE}/figures/{code}/")
    return text if says in text else None


def test_the_district_sees_coverage_and_gaps_and_learning_apart_from_clinical(story):
    district = f"/{CODE}/districts/{code_of(story, 'Ilemela')}/"

    text = eventually(lambda: found(story.officer.text(district), "Igoma Health Centre"))

    assert "1 of 25" in text  # one of Ilemela's facilities was visited
    assert "Newborn bag and mask" in text
    needs = story.officer.text(f"/{CODE}/needs/")
    assert "Newborn practice doll" in needs


def test_an_officer_of_another_district_sees_nothing_of_it(story):
    assert story.elsewhere.status(f"/{CODE}/districts/{code_of(story, 'Ilemela')}/") == 404
    assert story.elsewhere.status(f"/{CODE}/encounters/{uid('visit 1')}/") == 404
    assert "Igoma" not in story.elsewhere.text(f"/{CODE}/needs/")


def test_an_officer_never_reads_coaching(story):
    page = story.officer.text(f"/{CODE}/encounters/{uid('visit 1')}/")

    assert "Igoma Health Centre" in page
    assert "Mask seal is much better" not in page
    assert "Practised bag and mask twice" not in page


def test_mentors_without_training_are_due_a_refresher(story):
    page = story.manager.text(f"/{CODE}/figures/refreshers_due/?records=yes")

    assert "Amina Mushi" in page
    assert "Nothing to count" not in page


def code_of(story, name):
    page = story.manager.page(f"/{CODE}/districts/")
    return page.xpath(f"//a[contains(., '{name}')]/@href")[0].rstrip("/").rpartition("/")[2]


def found(text, words):
    return text if words in text else None


# --- the office: planning by need, costs, the locked quarter, facility figures, the way down to the bytes ---
def last_quarter() -> tuple[str, date]:
    """The key and the last day of the last quarter that has ended."""
    first = date(TODAY.year, (TODAY.month - 1) // 3 * 3 + 1, 1)
    last = first - timedelta(days=1)
    return f"{last.year}-Q{(last.month - 1) // 3 + 1}", last


def test_next_months_visits_are_planned_by_need_and_costed_for_the_district_plan(story):
    plan, costs = (f"/{CODE}/{page}/?place={code_of(story, 'Ilemela')}" for page in ("plan", "plan/costs"))
    assert "never visited" in story.manager.text(plan).lower()

    story.manager.submit(plan, "//form[contains(@action, '/plan/fill')]")

    status, calendar, _ = story.manager.fetch(plan.replace("/plan/", "/plan/visits.ics"))
    assert status == 200
    assert calendar.count(b"BEGIN:VEVENT") >= 1
    _, book, _ = story.manager.fetch(f"{costs}&format=xlsx")
    sheet = spreadsheet.read(book)
    assert {"Facility", "Planned", "Spent", "Currency"} <= set(sheet.header)
    planned = [float(row.cells[sheet.header.index("Planned")]) for row in sheet.rows]
    assert len(planned) == calendar.count(b"BEGIN:VEVENT")
    assert all(amount > 0 for amount in planned)


def test_what_was_spent_stands_beside_what_was_planned(story):
    costs = f"/{CODE}/plan/costs/?place={code_of(story, 'Ilemela')}"

    page = story.manager.submit(costs, "(//form[contains(@action, '/spend')])[1]", amount="43210")

    assert "43,210" in page.text_content()
    assert "43,210" not in story.elsewhere.text(f"/{CODE}/plan/costs/")


def test_a_quarter_is_locked_and_a_late_visit_shows_as_a_change(story):
    key, last = last_quarter()
    national = f"/{CODE}/national/?period={key}"
    story.manager.submit(national, "//form[contains(@action, '/national/lock')]")
    assert "Nothing. The figures are what was reported." in story.manager.text(national)

    story.phone.send(visit(story, day=last, name="late visit"), NOW)

    eventually(lambda: "Nothing. The figures" not in story.manager.text(national))
    text = story.manager.text(national)
    assert "As reported" in text
    assert "now 1" in text


def test_facility_figures_stand_beside_the_mentoring_dose(story):
    sheet = story.folder / "figures.csv"
    month = f"{VISITED - timedelta(days=31):%Y-%m}"
    sheet.write_text(f"facility,district,month,measure,value\nIgoma Health Centre,Ilemela,{month},deliveries,37\n")

    story.mlezi("import", "outcomes", sheet, "--yes", "--programme", CODE)

    assert "37" in story.officer.text(f"/{CODE}/outcomes/")
    assert "Igoma" not in story.elsewhere.text(f"/{CODE}/outcomes/")
    facility = story.officer.page(f"/{CODE}/facilities/").xpath("//a[contains(., 'Igoma Health Centre')]/@href")[0]
    page = story.officer.text(facility)
    (own,) = story.officer.page(facility).xpath("//table[.//th[contains(., 'Deliveries')]]")
    assert "37" in own.xpath("string(.//tbody)")
    assert "Nothing here says that one caused the other" in page


def test_a_figure_is_explained_down_to_its_bytes(story):
    told = story.asked("explain", "encounters_held", "--programme", CODE)

    assert told["numbers"]["n"] >= 1
    assert "select" in told["sql"].lower()
    page = story.officer.page(f"/{CODE}/encounters/{uid('visit 1')}/")
    record = next(link for link in page.xpath("//a/@href") if "/records/" in link)
    assert {one["submission"] for one in told["sources"]} & {record.rstrip("/").rpartition("/")[2]}
    shown = story.officer.text(record)
    assert any(one["sha256"] in shown for one in told["sources"])


def test_the_phone_app_comes_over_a_bad_line_in_350_kilobytes(story):
    """All that its worker fetches before the phone can go where there is no signal, engine included."""
    worker = story.manager.fetch("/field/worker.js")[1].decode()
    shell, _ = json.JSONDecoder().raw_decode(worker.removeprefix("self.SHELL="))
    addresses = ["/field/worker.js", *shell["files"]]
    sizes = {one: len(story.manager.fetch(one, **{"Accept-Encoding": "br, gzip"})[1]) for one in addresses}

    assert sum(sizes.values()) < 350_000, sizes
    assert len(sizes) > 10
