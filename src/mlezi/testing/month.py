"""Thirty days without a line on one phone, and how the app bears what it holds when the line is back.

The phone is filled by its engine room, a day at a time, as if it had been opened each morning; then the app itself
is opened on it, in the same browser, and measured.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from mlezi.testing.handset import Handset

DAYS = 30
QUESTIONS = 12
PHOTO = 180_000  # bytes: what the app makes of a photograph
FORM = (
    "| survey | | | |\n| | type | name | label |\n"
    + "".join(f"| | integer | q{n} | Question {n} |\n" for n in range(QUESTIONS))
    + "| | text | note | Note |\n| | image | photo | Photograph |\n"
    "| settings | | | |\n| | form_id | form_title | version |\n| | month | A month's record | 1 |\n"
)
FILL = """
    for (let at = 0; at < b; at += 1) {
      const n = a + at;
      const answers = Object.fromEntries(Array.from({ length: c }, (_, q) => [`q${q}`, String(n + q)]));
      const photo = n % 5 < 2 ? { photo: { file: "image.jpg", size: d, seed: n } } : {};
      await finish(await begin("month", { ...answers, note: `record ${n}`, ...photo }));
    }
"""
OPEN = """async ([address, screen, wanted]) => {
    const start = performance.now();
    location.hash = `#/${address}`;
    while (document.querySelector("main").dataset.screen !== screen || !document.querySelector(wanted))
      await new Promise((next) => requestAnimationFrame(next));
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    return performance.now() - start;
}"""
WATCH = """() => {
    window.gaps = [];
    let last = performance.now();
    const frame = (now) => { gaps.push(now - last); last = now; requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
}"""
GAPS = """() => {
    const seen = gaps.splice(0);
    return [Math.max(...seen), seen.filter((one) => one > 100).length, seen.length];
}"""


def fill(phone: Handset, records: int, pin: str) -> dict[str, dict[str, Any]]:
    """`records` finished over the days, two in five with a photograph; as each is frozen."""
    done = 0
    for day in range(DAYS):
        phone.days = day - DAYS
        phone.reload()
        phone.unlock(pin)
        today = records * (day + 1) // DAYS - done
        phone.play(FILL, done, today, QUESTIONS, PHOTO)
        done += today
    phone.days = 0
    return {one["id"]: one for one in phone.play("return everything()")}


@dataclass
class Screens:
    """The app on that phone; `throttle` says how many times slower its processor shall seem."""

    phone: Handset

    @property
    def page(self) -> Any:
        return self.phone.page

    def open(self, pin: str) -> float:
        """Seconds from the right PIN, which takes as long as it is meant to, to Today."""
        self.page.goto(f"{self.phone.url}/field/")
        self.page.get_by_label("Your PIN").fill(pin)
        started = time.monotonic()
        self.page.get_by_role("button", name="Unlock", exact=True).click()
        self.page.locator("main[data-screen=today]").wait_for()
        return round(time.monotonic() - started, 2)

    def throttle(self, times: int) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def seconds_to(self, screen: str, wanted: str, address: str = "") -> float:
        """From a tap to the screen that shows `wanted`, painted."""
        return round(float(self.page.evaluate(OPEN, [address or screen, screen, wanted])) / 1000, 2)

    def send(self, *, slow_for: float = 10, times: int = 6) -> dict[str, float]:
        """Send all; on the slow processor at first, to see whether the screen still moves, then as fast as it goes."""
        self.throttle(times)
        self.page.evaluate(WATCH)
        started = time.monotonic()
        self.page.evaluate("() => { document.getElementById('send-now').click() }")
        self.page.wait_for_timeout(slow_for * 1000)
        longest, late, frames = self.page.evaluate(GAPS)
        self.throttle(1)
        self.page.locator(".card-good #send-now").wait_for(timeout=600_000)
        return {
            "seconds": round(time.monotonic() - started, 1),
            f"longest_frame_ms_{times}x": round(longest),
            f"frames_over_100_ms_{times}x": late,
            f"frames_{times}x": frames,
            "longest_frame_ms_1x": round(self.page.evaluate(GAPS)[0]),
        }


def measured(phone: Handset, pin: str) -> dict[str, float]:
    """Open the app on the full phone, look at its lists on a slow processor: seconds."""
    screens = Screens(phone)
    found = {"unlock_to_today": screens.open(pin)}
    for times in (1, 6):
        screens.throttle(times)
        found[f"unsent_{times}x"] = screens.seconds_to("unsent", ".record")
        found[f"today_{times}x"] = screens.seconds_to("today", ".hello")
        found[f"people_{times}x"] = screens.seconds_to("people", ".screen")
    screens.throttle(1)
    screens.seconds_to("unsent", ".record")
    return found
