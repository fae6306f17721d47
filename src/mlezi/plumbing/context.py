"""What every page may use: languages offered, the version and the menu."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mlezi import __version__
from mlezi.plumbing import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    offered = [(code, name) for code, name in settings.LANGUAGES if code in settings.READY_LANGUAGES]
    return {
        "mlezi_version": __version__,
        "languages_offered": offered,
        "menu": SimpleLazyObject(lambda: navigation.menu(request)),
    }
