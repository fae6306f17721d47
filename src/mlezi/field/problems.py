"""What can go wrong between the phone app and its server."""

from __future__ import annotations

from mlezi.plumbing.problems import Problem


class NoSuchMaterial(Problem):
    status = 404
    code = "field.no_such_material"
    message = "This guidance is no longer offered. Fetch the list again."
