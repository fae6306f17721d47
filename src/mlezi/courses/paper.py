"""A certificate as a page to print. Its code and the address of the public page stand on it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from mlezi.courses import declared
from mlezi.courses.models import Certificate, Run
from mlezi.plumbing import printing
from mlezi.plumbing.words import worded

DOCUMENTS = Path(__file__).resolve().parent / "documents"


def printed(certificate: Certificate) -> bytes:
    """As PDF, in the reader's language, tagged for screen readers."""
    run = certificate.run
    until = certificate.valid_until
    said = certified(certificate)
    address = settings.PUBLIC_URL.rstrip("/") + reverse("certificates:check")
    link = f"{address}?code={spaced(certificate.code)}"
    data = {
        "language": get_language() or "en",
        "title": gettext("Certificate"),
        "says": gettext("This is to certify that"),
        "name": certificate.name,
        "did": gettext("has completed"),
        "course": said.course,
        "days": gettext("held from {start} to {end}").format(
            start=date_format(run.from_on, "j F Y"), end=date_format(run.to_on, "j F Y")
        ),
        "grounds": _grounds(certificate),
        "issuer": said.issuer,
        "issued": gettext("Issued on {day}").format(day=date_format(certificate.issued_on, "j F Y")),
        "until": gettext("Valid until {day}").format(day=date_format(until, "j F Y")) if until else "",
        "check": gettext("Whether it is genuine: {address}, code {code}").format(
            address=address, code=spaced(certificate.code)
        ),
        "link": link,
        "qr": segno.make(link, error="m", micro=False).svg_inline(border=2, light="white", omitsize=True),
        "qr_says": gettext("Opens the page that says whether it is genuine"),
        "void": gettext("Taken back: no longer valid") if certificate.revoked_on else "",
        "made_up": gettext("Made-up data") if run.programme.is_made_up else "",
        "signature": gettext("Name and signature"),
    }
    return printing.printed(DOCUMENTS, "certificate", data)


@dataclass(frozen=True)
class Certified:
    """What a certificate is of, without whose it is."""

    course: str
    issuer: str
    run: Run
    issued_on: date
    valid_until: date | None


def certified(certificate: Certificate) -> Certified:
    """As the blueprint words it; as the badge kept it where the course is no longer declared."""
    run = certificate.run
    course = declared.courses(run.programme).get(run.course)
    rule = course.certificate if course else None
    title = worded(dict(rule.title)) if rule else ""
    return Certified(
        course=title or (worded(dict(course.title)) if course else "") or certificate.badge.get("name", run.course),
        issuer=certificate.badge.get("issuer", {}).get("name", "") or worded(run.programme.title) or run.programme.code,
        run=run,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
    )


def is_same_name(said: str, printed: str) -> bool:
    """Whether both name the same, in any order of words and without regard to capitals, accents and signs.

    Not by likeness: here Maria must not pass for Mario.
    """
    return bool(_words(said)) and _words(said) == _words(printed)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign not in "'’ʼ`")
    return sorted(re.findall(r"\w+", plain))


def _grounds(certificate: Certificate) -> str:
    found = certificate.grounds
    return gettext("{n} of {of} sessions attended").format(n=found.get("attended"), of=found.get("sessions"))


def spaced(code: str) -> str:
    """Four signs at a time, as people read them out."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
