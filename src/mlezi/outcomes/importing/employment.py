"""Times in employment from a spreadsheet: who worked where, from when to when, and why it ended. They become posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.people.importing.lookup import People
from mlezi.people.models import Post
from mlezi.places.lookup import Places
from mlezi.places.models import Place

COLUMNS = (
    Column("person", _("Person"), _("Name or staff number."), ("name", "staff_number", "jina", "mtu"), required=True),
    Column("place", _("Facility"), _("Name or code."), ("facility", "kituo", "code"), required=True),
    Column("inside", _("District"), _("Where names repeat."), ("district", "wilaya")),
    Column("begin", _("From"), _("The first day."), ("from", "from_on", "start", "since", "tangu"), required=True),
    Column("end", _("To"), _("The last day; empty while it lasts."), ("to", "to_on", "until", "hadi")),
    Column("reason", _("Why it ended"), _("As resigned, transfer, retired, studies."), ("sababu",)),
    Column("cadre", _("Cadre"), also=("kada",)),
)


def columns(context: Context) -> Sequence[Column]:
    return COLUMNS


def judge(findings: list[Finding], context: Context) -> None:
    people, places = People(context.scope, context.today), Places(context.scope)
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.order_by("from_on", "pk"):
        posts[post.person_id].append(post)
    seen: dict[object, int] = {}
    spans = Spans()
    for finding in findings:
        person, trouble = people.find(finding.says("person"))
        place, lost = _place(finding, places)
        for said in filter(None, (trouble, lost)):
            finding.problem(said)
        begin, end, reason = parsing.day(finding, "begin"), parsing.day(finding, "end"), _reason(finding)
        if begin is None and not finding.says("begin"):
            finding.problem(gettext("The first day is missing."))
        if begin and end and end < begin:
            finding.problem(gettext("The last day is before the first. Correct one of the two."))
        if finding.reasons or person is None or place is None or begin is None:
            continue
        key = person.pk, place.pk, begin
        if key in seen:
            finding.problem(gettext("The same time stands in row {row}. Remove one.").format(row=seen[key]))
            continue
        seen[key] = finding.number
        other = spans.clash(person.pk, place.pk, begin, end)
        if other:
            finding.problem(gettext("This time overlaps that of row {row} at the same place.").format(row=other))
            continue
        spans.add(person.pk, place.pk, begin, end, row=finding.number)
        facts = {"person": person, "place": place, "from_on": begin, "to_on": end, "reason": reason if end else ""}
        facts["cadre"] = finding.says("cadre")[:60]
        # The post on file, also where nobody had written down when it began.
        own = [post for post in posts[person.pk] if post.place_id == place.pk]
        same = [post for post in own if post.from_on == begin] or [post for post in own if post.from_on is None]
        others = [post for post in own if post not in same[:1] and post.from_on]
        if there := [post for post in others if overlap(post.from_on, post.to_on, begin, end)]:
            words = gettext("This time overlaps that from {day} on, which is on file at the same place.")
            finding.problem(words.format(day=there[0].from_on))
            continue
        _compare(finding, same[0] if same else None, facts)


class Spans:
    """The times of a file, by person and place. Two places at once are two posts; one place twice is a mistake."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], list[tuple[date, date, int]]] = defaultdict(list)

    def add(self, person: int, place: int, begin: date, end: date | None, *, row: int) -> None:
        self._known[person, place].append((begin, end or date.max, row))

    def clash(self, person: int, place: int, begin: date, end: date | None) -> int | None:
        """The row that a time overlaps."""
        known = self._known[person, place]
        return next((row for first, last, row in known if overlap(first, last, begin, end)), None)


def overlap(first: date | None, last: date | None, begin: date, end: date | None) -> bool:
    """Whether two times share more than the day on which one ends and the other begins."""
    return begin < (last or date.max) and (first or date.min) < (end or date.max)


def _place(finding: Finding, places: Places) -> tuple[Place | None, str]:
    text, inside = finding.says("place"), finding.says("inside")
    found, trouble = places.find(code=text, name="", inside=inside) if text else (None, "")
    if found is None:
        found, trouble = places.find(code="", name=text, inside=inside)
    return found, trouble


def _reason(finding: Finding) -> str:
    text = finding.says("reason").casefold().replace(" ", "_")
    if not text or text in Post.Reason.values:
        return text
    known = ", ".join(Post.Reason.values)
    finding.problem(gettext("“{text}” is no reason we know. Write one of: {known}.").format(text=text, known=known))
    return ""


def _compare(finding: Finding, post: Post | None, facts: dict[str, object]) -> None:
    finding.facts["post"], finding.subject, finding.is_new = facts, post, post is None
    if post is not None:
        for name in ("from_on", "to_on", "reason", "cadre"):
            if facts[name]:
                finding.differs(name, getattr(post, name), facts[name])


def write(findings: list[Finding], context: Context) -> None:
    for finding in context.watch(findings):
        facts, post = finding.facts["post"], finding.subject
        if post is None:
            finding.make(Post(**facts))
        else:
            finding.change(post, **{name: facts[name] for name in finding.differences if name in facts})


PART = kinds.Part(columns, judge, write)
