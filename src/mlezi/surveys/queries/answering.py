"""The invitation behind a code, and the form it opens."""

from __future__ import annotations

from datetime import date

from lxml import etree

from mlezi.instruments.models import FormVersion
from mlezi.instruments.queries import offered
from mlezi.surveys import codes, problems
from mlezi.surveys.models import Invitation


def by_code(code: str) -> Invitation:
    """Raises `NoSuchInvitation`, also when the code was replaced by a newer one."""
    found = (
        Invitation.objects.select_related("programme__place", "person", "place")
        .filter(code_hash=codes.hashed(code))
        .first()
    )
    if found is None:
        raise problems.NoSuchInvitation
    return found


def must_be_open(invitation: Invitation, *, on: date) -> None:
    """Raises `NoLongerOpen` when it was taken back or its last day has passed."""
    if invitation.revoked_on is not None or (invitation.closes_on is not None and invitation.closes_on < on):
        raise problems.NoLongerOpen


def version_of(invitation: Invitation) -> FormVersion:
    """The newest version of its form that is offered. Raises `NoLongerOpen` when there is none."""
    versions = offered.versions(invitation.programme, invitation.instrument)
    if not versions:
        raise problems.NoLongerOpen
    return FormVersion.objects.select_related("form__programme").get(pk=versions[0].pk)


def filled_beforehand(version: FormVersion, *, wave: str, respondent: str) -> str:
    """The form as XML, with its questions about the wave and who answers answered: the record then says itself.

    Who answers is known from the link and is not asked: whoever has no account would have no list to choose from.
    """
    known = {"wave": wave, "respondent": respondent}
    questions = version.meanings.get("questions", {})
    root = etree.fromstring(bytes(version.xml), etree.XMLParser(resolve_entities=False, no_network=True))
    primary = next(root.iter("{*}instance"))
    for path, meaning in ((path, said.get("as")) for path, said in questions.items()):
        if meaning not in known:
            continue
        here = primary
        for name in path.strip("/").split("/"):
            here = next((child for child in here if etree.QName(child).localname == name), None)
            if here is None:
                break
        if here is not None:
            here.text = known[meaning]
        if meaning == "respondent":
            _no_longer_ask(root, path)
    return etree.tostring(root, encoding="unicode")


def _no_longer_ask(root: etree._Element, path: str) -> None:
    for control in root.findall("{*}body//*[@ref]"):
        above = control.getparent()
        if above is not None and control.get("ref") == path:
            above.remove(control)
