"""Each indicator against a query written another way: plain Python over Django rows, by the words of its definition.

Nothing here uses datasets or Ibis. What both get wrong must be wrong in the words themselves.
"""

from datetime import date, timedelta
from statistics import median

import pytest

from mlezi.competencies.models import Rating
from mlezi.encounters.models import Attendance, CoveredTopic, Encounter, PlannedEncounter, SampleCheck
from mlezi.evaluation import figures
from mlezi.evaluation.indicators import INDICATORS
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.people.models import Device, Post
from mlezi.places.scope import Scope
from mlezi.programmes.models import Enrolment, Site
from mlezi.resources.models import Need, NeedDecision, Practice
from mlezi.testing.makers import busy as maker

START, END = date(2026, 1, 1), date(2026, 4, 1)
LAST = END - timedelta(days=1)
EVERY, REFRESH = 45, 120
TOPICS = 3


class By:
    """The rows as one would look them up by hand, for a part of the tree."""

    def __init__(self, busy, place):
        self.programme = busy.world.programme
        self.inside = lambda where: where is not None and where.path.startswith(place.path)
        rows = Encounter.objects.filter(programme=self.programme, cancelled_because="").select_related("place")
        self.everywhere = list(rows)
        self.held = [row for row in rows if self.inside(row.place)]
        self.in_period = [row for row in self.held if row.held_on and START <= row.held_on < END]
        self.sites = [
            site
            for site in Site.objects.filter(programme=self.programme).select_related("place")
            if self.inside(site.place) and site.from_on < END and (site.to_on is None or site.to_on >= START)
        ]

    def visits(self, site, since, before):
        return [
            row
            for row in self.held
            if row.place_id == site.place_id and row.mode == "visit" and row.held_on and since <= row.held_on < before
        ]

    def members(self, part):
        found = {}
        for row in Enrolment.objects.filter(programme=self.programme, part=part):
            if row.from_on < END and (row.to_on is None or row.to_on >= START):
                home = self.home(row.person_id)
                if home and self.inside(home):
                    found[row.person_id] = home
        return found

    def home(self, person):
        posts = [post for post in Post.objects.filter(person=person).select_related("place")]
        began = [post for post in posts if post.from_on is None or post.from_on < END]
        return max(began, key=lambda post: (post.from_on or date.min, post.pk)).place if began else None

    def seats(self, person):
        uids = {row.uid: row for row in self.everywhere if row.held_on and START <= row.held_on < END}
        rows = Attendance.objects.filter(person=person, part="mentee", is_present=True)
        return [(row, uids[row.encounter_id]) for row in rows if row.encounter_id in uids]

    def ratings(self, person=None):
        rows = Rating.objects.filter(programme=self.programme, is_own=False, rated_on__lt=END)
        found = {}
        for row in rows.select_related("place", "competency"):
            found.setdefault((row.person_id, row.competency_id), []).append(row)
        return found

    def newest(self, model, key):
        found = {}
        for row in model.objects.order_by("decided_at", "pk"):
            found[getattr(row, key)] = row
        return found

    def needs(self):
        decided = self.newest(NeedDecision, "need_id")
        for need in Need.objects.filter(programme=self.programme).select_related("place"):
            said = decided.get(need.pk)
            if not self.inside(need.place) or (said and said.outcome == "wrong"):
                continue
            days = [need.seen_met_on, said.decided_on if said and said.outcome == "met" else None]
            yield need, min((day for day in days if day), default=None)

    def actions(self):
        decided = self.newest(ActionDecision, "action_id")
        for action in AgreedAction.objects.filter(programme=self.programme).select_related("place"):
            if self.inside(action.place):
                said = decided.get(action.pk)
                is_closed = said is not None and said.outcome in ("done", "dropped") and said.decided_on < END
                yield action, said.outcome if is_closed else "open"

    def plans(self):
        held = {row.uid: row for row in self.everywhere}
        for plan in PlannedEncounter.objects.filter(programme=self.programme).select_related("place", "type"):
            if self.inside(plan.place) and START <= plan.planned_on < END:
                yield plan, held.get(plan.uid)


def share(answers):
    answers = [answer for answer in answers if answer is not None]
    return sum(answers), len(answers)


def spread(amounts):
    amounts = [amount for amount in amounts if amount is not None]
    return (median(amounts) if amounts else None), len(amounts)


def visit_coverage(by):
    window = END - timedelta(days=EVERY)
    due = [site for site in by.sites if site.from_on < window and not by.visits(site, window, START)]
    return share([bool(by.visits(site, START, END)) for site in due])


def overdue_facilities(by):
    window = LAST - timedelta(days=EVERY)
    return share([site.from_on < window and not by.visits(site, window, END) for site in by.sites])


def encounters_held(by):
    return len(by.in_period), len(by.in_period)


def hours_held(by):
    return spread([row.minutes and row.minutes / 60 for row in by.in_period])


def plan_kept(by):
    return share([None if plan.cancelled_on and not held else held is not None for plan, held in by.plans()])


def hours_of_planned(by):
    given = planned = known = 0
    for plan, held in by.plans():
        length = plan.planned_minutes or plan.type.planned_minutes
        if (plan.cancelled_on and not held) or not length or (held and held.minutes is None):
            continue
        given, planned, known = given + (held.minutes if held else 0), planned + length, known + 1
    return (given / planned if planned else None), known


def dose_hours(by):
    found = []
    for person in by.members("mentee"):
        lengths = [seat.minutes if seat.minutes is not None else held.minutes for seat, held in by.seats(person)]
        known = [length for length in lengths if length is not None]
        found.append(0.0 if not lengths else sum(known) / 60 if known else None)
    return spread(found)


def dose_encounters(by):
    return spread([len(by.seats(person)) for person in by.members("mentee")])


def participation(by):
    return share([bool(by.seats(person)) for person in by.members("mentee")])


def people_supported(by):
    uids = {row.uid for row in by.in_period}
    rows = Attendance.objects.filter(part="mentee", is_present=True)
    people = {row.person_id for row in rows if row.encounter_id in uids}
    return len(people), len(people)


def practice_logged(by):
    logs = Practice.objects.filter(programme=by.programme, practised_on__gte=START, practised_on__lt=END)
    people = set(logs.values_list("person_id", flat=True))
    return share([person in people for person in by.members("mentee")])


def topics_covered(by):
    touched = {}
    for row in CoveredTopic.objects.filter(encounter__in=by.in_period).select_related("encounter"):
        touched.setdefault(row.encounter.place_id, set()).add(row.topic)
    return sum(len(touched.get(site.place_id, ())) for site in by.sites), len(by.sites) * TOPICS


def competency_progress(by):
    answers = []
    for rows in by.ratings().values():
        now = [row for row in rows if row.rated_on >= START]
        if not now:
            continue
        latest = max(now, key=lambda row: (row.rated_on, row.level, str(row.pk)))
        if not by.inside(latest.place):
            continue
        before = [row.rated_on for row in rows if row.rated_on < START]
        base_on = max(before) if before else min(row.rated_on for row in now)
        base = max(row.level for row in rows if row.rated_on == base_on)
        answers.append(None if base_on == latest.rated_on else latest.level > base)
    return share(answers)


def at_level(by):
    latest = [max(rows, key=lambda row: (row.rated_on, row.level, str(row.pk))) for rows in by.ratings().values()]
    return share([row.level >= row.competency.pass_level for row in latest if by.inside(row.place)])


def needs_open(by):
    return share([met is None or met >= END for need, met in by.needs() if need.found_on < END])


def days_to_met(by):
    return spread([(met - need.found_on).days for need, met in by.needs() if met and START <= met < END])


def action_completion(by):
    answers = []
    for action, outcome in by.actions():
        day = action.due_on or action.agreed_on
        if day and START <= day < END:
            answers.append(None if outcome == "dropped" else outcome == "done")
    return share(answers)


def actions_overdue(by):
    return share(
        [
            action.due_on and action.due_on < LAST
            for action, outcome in by.actions()
            if outcome == "open" and (action.agreed_on is None or action.agreed_on < END)
        ]
    )


def still_in_post(by):
    first = {}
    for row in Enrolment.objects.filter(programme=by.programme, part="mentee", from_on__lt=END):
        first[row.person_id] = min(row.from_on, first.get(row.person_id, date.max))
    answers = []
    for person, joined in first.items():
        posts = list(Post.objects.filter(person=person).select_related("place"))
        open_then = [post for post in posts if post.to_on is None or post.to_on >= joined]
        if not open_then:
            continue
        start = min(open_then, key=lambda post: (post.from_on or date.min, post.pk))
        if by.inside(start.place):
            answers.append(
                any(
                    post.place_id == start.place_id
                    and (post.from_on is None or post.from_on < END)
                    and (post.to_on is None or post.to_on >= LAST)
                    for post in posts
                )
            )
    return share(answers)


def refreshers_due(by):
    answers = []
    for person in by.members("mentor"):
        rows = (
            Attendance.objects.filter(person=person, is_present=True).exclude(part="lead").select_related("encounter")
        )
        days = [
            row.encounter.held_on
            for row in rows.select_related("encounter")
            if row.encounter.mode == "workshop" and row.encounter.held_on and row.encounter.held_on < END
        ]
        answers.append(not days or max(days) + timedelta(days=REFRESH) <= LAST)
    return share(answers)


def data_freshness(by):
    every = [row for row in Encounter.objects.filter(programme=by.programme) if row.first_received_at.date() < END]
    found = []
    for site in by.sites:
        days = [row.first_received_at.date() for row in every if row.place_id == site.place_id]
        found.append((LAST - max(days)).days if days else None)
    return spread(found)


def received_late(by):
    return share([None if row.days_to_receipt is None else row.days_to_receipt > 7 for row in by.in_period])


def paper_share(by):
    return share([row.is_backfilled for row in by.in_period])


def sample_match(by):
    checks = SampleCheck.objects.filter(programme=by.programme, period__in=("2026-01", "2026-02", "2026-03"))
    said = {"confirmed": True, "denied": False}
    return share([said.get(row.answer) for row in checks.select_related("place") if by.inside(row.place)])


def phones(by):
    for phone in Device.objects.filter(programme_code=by.programme.code, revoked_at=None):
        home = by.home(phone.person_id)
        if home and by.inside(home):
            yield phone


def silent_phones(by):
    return share([(LAST - (phone.last_seen_at or phone.enrolled_at).date()).days > 7 for phone in phones(by)])


def unsent_records(by):
    return spread([phone.unsent for phone in phones(by)])


def test_every_indicator_agrees_with_a_query_written_another_way(db):
    busy = maker.make()
    trouble = []
    for place in (busy.world.mwanza, busy.world.nyamagana, busy.world.igoma):
        by = By(busy, place)
        scope = Scope(((place.path, place.path_to),), frozenset({busy.world.programme.pk}))
        for indicator in INDICATORS:
            figure = figures.ask(
                indicator.code, programme=busy.world.programme.pk, start=START, end=END, scope=scope, reveal=True
            )
            value, of = globals()[indicator.code](by)
            numbers = figure.numbers
            ours = numbers.value if indicator.measure in ("spread", "ratio") else (numbers.n or 0)
            if numbers.of != of or ours != pytest.approx(value):
                trouble.append((indicator.code, place.code, (ours, numbers.of), (value, of)))
    assert trouble == []
