"""Invitations by e-mail, where this installation has a sender's address. Phones get their lines from a person."""

from __future__ import annotations

import logging
from collections.abc import Collection
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from mlezi.programmes.models import Programme
from mlezi.surveys.actions.asking import lines
from mlezi.surveys.models import Invitation

log = logging.getLogger(__name__)


def send(programme: Programme, ids: Collection[UUID]) -> int:
    """Send to those of them who have an address and have not answered. How many were sent.

    A mail server that does not answer raises, so that the worker tries again later.
    """
    if not settings.MAIL_FROM:
        return 0
    rows = Invitation.objects.filter(programme=programme, pk__in=list(ids), is_used=False, revoked_on=None)
    rows = rows.exclude(person__email="").select_related("person")
    with get_connection() as connection:
        n = 0
        for line in lines(rows, programme, base=settings.PUBLIC_URL):
            subject = line.text.partition(":")[0]
            message = EmailMessage(subject, line.text, settings.MAIL_FROM, [line.person.email], connection=connection)
            try:
                n += message.send()
            except SMTPException:
                log.exception("An invitation could not be sent by e-mail.")
    return n
