"""What the stories about words share: a programme, somebody who keeps texts, and coding over HTTP."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from dataclasses import dataclass

from tests.systems.play import BLUEPRINTS, Installation, Visitor, free_port

CODE = "clinical-mentorship"


@dataclass
class Analyst:
    """Somebody who keeps and codes texts through the pages, as a browser would."""

    visitor: Visitor
    programme: str = CODE

    def token(self) -> str:
        page = self.visitor.page(f"/{self.programme}/texts/new/")
        return page.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]

    def post(self, path: str, **fields: object) -> tuple[int, bytes, str]:
        """A form, with files where a field is (name, bytes)."""
        edge = uuid.uuid4().hex
        out = io.BytesIO()
        for name, value in {"csrfmiddlewaretoken": self.token(), **fields}.items():
            for one in value if isinstance(value, list) else [value]:
                file = f'; filename="{one[0]}"' if isinstance(one, tuple) else ""
                content = one[1] if isinstance(one, tuple) else str(one).encode()
                out.write(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + content)
                out.write(b"\r\n")
        out.write(f"--{edge}--\r\n".encode())
        return self.visitor.fetch(f"/{self.programme}/{path}", out.getvalue(), f"multipart/form-data; boundary={edge}")

    def send(self, path: str, **given: object) -> dict:
        status, body, _ = self.visitor.fetch_with_token(f"/{self.programme}/{path}", json.dumps(given).encode())
        assert status < 300, body[:400]
        return json.loads(body)

    def get(self, path: str) -> dict:
        status, body, _ = self.visitor.fetch(f"/{self.programme}/{path}")
        assert status == 200, body[:400]
        return json.loads(body)

    def bring_in(self, files: dict[str, str], **fields: object) -> None:
        given = [(name, words.encode()) for name, words in files.items()]
        status, body, _ = self.post("texts/new/", files=given, agreed="on", **fields)
        assert status == 200, body[:600]
        self.post("texts/open/")

    def take_book(self, code: str) -> None:
        self.post(f"codebooks/take/{code}/")

    def texts(self, study: str) -> dict[str, str]:
        """Label → address of each text of a study, over all pages of the list."""
        found: dict[str, str] = {}
        for number in range(1, 9):
            page = self.visitor.page(f"/{self.programme}/texts/?q={study}&page={number}")
            here = {}
            for link in page.xpath("//table//a[contains(@href, '/texts/')]"):
                match = re.search(r"/texts/([0-9a-f-]{36})/", link.get("href"))
                if match:
                    here[link.text_content().strip()] = match[1]
            if not here.keys() - found.keys():
                break
            found |= here
        return found

    def code(self, text: str, says: dict[str, list[tuple[str, str]]]) -> None:
        """Code every place where the words stand: words → (path of the code, valence)."""
        whole = self.get(f"texts/{text}/coding.json")
        words = "".join(piece["text"] for piece in whole["pieces"])
        codes = {code["path"]: code["id"] for book in whole["codebooks"] for code in book["codes"]}
        items = []
        for said, marks in says.items():
            for match in re.finditer(re.escape(said), words):
                items += [
                    {"start": match.start(), "end": match.end(), "code": codes[path], "valence": valence}
                    for path, valence in marks
                ]
        if items:
            self.send(f"texts/{text}/codings/", version=whole["source"]["version"], items=items)
        self.send(f"texts/{text}/done/")

    def table(self, path: str) -> list[dict[str, str]]:
        """A results page as its CSV."""
        sign = "&" if "?" in path else "?"
        status, body, _ = self.visitor.fetch(f"/{self.programme}/{path}{sign}format=csv")
        assert status == 200, body[:400]
        return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))

    def book(self, title: str) -> str:
        page = self.visitor.page(f"/{self.programme}/codebooks/")
        link = page.xpath(f"//a[contains(., '{title}')]/@href")[0]
        return re.search(r"/codebooks/(\d+)/", link)[1]


def begun(folder) -> Installation:
    """A programme of its own installation."""
    here = Installation(folder, free_port())
    here.mlezi("apply", BLUEPRINTS / CODE)
    return here


def percent(row: dict[str, str]) -> str:
    return f"{100 * float(row['Share']):.1f}"
