"""Which reporting checklist fits a design, and where each of its points stands in the report.

STROBE for observational designs (von Elm et al. 2007), SQUIRE 2.0 for a programme that improves care (Ogrinc et al.
2016). Points are told in our own short words with their numbers; CONSORT is for trials drawn by lot, which no design
here is, so only its flow of participants is followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from mlezi.plumbing.blocks import Table

if TYPE_CHECKING:
    from mlezi.reports.study.telling import Told

SHORT, PEOPLE, HOW, LIMITS, SOURCE = (
    _("In short"),
    _("Who was studied"),
    _("How it was done"),
    _("What to keep in mind"),
    _("Where it comes from"),
)
RESULTS, AUTHORS = _("Answers to each question"), _("for the authors to write")
STROBE = (
    ("1", _("Design named in title or summary"), SHORT),
    ("2", _("Background and reasons"), AUTHORS),
    ("3", _("Questions stated beforehand"), SHORT),
    ("4", _("Key elements of the design"), HOW),
    ("5", _("Setting, places and dates"), SOURCE),
    ("6", _("Who was eligible and how they were found"), PEOPLE),
    ("7", _("Outcomes and factors defined"), RESULTS),
    ("8", _("Where each measure comes from"), HOW),
    ("9", _("What was done about bias"), LIMITS),
    ("10", _("How the size of the study came about"), AUTHORS),
    ("12", _("Statistical methods, missing values, subgroups"), HOW),
    ("13", _("Numbers at each step, and why people are missing"), PEOPLE),
    ("14", _("Who the people were"), PEOPLE),
    ("15", _("Outcomes, counted or summarised"), RESULTS),
    ("16", _("Estimates with intervals"), RESULTS),
    ("18", _("Main results against the questions"), SHORT),
    ("19", _("Limitations"), LIMITS),
    ("20", _("What it means"), AUTHORS),
    ("22", _("Who paid"), AUTHORS),
)
SQUIRE = (
    ("7", _("Context of the programme"), AUTHORS),
    ("8", _("What was done, in enough detail to repeat it"), RESULTS),
    ("10", _("Measures and why they were chosen"), RESULTS),
    ("13", _("Dose delivered and changes on the way"), RESULTS),
    ("16", _("Limitations"), LIMITS),
)


def table(told: Told) -> Table:
    """Every point with the part of the report that answers it, or that authors must write it."""
    rows = [[f"STROBE {number}", gettext(what), gettext(where)] for number, what, where in STROBE]
    if told.plan.exposure is not None:
        rows += [[f"SQUIRE {number}", gettext(what), gettext(where)] for number, what, where in SQUIRE]
    return Table(
        gettext("STROBE and SQUIRE, point by point"),
        [gettext("Point"), gettext("What it asks"), gettext("Where it stands")],
        rows,
        note=gettext("CONSORT is for trials drawn by lot; only its flow of participants is followed here."),
    )
