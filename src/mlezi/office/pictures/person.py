"""One person, as far as the viewer may see: posts, encounters, actions; ratings only for the pair."""

from __future__ import annotations

from datetime import date
from typing import Any

from mlezi.competencies import queries as competencies
from mlezi.competencies.models import Domain, Rating
from mlezi.encounters import queries as encounters
from mlezi.encounters.models import Attendance, Encounter
from mlezi.goals import queries as goals
from mlezi.office import links, names, problems, ways
from mlezi.office.pictures import facility, lists
from mlezi.office.pictures.asked import Asked
from mlezi.pairing.queries import guides_of, learners_of
from mlezi.people.models import Person
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Enrolment
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of
from mlezi.resources import queries as resources


def page(asked: Asked, who: Person, today: date) -> dict[str, Any]:
    programme = asked.programme
    ratings = scope_of(asked.person, P.SEE_RATINGS, programme=programme)
    actions = goals.visible_to(scope_of(asked.person, P.SEE_ACTIONS, programme=programme)).filter(owner=who)
    posts = who.posts.select_related("place", "place__level").order_by("-from_on", "-pk")
    return {
        "who": who,
        "cadre": names.cadre(programme, who.cadre),
        "posts": [{"row": post, "url": ways.place(asked, post.place), "cadre": names.cadre(programme, post.cadre)}
                  for post in posts],
        "parts": Enrolment.objects.filter(programme=programme, person=who).order_by("-from_on"),
        "guides": [{"name": one.name, "url": ways.person(asked, one)} for one in guides_of(who, programme, today)],
        "n_learners": len(list(learners_of(who, programme, today))),
        "may_see_ratings": who.pk in ratings.persons,
        "progress": progress(asked, who, today) if who.pk in ratings.persons else [],
        "actions": [lists.agreed(asked, one, today) for one in goals.still_open(actions)[:20]],
        "meetings": meetings(asked, who),
        "practice": practice(asked, who) if who.pk in ratings.persons else [],
        "today": today,
    }  # fmt: skip


def meetings(asked: Asked, who: Person, limit: int = 12) -> list[dict[str, Any]]:
    seen = scope_of(asked.person, P.SEE_ENCOUNTERS, programme=asked.programme)
    # Found first: as a condition among others PostgreSQL reads the days of a whole country for them.
    attended = set(Attendance.objects.filter(person=who).values_list("encounter", flat=True))
    led = set(Encounter.objects.filter(lead=who).values_list("pk", flat=True))
    theirs = encounters.visible_to(seen).filter(pk__in=attended | led)
    return [facility.line(asked, one) for one in theirs.order_by("-held_on", "-uid")[:limit]]


def progress(asked: Asked, who: Person, today: date) -> list[dict[str, Any]]:
    """By topic: each competency with its level as steps, its age, and whether a re-check is due."""
    mine = Rating.objects.filter(person=who, programme=asked.programme)
    return [
        topic(asked, who, domain, rows, today) for domain, rows in competencies.standings(mine, asked.programme).items()
    ]


def topic(asked: Asked, who: Person, domain: Domain, rows: list[competencies.Standing], today: date) -> dict[str, Any]:
    passed = sum(row.has_passed for row in rows)
    return {
        "title": worded(domain.title),
        "n_passed": passed,
        "n": len(rows),
        "share": round(100 * passed / len(rows)) if rows and any(row.level for row in rows) else None,
        "rows": [
            {
                "title": worded(row.competency.title),
                "url": links.page("competency", asked.programme, who.uid, row.competency.pk),
                "words": names.level(row.competency.levels, row.level),
                "steps": [
                    {"on": row.level is not None and n <= row.level, "pass": n == row.competency.pass_level}
                    for n in range(1, len(row.competency.levels) + 1)
                ],
                "rated_on": row.rated_on,
                "is_due": row.is_due(today),
                "has_passed": row.has_passed,
                "must_pass": row.competency.must_pass,
            }
            for row in rows
        ],
    }


def practice(asked: Asked, who: Person, limit: int = 8) -> list[dict[str, Any]]:
    titles, tools = names.topics(asked.programme), names.items(asked.programme)
    return [
        {"on": one.practised_on, "topic": titles.get(one.topic, names.plain(one.topic)), "minutes": one.minutes,
         "times": one.times, "with": tools.get(one.equipment, names.plain(one.equipment))}
        for one in resources.practice_of(who.pk, asked.programme)[:limit]
    ]  # fmt: skip


def history(asked: Asked, who: Person, competency_id: int) -> dict[str, Any]:
    """One competency of one person over time. Raises `NoSuchRecord`."""
    ratings = Rating.objects.filter(person=who, programme=asked.programme, competency=competency_id)
    for domain, rows in competencies.standings(ratings, asked.programme).items():
        for row in rows:
            if row.competency.pk == competency_id:
                return {"domain": worded(domain.title), "standing": row, "who": who,
                        "title": worded(row.competency.title), "now": names.level(row.competency.levels, row.level),
                        "lines": [rated(asked, row.competency.levels, one) for one in reversed(row.history)],
                        "levels": [worded(words) for words in row.competency.levels]}  # fmt: skip
    raise problems.NoSuchRecord


def rated(asked: Asked, levels: list[object], one: Rating) -> dict[str, Any]:
    return {
        "on": one.rated_on,
        "level": names.level(levels, one.level),
        "number": one.level,
        "rater": one.rater.name if one.rater else "",
        "basis": names.basis(one.basis),
        "because": names.because(one.because),
        "is_own": one.is_own,
        "url": links.encounter(asked.programme, one.encounter_uid) if one.encounter_uid else "",
    }
