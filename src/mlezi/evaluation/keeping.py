"""What pages make of very many rows, kept while nothing it is made of changed; see `evaluation.answers`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from django.conf import settings

from mlezi.evaluation import answers
from mlezi.evaluation.ask import Question
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme


class OfAnArea(Protocol):
    @property
    def area(self) -> int: ...  # a district; 0 outside any


Row = TypeVar("Row", bound=OfAnArea)
Made = TypeVar("Made")
Find = Callable[[Scope], Sequence[Row]]


def by_area(
    name: str, programme: Programme, scope: Scope, *, on: date, find: Find[Row], make: Callable[[list[Row]], Made]
) -> Made:
    """`make` of the rows that `find` finds in the scope on that day. After a change of a district's records only that
    district is looked up again.

    `name` tells what it is, and whatever else it depends on.
    """
    if not settings.KEEP_ANSWERS:
        return make([*find(scope)])
    question = Question(programme.pk, on, on + timedelta(days=1), scope)
    read = partial(_read, find)
    return answers.kept(
        name, question, None, splits=True, read=read, compute=lambda rows: make([one["row"] for one in rows])
    )


def whole(name: str, programme: Programme, scope: Scope, *, on: date, make: Callable[[], list[Made]]) -> Sequence[Made]:
    """What `make` makes of rows that are kept by area, until anything of the programme changes."""
    if not settings.KEEP_ANSWERS:
        return make()
    return answers.remembered(name, Question(programme.pk, on, on + timedelta(days=1), scope), make)


def _read(find: Find[Any], question: Question, _by_area: bool) -> list[dict[str, Any]]:
    return [{"area": one.area, "row": one} for one in find(question.scope)]
