"""Thirty days without a line: five hundred records and two hundred photographs come home once, byte for byte, and the
app answers a thumb all the while."""

import json
import subprocess
import sys

import pytest

from mlezi.testing import month
from mlezi.testing.badline import Fault, bad_line
from mlezi.testing.handset import handset
from mlezi.testing.server import installed

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.long]
PIN = "2580"
RECORDS = 500


def test_a_month_without_a_line_comes_home_whole(playwright, built, tmp_path):
    with installed() as server:
        server.start()
        publish = [sys.executable, "-m", "mlezi.testing.server", "publish"]
        subprocess.run(publish, env=server.env, input=json.dumps(month.FORM) + "\n", text=True, check=True)
        with bad_line(server.port) as line, handset(playwright, tmp_path, line.url) as phone:
            phone.enrol(f"/phone/key/{server.facts['token']}", PIN)
            phone.play("return core.sendNow()")
            line.decide = lambda asked: Fault.DOWN if "/phone/" in asked.path else Fault.NONE
            frozen = month.fill(phone, RECORDS, PIN)

            looked = month.measured(phone, PIN)
            line.decide = lambda asked: Fault.NONE
            sent = month.Screens(phone).send()
        server.kill()
        there = server.contents()["records"]

    print(json.dumps({**looked, **sent}))
    assert {uid: [(one["sha256"], one["files"], one["received"]) for one in rows] for uid, rows in there.items()} == {
        uid: [(one["sha256"], one["files"], 1)] for uid, one in frozen.items()
    }
    assert sum(len(one["files"]) for one in frozen.values()) == RECORDS * 2 // 5
    assert max(looked.values()) < 3
    assert sent["longest_frame_ms_6x"] < 1000
