"""What can go wrong with reports."""

from mlezi.plumbing.problems import Problem


class PeriodRuns(Problem):
    status = 409
    code = "reports.period_runs"
    message = "{period} runs until {last}. Lock it when it has ended; until then look at the page."
