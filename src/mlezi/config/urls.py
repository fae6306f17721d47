"""Every address, room by room. Rooms own their own; this file only says where they hang."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("mlezi.field.urls")),
    path("", include("mlezi.openrosa.urls")),
    path("language/", set_language, name="set_language"),
    path("", include("mlezi.instruments.urls")),
    path("", include("mlezi.programmes.urls")),
    path("", include("mlezi.pairing.urls")),
    path("", include("mlezi.matching.urls")),
    path("", include("mlezi.encounters.urls")),
    path("", include("mlezi.courses.urls")),
    path("", include("mlezi.surveys.urls")),
    path("", include("mlezi.narratives.urls")),
    path("", include("mlezi.outcomes.urls")),
    path("", include("mlezi.evaluation.urls")),
    path("", include("mlezi.reports.urls")),
    path("", include("mlezi.office.urls")),
]

handler400 = "mlezi.plumbing.views.bad_request"
handler404 = "mlezi.plumbing.views.not_found"
handler500 = "mlezi.plumbing.views.fault"
