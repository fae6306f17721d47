"""What can go wrong when a blueprint is applied."""

from mlezi.plumbing.problems import Problem


class HasMistakes(Problem):
    code = "blueprints.has_mistakes"
    message = "The blueprint has {count} mistakes; nothing was changed. Run `mlezi check {folder}` to see them."


class WouldOrphan(Problem):
    status = 409
    code = "blueprints.would_orphan"
    message = "Nothing was changed, because {count} parts cannot be taken away: {reasons}"


class MovedMeanwhile(Problem):
    status = 409
    code = "blueprints.moved_meanwhile"
    message = "Somebody else changed the programme in the meantime. Look at `mlezi plan` again."


class NotShipped(Problem):
    status = 404
    code = "blueprints.not_shipped"
    message = "No blueprint called “{name}” comes with Mlezi. There are: {names}."


class FolderInUse(Problem):
    status = 409
    code = "blueprints.folder_in_use"
    message = "“{folder}” is there already and is not an empty folder. Name another one; nothing was written."
