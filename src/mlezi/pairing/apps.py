"""Registers the room with Django."""

from django.apps import AppConfig


class PairingConfig(AppConfig):
    name = "mlezi.pairing"
    label = "pairing"

    def ready(self) -> None:
        from mlezi.pairing import queries  # noqa: PLC0415 - models exist only now
        from mlezi.programmes import scopes  # noqa: PLC0415

        scopes.register("pairing", queries.learners_of)

        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from mlezi.audit.imports import kinds  # noqa: PLC0415
        from mlezi.pairing.importing import mentors, pairs  # noqa: PLC0415

        kinds.register("people", _("People"), "mentors", mentors.PART)
        kinds.register("pairings", _("Who supports whom"), "pairs", pairs.PART)
