"""Registers the room with Django."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "mlezi.instruments"
    label = "instruments"
