"""A form record as it came, down to its bytes; what the viewer may not read is masked, and its fingerprint is shown.

Masking follows the meanings its form declares: coaching words stay with the pair, ratings with the person and
their mentor, names and contacts with those who may see people. A question without a meaning is shown only to
those who may see form records.
"""

from __future__ import annotations

from typing import Any

from mlezi.instruments.masking import masked
from mlezi.instruments.models import Submission
from mlezi.office import finding, ways
from mlezi.office.pictures.asked import Asked
from mlezi.programmes.permissions import Permission as P


def page(asked: Asked, record: Submission) -> dict[str, Any]:
    allowed = allowances(asked, record)
    answers, text = masked(bytes(record.xml), record.form_version.meanings if record.form_version else {}, allowed)
    return {
        "record": record,
        "answers": answers,
        "text": text,
        "is_masked": any(one["is_masked"] for one in answers),
        "files": record.attachments.order_by("name"),
        "encounter_url": ways.encounter(asked, record.encounter_uid),
    }


def allowances(asked: Asked, record: Submission) -> set[str]:
    """What may be read: "all" for whoever sent it; else some of notes, ratings, people, others."""
    if record.sender_id == asked.person.pk:
        return {"all"}
    allowed = set()
    for name, needed in (("people", P.SEE_PEOPLE), ("others", P.SEE_SUBMISSIONS)):
        if finding.reaches(asked.person, needed, record, asked.programme):
            allowed.add(name)
    return allowed
