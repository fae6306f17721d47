"""A round is worked out: the best pairs, proved, explained, and the same every time."""

from dataclasses import replace

import pytest

from mlezi.matching import problems, solving
from mlezi.matching.actions import profiles, scenarios
from mlezi.matching.models import Choice, Scenario
from mlezi.matching.sentences import TEXTS, told
from mlezi.matching.settings import Settings
from mlezi.methods.assignment.result import Result
from mlezi.methods.assignment.verify import verify
from mlezi.pairing import actions as pairing
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import rounds as make
from mlezi.testing.makers.rounds import FROM


@pytest.fixture
def district(world):
    """Four mentees and two mentors with two places each; Zawadi works where the mentees work."""
    people = make.mentees(world, "Rehema", "Grace", "Halima", "Juma")
    near, far = make.mentors(world, "Zawadi", places=2), make.mentors(world, "Yusufu", places=2, at=world.kisesa)
    return people, [*near, *far]


def test_everybody_gets_a_mentor_within_the_places_and_it_is_proved(world, district):
    scenario = make.worked_out(world, make.round_of(world, *district))

    assert scenario.summary["served"] == 4
    assert scenario.summary["is_optimal"]
    assert scenario.summary["verified"]
    assert {row.filled for row in scenario.loads.all()} == {2}


def test_the_same_rows_give_the_same_bytes_and_the_certificate_holds(world, district):
    round_ = make.round_of(world, *district)
    one, other = make.worked_out(world, round_), make.worked_out(world, round_)

    assert bytes(one.result) == bytes(other.result)
    assert verify(Result.from_bytes(bytes(one.result)), solving.assembled_for(one).problem)


def test_a_need_is_met_by_whom_it_is_the_field_and_the_sentence_says_so(world, district):
    rehema, _grace, _halima, _juma = district[0]
    zawadi, yusufu = district[1]
    world.programme.domains.create(code="newborn", title={"en": "Newborn care"}, order=1)
    world.programme.domains.create(code="anc", title={"en": "Antenatal care"}, order=2)
    common = {"programme": world.programme, "by": world.chiku, "at": MORNING}
    profiles.agree(person=rehema, needs={"newborn": 3}, **common)
    profiles.agree(person=zawadi, expertise={"anc": 100}, **common)
    profiles.agree(person=yusufu, expertise={"newborn": 90}, **common)

    scenario = make.worked_out(
        world, make.round_of(world, *district), Settings(weights={"competency_need": 5, "travel_time": 1})
    )

    pair = scenario.proposals.get(mentee=rehema)
    assert pair.mentor == yusufu
    assert "Newborn care" in told(pair.reasons, {"newborn": "Newborn care"})


def test_a_line_manager_a_conflict_and_an_absent_mentor_are_never_paired(world, district):
    rehema, grace, _halima, _juma = district[0]
    zawadi, yusufu = district[1]
    profiles.describe(person=rehema, line_manager=zawadi, by=world.chiku, at=MORNING)
    profiles.prefer(person=grace, other=zawadi, programme=world.programme, rank=None, by=grace, at=MORNING)
    (away,) = make.mentors(world, "Upendo", places=9)
    profiles.open_up(person=away, is_open=False, by=away, at=MORNING)

    scenario = make.worked_out(world, make.round_of(world, district[0], [zawadi, yusufu, away]))

    assert {("Rehema", "Yusufu"), ("Grace", "Yusufu")} <= make.pairs(scenario)
    assert "Upendo" not in {mentor for _, mentor in make.pairs(scenario)}


def test_why_somebody_has_nobody_is_said_and_a_conflict_is_not(world, district):
    rehema = district[0][0]
    zawadi, yusufu = district[1]
    profiles.describe(person=rehema, line_manager=zawadi, by=world.chiku, at=MORNING)
    profiles.prefer(person=yusufu, other=rehema, programme=world.programme, rank=None, by=yusufu, at=MORNING)

    scenario = make.worked_out(world, make.round_of(world, *district))

    (left,) = scenario.left_over.all()
    said = [reason["code"] for reason in left.reasons]
    assert left.mentee == rehema
    assert "unmatched.line_manager" in said
    assert "unmatched.conflict" not in said


def test_load_in_every_programme_counts(world, district):
    zawadi, yusufu = district[1]
    profiles.describe(person=zawadi, total_places=2, elsewhere=1, by=zawadi, at=MORNING)
    stranger = make.enrolled(world, "Stranger", "mentee")
    pairing.pair(guide=zawadi, learner=stranger, programme=world.other, on=FROM, by=world.daudi, at=MORNING)

    scenario = make.worked_out(world, make.round_of(world, *district))

    assert {mentor for _, mentor in make.pairs(scenario)} == {"Yusufu"}
    assert scenario.loads.get(mentor=zawadi).held == 2
    assert scenario.summary["served"] == 2


def test_who_was_left_out_and_who_waits_longest_comes_first(world):
    waited, new = make.mentees(world, "Waited", "Anew")
    (mentor,) = make.mentors(world, "Zawadi", places=1)
    world.programme.enrolments.filter(person=new).update(from_on=FROM)

    scenario = make.worked_out(world, make.round_of(world, [new, waited], [mentor]))

    assert make.pairs(scenario) == {("Waited", "Zawadi")}


def test_a_previous_mentor_is_preferred_unless_they_did_not_fit(world, district):
    rehema, grace = district[0][:2]
    _zawadi, yusufu = district[1]
    common = {"programme": world.programme, "by": world.chiku, "at": MORNING}
    for learner, reason in ((rehema, "moved"), (grace, "no_fit")):
        pair = pairing.pair(guide=yusufu, learner=learner, on=MORNING.date(), **common)
        pairing.end(pairing=pair, on=MORNING.date(), reason=reason, by=world.chiku, at=MORNING)

    scenario = make.worked_out(
        world, make.round_of(world, district[0][:2], district[1]), Settings(stay_points=900, even_load_points=0)
    )

    assert make.pairs(scenario) == {("Rehema", "Yusufu"), ("Grace", "Zawadi")}


def test_a_pair_made_by_hand_has_a_price(world, district):
    rehema = district[0][0]
    yusufu = district[1][1]
    first = make.worked_out(world, make.round_of(world, *district), Settings(weights={"travel_time": 1}))
    apart = next(pair for pair in first.proposals.all() if pair.mentor != yusufu)

    child = scenarios.change_by_hand(
        scenario=first, mentee=apart.mentee, mentor=yusufu, verb=Choice.Verb.TOGETHER, by=world.chiku, at=MORNING
    )
    child = scenarios.run(Scenario.objects.get(pk=child.pk))

    (choice,) = child.choices.all()
    assert (apart.mentee.name, "Yusufu") in make.pairs(child)
    assert choice.served_cost == 0
    assert choice.quality_cost == pytest.approx(first.summary["quality"] - child.summary["quality"])
    assert rehema.name in {mentee for mentee, _ in make.pairs(child)}


def test_by_hand_nobody_is_given_their_line_manager(world, district):
    rehema, zawadi = district[0][0], district[1][0]
    profiles.describe(person=rehema, line_manager=zawadi, by=world.chiku, at=MORNING)
    first = make.worked_out(world, make.round_of(world, *district))

    with pytest.raises(problems.MayNotBePaired):
        scenarios.change_by_hand(
            scenario=first, mentee=rehema, mentor=zawadi, verb=Choice.Verb.TOGETHER, by=world.chiku, at=MORNING
        )


def test_one_more_place_is_worth_something_only_where_people_are_left_over(world):
    people = make.mentees(world, "Rehema", "Grace")
    mentors = make.mentors(world, "Zawadi", places=1)

    scenario = make.worked_out(world, make.round_of(world, people, mentors))

    assert scenario.loads.get().more_served == 1


def test_a_run_is_stopped_at_the_best_so_far(world, district):
    asked = scenarios.ask(
        round_=make.round_of(world, *district), title="", chosen=Settings(), by=world.chiku, at=MORNING
    )
    scenarios.stop(scenario=asked, by=world.chiku, at=MORNING)

    done = scenarios.run(asked)

    assert done.is_done
    assert done.summary["verified"]


def test_while_a_scenario_is_worked_out_its_event_is_held(world, district):
    asked = scenarios.ask(
        round_=make.round_of(world, *district), title="", chosen=Settings(), by=world.chiku, at=MORNING
    )
    said = []

    scenarios.run(asked, still=lambda: said.append("at it"))

    assert said


def test_a_round_needs_both_sides(world, district):
    with pytest.raises(problems.NobodyToMatch):
        make.round_of(world, district[0], [])


def test_every_reason_of_the_engine_is_known_here(world, district):
    scenario = make.worked_out(
        world, make.round_of(world, *district), replace(Settings(), weights=dict.fromkeys(Settings().weights, 1.0))
    )
    said = {reason["text"] for pair in scenario.proposals.all() for reason in pair.reasons}
    said |= {reason["text"] for row in scenario.left_over.all() for reason in row.reasons}

    assert said <= set(TEXTS)
