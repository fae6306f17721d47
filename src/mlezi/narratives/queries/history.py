"""What changed in a codebook from version to version, by the names of its codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from mlezi.narratives.models import Codebook, CodebookVersion
from mlezi.plumbing.words import worded

MERGED = " ⇒ "  # between two paths, in what a version says of itself
MOST_COMPARED = 40  # versions; each holds the codebook whole
FIELDS = {
    "description": gettext_lazy("what it means"),
    "when_to_use": gettext_lazy("when to use it"),
    "when_not": gettext_lazy("when not"),
    "example": gettext_lazy("example"),
    "colour": gettext_lazy("colour"),
    "qualified_by": gettext_lazy("what stands beside it"),
    "maps_to": gettext_lazy("its place in another codebook"),
}


@dataclass(frozen=True)
class Change:
    """One version and, where it is recent, what it changed in words."""

    version: CodebookVersion
    said: list[str]


def history(book: Codebook) -> list[Change]:
    """Newest first."""
    rows = list(book.versions.order_by("-number")[: MOST_COMPARED + 1])
    found = [Change(after, changes(before.content, after.content, after.because))
             for after, before in zip(rows, rows[1:], strict=False)]  # fmt: skip
    if len(rows) <= MOST_COMPARED and rows:
        return [*found, Change(rows[-1], [])]
    older = book.versions.defer("content").order_by("-number")[MOST_COMPARED:]
    return [*found, *(Change(row, []) for row in older)]


def changes(before: dict[str, Any], after: dict[str, Any], because: str = "") -> list[str]:
    """What one content has that the other has not, code by code."""
    merged = _merged(after, because)
    if merged:
        return [merged]
    was = {one["uid"]: one for one in before.get("codes", ())}
    now = {one["uid"]: one for one in after.get("codes", ())}
    above_then, above_now = _parents(was), _parents(now)
    said = [gettext("new: {code}").format(code=_placed(one, now.get(above_now[uid])))
            for uid, one in now.items() if uid not in was]  # fmt: skip
    for uid, one in now.items():
        if uid in was:
            said += _changed(was[uid], one)
            if above_then[uid] != above_now[uid]:
                said.append(_moved(one, now.get(above_now[uid])))
    return said


def _changed(was: dict[str, Any], one: dict[str, Any]) -> list[str]:
    name, old = worded(one["title"]), worded(was["title"])
    said: list[str] = []
    if one["retired"] != was["retired"]:
        words = gettext("no longer used: {code}") if one["retired"] else gettext("used again: {code}")
        said.append(words.format(code=name))
    if one["title"] != was["title"]:
        words = gettext("{old} is now called {code}") if old != name else gettext("the name of {code} in Kiswahili")
        said.append(words.format(old=old, code=name))
    fields = [str(title) for field, title in FIELDS.items() if one.get(field) != was.get(field)]
    if fields:
        said.append(f"{name}: {', '.join(fields)}")
    return said


def _merged(after: dict[str, Any], because: str) -> str:
    """That one code went into another, when a version was made by that."""
    gone, _, into = because.partition(MERGED)
    names = {one["path"]: worded(one["title"]) for one in after.get("codes", ())}
    if gone not in names or into not in names:
        return ""
    return gettext("{code} was merged into {into}").format(code=names[gone], into=names[into])


def _parents(codes: dict[str, Any]) -> dict[str, str]:
    """Which code each stands under; "" for those at the top."""
    by_path = {one["path"]: uid for uid, one in codes.items()}
    return {uid: by_path.get(one["path"].rpartition(".")[0], "") for uid, one in codes.items()}


def _moved(one: dict[str, Any], under: dict[str, Any] | None) -> str:
    words = gettext("{code} moved under {parent}") if under else gettext("{code} moved to the top")
    return words.format(code=worded(one["title"]), parent=worded(under["title"]) if under else "")


def _placed(one: dict[str, Any], above: dict[str, Any] | None) -> str:
    """A code with the one it stands under."""
    name = worded(one["title"])
    return gettext("{code} (under {parent})").format(code=name, parent=worded(above["title"])) if above else name
