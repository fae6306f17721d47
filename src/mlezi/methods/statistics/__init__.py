"""Statistics without Django: plain values in, an `Estimate` out. Import the module, not this package.

* `estimate` - `Estimate` (estimand, n used, n eligible, method, point, interval, notes), `empty`
* `notes` - every remark an estimate can carry, by code, for translation
* `values` - gaps (None, NaN) and bad values (`BadValue`)
* `proportions` - `proportion`, `share`, `choices`, `promoter_score`; Wilson or Clopper-Pearson
* `quantiles` - `quantile`, `median` with quartiles; type 7
* `means` - `mean` (t interval; sd, quartiles, floor and ceiling)
* `rankings` - `ranked` needs (ties 1224, rank intervals), `ranks_1224`
* `paired` - `by_person`, `mean_change` (paired t), `typical_change` (signed rank, zero rule named)
* `standardised` - `standardised_change` (g_av, d_av, d_z, d_rm ...; J named), `small_sample_factor`
* `attrition` - `flow`, `lost_against_followed`, `extreme_cases`
* `two_means` - `mean_difference` (Welch), `typical_difference` (Mann-Whitney), `standardised_difference` (Hedges g)
* `two_proportions` - `risk_difference` (Newcombe), `risk_ratio`, `odds_ratio`; Fisher's p in `numbers`
* `k_groups` - `kruskal_wallis`, `welch_anova`
* `contingency` - `cross_table`, `association` (chi-square, exact or simulated where small, Cramér's V)
* `correlations` - `pearson`, `spearman`, `partial`, `pearson_by_site`
* `multiplicity` - `holm`, `benjamini_hochberg`
* `alpha` - `alpha` (Feldt), `items_dropped`; `omega` - `omega` (one factor, bootstrap)
* `survival` - `kaplan_meier` -> `Curve` (`at`, `median`, `at_risk`, `steps`); late entry
* `rmst` - `restricted_mean`, `restricted_mean_difference`; `log_rank` - `log_rank`, `hazard_ratio`
* `clusters` - `site_difference` (site averages or robust; refuses one site on a side), `design` effect
* `repeated` - `changes`, `differences_in_change` (mixed model, gaps allowed)
* `pairwise` - order statistics of pairs, for Hodges-Lehmann estimates of any size
* `suppression` - `protect`, `protect_table`, `audit`, `protects`, `withhold`, `round_to_base`; small counts

Beside it: `mlezi.methods.agreement` (coders, raters) and `mlezi.methods.sampling` (draws, match rates).
A gap is None or NaN. Text or infinity raises `BadValue` with its place. Too little data gives an empty
estimate that says why, never a number.
"""
