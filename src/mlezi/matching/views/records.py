"""Somebody's own track record: what stands there, and bringing in an ORCID record."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mlezi.formats import orcid
from mlezi.matching.actions import profiles
from mlezi.matching.forms.mine import Orcid
from mlezi.matching.models import RecordEntry
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request, takes_part


@takes_part
def mine(request: Request) -> HttpResponse:
    form = Orcid(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            entries = orcid.read(form.cleaned_data["file"].read())
        except orcid.NotOrcid as trouble:
            form.add_error("file", gettext("This is no ORCID record: {why}.").format(why=trouble))
        else:
            new, known = profiles.add_record(
                person=request.person, entries=[_kept(one) for one in entries], source="orcid", by=request.person,
                at=clock.now(),
            )  # fmt: skip
            messages.success(request, gettext("{new} new, {known} known before.").format(new=new, known=known))
            return redirect("matching:my_record", request.programme.code)
    rows = RecordEntry.objects.filter(person=request.person)
    return render(request, "matching/record.html", {"form": form, "rows": rows}, status=400 if form.errors else 200)


def _kept(entry: orcid.Entry) -> dict[str, Any]:
    """An entry as a row keeps it; an amount that is no number stays unknown."""
    values: dict[str, Any] = {**asdict(entry), "organisation": entry.organisation[:300], "doi": entry.doi[:200]}
    try:
        values["amount"] = None if entry.amount is None else Decimal(entry.amount).quantize(Decimal("0.01"))
    except InvalidOperation:
        values["amount"] = None
    values["currency"] = entry.currency[:3]
    return values
