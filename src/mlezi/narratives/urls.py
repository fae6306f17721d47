"""Addresses of texts, codebooks, coding and results."""

from django.urls import path

from mlezi.narratives.views import coding

app_name = "narratives"

urlpatterns = [
    path("<slug:programme>/texts/codes.json", coding.codes, name="codes"),
    path("<slug:programme>/texts/<uuid:source>/coding.json", coding.whole, name="whole"),
    path("<slug:programme>/texts/<uuid:source>/poll.json", coding.poll, name="poll"),
    path("<slug:programme>/texts/<uuid:source>/codings/", coding.add, name="add"),
    path("<slug:programme>/texts/<uuid:source>/codings/<uuid:coding_id>/", coding.change, name="change"),
    path("<slug:programme>/texts/<uuid:source>/codings/<uuid:coding_id>/remove/", coding.remove, name="remove"),
    path("<slug:programme>/texts/<uuid:source>/steps/<slug:verb>/", coding.step, name="step"),
    path("<slug:programme>/texts/<uuid:source>/done/", coding.done, name="done"),
    path("<slug:programme>/texts/<uuid:source>/reopen/", coding.reopen, name="reopen"),
    path("<slug:programme>/texts/<uuid:source>/memos/<uuid:memo_id>/", coding.write_memo, name="memo"),
    path("<slug:programme>/texts/<uuid:source>/memos/<uuid:memo_id>/remove/", coding.remove_memo, name="remove_memo"),
]
