"""The codings of a text kept as one run of numbers beside it. Called inside the transaction that changes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from mlezi.methods.coding import columns
from mlezi.methods.coding.columns import SAID
from mlezi.narratives.models import Coding, Packed, Source

COLUMNS = ("code_id", "start", "end", "side", "is_settled")
WIDTH = len(COLUMNS)
_SIDE = Case(*(When(valence=side, then=Value(bits)) for side, bits in SAID.items()), output_field=IntegerField())
_SETTLED = Case(When(made_by=Coding.MadeBy.SETTLED, then=Value(1)), default=Value(0), output_field=IntegerField())


def numbers(codings: QuerySet[Coding]) -> QuerySet[Coding, tuple[Any, ...]]:
    """Of each its code, start, end, sides as bits, and whether it is a settled one."""
    return codings.order_by().annotate(side=_SIDE, is_settled=_SETTLED).values_list(*COLUMNS)


def keep(source: UUID) -> None:
    """Pack what counts of a text now. Who changes its codings at the same time waits, and packs after."""
    list(Source.objects.select_for_update().filter(pk=source).values_list("pk"))
    rows = numbers(Coding.objects.filter(source=source, version=F("source__current"), is_current=True))
    packed = Packed(source_id=source, columns=columns.packed(columns.table(list(rows), WIDTH)))
    Packed.objects.bulk_create([packed], update_conflicts=True, unique_fields=["source"], update_fields=["columns"])
