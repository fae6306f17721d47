"""Registers the room with Django."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "mlezi.programmes"
    label = "programmes"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415 - models exist only now

        from mlezi.audit.imports import kinds  # noqa: PLC0415
        from mlezi.programmes.importing import enrolments, sites  # noqa: PLC0415

        kinds.register("places", _("Places"), "sites", sites.PART)
        kinds.register("people", _("People"), "enrolments", enrolments.PART)
