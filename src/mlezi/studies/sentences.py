"""Every word and sentence of study reports, by code, marked for translation."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from mlezi.studies.analyses import BY_CODE

WORDS: Mapping[str, str] = {
    "everybody": _("everybody"),
    "mean": _("mean"),
    "last": _("last"),
    "first": _("first"),
    "median": _("median"),
    "mean_change": _("mean change"),
    "followed": _("those followed"),
    "lost": _("those lost"),
    "lower": _("lower"),
    "upper": _("upper"),
    "lower and upper": _("lower and upper"),
    "typical_change": _("typical change (median of pairs)"),
    "standardised_change": _("change in standard deviations"),
    "lost_at_start": _("those followed less those lost, at the start (in SD)"),
    "extreme_cases": _("change if all lost had done worst, or best"),
    "attrition": _("Who has which measurement"),
    "people": _("people"),
    "only_first": _("only the first"),
    "only_last": _("only the later"),
    "both_times": _("both"),
    "neither": _("neither"),
    "response_rate": _("answered of those asked"),
    "flow_by_time": _("Asked and answered at each time"),
    "asked": _("asked"),
    "answered": _("answered"),
    "topics_ranked": _("Topics, most needed first"),
    "domains": _("Domains"),
    "topics_by_group": _("Score of each topic by group (a dash: too few answers to show)"),
    "high_need": _("share with high need"),
    "over_topics": _("interval over topics"),
    "over_respondents": _("interval over respondents"),
    "alpha": _("Cronbach's alpha"),
    "omega": _("McDonald's omega"),
    "items": _("Items"),
    "rest_r": _("correlation with the rest"),
    "alpha_without": _("alpha without it"),
    "respects_sites": _("respecting sites"),
    "people_as_strangers": _("as if people of one site were strangers"),
    "difference": _("difference"),
    "less": _("less"),
    "risk_ratio": _("ratio of shares"),
    "typical_difference": _("typical difference"),
    "hedges_g": _("difference in standard deviations"),
    "highest_less_lowest": _("highest less lowest mean"),
    "between_groups": _("share of variation between groups"),
    "yes": _("yes"),
    "no": _("no"),
    "staying": _("Staying"),
    "staying_beyond": _("still there after"),
    "median_stay": _("time by which half have left"),
    "time_stayed": _("mean time stayed, counted up to"),
    "log_rank": _("Whether the curves differ (log-rank)"),
    "at_risk_table": _("followed and left"),
    "at_risk": _("still followed"),
    "left": _("left so far"),
    "dose": _("Dose"),
    "sessions": _("encounters"),
    "hours": _("hours"),
    "of_planned": _("part of what was planned"),
    "full_dose": _("received all that was planned"),
    "reached": _("reached at least once"),
    "encounters_each": _("encounters a person"),
    "others": _("everybody else"),
    "start_held_equal": _("with the starting level held equal"),
    "change_since_start": _("change since the first time"),
    "difference_in_change": _("difference in change"),
    "percent_agreement": _("share on which raters agree"),
    "kappa": _("kappa"),
    "ac1": _("AC1"),
    "icc": _("intraclass correlation"),
    "krippendorff": _("Krippendorff's alpha"),
    "sites": _("sites"),
    "sites_outside": _("Sites within and beyond what chance explains"),
    "within_limits": _("within both limits"),
    "beyond_95": _("beyond the 95 % limit"),
    "beyond_998": _("beyond the 99.8 % limit"),
    "themes": _("Themes"),
    "cadre": _("Cadre"),
    "cohort": _("Cohort"),
    "part": _("Part"),
}
STEPS: Mapping[str, str] = {
    "enrolled": _("Take part in the programme"),
    "cadres": _("of the cadres studied"),
    "places": _("at the places studied"),
    "cohorts": _("of the cohorts studied"),
    "enrolled_from": _("enrolled late enough"),
    "enrolled_until": _("enrolled early enough"),
    "attended": _("attended often enough"),
    "eligible": _("eligible"),
    "answered": _("answered"),
    "first_time": _("have the first measurement"),
    "both_times": _("have both measurements"),
    "rated_any": _("rated at least one topic"),
    "topics": _("topics rated by anybody"),
    "all_items": _("answered every item"),
    "have_first": _("have the first measure"),
    "both_measures": _("have both measures"),
    "in_a_group": _("belong to a group"),
    "answered_both": _("answered both"),
    "have_spell": _("have a known start"),
    "usable_spell": _("with days that can be true"),
    "left": _("left"),
    "have_dose": _("have a known dose"),
    "have_value": _("have a value"),
    "rated_twice": _("rated by two or more"),
    "sites": _("sites"),
    "heard": _("heard in interviews or open answers"),
}
DESIGNS: Mapping[str, str] = {
    "single_group": _("One group, measured before and after"),
    "comparison_group": _("Two or more groups that were not drawn by lot"),
    "staggered_start": _("Sites that start one after another"),
    "cross_section": _("One measurement at one time"),
    "retention_cohort": _("People followed until they leave"),
}
CLAIMS: Mapping[str, str] = {
    "single_group": _("You can say how much people changed. You cannot say that the programme changed them."),
    "comparison_group": _("You can say how much more one group changed. Groups may have differed from the start."),
    "staggered_start": _(
        "You can set sites that have started beside those that wait. Other changes over time may mix in."
    ),
    "cross_section": _("You can say how things stand, and for whom. You cannot say what came first."),
    "retention_cohort": _(
        "You can say how long people stay. With a comparison you can say whether others stay as long."
    ),
}
LIMITS: Mapping[str, str] = {
    "made_up": _("These are made-up data. Nothing here is about real people."),
    "no_comparison": _(
        "There is no comparison group: what would have happened without the programme is not known, so no change here "
        "can be put down to it."
    ),
    "one_moment": _("Everything was measured once, so nothing is known of change or of what came first."),
    "not_random": _(
        "Groups were not drawn by lot. They may have differed from the start in ways that were not measured."
    ),
    "staggered": _("Sites started at different times; whatever else changed over those months is mixed in."),
    "few_sites": _(
        "Only {sites} sites: people of one site resemble each other, so the figures are less certain than the "
        "number of people suggests."
    ),
    "nobody": _("Nobody fits the description of who is studied. Check the population in the plan."),
    "attrition": _(
        "{lost} % of those first measured were not measured again ({both} of {first} have both). Those who stayed "
        "may differ from those who did not."
    ),
    "ceiling": _("{percent} % had the highest possible value; improvement beyond it could not be seen."),
    "floor": _("{percent} % had the lowest possible value; a fall below it could not be seen."),
    "empty": _("“{analysis}” has no figure; its section says why."),
    "not_adjusted": _("Several tests were made and not adjusted; some would seem to show something by chance alone."),
    "rare_hidden": _("{n} values of “{what}” that few people share are hidden, so that nobody can be recognised."),
}

COLUMNS: Mapping[str, str] = {
    "cadre": _("Cadre"),
    "site": _("Facility"),
    "district": _("District"),
    "region": _("Region"),
    "cohort": _("Cohort"),
    "part": _("Part"),
}
ROUNDED: Mapping[str, str] = {"day": _("day"), "week": _("week"), "month": _("month")}
ADJUSTED: Mapping[str, str] = {
    "holm": _("Holm's step-down procedure"),
    "benjamini_hochberg": _("Benjamini and Hochberg's false discovery rate"),
    "none": _("not adjusted"),
}


def analysis_title(code: str) -> str:
    """The catalogue's title of an analysis; empty when it is none."""
    return BY_CODE[code].title if code in BY_CODE else ""


def analysis_says(code: str) -> str:
    """What an analysis lets you say."""
    return BY_CODE[code].says if code in BY_CODE else ""


def step(code: str) -> tuple[str, str]:
    """A step's sentence and the code it is about (a time, a group), if any."""
    name, _colon, about = code.partition(":")
    return STEPS.get(name, name.replace("_", " ")), about
