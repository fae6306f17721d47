"""Addresses of texts, codebooks, coding and results."""

from django.urls import path

from mlezi.narratives.views import agreement, codebooks, coding, exchange, readiness, recoding, results, text, texts

app_name = "narratives"
OF = "<slug:programme>/texts/<uuid:source>/"
BOOK = "<slug:programme>/codebooks/<int:book>/"

urlpatterns = [
    # --- texts ---
    path("<slug:programme>/texts/", texts.listing, name="texts"),
    path("<slug:programme>/texts/new/", texts.bring_in, name="bring_in"),
    path("<slug:programme>/texts/gather/", texts.gather, name="gather"),
    path("<slug:programme>/texts/open/", texts.release_all, name="release_all"),
    path("<slug:programme>/texts/search/", texts.search, name="search"),
    path("<slug:programme>/texts/exchange/", exchange.exchange, name="exchange"),
    path("<slug:programme>/texts/project.qdpx", exchange.download, name="download"),
    path("<slug:programme>/texts/agreement/", agreement.agreement, name="agreement"),
    path(OF, text.text, name="text"),
    path(f"{OF}facts/", text.facts, name="facts"),
    path(f"{OF}speaks/", text.speaks, name="speaks"),
    path(f"{OF}give/", text.give, name="give"),
    path(f"{OF}words/", text.words, name="words"),
    path(f"{OF}take-out/", text.take_out, name="take_out"),
    path(f"{OF}identifiers/<int:redaction>/", text.decide, name="decide"),
    path(f"{OF}agreed/", text.agreed, name="agreed"),
    path(f"{OF}release/", text.release, name="release"),
    path(f"{OF}withdraw/", text.withdraw, name="withdraw"),
    path(f"{OF}versions/<int:number>/", text.version, name="version"),
    path(f"{OF}differences/", agreement.differences, name="differences"),
    path(f"{OF}settle/", agreement.settle, name="settle"),
    # --- the coding page ---
    path(f"{OF}code/", text.code, name="code"),
    path("<slug:programme>/texts/codes.json", coding.codes, name="codes"),
    path(f"{OF}coding.json", coding.whole, name="whole"),
    path(f"{OF}poll.json", coding.poll, name="poll"),
    path(f"{OF}suggestions.json", coding.suggestions, name="suggestions"),
    path(f"{OF}codings/", coding.add, name="add"),
    path(f"{OF}rule/", coding.rule, name="rule"),
    path(f"{OF}codings/<uuid:coding_id>/", coding.change, name="change"),
    path(f"{OF}codings/<uuid:coding_id>/remove/", coding.remove, name="remove"),
    path(f"{OF}steps/<slug:verb>/", coding.step, name="step"),
    path(f"{OF}done/", coding.done, name="done"),
    path(f"{OF}reopen/", coding.reopen, name="reopen"),
    path(f"{OF}memos/<uuid:memo_id>/", coding.write_memo, name="memo"),
    path(f"{OF}memos/<uuid:memo_id>/remove/", coding.remove_memo, name="remove_memo"),
    # --- codebooks ---
    path("<slug:programme>/codebooks/", codebooks.listing, name="codebooks"),
    path("<slug:programme>/codebooks/new/", codebooks.make, name="make_book"),
    path("<slug:programme>/codebooks/bring-in/", codebooks.bring_in, name="bring_in_book"),
    path("<slug:programme>/codebooks/take/<slug:code>/", codebooks.take, name="take_book"),
    path(BOOK, codebooks.codebook, name="codebook"),
    path(f"{BOOK}codebook.qdc", codebooks.download, name="download_book"),
    path(f"{BOOK}copy/", codebooks.copy, name="copy_book"),
    path(f"{BOOK}put-away/", codebooks.put_away, name="put_away"),
    path(f"{BOOK}share/", codebooks.share, name="share_book"),
    path(f"{BOOK}codes/new/", codebooks.add, name="add_code"),
    path(f"{BOOK}codes/<int:code>/", codebooks.change, name="change_code"),
    path(f"{BOOK}codes/<int:code>/move/", codebooks.move, name="move_code"),
    path(f"{BOOK}codes/<int:code>/merge/", recoding.merge, name="merge_code"),
    path(f"{BOOK}codes/<int:code>/split/", recoding.split, name="split_code"),
    path(f"{BOOK}codes/<int:code>/retire/", codebooks.retire, name="retire_code"),
    # --- results ---
    path("<slug:programme>/themes/", results.themes, name="themes"),
    path("<slug:programme>/themes/quotes/", results.quotes, name="quotes"),
    path("<slug:programme>/themes/barriers/", results.cfir, name="cfir"),
    path("<slug:programme>/themes/matrix/", results.matrix, name="matrix"),
    path("<slug:programme>/themes/matrix/cell/", results.summarise, name="summarise"),
    path("<slug:programme>/themes/map/", results.map_of_codes, name="map"),
    path("<slug:programme>/themes/scores/", results.joint, name="joint"),
    path("<slug:programme>/readiness/", readiness.readiness, name="readiness"),
]
