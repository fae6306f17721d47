"""Labels, estimates and remarks of results as words of the reader's language. Numbers come from estimates only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from mlezi.methods.statistics.notes import sentence
from mlezi.plumbing.words import worded
from mlezi.studies import naming, sentences
from mlezi.studies.plan import Analysis, Study

NBSP = "\N{NO-BREAK SPACE}"
Estimate = Mapping[str, Any]  # as `Estimate.as_dict` gives it


class Speaker:
    """Says what codes mean in one plan.

    `sites`: names of sites by key, for whoever may know them. `labels`: words of choices, as a manifest holds them.
    """

    def __init__(
        self, plan: Study, *, sites: Mapping[str, str] | None = None, labels: Mapping[str, Any] | None = None
    ) -> None:
        self.plan = plan
        self.sites = sites or {}
        self.labels = labels or {}

    def label(self, label: Sequence[str]) -> str:
        """A label as words, parts after each other."""
        found = [self._part(*part.split(":", 1)) for part in label]
        said = ""
        for kind, words in zip((part.split(":", 1) for part in label), found, strict=True):
            tight = kind[0] == "days" or kind == ["word", "less"]  # "still there after" 91 days
            said += (" " if tight or said.endswith(gettext("less")) else ", " if said else "") + words
        return said[:1].upper() + said[1:]

    def labels_apart(self, labels: Sequence[Sequence[str]]) -> list[str]:
        """Labels without what they all share, so that only the difference is read."""
        shared = set(labels[0]).intersection(*labels) if len(labels) > 1 else set()
        return [self.label([part for part in label if part not in shared] or label) for label in labels]

    def _part(self, kind: str, code: str) -> str:
        if kind == "word":
            return gettext(sentences.WORDS.get(code) or sentences.analysis_title(code) or code)
        if kind in ("outcome", "answer"):
            name, _, choice = code.partition("/")
            measure = self.plan.measures.get(name)
            return self.choice(name, choice) if choice else worded(measure.title) if measure else plain(name)
        if kind in ("theme", "title"):
            return worded(json.loads(code)) if kind == "title" else " › ".join(plain(one) for one in code.split("."))
        if kind in ("domain", "time"):
            time = self.plan.time(code) if kind == "time" else None
            return worded(time.title if time else self._domain(code)) or plain(code)
        if kind == "group":
            return self.group(*code.split("/", 1))
        days, share = kind == "days", kind == "share"
        amount = gettext("{n} days").format(n=code) if days else _lie_below(code) if share else ""
        return amount or plain(code)

    def _domain(self, code: str) -> Any:
        """What an analysis of the plan calls a domain of topics; empty where none says."""
        titles = (spec.options.get("domain_titles", {}).get(code) for spec in self.plan.analyses)
        return next((title for title in titles if title), "")

    def group(self, comparison: str, side: str) -> str:
        found = self.plan.comparison(comparison)
        if found:
            for one in found.groups:
                if one.code == side:
                    return worded(one.title)
            if found.factor and side:
                return self.choice(found.factor, side)
        return self.sites.get(side) or plain(side) or gettext("not known")

    def choice(self, measure: str, code: str) -> str:
        """A choice as its form words it; its code where the form has no words for it."""
        return worded(self.labels.get(measure, {}).get(code)) or plain(code)

    def measure(self, code: str) -> str:
        found = self.plan.measures.get(code)
        return worded(found.title) if found else gettext(sentences.WORDS.get(code, code))

    def unit(self, label: Sequence[str]) -> str:
        """What the measure of a label counts, where the plan says it."""
        codes = (part.partition(":")[2] for part in label if part.startswith("outcome:"))
        found = next((self.plan.measures[code] for code in codes if code in self.plan.measures), None)
        return worded(found.unit) if found and found.unit else ""

    def analysis(self, code: str) -> str:
        """Its title. Where two of a plan would have the same, the one that compares says whom."""
        spec = self.plan.analysis(code)
        title = self._titled(spec)
        comparison = self.plan.comparison(spec.compare)
        if comparison and sum(self._titled(one) == title for one in self.plan.analyses) > 1:
            return f"{title} – {worded(comparison.title)}"
        return title

    def _titled(self, spec: Analysis) -> str:
        if spec.title:
            return worded(spec.title)
        kind = gettext(sentences.analysis_title(spec.do))
        return f"{kind}: {self.measure(spec.outcome)}" if spec.outcome else kind

    def note(self, said: Mapping[str, Any]) -> str:
        """A remark of an estimate in the reader's language, with groups and items by their titles."""
        known = said.get("values", {})
        text = sentence(said["code"], known.get("n"))
        if text is None:
            return str(said.get("text", said["code"]))
        values = {name: self._named(name, value) for name, value in known.items()}
        return gettext(text).format_map(_Plain(values))

    def _named(self, name: str, value: Any) -> Any:
        if name == "item":
            return self.measure(str(value))
        if name == "why":
            return naming.said(str(value), self.side)
        if name in ("side", "taken"):
            return gettext(sentences.WORDS.get(str(value), str(value)))
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return self.side(str(value)) if name == "group" else value

    def side(self, code: str) -> str:
        """A group by its code alone."""
        known = (one.code for one in self.plan.comparisons if any(group.code == code for group in one.groups))
        factors = (one.code for one in self.plan.comparisons if code in self.labels.get(one.factor or "", {}))
        comparison = next(known, "") or next(factors, "")
        word = sentences.WORDS.get(code, "")
        return self.group(comparison, code) if comparison or not word else gettext(word)


def _lie_below(share: str) -> str:
    return gettext("{share} lie below").format(share=number(float(share) * 100, 0) + NBSP + "%")


def plain(code: str) -> str:
    return code.replace("_", " ")


def number(value: float | None, digits: int | None = None) -> str:
    """A number with as many digits as it bears; None is not zero but a dash."""
    if value is None:
        return "–"
    size = abs(value)
    places = digits if digits is not None else 0 if size >= 1000 else 1 if size >= 100 else 2
    return number_format(round(value, places) + 0.0, places, force_grouping=True)


def valued(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    if unit == "share":
        return number(value * 100, 1) + NBSP + "%"
    return number(value, 0) if unit == "days" else number(value)


def p_value(p: float | None) -> str:
    if p is None:
        return ""
    if p < 0.001:
        return "<" + NBSP + number(0.001, 3)
    return number(p, 3) if p < 0.9995 else ">" + NBSP + number(0.999, 3)


def p_in_a_sentence(p: float) -> str:
    """With its sign: "= 0.012", "< 0.001"."""
    said = p_value(p)
    return said if said[0] in "<>" else "=" + NBSP + said


def point(estimate: Estimate, unit: str) -> str:
    """The value, or why there is none."""
    if estimate["empty_because"]:
        return gettext("hidden") if estimate["empty_because"]["code"] == "withheld" else gettext("no figure")
    return gettext("not reached") if estimate["point"] is None else valued(estimate["point"], unit)


def interval(estimate: Estimate, unit: str) -> str:
    low, high = estimate["low"], estimate["high"]
    if estimate["point"] is None or (low is None and high is None):
        return ""
    return gettext("{low} to {high}").format(
        low=gettext("open") if low is None else valued(low, unit),
        high=gettext("open") if high is None else valued(high, unit),
    )


def counted(estimate: Estimate) -> str:
    """n of N, with the count behind a share."""
    used, eligible = number(estimate["n_used"], 0), number(estimate["n_eligible"], 0)
    if "count" in estimate["numbers"] and not estimate["empty_because"]:
        count = number(estimate["numbers"]["count"], 0)
        return (
            f"{count}/{used}"
            if used == eligible
            else gettext("{count}/{used} of {eligible}").format(count=count, used=used, eligible=eligible)
        )
    return used if used == eligible else gettext("{used} of {eligible}").format(used=used, eligible=eligible)


def in_a_sentence(estimate: Estimate, unit: str, speaker: Speaker) -> str:
    """As running text prints a figure: value, interval, n."""
    level = speaker.plan.level
    if estimate["empty_because"]:
        return gettext("no figure: {why}").format(why=speaker.note(estimate["empty_because"]))
    between = interval(estimate, unit)
    if not between:
        return gettext("{value} (n = {n})").format(value=point(estimate, unit), n=counted(estimate))
    return gettext("{value} ({level} % interval {between}; n = {n})").format(
        value=point(estimate, unit), level=number(level * 100, 0), between=between, n=counted(estimate)
    )


class _Plain(dict[str, Any]):
    """Leaves a dash where a figure is missing rather than fail while telling."""

    def __missing__(self, key: str) -> str:
        return "–"
