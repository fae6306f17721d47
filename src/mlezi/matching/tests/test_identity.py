"""What people say of themselves: optional, sealed, withdrawable, counted only, and used only where somebody asked."""

import io
import re
import zipfile

import pytest

from mlezi.audit.models import Event
from mlezi.matching import problems
from mlezi.matching.actions import identity, publishing
from mlezi.matching.models import IdentityAnswer
from mlezi.matching.pictures import equity
from mlezi.matching.queries import identity as queries
from mlezi.matching.settings import Settings
from mlezi.plumbing import backup, clock
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import rounds as make

QUESTION = {"title": "How do you describe your gender?", "answers": ["woman", "man"]}
WORDS = {"question": QUESTION, "wording": "I agree that it is counted."}
SECRET = "Zqxwvmarker"


def says(world, person, what, asks=""):
    identity.answer(person=person, programme=world.programme, says=what, asks=asks, by=person, at=MORNING)


def test_without_a_signed_policy_nothing_can_be_said_used_or_published(world):
    people, mentors = make.mentees(world, "Rehema"), make.mentors(world, "Zawadi")
    round_ = make.round_of(world, people, mentors)

    with pytest.raises(problems.PolicyForbids):
        says(world, people[0], "woman")
    with pytest.raises(problems.PolicyForbids):
        make.worked_out(world, round_, Settings(use_identity=True))
    with pytest.raises(problems.NoPolicySigned):
        publishing.publish(scenario=make.worked_out(world, round_), by=world.chiku, at=MORNING)


def test_audit_only_collects_and_never_matches(world):
    make.signed(world, "audit-only", **WORDS)
    people, mentors = make.mentees(world, "Rehema"), make.mentors(world, "Zawadi")
    says(world, people[0], "woman", asks="woman")

    assert queries.own(people[0], world.programme) == {"is": "woman", "asks": ""}
    assert queries.asked(people, mentors, world.programme) is None
    with pytest.raises(problems.PolicyForbids):
        make.worked_out(world, make.round_of(world, people, mentors), Settings(use_identity=True))


def test_where_asked_only_the_one_who_asked_is_moved_by_it(world):
    make.signed(world, "where-asked", **WORDS)
    asks, says_only = make.mentees(world, "Rehema", "Grace")
    (man,), (woman,) = make.mentors(world, "Yusufu", places=1), make.mentors(world, "Zawadi", places=1)
    says(world, asks, "", asks="woman")
    says(world, says_only, "woman")
    says(world, man, "man")
    says(world, woman, "woman")
    round_ = make.round_of(world, [asks, says_only], [man, woman])
    chosen = Settings(weights={"asked_identity": 1, "travel_time": 1}, even_load_points=0)

    without = make.worked_out(world, round_, chosen)
    with_it = make.worked_out(world, round_, Settings(**{**chosen.as_json(), "use_identity": True}))

    assert make.pairs(with_it) == {("Rehema", "Zawadi"), ("Grace", "Yusufu")}
    shown = with_it.proposals.get(mentee=asks)
    assert shown.score == without.proposals.get(mentee=asks).score
    assert "asked" not in {reason["code"].split(".")[0] for reason in shown.reasons}


def test_an_answer_can_be_changed_and_taken_back(world):
    make.signed(world, "audit-only", **WORDS)
    says(world, world.baraka, "man")
    says(world, world.baraka, "in my own words")
    assert IdentityAnswer.objects.count() == 1

    identity.withdraw(person=world.baraka, programme=world.programme, at=MORNING, by=world.baraka)

    assert queries.own(world.baraka, world.programme) is None
    assert not IdentityAnswer.objects.exists()


def test_signing_not_collected_erases_what_was_collected(world):
    make.signed(world, "audit-only", **WORDS)
    says(world, world.baraka, "man")

    make.signed(world, "not-collected")

    assert not IdentityAnswer.objects.exists()


def test_a_scenario_rests_on_the_policy_it_was_worked_out_under(world):
    make.signed(world, "not-collected")
    scenario = make.worked_out(
        world, make.round_of(world, make.mentees(world, "Rehema"), make.mentors(world, "Zawadi"))
    )
    make.signed(world, "audit-only", **WORDS)

    with pytest.raises(problems.Stale):
        publishing.publish(scenario=scenario, by=world.chiku, at=MORNING)


@pytest.mark.django_db(transaction=True)
def test_neither_the_row_nor_the_record_nor_a_backup_says_who_or_what(world, tmp_path):
    make.signed(world, "audit-only", **WORDS)
    says(world, world.baraka, SECRET)

    row = IdentityAnswer.objects.get()
    assert SECRET not in row.sealed
    assert str(world.baraka.uid) not in row.whose
    told = Event.objects.filter(name="identity.answered").values_list("by_uid", "by_name", "facts", "subject_id")
    assert str(world.baraka.uid) not in str(list(told))
    assert SECRET not in str(list(Event.objects.values_list("facts", flat=True)))

    backup.write(tmp_path / "copy.zip", at=clock.now(), keys=list)
    with zipfile.ZipFile(io.BytesIO((tmp_path / "copy.zip").read_bytes())) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Baraka" in whole
    assert SECRET.encode() not in whole


def grouped(world, *, women, men, places):
    """A round of women and men, all of whom said so, with so many places."""
    make.signed(world, "audit-only", **WORDS)
    people = make.mentees(world, *(f"W{n}" for n in range(women)), *(f"M{n}" for n in range(men)))
    for person in people:
        says(world, person, "woman" if person.name.startswith("W") else "man")
    mentors = make.mentors(world, "Zawadi", places=places)
    return make.worked_out(world, make.round_of(world, people, mentors, replaces=True)).round


def test_the_equity_page_compares_groups_that_are_large_enough(world):
    (column,) = equity.of_round(grouped(world, women=8, men=9, places=40))["columns"]

    lines = {line.group: line for line in column.lines}
    assert lines["woman"].people == 8
    assert lines["woman"].waited == 90


@pytest.mark.parametrize(("women", "says"), [(8, None), (3, "hidden")])
def test_the_comparison_says_how_far_groups_are_apart(world, sign_in, women, says):
    round_ = grouped(world, women=women, men=9, places=40)

    shown = dict(sign_in("chiku").get(f"/mwanza/matching/{round_.uid}/").context["comparison"])

    (cell,) = shown["Difference in quality between groups, in points"]
    assert cell.text == (says or equity.of_round(round_)["columns"][0].gap)
    assert says or cell.text != "hidden"


def test_a_small_group_is_hidden_and_cannot_be_subtracted(world):
    (column,) = equity.of_round(grouped(world, women=3, men=9, places=40))["columns"]

    assert {tuple(line.cells) for line in column.lines} == {("hidden",) * 4}
    assert {(n, load) for _, n, load in column.mentors} == {("hidden", "hidden")}


def test_when_only_one_group_is_left_over_the_page_does_not_say_so(world):
    """Everybody left over is named on the coordinator's page: the table must not say what they all are."""
    round_ = grouped(world, women=6, men=6, places=6)
    (column,) = equity.of_round(round_)["columns"]
    served = set(round_.scenarios.get().proposals.values_list("mentee__name", flat=True))
    assert {name[0] for name in served} == {"W"}
    assert {line.served for line in column.lines} == {None}


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_somebody_answers_reads_and_erases_their_own_answer_on_their_page(world, sign_in):
    make.signed(world, "audit-only", **WORDS)
    baraka, at = sign_in("baraka"), "/mwanza/matching/mine/identity/"
    assert "I agree that it is counted." in text(baraka.get(at))

    assert baraka.post(at, {"own": SECRET}).status_code == 400  # not agreed
    assert baraka.post(at, {"own": SECRET, "agreed": "on"}).status_code == 302
    assert SECRET in baraka.get(at).content.decode()
    assert SECRET not in sign_in("amina").get(at).content.decode()

    baraka.post(f"{at}withdraw/")
    assert not IdentityAnswer.objects.exists()


def test_only_whoever_manages_the_programme_signs(world, sign_in):
    given = {"use": "not-collected", "reason": "Nobody needs it."}

    assert sign_in("chiku").post("/mwanza/matching/policy/", given).status_code == 403
    assert sign_in("farida").post("/mwanza/matching/policy/", given).status_code == 302
    assert queries.policy_of(world.programme).use == "not-collected"


def test_collecting_needs_a_question_and_a_wording(world, sign_in):
    answer = sign_in("farida").post("/mwanza/matching/policy/", {"use": "audit-only", "reason": "To see"})

    assert answer.status_code == 400
    assert queries.policy_of(world.programme) is None


def test_the_equity_page_opens_to_those_who_see_counts(world, sign_in):
    round_ = grouped(world, women=6, men=7, places=40)
    at = f"/mwanza/matching/{round_.uid}/equity/"

    assert "Days waited, on average" in text(sign_in("neema").get(at))
    assert sign_in("baraka").get(at).status_code == 403
    assert sign_in("daudi").get(at).status_code == 404
