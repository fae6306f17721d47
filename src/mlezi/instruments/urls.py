"""Where the pages about forms and records hang, under a programme."""

from django.urls import path

from mlezi.instruments.views import files, listing, paper, publishing

app_name = "instruments"
urlpatterns = [
    path("<slug:programme>/forms/", listing.page, name="forms"),
    path("<slug:programme>/forms/new/", publishing.upload, name="publish"),
    path("<slug:programme>/forms/new/confirm/", publishing.confirm, name="publish_confirm"),
    path("<slug:programme>/forms/<str:form_id>/", listing.form, name="form"),
    path("<slug:programme>/forms/<str:form_id>/paper/", paper.page, name="paper"),
    path("<slug:programme>/forms/<str:form_id>/close/", publishing.close, name="close"),
    path("<slug:programme>/forms/<str:form_id>/<str:version>/source/", files.source, name="source"),
    path("<slug:programme>/forms/<str:form_id>/<str:version>/xform/", files.xform, name="xform"),
    path("<slug:programme>/forms/<str:form_id>/<str:version>/retire/", publishing.retire, name="retire"),
]
