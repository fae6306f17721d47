"""What people said stands in a study's report beside its numbers: shares of those heard, and never a word of theirs."""

import json

import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.formats.plain import Text
from mlezi.narratives.actions import codebooks, coding, reading, sources
from mlezi.narratives.actions.coding import Marked
from mlezi.narratives.models import Code
from mlezi.programmes.models import RoleAssignment
from mlezi.reports import study as reports
from mlezi.studies import actions, freezing, running
from mlezi.studies.plan import Study as Plan
from mlezi.testing.cast import MORNING, START

pytestmark = pytest.mark.django_db
SAID = {"time.protected": 4, "fear": 2}  # how many of six people say it


@pytest.fixture
def heard(busy, db):
    """Six mentees are interviewed; protected time stands under time."""
    programme, by = busy.world.programme, busy.world.amina
    book = codebooks.make(programme=programme, code="talks", title={"en": "Talks"}, by=by, at=MORNING)
    parents = {
        code: codebooks.add_code(codebook=book, code=code, parent=None, title={"en": code.title()}, by=by, at=MORNING)
        for code in ("time", "fear")
    }
    codebooks.add_code(codebook=book, code="protected", parent=parents["time"], title={"en": "Hours kept free"}, by=by,
                       at=MORNING)  # fmt: skip
    codes = {one.path: one.pk for one in Code.objects.filter(codebook=book)}
    for n, person in enumerate(busy.mentees[:6]):
        text = Text(f"Secret words of number {n}, said twice, said twice.")
        source = sources.add(programme=programme, label=f"Talk {n}", text=text, released=True, by=by, at=MORNING,
                             belongs=sources.Belongs(kind="interview", wave="end"))  # fmt: skip
        who = sources.take_part(programme=programme, label=f"T{n}", person=person, by=by, at=MORNING)
        sources.give_voice(source=source, participant=who, consent="given", by=by, at=MORNING)
        marked = [Marked(at, at + 5, codes[path], valence="helps") for path, most in SAID.items() if n < most
                  for at in (0, 10)]  # fmt: skip
        coding.add(source=source, marked=marked, version=1, by=by, at=MORNING)
        reading.done(source=source, by=by, at=MORNING)
    return programme


@pytest.fixture
def world(busy):
    """Who signs in is of the busy half year."""
    return busy.world


@pytest.fixture
def declared(heard, plan, data_folder):
    wanted = json.loads(plan.model_dump_json(by_alias=True))
    wanted["analyses"] = [
        {"code": "said", "do": "themes", "options": {"codebook": "talks"}},
        {"code": "hurt", "do": "themes", "options": {"codebook": "talks", "side": "hinders"}},
    ]
    study, _ = actions.declare(programme=heard, plan=Plan.model_validate(wanted), source="page", by=COMMAND_LINE,
                               at=MORNING, why="new")  # fmt: skip
    return study


@pytest.fixture
def folder(declared, tmp_path):
    freezing.freeze(study=declared, by=COMMAND_LINE, at=MORNING, folder=tmp_path / "frozen")
    return tmp_path / "frozen"


def test_shares_are_of_people_heard_and_what_stands_under_a_theme_counts(folder):
    found = running.results(folder)["analyses"]

    said = {one["key"]: one["estimate"] for one in found["said"]["figures"]}
    assert {key: (one["numbers"]["count"], one["n_used"]) for key, one in said.items()} == {
        "theme.time": (4, 6), "theme.time.protected": (4, 6), "theme.fear": (2, 6),
    }  # fmt: skip
    assert ["heard", 6] in found["said"]["steps"]
    assert found["hurt"]["figures"] == []


def test_no_word_is_frozen_and_the_report_says_the_themes(folder):
    assert not any(b"Secret words" in file.read_bytes() for file in folder.rglob("*") if file.is_file())

    reports.publish(folder, folder)
    assert "Time › Hours kept free" in (folder / "report.en.html").read_text()


def test_a_theme_of_the_report_opens_to_its_quotes_for_those_who_may_read_them(declared, world, sign_in):
    def as_(name, *roles):
        person = getattr(world, name)
        for role in roles:
            RoleAssignment.objects.get_or_create(person=person, programme=world.programme, role=role,
                                                 place=world.mwanza, from_on=START)  # fmt: skip
        return sign_in(name)

    here = "/mwanza/studies/progress/"
    quotes = f"{here}quotes/said/?figure=theme.time.protected"
    reader = as_("neema", "evaluator", "interviewer")
    assert reader.post(f"{here}freeze").status_code == 302

    assert quotes in reader.get(here).content.decode()
    page = reader.get(quotes).content.decode()
    assert "4 people in this study said it. 8 quotes that you may read." in page
    assert page.count("<mark") == 8
    assert reader.get(f"{here}quotes/said/?figure=theme.nothing").status_code == 404

    farida = sign_in("farida")  # sees the study, not the texts
    assert "quotes/said" not in farida.get(here).content.decode()
    assert farida.get(quotes).status_code == 403
    assert sign_in("daudi").get(quotes).status_code == 404


def test_the_designer_puts_themes_beside_the_numbers_or_alone(declared, world, sign_in):
    RoleAssignment.objects.get_or_create(person=world.neema, programme=world.programme, role="evaluator",
                                         place=world.mwanza, from_on=START)  # fmt: skip
    neema = sign_in("neema")
    choices = {"question": "What do they say?", "title": "Said", "code": "said-alone", "design": "single_group",
               "part": "mentee", "codebooks": ["talks"], "minimum_group": "2", "multiplicity": "none"}  # fmt: skip

    assert "Talks" in neema.get("/mwanza/studies/new/").content.decode()
    assert neema.post("/mwanza/studies/new/", choices).status_code == 302
    assert neema.post("/mwanza/studies/said-alone/freeze").status_code == 302

    page = neema.get("/mwanza/studies/said-alone/").content.decode()
    assert "Time › Hours kept free" in page
    assert "4/6" in page
