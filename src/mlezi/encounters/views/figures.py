"""The figures at the top of the page about trust."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mlezi.encounters.queries import LATE_DAYS
from mlezi.encounters.trust import Shares
from mlezi.methods.statistics.estimate import Estimate
from mlezi.plumbing.figures import Figure, Interval
from mlezi.plumbing.words import number, percent
from mlezi.programmes.models import Programme


def figures(programme: Programme, counted: Shares, match: Estimate, n_doubtful: int) -> list[Figure]:
    late = ngettext("arrived more than {days} day after", "arrived more than {days} days after", LATE_DAYS).format(
        days=LATE_DAYS
    )
    return [
        _match(programme, match),
        _share(_("Doubtful"), n_doubtful, counted.n, gettext("see the list below")),
        _share(_("Received late"), counted.n_late, counted.n, late),
        _share(_("Typed in from paper"), counted.n_paper, counted.n, gettext("the paper is the first record")),
        _share(_("Sources differ"), counted.n_conflicting, counted.n, gettext("both are shown with the encounter")),
    ]


def _share(name: object, part: int, whole: int, note: str) -> Figure:
    if not whole:
        return Figure(name=str(name), value="", note=gettext("No encounter was held in these months."))
    of = gettext("{part} of {whole}; {note}").format(part=number(part), whole=number(whole), note=note)
    return Figure(name=str(name), value=percent(part / whole), note=of)


def _match(programme: Programme, match: Estimate) -> Figure:
    name, link = _("Confirmed by the facility"), reverse("encounters:sample", args=[programme.code])
    if match.point is None:
        why = (
            str(match.empty_because)
            if match.empty_because and match.n_eligible
            else gettext("No sample is checked yet.")
        )
        return Figure(name=name, value="", note=why, open_url=link, open_text=_("Open the sample"))
    low, high = 100 * (match.low or 0), 100 * (match.high if match.high is not None else 1)
    words = gettext(
        "{sure} interval {low} to {high}; {n} checked of {drawn} drawn, weighed up to all encounters"
    ).format(
        sure=percent(0.95), low=percent(low / 100), high=percent(high / 100), n=match.n_used, drawn=match.n_eligible
    )
    interval = Interval(low=low, high=high, at=100 * match.point, words=words)
    return Figure(
        name, percent(match.point), note=words, interval=interval, open_url=link, open_text=_("Open the sample")
    )
