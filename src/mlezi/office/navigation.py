"""The menu of each person: only pages their roles can open, the most used first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.office.pictures import start
from mlezi.people.models import Person
from mlezi.plumbing.navigation import Entry, Menu
from mlezi.plumbing.words import worded
from mlezi.programmes import queries
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import ROLES, Permission

P = Permission


@dataclass(frozen=True)
class Page:
    """A page of a programme: its route, who may open it, and whether it stands in the first row."""

    title: str | Promise
    route: str
    needs: frozenset[Permission] = frozenset()
    roles: frozenset[str] = frozenset()
    is_main: bool = False


MENTORS, MENTEES = frozenset({"mentor"}), frozenset({"mentee"})
PAGES = (
    Page(_("My mentees"), "office:mine", roles=MENTORS, is_main=True),
    Page(_("My progress"), "office:me", roles=MENTEES, is_main=True),
    Page(_("My matching"), "matching:mine", roles=MENTORS | MENTEES, is_main=True),
    Page(_("Desk"), "office:desk", frozenset({P.MANAGE_PEOPLE, P.SEE_ENCOUNTERS}), is_main=True),
    Page(_("National"), "office:national", roles=frozenset({"national", "manager"}), is_main=True),
    Page(_("Districts"), "office:districts", frozenset({P.SEE_COUNTS}), is_main=True),
    Page(_("Facilities"), "office:facilities", frozenset({P.SEE_COUNTS, P.SEE_PLACES}), is_main=True),
    Page(_("Visit plan"), "office:plan", frozenset({P.PLAN_VISITS}), is_main=True),
    Page(_("Actions"), "office:actions", frozenset({P.SEE_ACTIONS}), is_main=True),
    Page(_("Needs"), "office:needs", frozenset({P.SEE_NEEDS})),
    Page(_("Checklists"), "office:checklists", frozenset({P.SEE_COUNTS, P.SEE_PLACES})),
    Page(_("Encounters"), "office:encounters", frozenset({P.SEE_ENCOUNTERS})),
    Page(_("Surveys and tests"), "surveys:tracker", frozenset({P.SEE_COUNTS})),
    Page(_("My courses"), "courses:own", roles=MENTEES | MENTORS),
    Page(_("Courses"), "courses:list", frozenset({P.SEE_COUNTS})),
    Page(_("Outcomes of people"), "person_outcomes:list", frozenset({P.MANAGE_PEOPLE})),
    Page(_("All figures"), "office:figures", frozenset({P.SEE_COUNTS})),
    Page(_("Studies"), "studies:list", frozenset({P.SEE_STUDIES})),
    Page(_("Figures of a manuscript"), "manuscripts:check", roles=frozenset({"evaluator", "manager"})),
    Page(_("Costed plan"), "office:costs", frozenset({P.SEE_COSTS})),
    Page(_("Locked reports"), "office:reports", roles=frozenset({"national", "manager"})),
    Page(_("What I share"), "programmes:shares", roles=MENTORS | MENTEES),
    Page(_("Texts"), "narratives:texts", roles=frozenset({"interviewer", "coder"}), is_main=True),
    Page(_("Themes"), "narratives:themes", roles=frozenset({"interviewer", "coder", "evaluator", "manager"})),
    Page(_("Texts"), "narratives:texts", roles=MENTORS),  # notes of their own meetings may be coded too
    Page(_("Search"), "office:search", frozenset({P.SEE_PLACES})),
    Page(_("People"), "people:list", frozenset({P.MANAGE_PEOPLE})),
    Page(_("Places"), "places:list", frozenset({P.MANAGE_PLACES})),
    Page(_("Pairings"), "pairing:list", frozenset({P.MANAGE_PAIRINGS})),
    Page(_("Matching"), "matching:rounds", frozenset({P.MANAGE_PAIRINGS})),
    Page(_("Said in confidence"), "matching:concerns", frozenset({P.READ_CONCERNS})),
    Page(_("Forms"), "instruments:forms", frozenset({P.LOG_ENCOUNTERS})),
    Page(_("Phones"), "openrosa:devices", frozenset({P.MANAGE_DEVICES})),
    Page(_("Quarantine"), "instruments:quarantine", frozenset({P.RESOLVE_QUARANTINE})),
    Page(_("Trust"), "encounters:trust", frozenset({P.SEE_TRUST})),
    Page(_("Facility figures"), "outcomes:list", frozenset({P.IMPORT_FIGURES})),
    Page(_("Roles"), "programmes:roles", frozenset({P.MANAGE_PROGRAMME})),
    Page(_("Unfinished work"), "office:failures", frozenset({P.MANAGE_PROGRAMME})),
)


def menu(request: HttpRequest) -> Menu:
    """The menu of this request. Outside a programme it offers the person's programmes."""
    person: Person | None = getattr(request, "person", None)
    programme: Programme | None = getattr(request, "programme", None)
    if person is None:
        return Menu()
    mine = list(queries.programmes_of(person))
    if programme is None and len(mine) == 1:
        programme = mine[0]
    others = [_entry(worded(one.title) or one.code, reverse("office:home", args=[one.code]), request) for one in mine]
    if programme is None:
        return Menu(person=person.name, entries=others)
    entries, more = offered(person, programme, request)
    held = [ROLES[role.role].title for role in queries.roles_of(person, programme) if role.role in ROLES]
    return Menu(
        title=worded(programme.title) or programme.code,
        subtitle=programme.place.name if programme.place else "",
        home=reverse("office:home", args=[programme.code]),
        entries=entries,
        more=more,
        programmes=others if len(mine) > 1 else (),
        person=person.name,
        role=", ".join(dict.fromkeys(gettext(title) for title in held)),
        is_made_up=programme.is_made_up,
        tour=start.step(request.session.get("tour", "")) if programme.is_made_up else None,
    )


def offered(person: Person, programme: Programme, request: HttpRequest) -> tuple[list[Entry], list[Entry]]:
    """Main entries and the rest: the first six that fit stand in the row."""
    allowed = queries.permissions_of(person, programme)
    roles = {role.role for role in queries.roles_of(person, programme)}
    main: list[Entry] = []
    more: list[Entry] = []
    routes: set[str] = set()
    for page in PAGES:
        if page.route not in routes and _fits(page, allowed, roles):
            routes.add(page.route)
            address = reverse(page.route, args=[programme.code])
            (main if page.is_main and len(main) < 6 else more).append(_entry(page.title, address, request))
    if len(main) < 5 and len(more) <= 2:
        main, more = main + more, []
    return main, more


def _fits(page: Page, allowed: frozenset[Permission], roles: set[str]) -> bool:
    return bool(page.roles & roles) if page.roles else page.needs <= allowed


def _entry(title: object, address: str, request: HttpRequest) -> Entry:
    return Entry(str(title), address, is_current=request.path.startswith(address))
