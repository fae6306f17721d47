"""Reads about records that arrived."""

from __future__ import annotations

from mlezi.instruments.models import Submission


def missing_files(submission: Submission) -> list[str]:
    """Names of files the record speaks of that have not come. No flag of a sender is believed."""
    here = set(submission.attachments.values_list("name", flat=True))
    return [name for name in submission.expected_files if name not in here]
