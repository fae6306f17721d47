"""A rebuild in several processes makes the same tables as one in a single process."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from mlezi.audit.actions import COMMAND_LINE
from mlezi.instruments.actions import deriving
from mlezi.instruments.derivation import rebuild
from mlezi.instruments.models import Submission
from mlezi.testing import cast, dump
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_several_processes_agree_with_one(monkeypatch):
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("a database in memory cannot be shared between processes")
    monkeypatch.setattr(rebuild, "UNITS_TOGETHER", 5)
    world = cast.assemble()
    visits = meetings.programme(world)
    for n in range(40):
        answers = {
            "encounter": str(meetings.uid(f"of {n // 2}")),
            "day": "2026-03-02",
            "place": "IGO",
            "bag_mask": "no",
        }
        answers["people"] = [{"mentee": str(world.baraka.uid)}]
        visits.send("visit", answers, at=EVENING, by=world.amina, name=f"in processes {n}")
    deriving.rebuild(programme=world.programme, by=COMMAND_LINE, at=EVENING)
    alone = dump.derived(), dump.states()

    Submission.objects.update(state="received", encounter_uid=None, derived_with=0)
    world.programme.encounters.all().delete()
    deriving.rebuild(programme=world.programme, by=COMMAND_LINE, at=EVENING, processes=2)

    assert (dump.derived(), dump.states()) == alone
