"""Every remark that an estimate can carry, in one place, so that pages can translate them by code.

A note says what happened and what to do about it. It is never an error: errors are raised.
"""

from __future__ import annotations

from dataclasses import dataclass


def _(text: str) -> str:
    """Marks a sentence for translation; down here it stays in English."""
    return text


NOTES: dict[str, str] = {
    # Why an estimate is empty.
    "nobody": _("There are no answers yet, so there is nothing to calculate."),
    "all_missing": _("All {n_eligible} values are missing, so there is nothing to calculate."),
    "too_few_for_estimate": _("Only {n} usable; at least {needed} are needed for this figure."),
    "group_empty": _("The group “{group}” has no usable values, so there is nothing to compare."),
    "no_variation": _("All values are equal, so this figure is not defined."),
    "one_site_side": _(
        "The side “{group}” has {sites} site(s). With fewer than two sites on a side, a difference "
        "between sides cannot be told from a difference between sites; add sites or report the sides apart."
    ),
    "did_not_converge": _("The model did not settle on an answer with these data; use a simpler analysis."),
    "not_defined": _("This figure is not defined for these data: {why}."),
    "withheld": _("Hidden because a group smaller than {threshold} could be recognised."),
    "outside_scale": _(
        "{n} values lie outside the scale {lowest} to {highest}; scales may be mixed. Mend the records "
        "or the scale that is declared."
    ),
    "not_in_snapshot": _("The snapshot holds no {dataset}; nothing of the kind was recorded."),
    "nobody_asked": _(
        "{n} answered, and nobody was asked through the programme. A response rate needs to know who was asked: put "
        "the instrument on a schedule, or bring in a register of those asked."
    ),
    "needs_two_groups": _("{n} groups have usable values; a comparison needs at least two."),
    # What to keep in mind.
    "answered_twice": _("{n} people have more than one record; the {taken} one counts."),
    "text_values": _("{n} answers are text where a number belongs; they count as missing."),
    "impossible_days": _("{n} records end before they begin or lie before the start; they are left out."),
    "two_intervals": _(
        "The interval over topics says how even a domain is and would not shrink with more respondents; "
        "the interval over respondents says how exactly these people's answers are known."
    ),
    "dose_chosen": _("Who receives more is not chance: the eager, the near and the struggling differ from the start."),
    "no_group": _("{n} people belong to none of the groups compared."),
    "few": _("Based on only {n}; a percentage or mean of fewer than {needed} moves a lot with one person."),
    "no_interval": _("No interval: at least {needed} values are needed for one and there are {n}."),
    "no_spread": _("All values are equal, so the interval has no width; it does not mean certainty."),
    "missing": _("{missing} of {n_eligible} gave no usable answer ({percent} %)."),
    "ceiling": _("{percent} % have the highest possible value; change above it cannot be seen."),
    "floor": _("{percent} % have the lowest possible value; change below it cannot be seen."),
    "not_normal": _("The values are skewed or have outliers and are few; prefer the median and the rank test."),
    "unpaired_dropped": _("{n} people have only one of the two measurements and are not in this figure."),
    "zeros": _("{n} of {total} pairs did not change."),
    "p_not_headline": _("With {n} pairs a p-value says little; look at each person's line."),
    "few_items": _("A scale of {n} items: reliability is loosely estimated below three items."),
    "negative_item": _("Item “{item}” runs against the others; check whether it should be reversed."),
    "negative_alpha": _("The items do not go together (negative average covariance); do not add them up."),
    "just_identified": _("Three items fix the model exactly; its fit cannot be judged."),
    "improper": _("The one-factor model puts an item at the edge of what is possible; do not rely on it."),
    "bootstrap_lost": _("{lost} of {resamples} resamples gave no answer and were left out."),
    "bound_open": _("The interval has no {side} bound with these data."),
    "not_reached": _("Not reached during follow-up."),
    "perfect": _("Agreement is complete here, so no interval can be given; it does not mean certainty."),
    "uncoded": _("{n} units have fewer than two codings and say nothing of agreement."),
    "on_a_line": _("The points lie exactly on a line; check that one column was not made from the other."),
    "ties": _("{n} tied values; the exact method does not apply."),
    "expected_small": _("The smallest expected count is {smallest}; the exact test is used."),
    "expected_small_approximate": _(
        "The smallest expected count is {smallest} and the table is too large for "
        "the exact test; the p-value comes from {resamples} random tables (seed {seed})."
    ),
    "zero_cell": _("One cell is zero; {what}."),
    "few_sites": _("Only {sites} sites; the comparison is made on site averages and has little power."),
    "skewed_margins": _(
        "Nearly all codings are “{category}”; kappa is low even when coders agree. Read AC1 beside it."
    ),
    "one_category": _("Only one category was used, so agreement by chance cannot be told from agreement."),
    "tail_thin": _("Fewer than {needed} people are followed at this time."),
    "tau_beyond": _("Follow-up ends at {last}; the mean is taken to there and not to {tau}."),
    "late_entry": _("{n} people joined the follow-up late and count only from then on."),
    "nobody_left": _("Nobody has left by then, so the curve gives no interval."),
    "beyond_follow_up": _("Nobody was followed beyond {last}, so nothing can be said of later."),
    "ran_out": _(
        "At {time} everybody under observation had left while others joined later; the curve is not "
        "reliable from there."
    ),
    "cold_start": _("Nobody was under observation at some time before {time}; the curve starts there."),
    "missing_at_random": _("People with gaps are in; this is right if what is missing depends only on what was seen."),
    "boundary": _("The model found no difference between the {what}; treat its variance as zero."),
    "extrapolated": _("Population of {n} known records; the rate is for these and no others."),
    "unequal_sizes": _("Sites differ a lot in size; the average of sites is not the average of people."),
}


# The same of one, where English says it otherwise. Chosen when `n` is 1.
OF_ONE: dict[str, str] = {
    "outside_scale": _(
        "{n} value lies outside the scale {lowest} to {highest}; scales may be mixed. Mend the record "
        "or the scale that is declared."
    ),
    "needs_two_groups": _("{n} group has usable values; a comparison needs at least two."),
    "answered_twice": _("{n} person has more than one record; the {taken} one counts."),
    "text_values": _("{n} answer is text where a number belongs; it counts as missing."),
    "impossible_days": _("{n} record ends before it begins or lies before the start; it is left out."),
    "no_group": _("{n} person belongs to none of the groups compared."),
    "unpaired_dropped": _("{n} person has only one of the two measurements and is not in this figure."),
    "no_interval": _("No interval: at least {needed} values are needed for one and there is {n}."),
    "p_not_headline": _("With {n} pair a p-value says little; look at each person's line."),
    "few_items": _("A scale of {n} item: reliability is loosely estimated below three items."),
    "uncoded": _("{n} unit has fewer than two codings and says nothing of agreement."),
    "late_entry": _("{n} person joined the follow-up late and counts only from then on."),
    "extrapolated": _("Population of {n} known record; the rate is for it and no others."),
}


def sentence(code: str, n: object = None) -> str | None:
    """The sentence of a code for `n` of what it is about; None for a code that is not known."""
    return OF_ONE.get(code, NOTES.get(code)) if n == 1 else NOTES.get(code)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark by code with the figures that its sentence needs; `str()` gives English."""

    code: str
    values: tuple[tuple[str, float | str], ...] = ()

    def __post_init__(self) -> None:
        NOTES[self.code].format(**dict(self.values))

    def __str__(self) -> str:
        values = dict(self.values)
        return str(sentence(self.code, values.get("n"))).format(**values)


def note(code: str, **values: float | str) -> Note:
    """A note of this code; raises KeyError for a code or a figure that its sentence does not know."""
    return Note(code, tuple(values.items()))
