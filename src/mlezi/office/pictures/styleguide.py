"""Every part of the visual language with invented values, to look at while building pages."""

from __future__ import annotations

from typing import Any

from mlezi.plumbing.chart_kinds import bars, over_time, stacked
from mlezi.plumbing.figures import Figure, Interval
from mlezi.plumbing.maps import Map, Outline, Spot

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
KEY = [("good", "visited this month"), ("wait", "due soon"), ("late", "overdue"), ("none", "no data")]


def figures() -> list[Figure]:
    return [
        Figure("Facilities visited", "68 %", note="34 of 50 due; 95 % interval 54 to 79 %", open_url="#tables",
               interval=Interval(54, 79, 68, target=80)),
        Figure("Overdue", "9", "facilities", note="longest 74 days", tone="late", open_url="#tables"),
        Figure("Hours of support", "4.5", "h per mentee", note="median; half between 2 h and 7 h", open_url="#tables"),
        Figure("Mentors due a refresher", "3", "of 12", tone="wait", open_url="#tables"),
        Figure("Sample confirmed", "", note="No visit of this month was checked yet."),
    ]  # fmt: skip


def charts() -> dict[str, Any]:
    shares = ((0.4, 0.5), (0.55, 0.5), (None, 0.52), (0.6, 0.57), (0.72, 0.6), (0.68, 0.61))
    lines = [(month, "Nyamagana", own) for month, (own, _) in zip(MONTHS, shares, strict=True)]
    lines += [(month, "Region", other) for month, (_, other) in zip(MONTHS, shares, strict=True)]
    topics = [("Antenatal care", 0.74), ("Neonatal resuscitation", 0.41), ("Infection prevention", None)]
    levels = [
        ("Antenatal care", (("below", 12), ("at level", 30), ("above", 8))),
        ("Neonatal resuscitation", (("below", 25), ("at level", 15), ("above", 10))),
        ("Infection prevention", (("below", None), ("at level", None), ("above", None))),
    ]
    return {
        "line": over_time("Facilities visited, by month", lines, target=0.8),
        "bars": bars("At or above the level, by topic", topics, target=0.7, names="Topic"),
        "stacked": stacked("Levels by topic", levels, names="Topic", colors=["#e9b7a8", "#8dc3bf", "#0f7c7a"]),
        "nothing": over_time("Nothing yet", [(month, "A", None) for month in MONTHS]),
    }


def drawing() -> Map:
    spots = [
        Spot("IGO", "Igoma Dispensary", -2.58, 33.0, "#maps", "late", "74 days ago", "NYA"),
        Spot("BUT", "Butimba Hospital", -2.56, 32.91, "#maps", "good", "4 days ago", "NYA"),
        Spot("MAK", "Makongoro Health Centre", -2.505, 32.901, "#maps", "wait", "28 days ago", "NYA"),
        Spot("KIS", "Kisesa Dispensary", -2.55, 33.05, "#maps", "none", "never", "MAG"),
        Spot("KAN", "Kandawe Dispensary", -2.45, 33.2, "#maps", "good", "9 days ago", "MAG"),
        Spot("SHI", "Shishani Dispensary", None, None, "#maps", "good", "12 days ago", "MAG"),
    ]
    return Map("Facilities by last visit", spots, [Outline("NYA", "Nyamagana"), Outline("MAG", "Magu")], KEY)
