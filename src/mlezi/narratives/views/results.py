"""Themes and what stands behind them: tables, groups, matrix, CFIR, months, quotes."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.formats import csv, xlsx
from mlezi.narratives import mapping, problems, scores, sheets, tables
from mlezi.narratives.actions import summaries
from mlezi.narratives.framework import Framework
from mlezi.narratives.models import Code, Participant
from mlezi.narratives.names import VALENCES
from mlezi.narratives.queries import narrowing, quoting
from mlezi.narratives.queries.results import Material
from mlezi.narratives.views.asked import body, in_json
from mlezi.narratives.views.chosen import Asked, asked
from mlezi.plumbing import addresses, clock
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(P.SEE_COUNTS)
@require_safe
def themes(request: Request) -> HttpResponse:
    said = asked(request)
    if said.material is None:
        return render(request, "narratives/themes.html", {"asked": said})
    heard = tables.heard(said.material, asked=said.asked_n)
    fact = request.GET.get("by", "")
    groups = tables.by_group(said.material, fact, reads_all=said.reads_all) if fact in said.material.facts else None
    if _wants_file(request) and request.GET.get("table") == "groups" and groups:
        return _file(request, "groups", sheets.groups(groups, fact, heard.words))
    if _wants_file(request) and request.GET.get("table") == "together":
        together = tables.together(said.material, said.base) if said.reads_all else []
        of = None if said.base == "mentions" else heard.of(said.base)
        return _file(request, "together", sheets.together(together, of, heard.words))
    rows = tables.themes(said.material, said.base, reads_all=said.reads_all, asked=said.asked_n)
    if _wants_file(request):
        return _file(request, "themes", sheets.themes(rows, heard.words, reads_all=said.reads_all))
    together = tables.together(said.material, said.base) if said.reads_all else []
    ranked = request.GET.get("order") == "rank"
    had = [row for row in rows if row.n]
    n_folded = len(rows) - len(had) if had and (ranked or request.GET.get("unsaid") != "shown") else 0
    if n_folded:
        rows = had
    if ranked:
        rows = sorted(had, key=lambda row: (row.rank, row.code.path))
    page = {"asked": said, "rows": rows, "heard": heard, "facts": said.material.facts, "fact": fact,
            "valences": VALENCES, "ranked": ranked, "groups": groups, "together": together[:15],
            "n_folded": n_folded, "unfolded": said.address(order="", unsaid="shown")}  # fmt: skip
    return render(request, "narratives/themes.html", page)


def _wants_file(request: Request) -> bool:
    return request.GET.get("format") in {"csv", "xlsx"}


def _file(request: Request, name: str, sheet: sheets.Sheet) -> HttpResponse:
    header, lines = sheet
    kind = request.GET["format"]
    content = csv.write(header, lines) if kind == "csv" else xlsx.write(header, lines, title=name)
    return _attached(content, f"{name}.{kind}", "text/csv; charset=utf-8" if kind == "csv" else XLSX)


def _attached(content: bytes, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


@needs(P.CODE_TEXTS)
@require_safe
def quotes(request: Request) -> HttpResponse:
    """The quotes behind a count, for those who may read them."""
    said = asked(request)
    code = Code.objects.filter(pk=_number(request, "code")).first()
    if said.material is None or code is None or code.codebook_id != said.material.codebook.pk:
        raise problems.NoSuchCode(code=request.GET.get("code", ""))
    cell = _cell(request, said.material)
    behind = narrowing.behind(said.material, code, cell, said.base)
    rows = quoting.quotes(said.reader, said.material, behind)
    n_all = len(behind) if said.reads_all else len(rows)  # how many there are beyond is theirs who may read texts
    page = {"asked": said, "code": code, "cell": cell, "rows": rows[:500], "n_rows": len(rows), "n_all": n_all}
    return render(request, "narratives/quotes.html", page)


def _cell(request: Request, material: Material) -> narrowing.Cell:
    """The cell of a table whose count was opened."""
    given = {name: request.GET.get(name, "")[:80] for name in ("side", "month", "fact", "group")}
    other = next((code for code in material.codes if code.pk == _number(request, "with")), None)
    return narrowing.Cell(**given, who=_number(request, "who"), beside=_number(request, "beside"), together=other)


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
    heard = tables.heard(said.material, asked=said.asked_n)
    if _wants_file(request):
        sheet = sheets.barriers(rows, said.base, heard.of(said.base), heard.words, reads_all=said.reads_all)
        return _file(request, "barriers", sheet)
    months, by_month = tables.by_month(said.material, said.base)
    columns, crossed = tables.pairs(said.material, said.base)
    page = {
        "asked": said, "rows": rows, "months": months, "by_month": by_month, "columns": columns,
        "crossed": [(row, cells) for row, cells in crossed if any(cell[1] or cell[2] for cell in cells)],
        "heard": heard,
    }  # fmt: skip
    return render(request, "narratives/cfir.html", page)


@needs(P.READ_TEXTS)
@require_safe
def matrix(request: Request) -> HttpResponse:
    """People by themes: what each said, in a sentence, with the way to the quotes."""
    said = asked(request)
    if said.material is None:
        return render(request, "narratives/matrix.html", {"asked": said})
    top = _top(request, said)
    table = Framework(said.material, top, request.GET.get("q", "")[:60], _number(request, "page"))
    heard = tables.heard(said.material)
    if _wants_file(request):
        return _matrix_file(request, said, table, heard.words)
    page = {"asked": said, "table": table, "heard": heard, "may_keep": said.reader.may_keep,
            "before": said.address(page=table.number - 1), "after": said.address(page=table.number + 1)}  # fmt: skip
    return render(request, "narratives/matrix.html", page)


def _matrix_file(request: Request, said: Asked, table: Framework, heard: str) -> HttpResponse:
    """As a workbook with the quotes, for those who may open them: each cell leads to its own."""
    if request.GET["format"] == "csv" or not said.reader.may_code:
        return _file(request, "matrix", sheets.matrix(table.whole, table.themes, heard))
    assert said.material is not None
    code = request.programme.code
    opens = (
        addresses.outside(request, reverse("narratives:quotes", args=[code])) + said.query + "&code={code}&who={who}"
    )
    place = addresses.outside(request, reverse("narratives:texts", args=[code])) + "{text}/code/#at-{start}"
    people = {(who.pk, wave) for who, wave in table.heard}
    found = (one for one in quoting.said(said.reader, said.material, table.themes) if (one.who.pk, one.wave) in people)
    content = xlsx.write_sheets([
        (_("Matrix"), *sheets.matrix(table.whole, table.themes, heard, quotes=opens)),
        (_("Quotes"), *sheets.quotes(found, said.material.codes, place)),
    ])  # fmt: skip
    return _attached(content, "matrix.xlsx", XLSX)


def _top(request: Request, said: Asked) -> list[Code]:
    """The themes across: those under the one the address names, else those at the top."""
    assert said.material is not None
    under = _number(request, "under") or None
    return [code for code in said.material.codes if code.parent_id == under and code.retired_at is None]


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
    if said.material is None:
        return render(request, "narratives/joint.html", {"asked": said})
    rows = scores.joint(said.material, reads_all=said.reads_all)
    heard = tables.heard(said.material)
    if _wants_file(request):
        return _file(request, "joint", sheets.joint(rows, heard.words))
    page = {"asked": said, "rows": rows, "heard": heard, "is_known": any(row.measures for row in rows)}
    return render(request, "narratives/joint.html", page)


@needs(P.READ_TEXTS)
@require_safe
def map_of_codes(request: Request) -> HttpResponse:
    """Codes as a picture: those said together stand together."""
    said = asked(request)
    if said.material is None:
        return render(request, "narratives/map.html", {"asked": said})
    found, heard = mapping.drawn(said.material, said.base), tables.heard(said.material)
    if _wants_file(request):
        return _file(request, "map", sheets.code_map(found, heard.words))
    return render(request, "narratives/map.html", {"asked": said, "map": found, "heard": heard})


def _id(value: object) -> int:
    """The row a script names; 0, which no row has, for anything else."""
    return int(str(value)) if str(value).isdecimal() and len(str(value)) < 19 else 0
