"""Registers the room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstrumentsConfig(AppConfig):
    name = "mlezi.instruments"
    label = "instruments"

    def ready(self) -> None:
        from mlezi.audit.imports import kinds  # noqa: PLC0415 - the rooms exist only now
        from mlezi.instruments import importing, lists  # noqa: PLC0415

        lists.register()
        kinds.register("answers", _("Answers and records on paper"), "records", importing.PART)
