"""A file of unsent records, carried to the office from a phone that found no line."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mlezi.openrosa import carrying, problems
from mlezi.plumbing import clock
from mlezi.plumbing.problems import Problem
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission


@needs(Permission.MANAGE_DEVICES)
@require_http_methods(["GET", "POST"])
def page(request: Request) -> HttpResponse:
    """Choose the file; then what became of each record in it."""
    if request.method == "GET":
        return render(request, "openrosa/unsent.html")
    file = request.FILES.get("file")
    try:
        if file is None or file.file is None:
            raise problems.NotAnExport
        taken = carrying.take_in(cast(BinaryIO, file.file), programme=request.programme, at=clock.now())
    except Problem as trouble:
        return render(request, "openrosa/unsent.html", {"problem": trouble}, status=trouble.status)
    context = {"taken": taken, "n_here": sum(one.is_here for one in taken)}
    return render(request, "openrosa/unsent.html", context)
