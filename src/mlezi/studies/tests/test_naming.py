"""Methods are named in the reader's language, with the groups and numbers they carry."""

import pytest
from django.utils import translation

from mlezi.studies import naming


@pytest.mark.parametrize(
    ("method", "variant"),
    [
        ("Hedges g", "pooled SD; exact J with df n1 + n2 - 2; large-sample interval"),
        ("McDonald's omega total", "one factor, maximum likelihood, covariances; percentile bootstrap, seed 7"),
        ("Kaplan-Meier median", "Brookmeyer-Crowley, log-log band"),
        ("Cohen's kappa", "3 categories, squared weights"),
        ("Chi-square test with Cramér's V", "p: Freeman-Halton, 2000 random tables, seed 1"),
    ],
)
def test_every_part_of_a_variant_is_translated(method, variant):
    with translation.override("sw"):
        told = naming.named({"method": method, "variant": variant})

    assert not [part for part in variant.split("; ") if part in told]


def test_a_variant_calls_groups_by_their_titles():
    estimate = {"method": "Welch t interval", "variant": "m less c; unequal variances"}

    said = naming.named(estimate, {"m": "Military", "c": "Civilian"}.__getitem__)

    assert said == "Welch t interval (Military less Civilian; unequal variances)"


def test_a_reason_keeps_what_it_is_about():
    with translation.override("sw"):
        assert naming.said("cured is not a part of treated in 2 month(s) of a site") == (
            "cured si sehemu ya treated katika miezi 2 ya kituo"
        )
