"""A certificate as a page to print. Its code and the address of the public page stand on it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from mlezi.courses import declared
from mlezi.courses.models import Certificate
from mlezi.plumbing import printing
from mlezi.plumbing.words import worded

DOCUMENTS = Path(__file__).resolve().parent / "documents"


def printed(certificate: Certificate) -> bytes:
    """As PDF, in the reader's language, tagged for screen readers."""
    run = certificate.run
    course = declared.course(run.programme, run.course)
    rule = course.certificate
    until = certificate.valid_until
    address = settings.PUBLIC_URL.rstrip("/") + reverse("certificates:check")
    data = {
        "language": get_language() or "en",
        "title": gettext("Certificate"),
        "says": gettext("This is to certify that"),
        "name": certificate.name,
        "did": gettext("has completed"),
        "course": worded(dict(rule.title)) if rule and rule.title else worded(dict(course.title)) or course.code,
        "days": gettext("held from {start} to {end}").format(
            start=date_format(run.from_on, "j F Y"), end=date_format(run.to_on, "j F Y")
        ),
        "grounds": _grounds(certificate),
        "issuer": (rule.issuer if rule else "") or worded(run.programme.title) or run.programme.code,
        "issued": gettext("Issued on {day}").format(day=date_format(certificate.issued_on, "j F Y")),
        "until": gettext("Valid until {day}").format(day=date_format(until, "j F Y")) if until else "",
        "check": gettext("Whether it is genuine: {address}, code {code}").format(
            address=address, code=spaced(certificate.code)
        ),
        "void": gettext("Taken back: no longer valid") if certificate.revoked_on else "",
        "made_up": gettext("Made-up data") if run.programme.is_made_up else "",
        "signature": gettext("Name and signature"),
    }
    return printing.printed(DOCUMENTS, "certificate", data)


def _grounds(certificate: Certificate) -> str:
    found = certificate.grounds
    return gettext("{n} of {of} sessions attended").format(n=found.get("attended"), of=found.get("sessions"))


def spaced(code: str) -> str:
    """Four signs at a time, as people read them out."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
