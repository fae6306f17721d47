"""What can go wrong with encounters and plans."""

from mlezi.plumbing.problems import Problem


class NoSuchEncounter(Problem):
    status = 404
    code = "encounters.no_such_encounter"
    message = "There is no such encounter, or it is not yours to change."


class NotCorrectable(Problem):
    status = 400
    code = "encounters.not_correctable"
    message = "“{field}” cannot be corrected here. These can: {fields}. For all else, send the form again as an edit."


class BadValue(Problem):
    status = 400
    code = "encounters.bad_value"
    message = "“{value}” does not fit {field}. {hint}"


class NoSuchPlan(Problem):
    status = 404
    code = "encounters.no_such_plan"
    message = "There is no such planned encounter, or it is not yours to change."


class AlreadyHeld(Problem):
    status = 409
    code = "encounters.already_held"
    message = "This encounter was held on {on}. Plan another one instead."


class NoSuchCheck(Problem):
    status = 404
    code = "encounters.no_such_check"
    message = "There is no such encounter in the sample, or it is not yours to confirm."


class NothingToDraw(Problem):
    status = 409
    code = "encounters.nothing_to_draw"
    message = "No encounter was held in {period} that could be drawn. Choose another month."


class DrawnBefore(Problem):
    status = 409
    code = "encounters.drawn_before"
    message = "The sample of {period} was drawn already. A second draw would let people choose."
