"""Every address, room by room. Rooms own their own; this file only says where they hang."""

from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

# Of the accounts' library what needs mail is not offered: many districts have none, and a coordinator's link does it.
WITHOUT_MAIL = [
    path("", RedirectView.as_view(pattern_name="usersessions_list")),
    path("email/", RedirectView.as_view(pattern_name="usersessions_list")),
    path("3rdparty/", RedirectView.as_view(pattern_name="usersessions_list")),
    *(path(f"{way}/", RedirectView.as_view(pattern_name="account_login")) for way in (
        "confirm-email", "login/code/confirm", "password/reset", "password/reset/done", "password/reset/key/done"
    )),
]  # fmt: skip

urlpatterns = [
    path("", include("mlezi.openrosa.urls")),  # first: nobody asks as often as phones, and addresses are tried in turn
    path("account/", include(WITHOUT_MAIL)),
    path("", include("mlezi.people.urls")),
    path("account/", include("allauth.urls")),
    path("", include("mlezi.field.urls")),
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
