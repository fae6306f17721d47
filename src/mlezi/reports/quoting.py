"""The quotes behind a theme in a study's report: what the people of its snapshot said, for those who may read texts.

A snapshot holds no words. They are read where they are kept, as they are coded now; the page says so.
"""

from __future__ import annotations

from typing import Any

from mlezi.narratives.models import Code, Source
from mlezi.narratives.queries import quoting
from mlezi.narratives.queries.codebooks import usable_in
from mlezi.narratives.queries.reader import TEXTS, Reader
from mlezi.narratives.queries.results import Chosen, Material
from mlezi.plumbing.problems import NotFound
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request
from mlezi.studies import freezing, keys
from mlezi.studies.analyses.themes import Themes
from mlezi.studies.data import opened
from mlezi.studies.models import Snapshot

MOST = 500


def shown(of: Snapshot, analysis: str, request: Request) -> dict[str, Any]:
    """The page of one figure. Raises `NotFound` where the analysis or the theme is not there."""
    theme = request.GET.get("figure", "").removeprefix("theme.")
    with opened(freezing.home(of), checked=False) as data:
        spec = next((one for one in data.plan.analyses if one.code == analysis and one.do == "themes"), None)
        if spec is None:
            raise NotFound
        options = Themes.model_validate(spec.options)
        time = data.plan.time(spec.at) if spec.at else None
        people = {str(one) for one in data.read(data.tables["participants"].select("participant"))["participant"]}
    code = Code.objects.filter(codebook__in=usable_in(request.programme), codebook__code=options.codebook,
                               path=theme).order_by("pk").first()  # fmt: skip
    if code is None:
        raise NotFound
    wave = (time.wave or time.code) if time else ""
    texts = Source.objects.filter(kind__in=TEXTS)
    material = Material(request.programme, code.codebook, Chosen(wave=wave), sources=texts)
    theirs = _of(people, material, of)
    behind = [one for one in quoting.behind(material, code, side=options.side) if theirs & set(one.participants)]
    rows = quoting.quotes(Reader(request.person, request.programme), material, behind)
    said = theirs & {who for one in behind for who in one.participants}
    title = worded(code.title)
    return {"study": of.study, "snapshot": of, "title": title, "code": code, "rows": rows[:MOST], "n_rows": len(rows),
            "n_people": len(said)}  # fmt: skip


def _of(people: set[str], material: Material, of: Snapshot) -> set[Any]:
    """The participants in the texts who are people of the study."""
    salt = bytes(of.salt)
    return {
        pk for pk, who in material.participants.items()
        if who.person_id is not None and keys.key(salt, "P", f"p{who.person_id}") in people
    }  # fmt: skip
