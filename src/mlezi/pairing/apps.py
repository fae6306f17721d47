"""Registers the room with Django."""

from django.apps import AppConfig


class PairingConfig(AppConfig):
    name = "mlezi.pairing"
    label = "pairing"
