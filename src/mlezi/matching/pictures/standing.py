"""How a round stands: being prepared, published, how its requests were answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from mlezi.matching.models import Round
from mlezi.plumbing.tables import Words


@dataclass(frozen=True)
class Standing:
    round: Round
    words: Words
    tone: str
    open: int = 0
    accepted: int = 0
    declined: int = 0
    expired: int = 0
    withdrawn: int = 0

    @property
    def asked(self) -> int:
        return self.open + self.accepted + self.declined + self.expired + self.withdrawn

    @property
    def share(self) -> float | None:
        """Of the requests, those answered, in per cent."""
        return 100 * (self.asked - self.open) / self.asked if self.asked else None


def of_round(round_: Round) -> Standing:
    counts = Counter(round_.requests.values_list("answer", flat=True))
    if round_.published_at is None:
        n = round_.scenarios.count()
        words = ngettext("{n} scenario", "{n} scenarios", n).format(n=n) if n else gettext("nothing tried yet")
        return Standing(round_, words, "")
    words, tone = (gettext("waiting for answers"), "wait") if counts[""] else (gettext("answered"), "good")
    return Standing(
        round_, words, tone, counts[""], counts["accepted"], counts["declined"], counts["expired"], counts["withdrawn"]
    )
