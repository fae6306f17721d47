"""What every page may use: languages offered and the version."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from mlezi import __version__


def page(request: HttpRequest) -> dict[str, Any]:
    offered = [(code, name) for code, name in settings.LANGUAGES if code in settings.READY_LANGUAGES]
    return {"mlezi_version": __version__, "languages_offered": offered}
