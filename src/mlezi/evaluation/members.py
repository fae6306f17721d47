"""Who belongs where on a day: expressions that several indicators share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask

LONG_AGO = ibis.date("0001-01-01")
OF_A_PERSON = ("record", "person_id", "place_id", "district_id", "region_id", "cadre")  # columns of a row of `mentees`


def active_sites(data: Mapping[str, Any], ask: Ask) -> Any:
    """The places in scope that take part on at least one day of the period, once each."""
    sites = ask.visible(data["sites"])
    running = sites.filter(sites.from_on < ask.end, sites.to_on.isnull() | (sites.to_on >= ask.start))
    later = running.view()
    return running.anti_join(later, [running.place_id == later.place_id, later.from_on > running.from_on])


def is_visited(data: Mapping[str, Any], ask: Ask, sites: Any, *, since: Any, before: Any) -> Any:
    """Of each of `sites`, whether a visit was held there on a day from `since` up to but not including `before`.

    Each place is looked up by itself: a country over years need not read all its encounters.
    """
    meetings = data["encounters"]
    return (
        (meetings.place_id == sites.place_id)
        & (meetings.programme_id == ask.programme)
        & (meetings["mode"] == "visit")
        & (meetings.held_on >= since)
        & (meetings.held_on < before)
        & meetings.is_held
    ).any()


def supported(data: Mapping[str, Any], ask: Ask, people: Any) -> Any:
    """`people` with what each received in the period, wherever: `n` encounters, and their `minutes`.

    The minutes are those of known length, empty where none is. The inner join lets a district's people, not the
    country's encounters, lead the search.
    """
    seats = ask.during(_received(data, ask), "held_on")
    joined = people.join(seats, people.person_id == seats.person_id).select(seats.person_id, seats.minutes)
    given = joined.group_by("person_id").aggregate(n=joined.count(), minutes=joined.minutes.sum())
    found = people.left_join(given, people.person_id == given.person_id)
    return found.select(people, n=given.n.coalesce(0), minutes=given.minutes)


def supported_by_month(data: Mapping[str, Any], ask: Ask, people: Any) -> Any:
    """The same for whole months, from the rollups: whole years, and the months around them."""
    found = _with_totals(data, ask, people)
    n = _from_rollups(data, ask, found, "encounters").coalesce(0)
    minutes = _from_rollups(data, ask, found, "minutes")
    return found.mutate(n=found.is_all.ifelse(found.all_n, n), minutes=found.is_all.ifelse(found.all_minutes, minutes))


def supported_anywhere(data: Mapping[str, Any], ask: Ask, people: Any) -> Any:
    """The same for any days: the days around whole months from the encounters, which lead the search here."""
    seats = ask.around_whole_months(_received(data, ask), "held_on")
    near = seats.group_by("person_id").aggregate(n=seats.count(), minutes=seats.minutes.sum())
    joined = people.left_join(near, people.person_id == near.person_id)
    found = _with_totals(data, ask, joined.select(people, near_n=near.n, near_minutes=near.minutes))
    n = _from_rollups(data, ask, found, "encounters").coalesce(0) + found.near_n.coalesce(0)
    far = _from_rollups(data, ask, found, "minutes")
    minutes = (far + found.near_minutes.coalesce(0)).coalesce(found.near_minutes)
    return found.mutate(n=found.is_all.ifelse(found.all_n, n), minutes=found.is_all.ifelse(found.all_minutes, minutes))


def _with_totals(data: Mapping[str, Any], ask: Ask, people: Any) -> Any:
    """`people` with all that each ever received, and whether the period holds all of it (`is_all`).

    A view, else its columns lose their table where each person is looked up.
    """
    totals = data["person_totals"]
    joined = people.left_join(
        totals, [people.person_id == totals.person_id, people.programme_id == totals.programme_id]
    )
    is_all = (totals.first_on >= ask.start) & (totals.last_on < ask.end)
    return joined.select(
        people, is_all=is_all.fill_null(False), all_n=totals.encounters, all_minutes=totals.minutes
    ).view()


def _received(data: Mapping[str, Any], ask: Ask) -> Any:
    seats = data["attendances"]
    return seats.filter(seats.programme_id == ask.programme, seats.is_held, seats.is_present, seats.part == "mentee")


def _from_rollups(data: Mapping[str, Any], ask: Ask, people: Any, column: str) -> Any:
    """The sum of a rollup's column for each of `people`, in whole years and the months around; empty: nothing known.

    Each part is a view of its own: what stands in a statement twice would be taken out of reach of `people`.
    """
    years, before, after = data["person_years"].view(), data["person_months"].view(), data["person_months"].view()
    parts = (
        years.filter(_is_of(years, people), years.year >= ask.year_from, years.year < ask.year_to),
        before.filter(_is_of(before, people), before.month >= ask.whole_from, before.month < ask.years_begin),
        after.filter(_is_of(after, people), after.month >= ask.years_end, after.month < ask.whole_to),
    )
    rows = ibis.union(*(part.select(column) for part in parts))
    return rows[column].sum().cast("int64").as_scalar()


def _is_of(rows: Any, people: Any) -> Any:
    return (rows.person_id == people.person_id) & (rows.programme_id == people.programme_id)


def held(data: Mapping[str, Any], ask: Ask) -> Any:
    """The encounters in scope held in the period."""
    meetings = ask.during(ask.visible(data["encounters"]), "held_on")
    return meetings.filter(meetings.is_held)


def held_by_month(data: Mapping[str, Any], ask: Ask, **sums: tuple[str, Any]) -> Any:
    """The same added up: whole months from the rollup, the days around them from the encounters.

    `sums`: name → the rollup's column, and what of each encounter counts.
    """
    where = ("place_id", "district_id", "region_id", "mode", "minutes")
    months = ask.in_whole_months(ask.visible(data["meeting_months"]))
    meetings = ask.around_whole_months(ask.visible(data["encounters"]), "held_on")
    meetings = meetings.filter(meetings.is_held)
    return ibis.union(
        months.select(*where, **{name: months[column] for name, (column, _) in sums.items()}),
        meetings.select(
            *where, **{name: counts(meetings).ifelse(1, 0).cast("int64") for name, (_, counts) in sums.items()}
        ),
    )


def planned_and_held(data: Mapping[str, Any], ask: Ask) -> Any:
    """Encounters in scope planned for the period, with whether they were cancelled or held and how long."""
    plans = ask.during(ask.visible(data["planned"]), "planned_on")
    return plans.mutate(is_cancelled=plans.cancelled_on.notnull() & ~plans.was_held)


def seen(ratings: Any, ask: Ask) -> Any:
    """Those by somebody else up to the period's last day, wherever they were made."""
    return ratings.filter(ratings.programme_id == ask.programme, ~ratings.is_own, ratings.rated_on < ask.end)


def latest_ratings(data: Mapping[str, Any], ask: Ask, *, since: Any = None) -> Any:
    """Of each person and competency the latest of those `seen` (not before `since`), if it lies in scope.

    The choice is made over all places first, so that nobody counts in two districts.
    """
    ratings = seen(data["ratings"], ask)
    if since is not None:
        ratings = ratings.filter(ratings.rated_on >= since)
    return ask.visible(latest_of(ratings, seen(data["rating_levels"], ask)), person="person_id")


def latest_of(ratings: Any, later: Any) -> Any:
    """Of each person and competency the latest: on one day the highest level holds, then the row's id.

    `later`: the ratings that may be later.
    """
    same_day = later.rated_on == ratings.rated_on
    return ratings.anti_join(
        later,
        [
            ratings.person_id == later.person_id,
            ratings.competency_id == later.competency_id,
            later.rated_on >= ratings.rated_on,
            (later.rated_on > ratings.rated_on)
            | (same_day & (later.level > ratings.level))
            | (same_day & (later.level == ratings.level) & (later.rating_uid > ratings.rating_uid)),
        ],
    )


def phones_in_scope(data: Mapping[str, Any], ask: Ask) -> Any:
    """Phones in use whose holder works in scope."""
    phones = data["devices"]
    home = homes(data, ask, of=phones.select("person_id"))
    placed = phones.join(home, phones.person_id == home.person_id).select(
        phones, place_id=home.place_id, path=home.path, district_id=home.district_id, region_id=home.region_id
    )
    return ask.visible(placed, person="person_id")


def homes(data: Mapping[str, Any], ask: Ask, *, of: Any = None) -> Any:
    """Where each person works at the period's end, or worked last: the post that began latest before it.

    `of`: only the people in this table, where they are few.

    Posts that began together are told apart by their row. Filter by scope *after* the choice, so that
    nobody counts in two districts.
    """
    posts = data["posts"]
    if of is not None:
        posts = posts.filter(posts.person_id.isin(of.person_id))
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
