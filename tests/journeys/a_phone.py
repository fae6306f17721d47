"""A phone in Amina's hand: the app in real Chromium, enrolled by the office's link, with or without a line."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlezi.field import actions as guidance
from mlezi.instruments.actions import publishing
from mlezi.people.actions import devices
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme
from mlezi.testing.cast import MORNING, World
from mlezi.testing.makers import month as months

PIN = "2580"
LIBRARY = Path(guidance.__file__).parents[1] / "blueprints" / "library" / "clinical-mentorship"
FORMS = {
    "visit": "visit",
    "rating": "rating",
    "mentee_view": "rating",
    "practice": "practice",
    "new_mentee": "registration",
}
TITLES = {"visit": "Mentorship visit", "rating": "Rating of one mentee", "mentee_view": "How the mentee saw it",
          "practice": "Practice log", "new_mentee": "New mentee"}  # fmt: skip


def told(world: World) -> None:
    """The small month of `testing.makers.month`, the flagship's forms, and one thing to read."""
    months.told(world)
    programme = world.programme
    for form_id, purpose in FORMS.items():
        source = (LIBRARY / "forms" / f"{form_id}.md").read_bytes()
        publishing.publish(
            programme=programme, source=source, name=f"{form_id}.md", purpose=purpose,
            title={"en": TITLES[form_id]}, by=world.chiku, at=MORNING,
        )  # fmt: skip
    programme.encounter_types.filter(code="visit").update(forms=["visit", "rating", "mentee_view"])
    name = "materials/newborn-first-minute.md"
    facts = {"title": {"en": "The first minute of a newborn"}, "domain": "newborn"}
    content = (LIBRARY / name).read_bytes()
    guidance.keep_material(programme=programme, name=name, content=content, facts=facts, by=world.chiku, at=MORNING)


def link_for(world: World, who: str = "amina", programme: Programme | None = None) -> str:
    """What the office's QR code says, without the host."""
    code = (programme or world.programme).code
    token = devices.enrol(person=world.people[who], programme_code=code, name="Blue", by=world.chiku, at=clock.now())[1]
    return f"/field/#enrol={token}"


@dataclass
class Phone:
    """A page of the app with what a thumb does."""

    context: Any
    page: Any
    url: str

    def enrol(self, link: str) -> None:
        self.page.goto(self.url + link)
        self.choose_a_pin()

    def choose_a_pin(self) -> None:
        self.page.get_by_label("Choose a PIN").fill(PIN)
        self.page.get_by_label("The same PIN again").fill(PIN)
        self.page.get_by_role("button", name="Begin", exact=True).click()
        self.page.get_by_role("heading", name="Who needs me").wait_for()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def unlock(self, pin: str = PIN) -> None:
        self.page.get_by_label("Your PIN").fill(pin)
        self.page.get_by_role("button", name="Unlock", exact=True).click()

    def on(self, screen: str) -> None:
        self.page.locator(f"main[data-screen={screen}]").wait_for()

    def tab(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Screens").get_by_role("link", name=name).click()

    def ask(self, name: str) -> Any:
        return self.page.locator(f"[data-name={name}]")

    def press(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).click()

    def line(self, *, there: bool) -> None:
        self.context.set_offline(not there)

    def fits(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    def picture(self) -> bytes:
        return base64.b64decode(self.page.evaluate(PICTURE))


PICTURE = """() => { const c = document.createElement('canvas'); c.width = 2400; c.height = 1800;
  const g = c.getContext('2d'); g.fillStyle = '#0c5c5f'; g.fillRect(0, 0, 2400, 1800);
  g.fillStyle = '#f2a71b'; g.fillRect(400, 300, 900, 700); return c.toDataURL('image/jpeg').split(',')[1]; }"""
