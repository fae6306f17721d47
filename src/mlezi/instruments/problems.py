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


class StillNotReadable(Problem):
    status = 422
    code = "quarantine.still_not_readable"
    message = "It cannot be taken in like this. {why}"


class AlreadyResolved(Problem):
    status = 409
    code = "quarantine.already_resolved"
    message = "{by} has decided about this already. Look at the page again."


class SayWhy(Problem):
    status = 422
    code = "quarantine.say_why"
    message = "Please write why, so that others understand it later."


class NothingToCorrect(Problem):
    status = 422
    code = "quarantine.nothing_to_correct"
    message = "There is no record here that this could replace. Take it in as it is."


class OtherForm(Problem):
    status = 422
    code = "submissions.other_form"
    message = "Only a version of the form {form} can be chosen for this record."


class NotOffered(Problem):
    status = 409
    code = "forms.not_offered"
    message = "“{form}” is not filled in any more. Ask the coordinator which form took its place."


class NotFromAList(Problem):
    status = 409
    code = "forms.not_from_a_list"
    message = (
        "The form {form} works out what its answers mean while it is filled in ({names}), which a list cannot do."
        " Fill it in on a page or a phone."
    )


class FileGone(Problem):
    """It was received, and is not where it was put: somebody took it away, or a disk failed."""

    status = 410
    code = "files.gone"
    message = (
        "This file was received, but it is not in the store any more. Ask the administrator to look for it in a backup."
    )
