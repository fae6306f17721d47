"""The invitation behind a code, and the form it opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
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


def versions_called(invitation: Invitation, version: str) -> QuerySet[FormVersion]:
    """The version a record was filled in with, closed ones too; none when it is not known here."""
    return FormVersion.objects.filter(
        form__programme=invitation.programme, form__form_id=invitation.instrument, version=version
    )


def filled_beforehand(version: FormVersion, *, wave: str, respondent: str) -> str:
    """The form as XML, with its questions about the wave and who answers answered: the record then says itself.

    Both are known from the link and are not asked. Whoever has no account would have no list of people to choose
    from, and a test after a course must not become one from before it by a slip of the finger.
    """
    known = {"wave": wave, "respondent": respondent}
    root = etree.fromstring(bytes(version.xml), etree.XMLParser(resolve_entities=False, no_network=True))
    primary = next(root.iter("{*}instance"))
    for path, meaning in _meant(version):
        here = _at(primary, path)
        if here is not None:
            here.text = known[meaning]
        if meaning == "respondent" or wave:
            _no_longer_ask(root, path)
    return etree.tostring(root, encoding="unicode")


def contradicts(version: FormVersion, xml: bytes, *, wave: str, respondent: str) -> bool:
    """Whether a record names another time point than its link, or somebody else. What it leaves empty is no matter."""
    known = {"wave": wave, "respondent": respondent}
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for path, meaning in _meant(version):
        here = _at(root, path, is_root=True)
        said = (here.text or "").strip() if here is not None else ""
        if said and known[meaning] and said != known[meaning]:
            return True
    return False


def _meant(version: FormVersion) -> Iterator[tuple[str, str]]:
    """Paths of the questions about the wave and who answers."""
    for path, said in version.meanings.get("questions", {}).items():
        if said.get("as") in ("wave", "respondent"):
            yield path, said["as"]


def _at(above: etree._Element, path: str, *, is_root: bool = False) -> etree._Element | None:
    """The element at a path whose first name is a child of `above`, or `above` itself."""
    here: etree._Element | None = above
    for name in path.strip("/").split("/")[1 if is_root else 0 :]:
        here = next((child for child in here if etree.QName(child).localname == name), None)  # type: ignore[union-attr]
        if here is None:
            return None
    return here


def _no_longer_ask(root: etree._Element, path: str) -> None:
    for control in root.findall("{*}body//*[@ref]"):
        above = control.getparent()
        if above is not None and control.get("ref") == path:
            above.remove(control)
