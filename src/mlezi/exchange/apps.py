"""Registers the room with Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "mlezi.exchange"
    label = "exchange"
