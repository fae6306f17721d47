"""Who belongs where on a day: expressions that several indicators share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask

LONG_AGO = ibis.date("0001-01-01")


def active_sites(data: Mapping[str, Any], ask: Ask) -> Any:
    """The places in scope that take part on at least one day of the period, once each."""
    sites = ask.visible(data["sites"])
    running = sites.filter(sites.from_on < ask.end, sites.to_on.isnull() | (sites.to_on >= ask.start))
    later = running.view()
    return running.anti_join(later, [running.place_id == later.place_id, later.from_on > running.from_on])


def homes(data: Mapping[str, Any], ask: Ask) -> Any:
    """Where each person works at the period's end, or worked last: the post that began latest before it.

    Posts that began together are told apart by their row. Filter by scope *after* the choice, so that
    nobody counts in two districts.
    """
    posts = data["posts"]
    began = posts.filter(posts.from_on.isnull() | (posts.from_on < ask.end))
    rival = began.view()
    since, rival_since = began.from_on.coalesce(LONG_AGO), rival.from_on.coalesce(LONG_AGO)
    return began.anti_join(
        rival,
        [
            began.person_id == rival.person_id,
            (rival_since > since) | ((rival_since == since) & (rival.post_id > began.post_id)),
        ],
    )


def mentees(data: Mapping[str, Any], ask: Ask, *, part: str = "mentee") -> Any:
    """The people in scope enrolled on at least one day of the period, with home place and cadre, once each."""
    members = data["memberships"]
    enrolled = members.filter(
        members.programme_id == ask.programme,
        members.part == part,
        members.from_on < ask.end,
        members.to_on.isnull() | (members.to_on >= ask.start),
    )
    later = enrolled.view()
    once = enrolled.anti_join(later, [enrolled.person_id == later.person_id, later.from_on > enrolled.from_on])
    home = homes(data, ask)
    placed = once.join(home, once.person_id == home.person_id).select(
        record=once.person_id,
        person_id=once.person_id,
        programme_id=once.programme_id,
        cadre=once.cadre,
        enrolled_on=once.from_on,
        place_id=home.place_id,
        path=home.path,
        district_id=home.district_id,
        region_id=home.region_id,
    )
    return ask.visible(placed, person="person_id")
