"""What study pages show: the latest snapshot's results, kept beside it, and what is behind each figure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.people.models import Person
from mlezi.plumbing.blocks import Block, Heading
from mlezi.plumbing.problems import NotFound
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission as P
from mlezi.reports import seeing
from mlezi.reports.study import contributions, documents, telling
from mlezi.reports.study.telling import Told
from mlezi.studies import behind as records
from mlezi.studies import canonical, freezing, looking, problems, queries, running, sentences
from mlezi.studies.data import described, opened
from mlezi.studies.models import Snapshot, Study
from mlezi.studies.plan import Analysis
from mlezi.studies.plan import Study as Plan
from mlezi.studies.spoken import Speaker


def snapshot(study: Study) -> Snapshot:
    """The newest snapshot whose files are here. Raises `NoSnapshot`."""
    found = queries.latest(study)
    if found is None or not (freezing.home(found) / "manifest.json").exists():
        raise problems.NoSnapshot(study=study.code)
    return found


def results(of: Snapshot) -> running.Results:
    """The results of a snapshot, run once and kept beside it until anything that computes them changes."""
    folder = freezing.home(of)
    kept = folder / f"results-{running.edition()}.json"
    if kept.exists():
        found: running.Results = json.loads(kept.read_text(encoding="utf-8"))
        return found
    made = running.results(folder)
    for old in folder.glob("results*.json"):
        old.unlink(missing_ok=True)
    canonical.write(kept, made)
    return json.loads(canonical.text(made))  # type: ignore[no-any-return]


def title(of: Snapshot) -> str:
    """As its plan names the study."""
    return worded(described(freezing.home(of))[1].title)


def told(of: Snapshot, request: Request) -> Told:
    manifest, plan = described(freezing.home(of))
    code, study = request.programme.code, of.study.code

    def opens(analysis: str, figure: str) -> str:
        if plan.analysis(analysis).do == "themes" and P.READ_TEXTS in request.permissions:
            return f"{reverse('studies:quotes', args=[code, study, analysis])}?{urlencode({'figure': figure})}"
        if not request.permissions & {P.SEE_STUDY_RECORDS, P.SEE_PEOPLE}:
            return ""
        side = figure.split(".", maxsplit=1)[0] if figure.split(".", maxsplit=1)[0] != "all" else ""
        address = reverse("studies:behind", args=[code, study, analysis])
        return f"{address}?side={side}" if side and plan.analysis(analysis).compare else address

    return documents.told(
        plan,
        manifest,
        results(of),
        opens=opens,
        sites=seeing.site_names(request.person, of),
        more=contributions.of(of.study, request.person),
    )


@dataclass(frozen=True)
class Line:
    """One study in the list."""

    study: Study
    title: str
    design: str
    question: str
    newest: Snapshot | None
    amendments: int


def listed(programme: Programme) -> list[Line]:
    rows = []
    for study in queries.studies(programme).prefetch_related("amendments"):
        plan = Plan.model_validate(study.plan)
        question = next((one for one in plan.questions if one.primary), plan.questions[0])
        rows.append(
            Line(
                study,
                worded(plan.title),
                gettext(sentences.DESIGNS[plan.design]),
                worded(question.title),
                queries.latest(study),
                len(study.amendments.all()),
            )
        )
    return rows


def report(study: Study, request: Request) -> dict[str, Any]:
    """The page of a study: its report, or how to get one."""
    plan = Plan.model_validate(study.plan)
    context: dict[str, Any] = {
        "study": study,
        "title": worded(plan.title),
        "may_design": P.DESIGN_STUDIES in request.permissions,
        "kinds": [("html", "HTML"), ("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel")],
        "claim": gettext(sentences.CLAIMS[plan.design]),
        "design": gettext(sentences.DESIGNS[plan.design]),
    }
    newest = queries.latest(study)
    if newest is None or not (freezing.home(newest) / "manifest.json").exists():
        return context
    source = told(newest, request)
    blocks = telling.blocks(source)
    looks = {
        one.code: reverse("studies:look", args=[request.programme.code, study.code, one.code])
        for one in source.plan.analyses
    }
    return context | {
        "snapshot": newest,
        "lead": telling.lead(source),
        "blocks": [(one, _look(one, looks)) for one in blocks],
        "sections": [one for one in blocks if isinstance(one, Heading) and one.level == 2],
        "is_old": newest.plan_sha256 != study.plan_sha256,
    }


def _look(block: Block, looks: dict[str, str]) -> str:
    return looks.get(block.anchor, "") if isinstance(block, Heading) and block.level == 3 else ""


def closer(of: Snapshot, code: str, request: Request) -> dict[str, Any]:
    """One analysis with its pictures, by whatever group is chosen."""
    _manifest, plan = described(freezing.home(of))
    spec = _spec(plan, code)
    choices = looking.choices(plan)
    by = request.GET.get("by", "") if request.GET.get("by", "") in choices else spec.compare or ""
    with opened(freezing.home(of), checked=False) as data:
        looked_plan, looked, found = looking.by(data, spec, by)
        manifest = data.manifest
    speaker = Speaker(looked_plan, sites=seeing.site_names(request.person, of), labels=manifest.get("labels"))
    shape = json.loads(canonical.text(looking.results(looked_plan, looked, found)))
    source = Told(looked_plan, manifest, shape, speaker)
    names = {one.code: worded(one.title) for one in (*plan.factors, *plan.comparisons)}
    return {
        "study": of.study,
        "study_title": worded(plan.title),
        "title": speaker.analysis(code),
        "says": gettext(sentences.analysis_says(spec.do)),
        "blocks": [one for one in telling.analysis(source, looked) if not isinstance(one, Heading)],
        "choices": [
            ("", gettext("not broken down")),
            *((one, names.get(one) or gettext(sentences.COLUMNS[one])) for one in choices),
        ],
        "by": by,
        "planned": by == (spec.compare or ""),
        "minimum": plan.minimum_group,
        "others": [(one.code, speaker.analysis(one.code), one.code == code) for one in plan.analyses],
    }


def _spec(plan: Plan, code: str) -> Analysis:
    found = next((one for one in plan.analyses if one.code == code), None)
    if found is None:
        raise NotFound
    return found


SENSITIVE = {"rating", "score", "answer", "outcome"}  # what people showed or said stays with them and their mentor


def behind(of: Snapshot, code: str, request: Request) -> tuple[Table, list[Any], dict[str, Any]]:
    """The frozen rows behind an analysis, as far as this reader may see them.

    Names stand only beside what the register says, for whoever may see those people; then no key is shown, so
    that nobody gets from a name to a rating. Keys are for evaluators, and sites are keys there too.
    """
    manifest, plan = described(freezing.home(of))
    spec, side = _spec(plan, code), request.GET.get("side", "")
    measures = [plan.measures[one] for one in (spec.outcome, spec.against, *spec.outcomes) if one]
    sites = seeing.site_names(request.person, of)
    people = {} if any(one.of in SENSITIVE for one in measures) else seeing.people(request.person, of)
    may_open = bool(people) or P.SEE_STUDY_RECORDS in request.permissions
    found = records.Behind((), [])
    if may_open or any(one.of == "site_figure" for one in measures):
        with opened(freezing.home(of), checked=False) as data:
            found = records.rows(data, spec, side=side)
    rows = _shown(found, people, sites)
    speaker = Speaker(plan, sites=sites, labels=manifest.get("labels"))
    columns = [
        Column(
            "who",
            _("Person") if found.of_people else _("Site"),
            lambda row: row["who"],
            link=lambda row: row["url"](request.programme) if row["url"] else "",
        )
    ]
    if found.of_people:
        columns.append(Column("site", _("Site"), lambda row: row["site"]))
    if spec.compare or not found.of_people:
        columns.append(Column("side", _("Group"), lambda row: speaker.group(spec.compare or "", row["side"])))
    yes_or_no = {one.code for one in measures if one.is_share}
    columns += [
        _value(place, speaker.label(label), yes_or_no=any(f"outcome:{code}" in label for code in yes_or_no))
        for place, label in enumerate(found.columns)
    ]
    table = Table(f"behind-{code}", tuple(columns), empty=_("Nothing was recorded for this analysis."))
    context = {
        "study": of.study,
        "study_title": worded(plan.title),
        "title": speaker.analysis(code),
        "names": bool(people),
        "side": speaker.group(spec.compare or "", side) if side else "",
        "may_open": may_open or not found.of_people,
        "made_up": manifest.get("is_made_up"),
    }
    return table, rows, context


def _shown(found: records.Behind, people: Mapping[str, Person], sites: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows by name for the people who may be seen, or all rows by key."""
    rows = []
    for key, site, side, values in found.rows:
        person = people.get(key)
        if people and person is None and found.of_people:
            continue
        where = sites.get(site, site) if person or not found.of_people else site
        rows.append(
            {
                "who": person.name if person else (key if found.of_people else where),
                "site": where,
                "side": side,
                "values": values,
                "url": _address(person) if person else None,
            }
        )
    return sorted(rows, key=lambda row: str(row["who"]))


def _address(person: Person) -> Callable[[Programme], str]:
    return lambda programme: reverse("office:person", args=[programme.code, person.uid])


def _value(place: int, title: str, *, yes_or_no: bool) -> Column:
    def value(row: Any) -> object:
        found = row["values"][place] if place < len(row["values"]) else None
        if not isinstance(found, float):
            return found
        if yes_or_no and found in (0, 1):
            return gettext("yes") if found else gettext("no")
        return int(found) if found.is_integer() else round(found, 3)

    return Column(f"v{place}", title, value, numeric=not yes_or_no)
