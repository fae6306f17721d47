"""The report as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string

from mlezi.plumbing.blocks import Block, Heading


def document(title: str, lead: str, blocks: Sequence[Block]) -> str:
    """The page as text."""
    sections = [one for one in blocks if isinstance(one, Heading) and one.level == 2]
    return render_to_string(
        "reports/study.html", {"title": title, "lead": lead, "blocks": blocks, "sections": sections}
    )
