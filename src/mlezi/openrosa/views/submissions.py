"""Records come in here, and phones ask here what is safe."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from mlezi.instruments.queries.receipts import MOST, receipts
from mlezi.openrosa import taking
from mlezi.openrosa.answers import phone
from mlezi.openrosa.body import spooled
from mlezi.openrosa.views.entering import caller


@phone
@require_http_methods(["HEAD", "POST"])
def submission(request: HttpRequest, **address: str) -> HttpResponseBase:
    """HEAD asks whether this is the place (204, nothing else will do); POST brings a record."""
    who = caller(request, address, sending=True)
    if request.method == "HEAD":
        return HttpResponse(status=204)
    with taking.shielded(), spooled(request) as body:
        return taking.answer(taking.take(who, request, body))


@phone
@require_safe
def receipt(request: HttpRequest, **address: str) -> HttpResponseBase:
    """What is safe at the office, for `?ids=` with commas."""
    who = caller(request, address, sending=True)
    ids = list(dict.fromkeys(filter(None, request.GET.get("ids", "").replace("\0", "").split(","))))
    if len(ids) > MOST:
        return JsonResponse({"message": f"At most {MOST} ids in one question."}, status=400)
    found = receipts(who.programme, ids)
    return JsonResponse({"receipts": found, "unknown": [uid for uid in ids if uid not in found]})
