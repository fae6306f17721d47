"""The phone's door, under a programme (name and password) or under a phone's own token.

The web form uses the same door, signed in, under `desk/`; whoever was asked by a link, under `answer/`.
"""

from django.urls import include, path

from mlezi.openrosa.views import app, asked, desk, devices, forms, submissions, unsent

below = [
    path("formList", forms.form_list, name="form_list"),
    path("forms/<int:version>.xml", forms.form, name="form"),
    path("forms/<int:version>/manifest", forms.manifest, name="manifest"),
    path("forms/<int:version>/files/<str:name>", forms.file, name="file"),
    path("lists/<str:name>/integrity", forms.integrity, name="integrity"),
    path("submission", submissions.submission, name="submission"),
    path("receipts", submissions.receipt, name="receipts"),
    path("offered", app.offered, name="offered"),
    path("recovery", app.recover, name="recovery"),
]
office = [
    path("", devices.page, name="devices"),
    path("enrol/", devices.enrol, name="enrol"),
    path("unsent/", unsent.page, name="unsent"),
    path("<uuid:uid>/renew/", devices.renew, name="renew"),
    path("<uuid:uid>/revoke/", devices.revoke, name="revoke"),
]
at_desk = [
    path("forms/<int:version>.xml", desk.form, name="form"),
    path("forms/<int:version>/files/<str:name>", desk.file, name="file"),
    path("lists/<str:name>", desk.made_list, name="list"),
    path("submission", desk.submission, name="submission"),
]
by_link = [
    path("", asked.enter, name="enter"),
    path("<str:code>/", asked.page, name="page"),
    path("<str:code>/files/<str:name>", asked.file, name="file"),
    path("<str:code>/submission", asked.submission, name="submission"),
]
typed_in = [
    path("<uuid:invitation>/", asked.sheet, name="sheet"),
    path("<uuid:invitation>/submission", asked.sheet_submission, name="sheet_submission"),
]
urlpatterns = [
    path("phone/key/<str:token>/", include((below, "phone_key"))),
    path("answer/", include((by_link, "asked"))),
    path("<slug:programme>/sheets/", include((typed_in, "surveys_desk"))),
    path("phone/<slug:programme>/", include((below, "phone"))),
    path("<slug:programme>/devices/", include((office, "openrosa"))),
    path("<slug:programme>/desk/", include((at_desk, "desk"))),
]
