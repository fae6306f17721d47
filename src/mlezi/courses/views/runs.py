"""Courses as they are held: the list, a run with its people, and what is done there."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.courses import actions, declared, problems, queries
from mlezi.courses.forms import NewRun
from mlezi.courses.models import Run
from mlezi.courses.words import missing_words
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.problems import Problem
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries.participants import sees_whole

MANAGE = Permission.MANAGE_PEOPLE


@needs(Permission.SEE_COUNTS)
@require_safe
def listing(request: Request) -> HttpResponse:
    known = declared.courses(request.programme)
    shown = []
    for run in queries.runs(request.programme, request.scope):
        title = worded(dict(known[run.course].title)) if run.course in known else run.course
        n_people = run.roster.filter(removed_at=None).count()
        certified = run.certificates.filter(revoked_on=None).count()
        shown.append({"run": run, "title": title, "n_people": n_people, "certified": certified})
    manages = MANAGE in request.permissions
    return render(request, "courses/list.html", {"runs": shown, "manages": manages, "has_courses": bool(known)})


@needs(MANAGE)
def begin(request: Request) -> HttpResponse:
    known = declared.courses(request.programme)
    choices = [(code, worded(dict(one.title)) or code) for code, one in known.items()]

    def do(asked: dict[str, Any]) -> str:
        run = actions.begin(programme=request.programme, by=request.person, at=clock.now(), **asked)
        return reverse("courses:run", args=[request.programme.code, run.code])

    scope = request.scope
    form = partial(
        NewRun,
        courses=choices,
        places=queries.holdable(scope),
        anywhere=sees_whole(scope, request.programme),
    )
    return ask(
        request, form, do, back=reverse("courses:list", args=[request.programme.code]),
        title=gettext("Hold a course"), submit=gettext("Begin"), up=gettext("Courses"),
        lead=gettext("Meetings of the course between these days are its sessions."),
    )  # fmt: skip


@needs(MANAGE)
@require_safe
def run(request: Request, code: str) -> HttpResponse:
    found = _run(request, code)
    course = declared.course(request.programme, found.course)
    rows = queries.rows(found, request.scope)
    context = {
        "run": found,
        "title": worded(dict(course.title)) or course.code,
        "course": course,
        "rows": [{"row": row, "missing": [missing_words(one) for one in row.missing]} for row in rows],
        "n_sessions": course.sessions or queries.sessions(found, course).count(),
        "held": queries.sessions(found, course).count(),
        "ready": [row for row in rows if row.is_ready],
        "strangers": [row for row in rows if not row.is_on_roster],
        "addable": queries.addable(request.programme, request.scope, found, on=_today(request))[:500],
    }
    return render(request, "courses/run.html", context)


@needs(MANAGE)
@require_POST
def enrol(request: Request, code: str) -> HttpResponse:
    """Those chosen, or everybody who came without being on the roster."""
    found = _run(request, code)
    chosen = {int(pk) for pk in request.POST.getlist("person") if pk.isdecimal() and len(pk) < 12}
    if request.POST.get("came"):
        chosen |= {row.person.pk for row in queries.rows(found, request.scope) if not row.is_on_roster}
    people: list[Person] = list(
        queries.addable(request.programme, request.scope, found, on=_today(request)).filter(pk__in=chosen)
    )
    n = actions.enrol(run=found, people=people, by=request.person, at=clock.now())
    messages.success(request, ngettext("{n} person is on the roster.", "{n} people are on the roster.", n).format(n=n))
    return redirect("courses:run", request.programme.code, code)


@needs(MANAGE)
@require_POST
def take_off(request: Request, code: str, person: int) -> HttpResponse:
    found = _run(request, code)
    row = next((one for one in queries.rows(found, request.scope) if one.person.pk == person), None)
    if row is None:
        raise problems.NoSuchCourse
    actions.take_off(run=found, person=row.person, by=request.person, at=clock.now())
    messages.success(request, gettext("Taken off the roster. What they answered stays."))
    return redirect("courses:run", request.programme.code, code)


@needs(MANAGE)
@require_POST
def issue(request: Request, code: str) -> HttpResponse:
    """To everybody who is ready; or to one person again, whose certificate was taken back."""
    found = _run(request, code)
    again = request.POST.get("person", "")
    rows = queries.rows(found, request.scope)
    ready = {row.person.pk for row in rows if (str(row.person.pk) == again if again else row.is_ready)}
    try:
        issued = actions.issue(
            run=found, person_ids=ready, scope=request.scope, on=_today(request), by=request.person, at=clock.now()
        )
        said = ngettext("{n} certificate was issued.", "{n} certificates were issued.", len(issued))
        messages.success(request, said.format(n=len(issued)))
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("courses:run", request.programme.code, code)


def _run(request: Request, code: str) -> Run:
    found = queries.runs(request.programme, request.scope).filter(code=code).first()
    if found is None:
        raise problems.NoSuchCourse
    return found


def _today(request: Request) -> Any:
    return clock.today(request.programme.time_zone)
