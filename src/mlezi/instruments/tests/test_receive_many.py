"""Many records at once come to the same as one after the other."""

import pytest

from mlezi.audit.models import Event
from mlezi.instruments.actions import batching, receiving
from mlezi.instruments.arrivals import Arrival
from mlezi.instruments.models import Quarantined, Submission
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import file, published, record


@pytest.fixture
def arrive(world, settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    published(world.programme)
    return lambda xml, *files: Arrival(world.programme, xml, files, world.amina, at=MORNING)


def mixed(arrive):
    return [
        arrive(record("uuid:1")),
        arrive(record("uuid:2")),
        arrive(record("uuid:1")),
        arrive(record("uuid:3", replaces="uuid:2")),
        arrive(b"rubbish"),
        arrive(record("uuid:4", photo="p.jpg"), file("p.jpg")),
        arrive(record("uuid:2", note="Other.")),
        arrive(record("uuid:5", version="9")),
        arrive(record("uuid:6")),
    ]


def told(receipts):
    return [(receipt.outcome, receipt.reason, bool(receipt.submission)) for receipt in receipts]


def held():
    rows = Submission.objects.values_list("instance_id", "root_id", "is_current", "state", "sha256", "sender")
    events = Event.objects.values_list("name", "at", "by_name", "waits", "run_after")
    return sorted(rows), sorted(map(str, events)), sorted(Quarantined.objects.values_list("reason", "sha256"))


def test_it_is_the_same_as_one_after_the_other(arrive, world):
    several = told(batching.receive_many(arrivals=mixed(arrive)))
    together = held()
    Event.objects.all().delete()
    Quarantined.objects.all().delete()
    for row in Submission.objects.all():
        row.attachments.all().delete()
        row.delete()

    single = [
        receiving.receive(programme=a.programme, xml=a.xml, files=a.files, sender=a.sender, at=a.at)
        for a in mixed(arrive)
    ]

    assert several == told(single)
    assert together == held()


def test_the_same_batch_again_changes_nothing(arrive):
    batch = [arrive(record(f"uuid:{n}")) for n in range(5)]
    batching.receive_many(arrivals=batch)
    before = held()

    assert {receipt.outcome for receipt in batching.receive_many(arrivals=batch)} == {"repeated"}
    assert held() == before
