"""Hands the rooms what they may not fetch themselves: reactions and registers."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mlezi.config"
    label = "config"

    def ready(self) -> None:
        from mlezi.audit import hearing, waiting  # noqa: PLC0415 - the rooms exist only now
        from mlezi.config.derivers import DERIVERS, FOLLOWERS, MEETINGS  # noqa: PLC0415
        from mlezi.config.merging import MOVED  # noqa: PLC0415
        from mlezi.config.reactions import REACTIONS  # noqa: PLC0415
        from mlezi.demo import tour  # noqa: PLC0415
        from mlezi.evaluation import versions  # noqa: PLC0415
        from mlezi.instruments.derivation import register  # noqa: PLC0415
        from mlezi.people import belongings  # noqa: PLC0415

        waiting.fill(REACTIONS)
        hearing.fill((versions.heard, versions.heard_many))
        belongings.fill(MOVED)
        register.fill(DERIVERS, FOLLOWERS, MEETINGS)
        tour.register()
