"""Published studies: one folder with data, plan, results and report, and the check that it holds."""

from mlezi.reports.study.publishing import publish, replicate

__all__ = ["publish", "replicate"]
