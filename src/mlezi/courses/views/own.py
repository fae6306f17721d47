"""A course for whoever takes it: their tests and certificate. Right answers only after the test that follows."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mlezi.courses import declared, problems, queries, review
from mlezi.courses.models import Run
from mlezi.courses.words import missing_words
from mlezi.plumbing import clock
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request, takes_part


@takes_part
@require_safe
def listing(request: Request) -> HttpResponse:
    """One's own courses, and the questionnaires and tests that are open for oneself now."""
    known = declared.courses(request.programme)
    runs = queries.runs_of(request.programme, request.person)
    context = {
        "runs": [(worded(dict(known[run.course].title)) if run.course in known else run.course, run) for run in runs],
        "open": queries.open_for(request.programme, request.person, on=clock.today(request.programme.time_zone)),
    }
    return render(request, "courses/mine.html", context)


@takes_part
@require_safe
def page(request: Request, code: str) -> HttpResponse:
    run = Run.objects.filter(programme=request.programme, code=code).select_related("programme", "place").first()
    row = queries.row_of(run, request.person) if run else None
    if run is None or row is None:
        raise problems.NoSuchCourse
    course = declared.course(request.programme, run.course)
    context = {
        "run": run,
        "row": row,
        "title": worded(dict(course.title)) or course.code,
        "missing": [missing_words(one) for one in row.missing],
        "has_certificate": course.certificate is not None,
        "answers": review.answers(run, course, request.person) if queries.POST in row.taken else [],
        "has_post": bool(course.post_test),
    }
    return render(request, "courses/own.html", context)
