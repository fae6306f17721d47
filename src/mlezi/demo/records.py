"""What phones would send about the story: answers to the flagship's own forms. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from mlezi.demo.cast import Mentee, Mentor, uid
from mlezi.demo.story import ITEMS, Meeting, Practised

Answers = dict[str, Any]
HOURS_AHEAD = 3  # of Greenwich, in Mwanza
NOTES = (
    "Went through the steps twice; the second time without a word from me.",
    "Good team work at the bed. We talked about who calls for help.",
    "The labour record was filled in afterwards. We did one together as it happened.",
    "Practised on the doll because there was no birth during the visit.",
    "Hand rub was empty. The in-charge promised to order it today.",
    "Asked many questions about bleeding; we will take more time for it next month.",
    "Very busy day; two people had to leave the session early.",
)
OWN_NOTES = ("I want to practise the mask seal more.", "It went better than last month.", "")


@dataclass(frozen=True)
class Sent:
    """One record as a phone sends it: who, with which form, when it was filled in and when it arrived."""

    form_id: str
    answers: Answers
    instance_id: str
    sender: UUID | None  # None: the office
    filled_at: datetime
    arrives_at: datetime
    on_paper: bool = False


@dataclass(frozen=True)
class Setting:
    """Where and when: `first` is day 0 of the story, `region` the place where mentors are trained."""

    first: date
    region: UUID

    def date(self, day: int) -> date:
        return self.first + timedelta(days=day)

    def moment(self, day: int, hour: float) -> datetime:
        """A local hour of a day, in UTC."""
        start = datetime.combine(self.date(day), time(), tzinfo=UTC)
        return start + timedelta(hours=hour - HOURS_AHEAD)


def records(meeting: Meeting, setting: Setting, *, seed: int) -> Iterator[Sent]:
    """Every record about one meeting, as several people send them."""
    random = Random(f"{seed} {meeting.uid}")
    for form_id, answers, author in WRITERS[meeting.kind](meeting, setting, random):
        filled = setting.moment(meeting.day, random.uniform(10, 16.5))
        late = timedelta(days=30 + meeting.days_late if meeting.on_paper else meeting.days_late)
        name = f"{meeting.uid} {form_id} {answers.get('mentee', answers.get('me', ''))}"
        whole = {**_clock(filled, meeting.minutes), **answers}
        yield Sent(
            form_id, whole, f"uuid:{uid('record', name)}", author, filled, filled + late + timedelta(minutes=7),
            on_paper=meeting.on_paper,
        )  # fmt: skip


def practice_record(logged: Practised, setting: Setting) -> Sent:
    filled = setting.moment(logged.day, 18)
    row = {
        "person": logged.mentee.uid, "place": logged.mentee.facility.uid, "day": setting.date(logged.day),
        "topic": logged.topic, "equipment": logged.with_what, "minutes": logged.minutes, "times": logged.times,
    }  # fmt: skip
    name = f"practice {logged.mentee.uid} {logged.day}"
    answers = {**_clock(filled, 5), "practice": [row]}
    arrives = filled + timedelta(days=3)
    return Sent("practice", answers, f"uuid:{uid('record', name)}", None, filled, arrives)


def new_mentee(mentee: Mentee, mentor: Mentor, setting: Setting) -> Sent:
    """A mentor's phone writes down somebody met for the first time."""
    filled = setting.moment(mentee.joined, 9)
    answers = {
        **_clock(filled, 4), "person": mentee.uid, "full_name": mentee.name, "place": mentee.facility.uid,
        "cadre": mentee.cadre, "agrees": "yes",
    }  # fmt: skip
    late = timedelta(days=mentor.days_late)
    return Sent("new_mentee", answers, f"uuid:{uid('record', f'new {mentee.uid}')}", mentor.uid, filled, filled + late)


def _clock(filled: datetime, minutes: int) -> Answers:
    start = filled - timedelta(minutes=minutes or 10)
    return {"start": _stamp(start), "end": _stamp(filled)}


def _stamp(moment: datetime) -> str:
    return (moment + timedelta(hours=HOURS_AHEAD)).strftime("%Y-%m-%dT%H:%M:%S.000+03:00")


Written = Iterator[tuple[str, Answers, UUID | None]]


def _visit(meeting: Meeting, setting: Setting, random: Random) -> Written:
    mentor, site = meeting.lead, meeting.facility
    assert isinstance(mentor, Mentor)
    assert site is not None
    answers: Answers = {
        "planned": meeting.uid if meeting.planned else "", "new_encounter": meeting.uid, "encounter": meeting.uid,
        "place": site.uid, "held_on": setting.date(meeting.day), "held": "no" if meeting.cancelled else "yes",
        "cancelled_because": meeting.cancelled, "kind": "visit", "state": "held",
    }  # fmt: skip
    if meeting.cancelled:
        yield "visit", answers, mentor.uid
        return
    answers |= {
        "minutes": meeting.minutes, "topics": " ".join(meeting.topics), "position": _position(meeting, random),
        "people": [_person(person, meeting, random) for person in meeting.people],
        "note": random.choice(NOTES) if random.random() < 0.6 else "",
        "next": setting.date(meeting.next_day) if meeting.next_day else "",
        "actions": [
            {"what": words, "who": agreed.who.uid, "due": setting.date(agreed.due), "action_topic": topic}
            for agreed in meeting.actions
            for topic, words in [agreed.what]
        ],
    }  # fmt: skip
    for kind, items in ITEMS.items():
        missing = meeting.missing.get(kind, [])
        answers[f"{kind}_checked"] = "yes"
        answers[f"missing_{kind}"] = " ".join(missing)
        answers |= {f"has_{item}": "no" if item in missing else "yes" for item in items}
    yield "visit", answers, mentor.uid
    yield from _ratings(meeting, setting, random, mentor)


def _ratings(meeting: Meeting, setting: Setting, random: Random, mentor: Mentor) -> Written:
    site = meeting.facility
    assert site is not None
    for rated in meeting.ratings:
        answers: Answers = {
            "of": meeting.uid, "place": site.uid, "mentee": rated.mentee.uid, "held_on": setting.date(meeting.day),
            "seen": " ".join(meeting.topics),
        }  # fmt: skip
        for code, level in rated.levels.items():
            name = code.replace(".", "_")
            answers |= {name: level, f"{name}_basis": rated.basis, f"{name}_because": rated.because.get(code, "")}
        yield "rating", answers, mentor.uid
        if random.random() < 0.3:
            own: Answers = {
                "of": meeting.uid,
                "me": rated.mentee.uid,
                "person": rated.mentee.uid,
                "rater": rated.mentee.uid,
            }
            own |= {name: random.choices([2, 3, 4, 5], [1, 2, 6, 6])[0] for name in ("useful", "safe", "time")}
            for code in ("newborn.bag_mask", "complications.bleeding", "ipc.hands"):
                if code in rated.mentee.levels:
                    own[f"own_{code.split('.')[0]}"] = min(
                        4, max(1, round(rated.mentee.levels[code] + random.gauss(0.2, 0.5)))
                    )
            yield "mentee_view", {**own, "note": random.choice(OWN_NOTES)}, mentor.uid


def _person(person: Mentee | Mentor, meeting: Meeting, random: Random) -> Answers:
    minutes = max(15, round(meeting.minutes * random.uniform(0.3, 1) / 5) * 5)
    return {"mentee": person.uid, "mentee_minutes": minutes, "mentee_note": ""}


def _position(meeting: Meeting, random: Random) -> str:
    site = meeting.facility
    assert site is not None
    if random.random() < 0.25:
        return ""  # switched off, or no satellite in sight
    far = 1.9 if random.random() < 0.004 else 0.0
    latitude, longitude = site.latitude + random.gauss(far, 0.0006), site.longitude + random.gauss(far, 0.0006)
    return f"{latitude:.6f} {longitude:.6f} 1150.0 {random.uniform(4, 20):.1f}"


def _peer(meeting: Meeting, setting: Setting, random: Random) -> Written:
    assert isinstance(meeting.lead, Mentee)
    yield "peer", {**_short(meeting, setting), "lead": meeting.lead.uid}, None


def _call(meeting: Meeting, setting: Setting, random: Random) -> Written:
    assert isinstance(meeting.lead, Mentor)
    yield "call", _short(meeting, setting), meeting.lead.uid


def _short(meeting: Meeting, setting: Setting) -> Answers:
    site = meeting.facility
    assert site is not None
    return {
        "encounter": meeting.uid, "place": site.uid, "held_on": setting.date(meeting.day), "minutes": meeting.minutes,
        "topics": " ".join(meeting.topics), "people": " ".join(str(person.uid) for person in meeting.people),
    }  # fmt: skip


def _training(meeting: Meeting, setting: Setting, random: Random) -> Written:
    answers = {
        "encounter": meeting.uid, "kind": meeting.kind, "place": setting.region, "minutes": meeting.minutes,
        "held_on": setting.date(meeting.day), "topics": " ".join(meeting.topics),
        "people": " ".join(str(person.uid) for person in meeting.people),
    }  # fmt: skip
    yield "training", answers, None


WRITERS: dict[str, Callable[[Meeting, Setting, Random], Written]] = {
    "visit": _visit,
    "peer": _peer,
    "call": _call,
    "orientation": _training,
    "refresher": _training,
}
