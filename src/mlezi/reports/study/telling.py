"""A study's report as blocks, in the active language: numbers from estimates, sentences from what was run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from mlezi.plumbing.blocks import Block, Flow, Heading, Paragraph, Picture, Table
from mlezi.plumbing.words import worded
from mlezi.reports.study import checklists, methods
from mlezi.studies import pictures, sentences, spoken
from mlezi.studies.plan import Analysis, Study
from mlezi.studies.spoken import Speaker

MANY = 20  # figures: a longer table stands below the pictures that sum it up
FEW_HIDDEN = 6  # hidden figures that are listed one by one; more of them say no more
Results = Mapping[str, Any]
Opens = Callable[[str, str], str]  # analysis, figure → the address of what is behind it; empty where nobody may look


@dataclass(frozen=True)
class Told:
    """What a report is told from. `more` are blocks that other rooms add, as findings from interviews."""

    plan: Study
    manifest: Mapping[str, Any]
    results: Results
    speaker: Speaker
    opens: Opens = lambda analysis, figure: ""
    more: Sequence[Block] = field(default=())


def blocks(told: Told) -> list[Block]:
    """The whole report in order."""
    return [*summary(told), *people(told), *answers(told), *told.more, *methods_and_limits(told), *provenance(told)]


def lead(told: Told) -> str:
    """One line under the title: design, people, day."""
    return gettext("{design}. {n} people, as of {day}.").format(
        design=gettext(sentences.DESIGNS[told.plan.design]),
        n=spoken.number(told.results["people"], 0),
        day=day(told.results["as_of"]),
    )


def day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "j F Y")


def summary(told: Told) -> Iterator[Block]:
    yield Heading(gettext("In short"), anchor="short")
    for question in told.plan.questions:
        yield Heading(worded(question.title), level=3)
        found = [spec for spec in told.plan.analyses if spec.question == question.code]
        said = [*(one for spec in found for one in _headlines(told, spec)), *_without_figure(told, found)]
        silent = gettext("Its figures stand below.") if found else gettext("No analysis answers this question.")
        for sentence in said or [silent]:
            yield Paragraph(sentence)
        if question.changes_mind:
            text = gettext("What would change what we do: {what}").format(what=worded(question.changes_mind))
            yield Paragraph(text, "note")


def _headlines(told: Told, spec: Analysis) -> Iterator[str]:
    for figure in told.results["analyses"][spec.code]["figures"]:
        if not figure["headline"] or figure["estimate"]["empty_because"]:
            continue
        value = spoken.in_a_sentence(figure["estimate"], figure["unit"], told.speaker)
        p = told.results["adjusted"].get(f"{spec.code}.{figure['key']}")
        p_said = gettext(" p {p} (adjusted).").format(p=spoken.p_in_a_sentence(p)) if p is not None else ""
        p_said = p_said.replace(" p ", f" p{spoken.NBSP}")
        yield f"{told.speaker.label(figure['label'])}: {value.removesuffix('.')}.{p_said}"


def _without_figure(told: Told, specs: Sequence[Analysis]) -> Iterator[str]:
    """Headlines that have no figure: each side's own figure, where sides have one, and each reason once."""
    reasons: dict[str, list[str]] = {}
    for spec in specs:
        figures = told.results["analyses"][spec.code]["figures"]
        empty = [one for one in figures if one["headline"] and one["estimate"]["empty_because"]]
        for one in (one for one in figures if empty and one["key"].startswith("side.") and _has_figure(one)):
            value = spoken.in_a_sentence(one["estimate"], one["unit"], told.speaker)
            yield f"{told.speaker.label(one['label'])}: {value}."
        for one in empty:
            why = told.speaker.note(one["estimate"]["empty_because"])
            reasons.setdefault(why, []).append(told.speaker.label(one["label"]))
    for why, labels in reasons.items():
        yield gettext("No figure for {what}: {why}").format(what="; ".join(labels), why=why)


def _has_figure(one: Mapping[str, Any]) -> bool:
    return one["estimate"]["point"] is not None


def people(told: Told) -> Iterator[Block]:
    yield Heading(gettext("Who was studied"), anchor="people")
    if told.plan.population.described:
        yield Paragraph(worded(told.plan.population.described))
    steps = [
        (gettext(sentences.STEPS.get(one["rule"], one["rule"])), spoken.number(one["people"], 0), "")
        for one in told.results["flow"]
    ]
    yield Flow(gettext("From the programme to the study"), steps, (gettext("Step"), gettext("People"), ""))
    one = told.results["table_one"]
    rows = [_row(told, row) for row in one["rows"]]
    if rows:
        groups = [told.speaker.group(one["comparison"] or "", side) for side in one["groups"]]
        counts = [
            f"{name} (n = {spoken.number(n, 0)})"
            for name, n in zip([gettext("Everybody"), *groups], one["people"], strict=True)
        ]
        yield Table(
            gettext("Table 1. The people studied"),
            ["", *counts],
            rows,
            note=gettext("Groups of fewer than {n} people are hidden.").format(n=told.plan.minimum_group),
        )


def _row(told: Told, row: Mapping[str, Any]) -> list[str]:
    name = told.speaker.measure(row["measure"])
    cells = row["cells"]
    if row["kind"] == "number":
        name = gettext("{what}, mean (SD)").format(what=name)
        said = ["–" if one is None else f"{spoken.number(one[1])} ({spoken.number(one[2])})" for one in cells]
        return [name, *said]
    if row["kind"] == "many":
        return [name, gettext("{n} different values").format(n=spoken.number(cells[0], 0))]
    value = (
        gettext("not known") if row["kind"] == "missing" else told.speaker.choice(row["measure"], row["value"] or "")
    )
    hidden = gettext("hidden")
    return [f"{name}: {value}", *(hidden if one is None else spoken.number(one, 0) for one in cells)]


def answers(told: Told) -> Iterator[Block]:
    for number, question in enumerate(told.plan.questions, start=1):
        yield Heading(f"{number}. {worded(question.title)}", anchor=f"question-{question.code}")
        for spec in told.plan.analyses:
            if spec.question == question.code:
                yield from analysis(told, spec)
    others = [spec for spec in told.plan.analyses if spec.question is None]
    if others:
        yield Heading(gettext("Besides"), anchor="besides")
        for spec in others:
            yield from analysis(told, spec)


def analysis(told: Told, spec: Analysis) -> Iterator[Block]:
    """One analysis: how many at each step, its figures, its pictures, its tables, what to keep in mind."""
    found, speaker = told.results["analyses"][spec.code], told.speaker
    yield Heading(speaker.analysis(spec.code), level=3, anchor=spec.code)
    yield Flow(gettext("How many at each step"), [_step(told, spec, name, n) for name, n in found["steps"]])
    by_key = {one["key"]: one for one in found["figures"]}
    table = _figures(told, spec, found["figures"])
    drawn = [(one, pictures.chart(one, by_key, speaker)) for one in found["pictures"] if one["data"].get("of", True)]
    seen = [Picture(chart, is_told=one["kind"] == "intervals") for one, chart in drawn if not chart.is_empty]
    parts: list[Block] = [*seen, table] if len(found["figures"]) > MANY else [table, *seen]
    yield from parts
    for grid in found["grids"]:
        yield Table(
            speaker.label(grid["label"]),
            ["", *(speaker.label(one) for one in grid["columns"])],
            [
                [speaker.label(label), *(_cell(one, counts=grid["counts"]) for one in cells)]
                for label, cells in grid["rows"]
            ],
            about=speaker.analysis(spec.code),
        )
    for one in _remarks(found, told.speaker):
        yield Paragraph(one, "note")


def _cell(value: Any, *, counts: bool) -> str:
    if value is None:
        return gettext("hidden") if counts else "–"
    return value if isinstance(value, str) else spoken.number(value, 0 if counts else None)


def _step(told: Told, spec: Analysis, name: str, n: int) -> tuple[str, str, str]:
    words, about = sentences.step(name)
    group = told.speaker.group(spec.compare or "", about) if name.startswith("sites:") else ""
    remark = group or (told.speaker.label([f"time:{about}"]) if about else "")
    return gettext(words), spoken.number(n, 0), remark


def _figures(told: Told, spec: Analysis, figures: Sequence[Mapping[str, Any]]) -> Table:
    adjusted = {one["key"]: told.results["adjusted"].get(f"{spec.code}.{one['key']}") for one in figures}
    is_adjusted = any(p is not None for p in adjusted.values())  # looking by another group, nothing is
    ps = adjusted if is_adjusted else {one["key"]: one["p"] for one in figures}
    is_tested = any(p is not None for p in ps.values())
    is_adjusted &= told.plan.multiplicity != "none"
    header = [
        "",
        gettext("Value"),
        gettext("{level} % interval").format(level=spoken.number(told.plan.level * 100, 0)),
        "n",
        *([gettext("p, adjusted") if is_adjusted else gettext("p, not adjusted")] if is_tested else []),
    ]
    rows, opens = [], []
    names = told.speaker.labels_apart([one["label"] for one in figures])
    withheld = [one for one in figures if (one["estimate"]["empty_because"] or {}).get("code") == "withheld"]
    left_out = {one["key"] for one in withheld} if len(withheld) > FEW_HIDDEN else set()
    for name, one in zip(names, figures, strict=True):
        if one["key"] in left_out:
            continue
        estimate, unit = one["estimate"], one["unit"]
        rows.append(
            [
                name,
                spoken.point(estimate, unit),
                spoken.interval(estimate, unit),
                spoken.counted(estimate),
                *([spoken.p_value(ps[one["key"]])] if is_tested else []),
            ]
        )
        opens.append(told.opens(spec.code, one["key"]))
    if left_out:
        words = gettext("{n} more figures, of groups too small to show").format(n=len(left_out))
        rows.append([words, gettext("hidden"), *[""] * (len(header) - 2)])
        opens.append("")
    return Table(told.speaker.analysis(spec.code), header, rows, opens=opens)


def _remarks(found: Mapping[str, Any], speaker: spoken.Speaker) -> list[str]:
    """Every remark once: of the analysis, then of its headline figures, with the reason of an empty one."""
    said = [speaker.note(one) for one in found["limits"]]
    for figure in found["figures"]:
        estimate = figure["estimate"]
        if estimate["empty_because"] and estimate["empty_because"]["code"] != "withheld":
            said.append(speaker.note(estimate["empty_because"]))
        if figure["headline"]:
            said += [speaker.note(one) for one in estimate["warnings"]]
    return list(dict.fromkeys(said))


def methods_and_limits(told: Told) -> Iterator[Block]:
    yield Heading(gettext("How it was done"), anchor="methods")
    for text in methods.paragraphs(told):
        yield Paragraph(text)
    yield Heading(gettext("What to keep in mind"), anchor="limits")
    for one in told.results["limits"]:
        sentence = sentences.LIMITS.get(one["code"])
        values = dict(one["values"])
        if one["code"] == "empty":
            values["analysis"] = told.speaker.analysis(values["analysis"])
        yield Paragraph(gettext(sentence).format(**values) if sentence else told.speaker.note(one))
    for words in told.plan.assumptions:
        yield Paragraph(gettext("Assumed: {what}").format(what=worded(words)), "note")
    for one in told.manifest["amendments"]:
        what = "; ".join(change["where"] for change in one["changes"])
        yield Paragraph(
            gettext("Amendment {n} of {day}, after records had come in: {why} (changed: {what})").format(
                n=one["number"], day=day(one["on"]), why=one["why"], what=what
            ),
            "wait",
        )


def provenance(told: Told) -> Iterator[Block]:
    yield Heading(gettext("Reporting checklist"), anchor="checklist")
    yield checklists.table(told)
    yield Heading(gettext("Where it comes from"), anchor="provenance")
    manifest = told.manifest
    yield Table(
        gettext("Data, plan and programs"),
        ["", ""],
        [
            [gettext("Snapshot"), told.results["manifest_sha256"]],
            [gettext("The plan"), told.results["plan_sha256"]],
            [gettext("Records up to"), day(manifest["as_of"])],
            *([name, number] for name, number in sorted(manifest["versions"].items())),
            *(
                [gettext("Rows of {name}").format(name=facts["dataset"]), spoken.number(facts["rows"], 0)]
                for _, facts in sorted(manifest["files"].items())
            ),
        ],
        note=gettext("Whoever has this study's folder can run it again: mlezi replicate FOLDER"),
    )
