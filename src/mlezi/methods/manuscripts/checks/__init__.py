"""The checks, in the order in which a figure is claimed: what one check has read, a later one leaves alone."""

from __future__ import annotations

from mlezi.methods.manuscripts.checks import means, parts, shares

CHECKS = (means.check, shares.check, parts.check)
