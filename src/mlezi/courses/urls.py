"""Where courses hang, under a programme; and the public page that checks a certificate."""

from django.urls import include, path

from mlezi.courses.views import certificates, own, runs

PAGES = [
    path("", runs.listing, name="list"),
    path("mine/", own.listing, name="own"),
    path("begin/", runs.begin, name="begin"),
    path("certificates/<uuid:uid>/certificate.pdf", certificates.pdf, name="pdf"),
    path("certificates/<uuid:uid>/badge.json", certificates.badge, name="badge"),
    path("certificates/<uuid:uid>/revoke/", certificates.revoke, name="revoke"),
    path("<slug:code>/", runs.run, name="run"),
    path("<slug:code>/mine/", own.page, name="mine"),
    path("<slug:code>/enrol/", runs.enrol, name="enrol"),
    path("<slug:code>/issue/", runs.issue, name="issue"),
    path("<slug:code>/people/<int:person>/off/", runs.take_off, name="take_off"),
]
PUBLIC = [
    path("", certificates.check, name="check"),
    path("revoked.json", certificates.revoked, name="revoked"),
]
urlpatterns = [
    path("certificates/", include((PUBLIC, "certificates"))),
    path("<slug:programme>/courses/", include((PAGES, "courses"))),
]
