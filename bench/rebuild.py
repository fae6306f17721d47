"""How quickly a programme is derived again, and how much of that is the database's own inserting.

`python3 dev.py bench rebuild` makes 100,000 records of the clinical mentorship forms (half visits, half
ratings and others about them), derives them from nothing, derives them again unchanged, and inserts the
same derived rows alone. MLEZI_BENCH_RECORDS sets another size, --postgres or DATABASE_URL another database.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from bench import _databases  # noqa: E402

N = int(os.environ.get("MLEZI_BENCH_RECORDS", "100000"))
SPACE = UUID("6d6c657a-6900-4000-8000-00000000be7c")
START = date(2026, 1, 1)


def main() -> None:
    _databases.as_asked()
    folder = tempfile.mkdtemp(prefix="mlezi-bench-")
    os.environ["MLEZI_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlezi.config.settings")
    import django

    django.setup()
    from django.db import connection

    from mlezi.plumbing.installation import update_tables

    update_tables()
    programme = world()
    fill(programme)
    processes = os.cpu_count() or 1
    load = os.getloadavg()
    first, first_cpu = timed(lambda: run(programme, processes))
    again, again_cpu = timed(lambda: run(programme, processes))
    alone, n_rows = inserting()
    figures = {
        "records": N,
        "database": connection.vendor,
        "processes": processes,
        "from_nothing_s": round(first, 2),
        "from_nothing_per_s": round(N / first),
        "from_nothing_cpu_s": round(first_cpu, 2),
        "unchanged_s": round(again, 2),
        "unchanged_per_s": round(N / again),
        "unchanged_cpu_s": round(again_cpu, 2),
        "derived_rows": n_rows,
        "inserting_alone_s": round(alone, 2),
        "share_of_inserting": round(alone / first, 3),
        "python": sys.version.split()[0],
        "cores": processes,
        "load_before": [round(n, 1) for n in load],
    }
    target = HERE / "results"
    target.mkdir(exist_ok=True)
    (target / f"rebuild-{connection.vendor}.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


def timed(work) -> tuple[float, float]:
    """Seconds by the clock, and seconds of processor time of this process and those it started."""
    begun, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return time.perf_counter() - begun, sum(after[:4]) - sum(before[:4])


def run(programme, processes):
    from mlezi.audit.actions import COMMAND_LINE
    from mlezi.instruments.derivation.rebuild import rebuild

    at = datetime(2027, 1, 1, tzinfo=UTC)

    def tell(state):
        sys.stderr.write(f"\r{state.phase} {state.n_done}/{state.n_total}   ")

    done = rebuild(programme=programme, by=COMMAND_LINE, at=at, processes=processes, tell=tell)
    sys.stderr.write(f"\n{done}\n")


def world():
    """The blueprint's programme with 300 facilities, 40 mentors and 1,500 mentees."""
    import mlezi.blueprints
    from mlezi.audit.actions import COMMAND_LINE
    from mlezi.blueprints.actions import apply
    from mlezi.people.models import Person, Post
    from mlezi.places.models import Level, Place
    from mlezi.programmes.models import Enrolment, Programme

    at = datetime(2026, 1, 1, tzinfo=UTC)
    library = Path(mlezi.blueprints.__file__).parent / "library" / "clinical-mentorship"
    apply(folder=library, by=COMMAND_LINE, at=at)
    programme = Programme.objects.get()
    Programme.objects.update(starts_on=START)
    level = Level.objects.order_by("rank").last()
    places = []
    for n in range(300):
        place = Place.objects.create(
            code=f"F{n:04}", name=f"Facility {n}", level=level, path=f"/{n + 1}/", uid=uid("place", n)
        )
        places.append(place)
    people = [Person(uid=uid("person", n), name=f"Person {n}", cadre="nurse", created_at=at) for n in range(1540)]
    Person.objects.bulk_create(people)
    people = list(Person.objects.order_by("pk"))
    Post.objects.bulk_create(
        Post(person=p, place=places[n % 300], cadre="nurse", from_on=START) for n, p in enumerate(people)
    )
    Enrolment.objects.bulk_create(
        Enrolment(programme=programme, person=p, part="mentor" if n < 40 else "mentee", from_on=START)
        for n, p in enumerate(people)
    )
    return Programme.objects.get()


def uid(kind, n):
    return uuid5(SPACE, f"{kind} {n}")


def fill(programme):
    """Store the records, as the door leaves them."""
    import hashlib

    from mlezi.formats.record_writing import Blank
    from mlezi.instruments.models import FormVersion, Submission
    from mlezi.people.models import Person

    versions = {v.form.form_id: v for v in FormVersion.objects.select_related("form")}
    blanks = {name: Blank(bytes(v.xml)) for name, v in versions.items()}
    mentors = list(Person.objects.order_by("pk")[:40])
    dice = random.Random(7)
    rows = []
    for n in range(N):
        meeting, turn = divmod(n, 2)
        form, answers = (visit if turn == 0 else rating)(meeting, dice)
        xml = blanks[form].filled(answers, instance_id=f"uuid:{uid('record', n)}")
        held = START + timedelta(days=meeting % 350)
        rows.append(
            Submission(
                id=uid("row", n),
                programme=programme,
                form_id=form,
                version=versions[form].version,
                form_version=versions[form],
                instance_id=f"uuid:{uid('record', n)}",
                root_id=f"uuid:{uid('record', n)}",
                xml=xml,
                sha256=hashlib.sha256(xml).hexdigest(),
                size=len(xml),
                received_at=datetime(held.year, held.month, held.day, 15, tzinfo=UTC) + timedelta(days=1),
                sender=mentors[meeting % 40],
            )
        )
        if len(rows) == 2000:
            Submission.objects.bulk_create(rows)
            rows = []
            sys.stderr.write(f"\rfilling {n + 1}")
    Submission.objects.bulk_create(rows)
    sys.stderr.write("\n")


def visit(n, dice):
    held = START + timedelta(days=n % 350)
    place = n % 300
    mentees = [40 + (place + 300 * k) % 1500 for k in range(3)]
    has = {
        name: dice.choice(["yes", "yes", "no"])
        for name in ("has_bag_mask", "has_suction", "has_gloves", "has_oxytocin")
    }
    return "visit", {
        "encounter": str(uid("meeting", n)),
        "held": "yes",
        "place": str(uid("place", place)),
        "held_on": held.isoformat(),
        "minutes": str(dice.randint(40, 180)),
        "topics": " ".join(dice.sample(["anc", "newborn", "monitoring", "complications", "ipc"], 2)),
        "position": "-2.5 33.0 0 5",
        "people": [{"mentee": str(uid("person", m)), "mentee_minutes": "45"} for m in mentees],
        **has,
        "actions": [
            {"what": "Order a bag and mask", "due": (held + timedelta(days=14)).isoformat(), "action_topic": "newborn"}
        ],
        "note": "We practised together and talked about what to change.",
        "next": (held + timedelta(days=30)).isoformat(),
    }


def rating(n, dice):
    held = START + timedelta(days=n % 350)
    place = n % 300
    return "rating", {
        "of": str(uid("meeting", n)),
        "place": str(uid("place", place)),
        "held_on": held.isoformat(),
        **rated(dice, 40 + place),
    }


def rated(dice, mentee):
    """Two of the five topics rated, as the form asks: about nine competencies, each with its basis."""
    from mlezi.instruments.models import FormVersion

    if not RATED:
        meanings = FormVersion.objects.get(form__form_id="rating").meanings["questions"]
        for path, meaning in meanings.items():
            term, _, argument = meaning["as"].partition(":")
            RATED.append((path.split("/")[-1], term, argument.split(".")[0]))
    words = {"rating": lambda: str(dice.randint(1, 4)), "rating.basis": lambda: "simulation"}
    topics = dice.sample(sorted({topic for _, _, topic in RATED if topic}), 2)
    answers = {name: words[term]() for name, term, topic in RATED if term in words and topic in topics}
    return answers | {"mentee": str(uid("person", mentee))}


RATED: list[tuple[str, str, str]] = []


def inserting():
    """Seconds to insert the same derived rows into empty tables by the same statements, and nothing else."""
    from django.db import connection, transaction

    from mlezi.instruments.derivation import register
    from mlezi.resources.needs import NEED

    tables = (*register.tables(), NEED)
    rows = {table: list(table.model._default_manager.values_list(*table.columns)) for table in tables}
    with transaction.atomic(), connection.cursor() as cursor:
        for table in reversed(tables):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.model._meta.db_table)}")
    total = 0.0
    for table, of_it in rows.items():
        begun = time.perf_counter()
        for start in range(0, len(of_it), 5000):
            with transaction.atomic():
                table.insert(of_it[start : start + 5000])
        total += time.perf_counter() - begun
    return total, sum(map(len, rows.values()))


if __name__ == "__main__":
    main()
