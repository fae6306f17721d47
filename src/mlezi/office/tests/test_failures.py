"""What the worker could not do waits, visibly, for somebody who keeps the installation running."""

import pytest

from mlezi.audit import actions as audit
from mlezi.audit import waiting, worker
from mlezi.audit.models import Event
from mlezi.instruments.models import Submission
from mlezi.plumbing import clock
from mlezi.testing.makers import submissions


@pytest.fixture
def failed(world):
    """The meaning of a record of Baraka's could not be worked out, eight times over."""
    version = submissions.published(world.programme)
    record = Submission.objects.create(
        programme=world.programme, form_id="visit", version="1", form_version=version, instance_id="uuid:1",
        root_id="uuid:1", xml=submissions.record("uuid:1"), sha256="0" * 64, size=10, received_at=clock.now(),
        sender=world.baraka,
    )  # fmt: skip
    event = audit.record("submission.received", record, by=world.baraka)
    Event.objects.filter(pk=event.pk).update(
        waits=False, attempts=worker.MOST_ATTEMPTS, failure="KeyError: 'level'", run_after=None
    )
    return event


def test_the_page_says_what_failed_and_why(world, failed, sign_in):
    page = sign_in("farida").get("/mwanza/unfinished/").content.decode()

    assert "Read what a form record means" in page
    assert "Given up after 8 tries" in page
    assert "KeyError" in page


def test_it_is_tried_again(world, failed, sign_in, monkeypatch):
    done = []
    monkeypatch.setitem(waiting._REACTIONS, "submission.received", (done.extend,))

    sign_in("farida").post("/mwanza/unfinished/decide", {"event": failed.pk, "wish": "again"})
    worker.drain()

    assert [event.pk for event in done] == [failed.pk]
    assert "All that was to follow has followed" in sign_in("farida").get("/mwanza/unfinished/").content.decode()


def test_it_is_set_aside_with_a_reason_and_stays_in_the_record(world, failed, sign_in):
    sign_in("farida").post(
        "/mwanza/unfinished/decide", {"event": failed.pk, "wish": "set_aside", "note": "an old trial"}
    )

    assert "KeyError" not in sign_in("farida").get("/mwanza/unfinished/").content.decode()
    assert Event.objects.get(name="event.set_aside").facts == {"note": "an old trial"}
    assert Event.objects.get(pk=failed.pk).failure == "KeyError: 'level'"


def test_nobody_sees_the_failures_of_another_programme(world, failed, sign_in):
    world.people["daudi"].roles.update(role="manager")
    daudi = sign_in("daudi")

    assert daudi.get("/mwanza/unfinished/").status_code == 404
    assert "KeyError" not in daudi.get("/choma/unfinished/").content.decode()
    daudi.post("/choma/unfinished/decide", {"event": failed.pk, "wish": "set_aside"})
    assert Event.objects.get(pk=failed.pk).handled_at is None
    assert sign_in("chiku").get("/mwanza/unfinished/").status_code == 403
