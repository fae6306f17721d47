"""Where the pages about forms and records hang, under a programme."""

from django.urls import path

from mlezi.instruments.views import files, filling, listing, paper, parked, publishing, quarantine
from mlezi.programmes.views import imports

app_name = "instruments"
urlpatterns = [
    path("<slug:programme>/forms/", listing.page, name="forms"),
    path("<slug:programme>/forms/new/", publishing.upload, name="publish"),
    path("<slug:programme>/forms/new/confirm/", publishing.confirm, name="publish_confirm"),
    path("<slug:programme>/forms/<str:form_id>/", listing.form, name="form"),
    path("<slug:programme>/forms/<str:form_id>/fill/", filling.new, name="fill"),
    path("<slug:programme>/forms/records/<uuid:record>/edit/", filling.edit, name="edit"),
    path("<slug:programme>/forms/records/<uuid:record>.xml", filling.record, name="record"),
    path("<slug:programme>/forms/records/<uuid:record>/files/<str:name>", filling.record_file, name="record_file"),
    path("<slug:programme>/forms/<str:form_id>/paper/", paper.page, name="paper"),
    *imports.routes("answers", "<slug:programme>/forms/<str:form_id>/"),
    path("<slug:programme>/forms/<str:form_id>/close/", publishing.close, name="close"),
    path("<slug:programme>/forms/<str:form_id>/<str:version>/source/", files.source, name="source"),
    path("<slug:programme>/forms/<str:form_id>/<str:version>/xform/", files.xform, name="xform"),
    path("<slug:programme>/forms/<str:form_id>/<str:version>/retire/", publishing.retire, name="retire"),
    path("<slug:programme>/quarantine/", quarantine.page, name="quarantine"),
    path("<slug:programme>/quarantine/parked/", parked.page, name="parked"),
    path("<slug:programme>/quarantine/parked/<uuid:uid>/", parked.one, name="parked_one"),
    path("<slug:programme>/quarantine/parked/<uuid:uid>/bytes/", parked.content, name="parked_content"),
    path("<slug:programme>/quarantine/parked/<uuid:uid>/decide/", parked.decide, name="parked_decide"),
    path("<slug:programme>/quarantine/<uuid:uid>/", quarantine.one, name="quarantined"),
    path("<slug:programme>/quarantine/<uuid:uid>/bytes/", quarantine.content, name="quarantined_content"),
    path("<slug:programme>/quarantine/<uuid:uid>/decide/", quarantine.decide, name="quarantined_decide"),
]
