"""What can go wrong with studies."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mlezi.plumbing.problems import Problem


class NoSuchStudy(Problem):
    status = 404
    code = "studies.no_such_study"
    message = _("There is no study {study}. There are: {known}.")


class CodeTaken(Problem):
    status = 409
    code = "studies.code_taken"
    message = _("There is a study {study} already. Give the new one another short code.")


class PlanHasMistakes(Problem):
    status = 400
    code = "studies.plan_has_mistakes"
    message = _("The plan has {count} mistakes; the first: {first}")


class SayWhy(Problem):
    status = 409
    code = "studies.say_why"
    message = _("Records have come in, so a change of the plan is kept as an amendment. Say why it is made.")


class NotASnapshot(Problem):
    status = 400
    code = "studies.not_a_snapshot"
    message = _("{folder} is not a snapshot: {why}. Make one with `mlezi snapshot`.")


class WasChanged(Problem):
    status = 409
    code = "studies.was_changed"
    message = _(
        "{file} is not as the manifest says (expected {expected}, found {found}). "
        "Get the folder again from whoever published it."
    )


class NoSnapshot(Problem):
    status = 409
    code = "studies.no_snapshot"
    message = _("{study} has no snapshot yet. Freeze one first; analyses never read the live data.")


class FolderNotEmpty(Problem):
    status = 409
    code = "studies.folder_not_empty"
    message = _("{folder} is not empty. Name a new folder, so that nothing is overwritten.")
