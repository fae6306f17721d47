"""Registers the room with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mlezi.people"
    label = "people"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415 - models exist only now

        from mlezi.audit.imports import kinds  # noqa: PLC0415
        from mlezi.people.importing import writing  # noqa: PLC0415

        kinds.register("people", _("People"), "people", writing.PART)
