"""Twenty at the same moment, with several server processes: one record, whatever the database."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from mlezi.testing.server import installed
from mlezi.testing.wire import Wire
from tests.systems.faults.conftest import KIND, records


def test_twenty_identical_posts_to_two_processes_make_one_record():
    with installed(workers=2) as server:
        server.start()
        base = f"{server.url}/phone/key/{server.facts['token']}"
        sent = records(10, 7, server.facts["form_id"])
        with ThreadPoolExecutor(20) as crowd:
            for record in sent:
                body = record.body
                answers = crowd.map(lambda _, body=body: Wire(base).ask("POST", "submission", body, KIND), range(20))
                assert Counter(answer.status for answer in answers) == {201: 1, 202: 19}
        held = server.contents()
    assert held["records"] == {record.instance_id: [record.kept] for record in sent}
