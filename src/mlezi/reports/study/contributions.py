"""Parts of a study's report that other rooms add: findings from interviews, a framework matrix. Filled at start-up.

A contributor is given the study and who is reading; it returns blocks, and nothing that this person may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mlezi.people.models import Person
from mlezi.plumbing.blocks import Block
from mlezi.studies.models import Study

Contributor = Callable[[Study, Person], Sequence[Block]]
_CONTRIBUTORS: list[Contributor] = []


def register(contributor: Contributor) -> None:
    """Add a contributor once; order is the order of registering."""
    if contributor not in _CONTRIBUTORS:
        _CONTRIBUTORS.append(contributor)


def of(study: Study, reader: Person) -> list[Block]:
    """What all contributors add for this reader."""
    return [block for contributor in _CONTRIBUTORS for block in contributor(study, reader)]
