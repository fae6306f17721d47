"""Names of statistical methods and their variants, as reports print them in the reader's language.

The ground floor names them in plain English and knows no translations; what it may say stands here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

METHODS: tuple[str, ...] = (
    _("Wilson score interval"),
    _("Clopper-Pearson exact interval"),
    _("Quantile of type 7"),
    _("Cronbach's alpha"),
    _("McDonald's omega total"),
    _("Hedges g"),
    _("Pearson correlation"),
    _("Spearman rank correlation"),
    _("Partial Pearson correlation"),
    _("Worst and best case"),
    _("Restricted mean staying time"),
    _("Difference of restricted mean staying times"),
    _("Kaplan-Meier"),
    _("Kaplan-Meier median"),
    _("Mixed model, own starting level per person"),
    _("Mean with t interval"),
    _("Paired t interval"),
    _("Wilcoxon signed-rank test with Hodges-Lehmann centre"),
    _("Standardised change"),
    _("Welch t interval"),
    _("Mann-Whitney test with Hodges-Lehmann shift"),
    _("Welch analysis of variance"),
    _("Kruskal-Wallis test with epsilon squared"),
    _("Chi-square test with Cramér's V"),
    _("Risk difference with Newcombe interval"),
    _("Risk ratio with Katz log interval"),
    _("Odds ratio with Woolf log interval"),
    _("Comparison of sites"),
    _("Log-rank test"),
    _("Peto one-step hazard ratio"),
    _("Cohen's kappa"),
    _("Scott's pi"),
    _("Gwet's AC1"),
    _("Brennan-Prediger"),
    _("Fleiss' kappa"),
    _("Conger's kappa"),
    _("Net promoter score"),
    _("Krippendorff's alpha, nominal"),
    _("Krippendorff's alpha, ordinal"),
    _("Krippendorff's alpha, interval"),
    _("Krippendorff's alpha, ratio"),
)
# What stands in brackets behind a method, part by part.
VARIANTS: tuple[str, ...] = (
    _("after less before"),
    _("hybrid score, no continuity correction"),
    _("no correction"),
    _("unequal variances"),
    _("Fisher interval"),
    _("Bonett-Wright interval"),
    _("lost set to the ends of the scale"),
    _("not a confidence interval"),
    _("linear interpolation"),
    _("interval from order statistics"),
    _("ties corrected"),
    _("p from chi-square"),
    _("interval from the noncentral chi-square"),
    _("p: chi-square without correction"),
    _("p: Fisher exact"),
    _("hypergeometric variance"),
    _("t-test of site averages, each site counts once"),
    _("means of people, variance between sites, Satterthwaite df"),
    _("listwise"),
    _("Feldt interval"),
    _("Greenwood error of the area"),
    _("one factor, maximum likelihood, covariances"),
    _("0.5 added to each cell"),
    _("centre of all pairs"),
    _("zeros: drop"),
    _("zeros: pratt"),
    _("p: normal"),
    _("p: exact"),
    _("p: normal approximation, corrected for continuity and ties"),
    _("p: exact over all signs"),
    _("root mean square of the two SDs"),
    _("mean of the two SDs"),
    _("correlation taken as known in the interval"),
    _("exact J with df n-1"),
    _("exact J with df 2(n-1)"),
    _("pooled SD"),
    _("exact J with df n1 + n2 - 2"),
    _("large-sample interval"),
    _("jackknife over sites on Fisher's z"),
    _("one factor, maximum likelihood, correlations"),
    _("observed variance"),
    _("model variance"),
    _("time categorical, restricted maximum likelihood, degrees of freedom within people"),
    _("complete rows"),
    _("McGraw-Wong interval"),
    _("Bonett-Price adjusted interval"),
)
# Why a figure is not defined, as its note says it.
WHYS: tuple[str, ...] = (
    _("a facility figure needs out_of and sides made of places"),
    _("the plan declares no exposure"),
    _("without one of the sites there is no variation left"),
    _("the points lie exactly on a line"),
    _("all people gave one of the items the same answer"),
    _("one of the groups has no variation"),
    _("nothing varies within people"),
    _("nobody has left yet"),
    _("the groups were never under observation at the same time"),
    _("the raters contradict each other more than the rated differ"),
)
# Parts that carry a name or a number. The words in braces are put in as they are; `one` and `two` are groups.
PATTERNS: tuple[str, ...] = (
    _("{one} less {two}"),
    _("{n} held equal"),
    _("percentile bootstrap, seed {seed}"),
    _("percentile bootstrap over units, {n} resamples, seed {seed}"),
    _("p: Freeman-Halton, {n} random tables, seed {seed}"),
    _("{n} categories, linear weights"),
    _("{n} categories, squared weights"),
    _("{n} categories"),
    _("{kind} interval"),
    _("Brookmeyer-Crowley, {kind} band"),
    _("Intraclass correlation ICC({kind})"),
    _("nobody in “{one}” has the outcome"),
    _("{what} is not a part of {whole} in {n} month(s) of a site"),
    _("{what} is not a part of {whole}"),
    _("{n} month(s) of a site say {whole} but not {what}"),
)


def named(estimate: Mapping[str, Any], group: Callable[[str], str] = str) -> str:
    """The method of an estimate, with its variant in brackets. `group` says a group's code in words."""
    variant = estimate["variant"]
    parts = "; ".join(said(part, group) for part in variant.split("; ")) if variant else ""
    return said(estimate["method"], group) + (f" ({parts})" if parts else "")


def said(part: str, group: Callable[[str], str] = str) -> str:
    """A name, a variant or a reason in the reader's language; in English where none of ours fits."""
    if part in _whole():
        return gettext(part)
    for pattern, template in _shapes():
        if found := pattern.fullmatch(part):
            values = {
                name: group(value) if name in ("one", "two") else value for name, value in found.groupdict().items()
            }
            return gettext(template).format(**values)
    return gettext(part)


@cache
def _whole() -> frozenset[str]:
    return frozenset(METHODS + VARIANTS + WHYS)


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(one))), one) for one in PATTERNS)
