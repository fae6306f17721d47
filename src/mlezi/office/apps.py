"""Registers the room with Django, and hands plumbing the menu it draws on every page."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "mlezi.office"
    label = "office"

    def ready(self) -> None:
        from mlezi.office.navigation import menu  # noqa: PLC0415 - the rooms exist only now
        from mlezi.plumbing import navigation  # noqa: PLC0415

        navigation.fill(menu)
