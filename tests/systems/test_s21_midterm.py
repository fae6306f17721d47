"""S21's survey at midterm, and S08's sample by attendance, in one programme. Reconstructed: 42 of 60 people answer a
questionnaire at midterm; of 18 who came to sessions, 12 came ten times or more within a month. Answers are made up.
"""

from datetime import timedelta

import pytest
import yaml

from mlezi.plumbing import clock
from tests.systems import programme as play

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

ASKED, ANSWERED, MENTORS, OFTEN, SESSIONS = 60, 42, 18, 12, 10
CODE = "clinical-mentorship"
FIRST_OF_MONTH = (play.TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
STUDY = """
code: midterm
title: {en: "Half way"}
questions: [{code: sure, title: {en: "How sure do people feel?"}, primary: true}]
design: cross_section
population: {part: everybody}
outcomes:
  - {code: newborn, title: {en: "Sure in resuscitation"}, of: answer, instrument: midterm, question: confidence_newborn, lowest: 1, highest: 5}
analyses:
  - {code: flow, do: flow, question: sure, outcome: newborn}
  - {code: newborn, do: mean, question: sure, outcome: newborn}
"""  # noqa: E501


def people():
    for number in range(ASKED):
        yield {
            "name": f"Person {number + 1:02d}",
            "facility": f"Facility {number % 8 + 1}",
            "takes part as": "mentor" if number < MENTORS else "mentee",
            "takes part since": play.TODAY - timedelta(days=390),
        }


def places():
    for number in range(8):
        yield {"country": "Tanzania", "region": "Mwanza", "district": f"District {number + 1}",
               "facility": f"Facility {number + 1}"}  # fmt: skip


def answers(number):
    sure = {f"sure_{topic}": 3 + number % 3 for topic in ("anc", "newborn", "monitoring", "complications", "ipc")}
    return sure | {f"work_{one}": 4 for one in ("time", "management", "equipment", "safety")}


def session(here, number, who):
    place = here.phone.row("places", "Facility 1")["name"]
    return number, {
        "encounter": play.uid("s08", str(number)),
        "kind": "orientation",
        "place": place,
        "held_on": FIRST_OF_MONTH + timedelta(days=2 * number),
        "minutes": 90,
        "people": " ".join(who),
    }


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Twelve mentors come to all ten sessions of one month, six come to nine."""
    folder = tmp_path_factory.mktemp("midterm")
    with play.running(
        folder, CODE, places=list(places()), people=list(people()), starts_on=play.TODAY - timedelta(days=375),
        changed={"\nplanning:": "\nstudy: study.yaml\n\nplanning:"}, added={"study.yaml": STUDY},
    ) as here:  # fmt: skip
        here.asked("due", CODE, "--ask")
        uids = [here.phone.row("people", f"Person {number + 1:02d}")["name"] for number in range(ASKED)]
        mentors = [here.phone.row("mentors", f"Person {number + 1:02d}")["name"] for number in range(MENTORS)]
        started = f"{clock.today()}T08:00:00.000+03:00"
        play.send(here, "midterm", [
            (n, {"me": uids[n], "part": "mentor" if n < MENTORS else "mentee", "start": started, **answers(n)})
            for n in range(ANSWERED)
        ])  # fmt: skip
        play.send(here, "training", [
            session(here, n, mentors[: MENTORS if n < SESSIONS - 1 else OFTEN]) for n in range(SESSIONS)
        ])  # fmt: skip
        play.derived(here)
        here.results = play.study(here, "midterm")
        yield here


def test_the_response_at_midterm_is_42_of_those_who_were_asked(story):
    flow = play.figure(story.results, "flow", "midterm")

    assert (flow["numbers"]["count"], flow["n_used"]) == (ANSWERED, ASKED)
    assert f"{ANSWERED} 70" in story.manager.text(f"/{CODE}/surveys/").replace("\N{NO-BREAK SPACE}", " ")


def test_answers_are_analysed_and_the_missing_are_no_zeros(story):
    newborn = play.figure(story.results, "newborn", "all.mean")

    assert (newborn["n_used"], newborn["n_eligible"]) == (ANSWERED, ASKED)
    assert newborn["point"] == pytest.approx(4.0)


def test_a_sample_by_attendance_is_a_choice_in_the_study_designer(story):
    """Ten or more in a month, as S08 chose people: drawn by the designer's page, narrowed to the month in the plan."""
    made = story.manager.submit(
        f"/{CODE}/studies/new/", question="How often do they come?", title="Tele-mentoring", code="tele",
        design="cross_section", part="mentor", attended_at_least=SESSIONS, measures="sessions", minimum_group=5,
    )  # fmt: skip
    assert "tele" in made.xpath("string()").lower()
    plan = yaml.safe_load(story.manager.page(f"/{CODE}/studies/tele/plan/").xpath("//textarea/text()")[0])
    plan["population"]["attended_per"] = "month"
    story.manager.submit(
        f"/{CODE}/studies/tele/plan/", plan=yaml.safe_dump(plan, allow_unicode=True), why="As it was published."
    )

    story.manager.submit(f"/{CODE}/studies/tele/")

    page = story.manager.text(f"/{CODE}/studies/tele/")
    assert f"{MENTORS} Take part in the programme" in page
    assert f"{OFTEN} attended often enough" in page
