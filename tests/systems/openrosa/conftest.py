"""The server under test, and a short way to say what is sent to it."""

from __future__ import annotations

import secrets
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
import pytest_socket

from mlezi.formats import multipart
from mlezi.testing.conformance_form import FORM_ID
from mlezi.testing.server import installed
from mlezi.testing.wire import Answer, Wire, basic

RESPONSE = "{http://openrosa.org/http/response}"


def pytest_addoption(parser):
    group = parser.getgroup("openrosa", "OpenRosa conformance")
    group.addoption("--server", help="address a phone is configured with; none: start a Mlezi")
    group.addoption("--user", default="", help="user name on that server")
    group.addoption("--password", default="", help="password on that server")
    group.addoption("--token-path", default="", help="address with a token in its path, where the server has such")


@dataclass
class Server:
    """A server as the cases see it: `ask` is signed in, `bare` is not."""

    base: str
    credentials: dict[str, str]
    is_mlezi: bool
    facts: dict[str, str] = field(default_factory=dict)
    token_base: str = ""
    lost_base: str = ""
    form_id: str = FORM_ID

    def __post_init__(self):
        common = {"X-OpenRosa-Version": "1.0", "User-Agent": "openrosa-conformance"}
        self.bare = Wire(self.base, dict(common))
        self.wire = Wire(self.base, {**common, **self.credentials})

    def get(self, path: str, **headers) -> Answer:
        return self.wire.get(path, **headers)

    def tree(self, path: str) -> ET.Element:
        return ET.fromstring(self.get(path).body)

    def post(self, xml, files=(), *, incomplete=False, name="xml_submission_file", wire=None, headers=None, query=""):
        """POST one submission request. `files` are (name, bytes)."""
        fields = [] if xml is None else [(name, "submission.xml", "text/xml", xml)]
        fields += [(file, file, "application/octet-stream", content) for file, content in files]
        if incomplete:
            fields.append(("*isIncomplete*", None, "text/plain", b"yes"))
        boundary = secrets.token_hex(12)
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}", **(headers or {})}
        return (wire or self.wire).ask("POST", f"submission{query}", multipart.encode(fields, boundary), kind)

    def record(self, uid="", *, note="All well.", photo="", sound="", replaces="", version="2", form_id="") -> bytes:
        """One filled-in form; a fresh instance id unless one is given."""
        old = f"<orx:deprecatedID>{replaces}</orx:deprecatedID>" if replaces else ""
        return (
            '<?xml version="1.0"?>'
            f'<data id="{form_id or self.form_id}" version="{version}" xmlns:orx="http://openrosa.org/xforms">'
            "<start>2026-03-02T09:00:00.000+03:00</start><end>2026-03-02T09:30:00.000+03:00</end>"
            f"<note>{note}</note><photo>{photo}</photo><sound>{sound}</sound>"
            f"<orx:meta><orx:instanceID>{uid or new_id()}</orx:instanceID>{old}</orx:meta></data>"
        ).encode()

    def receipt(self, uid: str) -> dict:
        import json

        return json.loads(self.get(f"receipts?ids={uid}").body)["receipts"].get(uid, {})


def new_id() -> str:
    return f"uuid:{uuid4()}"


def message(answer: Answer) -> str:
    """The words of an OpenRosaResponse; fails when the answer is none."""
    tree = ET.fromstring(answer.body)
    assert tree.tag == f"{RESPONSE}OpenRosaResponse"
    return tree.findtext(f"{RESPONSE}message") or ""


@pytest.fixture(scope="package")
def server(request):
    url = request.config.getoption("--server", default=None)
    if url:
        pytest_socket.enable_socket()
        option = request.config.getoption
        signed = {"Authorization": basic(option("--user"), option("--password"))} if option("--user") else {}
        yield Server(url, signed, is_mlezi=False, token_base=option("--token-path"))
        return
    with installed() as own:
        own.start()
        facts = own.facts
        yield Server(
            f"{own.url}/phone/{facts['programme']}",
            {"Authorization": basic(facts["username"], facts["password"])},
            is_mlezi=True,
            facts=facts,
            token_base=f"{own.url}/phone/key/{facts['token']}",
            lost_base=f"{own.url}/phone/key/{facts['revoked_token']}",
        )


@pytest.fixture
def mlezi(server):
    """Cases that only Mlezi promises."""
    if not server.is_mlezi:
        pytest.skip("only Mlezi promises this")
    return server
