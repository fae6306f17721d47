"""What a results page is about: codebook, basis and choice of texts, from the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mlezi.methods.coding.counting import Base
from mlezi.narratives.models import Codebook, Source
from mlezi.narratives.names import BASES, KINDS
from mlezi.narratives.queries import codebooks
from mlezi.narratives.queries.reader import Reader
from mlezi.narratives.queries.results import Chosen, Material
from mlezi.narratives.views.asked import reader
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request
from mlezi.surveys.models import Invitation


@dataclass
class Asked:
    """The choice, ready to count. `material` is None while there is no codebook."""

    request: HttpRequest
    reader: Reader
    books: list[Codebook]
    book: Codebook | None
    base: Base
    chosen: Chosen
    material: Material | None

    @property
    def reads_all(self) -> bool:
        """Who may read the texts may see every count."""
        return self.reader.reads_all

    @property
    def asked_n(self) -> int | None:
        """How many were invited, where the texts are the answers to one instrument."""
        if not self.chosen.form_id:
            return None
        rows = Invitation.objects.filter(programme=self.reader.programme, instrument=self.chosen.form_id)
        if self.chosen.wave:
            rows = rows.filter(wave=self.chosen.wave)
        return rows.values("person").distinct().count() or None

    def address(self, **more: Any) -> str:
        """The same choice with something added."""
        given = self.request.GET.dict() | {key: str(value) for key, value in more.items()}
        return "?" + urlencode(given)

    @property
    def query(self) -> str:
        """The choice alone, as the address of a page that opens from here."""
        names = ("book", "base", "kind", "form_id", "wave", "study")
        given = {name: self.request.GET[name] for name in names if self.request.GET.get(name)}
        return "?" + urlencode({"book": self.book.pk if self.book else "", **given})

    @property
    def csv(self) -> str:
        return self.address(format="csv")

    @property
    def xlsx(self) -> str:
        return self.address(format="xlsx")

    @property
    def ranked(self) -> str:
        return self.address(order="rank")

    @property
    def unranked(self) -> str:
        return self.address(order="")

    @property
    def filters(self) -> list[dict[str, Any]]:
        found = [
            _choice("book", _("Codebook"), [(str(b.pk), worded(b.title)) for b in self.books],
                    str(self.book.pk) if self.book else ""),
        ]  # fmt: skip
        if self.reads_all:
            found.append(_choice("base", _("Count"), list(BASES.items()), self.base))
        titles = {"kind": _("Kind"), "form_id": _("Form"), "wave": _("Time point"), "study": _("Study")}
        rows = Source.objects.filter(programme=self.reader.programme, withdrawn_at=None)
        here = list(rows.order_by().values_list(*titles).distinct())
        for n, (name, title) in enumerate(titles.items()):
            values = sorted({one[n] for one in here})
            if len(values) > 1 or getattr(self.chosen, name):
                words = [(value, KINDS.get(value, value)) for value in values if value]
                found.append(_choice(name, title, [("", _("all")), *words], getattr(self.chosen, name)))
        return found


def _choice(key: str, title: str, choices: list[tuple[str, Any]], chosen: str) -> dict[str, Any]:
    return {"key": key, "title": title, "choices": choices, "chosen": chosen}


def _base(request: Request, by: Reader) -> Base:
    """What is counted. People alone for those who may not read: from mentions small counts could be worked out."""
    wanted = request.GET.get("base")
    if wanted == "documents" and by.reads_all:
        return "documents"
    return "mentions" if wanted == "mentions" and by.reads_all else "participants"


def asked(request: Request, *, prefer: str = "") -> Asked:
    """The choice that the address makes; the codebook with the most codings when it names none."""
    by = reader(request)
    books = list(codebooks.usable_in(request.programme))
    wanted = request.GET.get("book", "")
    book = next((one for one in books if str(one.pk) == wanted), None)
    if book is None:
        used = codebooks.most_used(request.programme)
        preferred = [one for one in books if prefer and one.code.startswith(prefer)]
        busiest = [one for one in books if one.pk == used]
        book = next(iter((*reversed(preferred), *busiest, *books)), None)
    base = _base(request, by)
    chosen = Chosen(**{name: request.GET.get(name, "")[:120] for name in ("kind", "form_id", "wave", "study")})
    material = Material(request.programme, book, chosen) if book else None
    return Asked(request, by, books, book, base, chosen, material)
