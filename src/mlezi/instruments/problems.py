"""What can go wrong with forms."""

from __future__ import annotations

from collections.abc import Sequence

from mlezi.formats.trouble import Trouble
from mlezi.plumbing.problems import Problem


class FormNotReady(Problem):
    """The form has troubles that must be mended before phones get it. `troubles` lists them all."""

    status = 422
    code = "forms.not_ready"
    message = "The form cannot be published yet. {first}"

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(first=str(troubles[0]) if troubles else "", n=len(troubles))
        self.troubles = tuple(troubles)


class VersionTaken(Problem):
    status = 409
    code = "forms.version_taken"
    message = (
        "Version {version} of the form {form} is published already, with other content, and phones trust it."
        " Write a new version in the settings sheet, such as {suggestion}, and publish again."
    )


class FormClosed(Problem):
    status = 409
    code = "forms.closed"
    message = "The form {form} is closed. Open it again first, then publish."


class NoSuchForm(Problem):
    status = 404
    code = "forms.none"
    message = "This programme has no form {form}."
