"""Registers the room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutcomesConfig(AppConfig):
    name = "mlezi.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        from mlezi.audit.imports import kinds  # noqa: PLC0415 - models exist only now
        from mlezi.outcomes.importing import employment, figures  # noqa: PLC0415

        kinds.register("person_outcomes", _("Outcomes of people"), "outcomes", figures.PART)
        kinds.register("employment", _("Times in employment"), "posts", employment.PART)
