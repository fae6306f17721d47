"""Writes people that were judged new or changed, with their posts."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from mlezi.audit.imports import kinds
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Context
from mlezi.people.importing.columns import columns
from mlezi.people.importing.judging import judge
from mlezi.people.models import Person, Post


def write(findings: list[Finding], context: Context) -> None:
    for finding in context.watch(findings):
        values = finding.facts["values"]
        person = finding.subject
        if isinstance(person, Person):
            changed = {key: value for key, value in values.items() if getattr(person, key) != value}
            if changed:
                finding.change(person, **changed)
        else:
            person = Person(uid=_uid(finding.says("uid")), created_at=context.at, **values)
            finding.make(person)
            finding.subject = person
        _write_post(finding, person, context)


def _write_post(finding: Finding, person: Person, context: Context) -> None:
    """A new post, a transfer, or the end of a post; days as the row gives them, otherwise today for transfers."""
    post, place = finding.facts.get("post"), finding.facts["place"]
    started, left = finding.facts["started"], finding.facts["left"]
    if place and (finding.is_new or "facility" in finding.differences):
        if post:
            last = (started or context.today) - timedelta(days=1)
            finding.change(post, to_on=max(last, post.from_on or last), reason=Post.Reason.TRANSFER)
            started = started or context.today
        post = Post(person=person, place=place, cadre=person.cadre, from_on=started)
        finding.make(post)
    elif post and "started" in finding.differences:
        finding.change(post, from_on=started)
    if post and left and post.to_on != left and (finding.is_new or "left" in finding.differences):
        finding.change(post, to_on=max(left, post.from_on or left), reason=finding.facts["why_left"])


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


PART = kinds.Part(columns, judge, write)
