"""All a phone app must know to be up to date, in one answer: who it is, and every form and list by its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from mlezi.instruments import media
from mlezi.instruments.models import FormFile, FormVersion
from mlezi.instruments.queries import offered
from mlezi.openrosa import listing, recovery
from mlezi.openrosa.gate import Caller

KEEP_SENT_DAYS = 30


@dataclass
class Offer:
    """Works out each list once, however many forms ask for it."""

    who: Caller
    _lists: dict[str, str] = field(default_factory=dict)

    def answer(self) -> dict[str, Any]:
        forms = [self._form(row) for row in listing.versions(self.who)]
        return {"profile": profile(self.who), "forms": forms}

    def as_json(self) -> bytes:
        return json.dumps(self.answer(), ensure_ascii=False, separators=(",", ":")).encode()

    def _form(self, row: FormVersion) -> dict[str, Any]:
        base = f"forms/{row.pk}"
        files = [
            {"name": name, "sha256": _fixed(row.pk, name, md5), "url": f"{base}/files/{quote(name)}", "is_list": False}
            for name, md5 in sorted(offered.fixed_files(row).items())
        ]
        files += [
            {"name": name, "sha256": self._list(name), "url": f"{base}/files/{quote(name)}", "is_list": True}
            for name in offered.lists(row)
        ]
        return {
            "id": row.form.form_id,
            "title": listing.title(row) or row.form.form_id,
            "version": row.version,
            "sha256": _form(row.pk, row.md5),
            "url": f"{base}.xml",
            "files": files,
        }

    def _list(self, name: str) -> str:
        if name not in self._lists:
            written = media.written(name, self.who.programme, self.who.person)
            self._lists[name] = hashlib.sha256(written).hexdigest()
        return self._lists[name]


def profile(who: Caller) -> dict[str, Any]:
    titles = {str(code): str(words) for code, words in (who.programme.title or {}).items() if words}
    language = next((code for code in who.person.languages if code in titles), "en")
    device = {"uid": str(who.device.pk), "name": who.device.name} if who.device else {"uid": "", "name": ""}
    return {
        "person": {"uid": str(who.person.uid), "name": who.person.name, "languages": list(who.person.languages)},
        "programme": {"code": who.programme.code, "title": titles.get(language) or who.programme.code},
        "device": device,
        "office_key": recovery.public_key(),
        "keep_sent_days": KEEP_SENT_DAYS,
    }


@lru_cache(maxsize=512)
def _form(pk: int, md5: str) -> str:
    """A published version never changes; `md5` tells rows of two databases apart."""
    return hashlib.sha256(bytes(FormVersion.objects.values_list("xml", flat=True).get(pk=pk))).hexdigest()


@lru_cache(maxsize=512)
def _fixed(version_pk: int, name: str, md5: str) -> str:
    row = FormFile.objects.get(form_version=version_pk, name=name)
    return hashlib.sha256(bytes(row.content)).hexdigest()
