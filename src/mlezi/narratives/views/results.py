"""Themes and what stands behind them: tables, groups, matrix, CFIR, months, quotes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.formats import csv, xlsx
from mlezi.narratives import problems, scores, tables
from mlezi.narratives.actions import summaries
from mlezi.narratives.models import Code, Participant, Summary
from mlezi.narratives.names import VALENCES
from mlezi.narratives.queries import results as queries
from mlezi.narratives.views.asked import body, in_json
from mlezi.narratives.views.chosen import Asked, asked
from mlezi.plumbing import clock
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(P.SEE_COUNTS)
@require_safe
def themes(request: Request) -> HttpResponse:
    said = asked(request)
    if said.material is None:
        return render(request, "narratives/themes.html", {"asked": said})
    rows = tables.themes(said.material, said.base, reads_all=said.reads_all, asked=said.asked_n)
    if request.GET.get("format") in {"csv", "xlsx"}:
        return _file(request, "themes", *_theme_lines(rows, said))
    if request.GET.get("order") == "rank":
        rows = sorted((row for row in rows if row.n), key=lambda row: (row.rank, row.code.path))
    facts = sorted({key for who in said.material.participants.values() for key in who.facts})
    fact = request.GET.get("by", "")
    page = {
        "asked": said, "rows": rows, "heard": tables.heard(said.material, asked=said.asked_n), "facts": facts,
        "fact": fact, "valences": VALENCES, "ranked": request.GET.get("order") == "rank",
        "groups": tables.by_group(said.material, fact, reads_all=said.reads_all) if fact in facts else None,
        "together": tables.together(said.material, said.base)[:15] if said.reads_all else [],
    }  # fmt: skip
    return render(request, "narratives/themes.html", page)


def _theme_lines(rows: list[tables.Row], said: Asked) -> tuple[list[str], list[list[object]]]:
    header = [gettext("Theme"), gettext("Title"), gettext("Rank"), "n", "N", gettext("Share"), gettext("Interval from"),
              gettext("Interval to"), gettext("Helps"), gettext("Hinders")]  # fmt: skip
    lines: list[list[object]] = []
    for row in rows:
        shown = None if row.hidden else row.n
        figures = (None, None, None) if row.hidden else (row.estimate.point, row.estimate.low, row.estimate.high)
        sides = (None, None) if row.hidden else (row.sides.get("helps", 0), row.sides.get("hinders", 0))
        lines.append([row.code.path, worded(row.code.title), row.rank, shown, row.estimate.n_used, *figures, *sides])
    return header, lines


def _file(request: Request, name: str, header: list[str], lines: list[list[object]]) -> HttpResponse:
    kind = request.GET["format"]
    content = csv.write(header, lines) if kind == "csv" else xlsx.write(header, lines, title=name)
    disposition = f'attachment; filename="{name}.{kind}"'
    content_type = "text/csv; charset=utf-8" if kind == "csv" else XLSX
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


@needs(P.CODE_TEXTS)
@require_safe
def quotes(request: Request) -> HttpResponse:
    """The quotes behind a count, for those who may read them."""
    said = asked(request)
    code = Code.objects.filter(pk=_number(request, "code")).first()
    if said.material is None or code is None or code.codebook_id != said.material.codebook.pk:
        raise problems.NoSuchCode(code=request.GET.get("code", ""))
    above = said.material.above
    ids = [one.coding for one in said.material.coded if code.pk in (one.theme, *above.get(one.theme, ()))]
    side, who = request.GET.get("side", ""), _number(request, "who")
    rows = queries.quotes(said.reader, said.material, ids)
    if side:
        rows = [row for row in rows if row["coding"].valence in {side, "both"}]
    if who:
        rows = [row for row in rows if who in _speakers(said, row["coding"].pk)]
    page = {"asked": said, "code": code, "rows": rows[:500], "n_rows": len(rows), "n_all": len(ids)}
    return render(request, "narratives/quotes.html", page)


def _speakers(said: Asked, coding: Any) -> tuple[Any, ...]:
    assert said.material is not None
    return next((one.participants for one in said.material.coded if one.coding == coding), ())


def _number(request: Request, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@needs(P.SEE_COUNTS)
@require_safe
def cfir(request: Request) -> HttpResponse:
    """Barriers and facilitators by construct, roles crossed with characteristics, and by month."""
    said = asked(request, prefer="cfir")
    if said.material is None:
        return render(request, "narratives/cfir.html", {"asked": said})
    rows = tables.sides(said.material, said.base)
    if request.GET.get("format") in {"csv", "xlsx"}:
        header = [gettext("Construct"), gettext("Title"), gettext("Facilitator"), gettext("Barrier"),
                  gettext("Not said"), gettext("All")]  # fmt: skip
        lines: list[list[object]] = [
            [r.code.path, worded(r.code.title), r.helps, r.hinders, r.unsaid, r.total] for r in rows
        ]
        return _file(request, "barriers", header, _masked(lines, said))
    months, by_month = tables.by_month(said.material, said.base)
    columns, crossed = tables.pairs(said.material, said.base)
    page = {
        "asked": said, "rows": rows, "months": months, "by_month": by_month, "columns": columns,
        "crossed": [(row, cells) for row, cells in crossed if any(sum(cell) for cell in cells)],
        "heard": tables.heard(said.material, asked=said.asked_n),
    }  # fmt: skip
    return render(request, "narratives/cfir.html", page)


def _masked(lines: list[list[object]], said: Asked) -> list[list[object]]:
    """Small counts are left out for those who may not read the texts."""
    if said.reads_all:
        return lines
    return [[tables.masked(cell) if isinstance(cell, int) else cell for cell in line] for line in lines]


@needs(P.READ_TEXTS)
@require_safe
def matrix(request: Request) -> HttpResponse:
    """People by themes: what each said, in a sentence, with the way to the quotes."""
    said = asked(request)
    if said.material is None:
        return render(request, "narratives/matrix.html", {"asked": said})
    top = _top(request, said)
    written = Summary.objects.filter(participant__programme=request.programme, code__in=top).order_by("pk")
    rows = tables.matrix(said.material, top, written)
    if request.GET.get("format") in {"csv", "xlsx"}:
        header = [gettext("Participant"), gettext("Time point"), *(worded(code.title) for code in top)]
        lines: list[list[object]] = [
            [row.participant.label, row.wave, *(_cell_words(cell) for _, cell in row.cells)] for row in rows
        ]
        return _file(request, "matrix", header, lines)
    page = {"asked": said, "themes": top, "rows": rows, "heard": tables.heard(said.material),
            "may_keep": said.reader.may_keep}  # fmt: skip
    return render(request, "narratives/matrix.html", page)


def _top(request: Request, said: Asked) -> list[Code]:
    """The themes across: those under the one the address names, else those at the top."""
    assert said.material is not None
    under = _number(request, "under") or None
    return [code for code in said.material.codes if code.parent_id == under and code.retired_at is None]


def _cell_words(cell: tables.MatrixCell) -> str:
    said = f"[{cell.n}]" if cell.n else ""
    return f"{cell.summary} {said}".strip()


@needs(P.KEEP_TEXTS)
@require_POST
@in_json
def summarise(request: Request) -> HttpResponse:
    """Keep the words of one cell of the matrix."""
    is_form = request.content_type != "application/json"  # the same cell, sent without a script
    given = request.POST.dict() if is_form else body(request)
    who = Participant.objects.filter(programme=request.programme, pk=_id(given.get("who"))).first()
    code = Code.objects.filter(pk=_id(given.get("code"))).first()
    if who is None or code is None:
        raise problems.NoSuchCode(code=given.get("code", ""))
    wave, words = str(given.get("wave") or ""), str(given.get("text") or "")
    row = summaries.write(participant=who, code=code, wave=wave, text=words, by=request.person, at=clock.now())
    if is_form:
        back = str(given.get("back") or "")
        return redirect(reverse("narratives:matrix", args=[request.programme.code]) + (back if back[:1] == "?" else ""))
    return JsonResponse({"text": row.text})


@needs(P.SEE_COUNTS)
@require_safe
def joint(request: Request) -> HttpResponse:
    """Themes beside the scores and the hours of the same people."""
    said = asked(request)
    rows = scores.joint(said.material, reads_all=said.reads_all) if said.material else []
    return render(request, "narratives/joint.html", {"asked": said, "rows": rows})


def _id(value: object) -> int:
    """The row a script names; 0, which no row has, for anything else."""
    return int(str(value)) if str(value).isdecimal() and len(str(value)) < 19 else 0
