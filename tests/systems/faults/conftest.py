"""Records for a server that will be hurt, and how long to hurt it."""

from __future__ import annotations

import hashlib
import os
import random
from dataclasses import dataclass, field
from uuid import UUID

from mlezi.formats import multipart

LONG = bool(os.environ.get("MLEZI_LONG"))


@dataclass
class Record:
    """A frozen record with its files, and what the server said about it."""

    instance_id: str
    xml: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    accepted: bool = False

    @property
    def body(self) -> bytes:
        fields = [("xml_submission_file", "submission.xml", "text/xml", self.xml)]
        fields += [(name, name, "image/jpeg", content) for name, content in self.files.items()]
        return multipart.encode(fields, "mlezi-faults")

    @property
    def kept(self) -> dict:
        """How it must stand in the installation."""
        files = {name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()}
        return {"sha256": hashlib.sha256(self.xml).hexdigest(), "files": files, "received": 1}


KIND = {"Content-Type": "multipart/form-data; boundary=mlezi-faults"}


def records(n: int, seed: int, form_id: str, *, version: str = "2", size: int = 2000) -> list[Record]:
    """`n` records of about `size` bytes, every third with a photograph of some kilobytes."""
    dice = random.Random(seed)
    made = []
    for number in range(n):
        uid = f"uuid:{UUID(int=dice.getrandbits(128), version=4)}"
        files = {f"{number}.jpg": dice.randbytes(dice.randint(1, 40_000))} if number % 3 == 0 else {}
        photo = next(iter(files), "")
        xml = (
            f'<data id="{form_id}" version="{version}" xmlns:orx="http://openrosa.org/xforms">'
            f"<note>{dice.randbytes(size // 2).hex()}</note><photo>{photo}</photo>"
            f"<orx:meta><orx:instanceID>{uid}</orx:instanceID></orx:meta></data>"
        ).encode()
        made.append(Record(uid, xml, files))
    return made
