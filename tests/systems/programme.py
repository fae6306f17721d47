"""What the plays of surveys, courses and cohorts share: a programme set up from its shipped folder, many filled
forms sent through the phone's door, and the figures of its study. Everything from outside.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from mlezi.plumbing import clock
from tests.systems.play import BLUEPRINTS, Installation, Phone, eventually, free_port

TODAY = clock.today()
NOW = clock.now()


def uid(*names: object) -> str:
    """The same uid for the same names in every run, as a device would have made it."""
    return str(uuid5(NAMESPACE_URL, "https://mlezi.org/systems/" + "/".join(map(str, names))))


def sheet(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """A list as somebody keeps it."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@contextmanager
def running(
    folder: Path,
    code: str,
    *,
    places: Sequence[Mapping[str, object]],
    people: Sequence[Mapping[str, object]] = (),
    starts_on: date = TODAY - timedelta(days=400),
    changed: Mapping[str, str] | None = None,
    added: Mapping[str, str] | None = None,
) -> Iterator[Installation]:
    """The shipped blueprint `code` applied, its lists brought in, a manager signed in, a phone with the forms.

    `changed` holds what the programme's own people write differently in a file of the folder, `added` the files that
    they put beside it.
    """
    shutil.copytree(BLUEPRINTS / code, folder / code)
    blueprint = folder / code / "blueprint.yaml"
    blueprint.write_text(blueprint.read_text() + f"\nstarts_on: {starts_on}\n")
    for old, new in (changed or {}).items():
        _change(folder / code, old, new)
    for name, text in (added or {}).items():
        (folder / code / name).write_text(text)
    here = Installation(folder, free_port())
    here.mlezi("apply", folder / code)  # the levels of the tree are known from here on
    here.mlezi("import", "places", sheet(folder / "places.csv", places), "--yes", "--sites", "--programme", code)
    here.mlezi("apply", folder / code, "--place", next(iter(places[0].values())))
    if people:
        here.mlezi("import", "people", sheet(folder / "people.csv", people), "--yes", "--programme", code)
    with here.serving():
        here.code = code
        here.manager = here.visitor("Manager", role="manager", programme=code)
        here.phone = phone_of(here, "Manager")
        yield here


def _change(folder: Path, old: str, new: str) -> None:
    for file in folder.glob("*.yaml"):
        if old in file.read_text():
            file.write_text(file.read_text().replace(old, new))
            return
    raise AssertionError(f"{old!r} stands in no file of the blueprint")


def phone_of(here: Installation, name: str) -> Phone:
    """A phone enrolled on the devices page, with every form and list fetched."""
    page = here.manager.page(f"/{here.code}/devices/")
    person = page.xpath(f"//select[@name='person']/option[contains(., '{name}')]/@value")[0]
    form = "//form[.//select[@name='person']]"
    shown = here.manager.submit(f"/{here.code}/devices/", form, person=person, name="Phone")
    phone = Phone(shown.xpath("//code[contains(., '/phone/key/')]/text()")[0].strip())
    phone.sync(NOW)
    return phone


def send(here: Installation, form: str, records: Iterable[tuple[object, Mapping[str, Any]]]) -> int:
    """Send each (name, answers) as a record of `form`; the number that arrived."""
    sent = 0
    for name, answers in records:
        here.phone.send(here.phone.fill(form, answers, uid=uid(here.code, form, name)), NOW)
        sent += 1
    return sent


def derived(here: Installation) -> None:
    """Every record has become facts: nothing waits any more."""
    here.mlezi("worker", "--until-empty")
    eventually(lambda: any(one["says"].startswith("0 events") for one in here.asked("doctor")), seconds=120)


def study(here: Installation, code: str) -> dict[str, Any]:
    """Freeze the study's data, analyse, publish; and a stranger gets the same from the folder alone."""
    target = here.folder / f"{code}-published"
    found = here.asked("analyse", f"{here.code}/{code}", "--to", target)["results"]
    assert here.asked("replicate", target) == {"same": True, "differs": []}
    return found


def figure(results: Mapping[str, Any], analysis: str, key: str) -> dict[str, Any]:
    """One estimate of one analysis."""
    found = {one["key"]: one["estimate"] for one in results["analyses"][analysis]["figures"]}
    assert key in found, f"{analysis} has {sorted(found)}"
    return found[key]
