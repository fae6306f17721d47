"""Registers the room with Django."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "mlezi.matching"
    label = "matching"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415 - models exist only now

        from mlezi.audit.imports import kinds  # noqa: PLC0415
        from mlezi.matching import offering  # noqa: PLC0415
        from mlezi.matching.importing import records, terms  # noqa: PLC0415
        from mlezi.pairing import offers  # noqa: PLC0415

        kinds.register("records", _("Track records"), "records", records.PART)
        kinds.register("people", _("People"), "matching", terms.PART)
        offers.register("matching", offering.next_mentor)
