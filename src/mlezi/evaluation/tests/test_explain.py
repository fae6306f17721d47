"""From a figure to the bytes."""

import json
from datetime import date

from click.testing import CliRunner

from mlezi.cli.explain import command
from mlezi.evaluation.explain import explain


def test_a_need_leads_to_the_record_it_was_found_in(world, records, ask):
    need = records.need(world.igoma, "bag_mask", date(2026, 1, 5))

    told = explain(ask("needs_open"))

    assert [row["record"] for row in told.records] == [need.pk]
    assert [one.submission for one in told.sources] == [need.submission_id]
    assert told.sources[0].sha256 == need.submission.sha256
    assert told.values["programme"] == world.programme.pk


def test_coverage_leads_to_the_records_of_the_visits(world, records, ask):
    records.type("visit", every_days=30)
    visit = records.encounter(world.igoma, date(2026, 1, 10), world.baraka)
    paper = records.submission(date(2026, 1, 10), encounter_uid=visit.uid)
    records.submission(date(2026, 1, 10))  # about something else

    assert [one.submission for one in explain(ask("visit_coverage")).sources] == [paper.pk]
    assert [one.submission for one in explain(ask("dose_hours")).sources] == [paper.pk]


def test_what_somebody_may_not_see_is_not_behind_it(world, records, ask):
    records.need(world.igoma, "bag_mask", date(2026, 1, 5))
    figure = ask("needs_open")
    from mlezi.places.scope import Scope

    elsewhere = Scope(((world.magu.path, world.magu.path_to),), frozenset({world.programme.pk}))
    assert explain(figure, scope=elsewhere).records == []
    assert explain(figure, scope=elsewhere).sources == []


def test_the_command_tells_it_in_words_and_in_json(world, records):
    records.need(world.igoma, "bag_mask", date(2026, 1, 5))
    asked = ["needs_open", "--programme", "mwanza", "--from", "2026-01-01", "--to", "2026-03-31"]

    words = CliRunner().invoke(command, asked)
    plain = json.loads(CliRunner().invoke(command, [*asked, "--json"]).output)

    assert words.exit_code == 0, words.output
    assert "Needs open, 2026-01-01 to 2026-03-31: 1" in words.output
    assert "sha256" in words.output
    assert plain["numbers"]["n"] == 1
    assert len(plain["sources"]) == 1
