"""The policy that holds, and answers opened only as far as it allows: counted, or matched where somebody asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlezi.matching import sealing
from mlezi.matching.assembling.whole import Asked
from mlezi.matching.models import IdentityAnswer, IdentityPolicy
from mlezi.people.models import Person
from mlezi.programmes.models import Programme

Use = IdentityPolicy.Use
NOT_SAID = ""


def policy_of(programme: Programme) -> IdentityPolicy | None:
    """The policy signed last; None while nobody has signed one."""
    return IdentityPolicy.objects.filter(programme=programme).order_by("-signed_at", "-id").first()


def is_collected(programme: Programme) -> bool:
    policy = policy_of(programme)
    return policy is not None and policy.use != Use.NOT_COLLECTED


def own(person: Person, programme: Programme) -> dict[str, str] | None:
    """What somebody said of themselves, for that person alone."""
    row = IdentityAnswer.objects.filter(whose=sealing.whose(person, programme)).first()
    return sealing.opened(row.sealed) if row else None


def groups(persons: Sequence[Person], programme: Programme) -> list[str]:
    """The group each person belongs to by their own word, `NOT_SAID` for those who did not say; only to be counted.

    Answers that are not among those offered are one group, so that a word of somebody's own names nobody.
    """
    policy = policy_of(programme)
    if policy is None or policy.use == Use.NOT_COLLECTED:
        return [NOT_SAID for _ in persons]
    offered = {str(word).casefold(): str(word) for word in policy.question.get("answers", [])}
    said = _opened(persons, programme)
    return [offered.get(one["is"].casefold(), OTHER) if (one := said.get(p.pk)) else NOT_SAID for p in persons]


OTHER = "*"


def asked(mentees: Sequence[Person], mentors: Sequence[Person], programme: Programme) -> Asked | None:
    """What mentees asked for and what mentors said, where the signed policy is to use it; else None."""
    policy = policy_of(programme)
    if policy is None or policy.use != Use.WHERE_ASKED:
        return None
    said = _opened([*mentees, *mentors], programme)
    labels = sorted({one["is"].casefold() for one in said.values() if one["is"]})
    known = {label: number for number, label in enumerate(labels)}
    # A wish that no mentor meets is a wish all the same.
    wanted = [known.get(word, len(known)) if (word := _ask(said.get(p.pk))) else -1 for p in mentees]
    own_labels = [known.get(said[p.pk]["is"].casefold(), -1) if p.pk in said else -1 for p in mentors]
    return np.array(wanted, dtype=np.int64), np.array(own_labels, dtype=np.int64)


def _ask(answer: dict[str, str] | None) -> str:
    return answer.get("asks", "").casefold() if answer else ""


def _opened(persons: Sequence[Person], programme: Programme) -> dict[int, dict[str, str]]:
    by_sign = {sealing.whose(person, programme): person.pk for person in persons}
    rows = IdentityAnswer.objects.filter(programme=programme).values_list("whose", "sealed")
    found = {by_sign[whose]: sealing.opened(sealed) for whose, sealed in rows if whose in by_sign}
    return {pk: answer for pk, answer in found.items() if answer is not None}
