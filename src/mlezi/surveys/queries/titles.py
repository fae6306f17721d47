"""How instruments are called on pages."""

from __future__ import annotations

from mlezi.instruments.models import Form
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme
from mlezi.surveys import declared
from mlezi.surveys.declared import PURPOSES
from mlezi.surveys.schedule import schedules


def titles_of(programme: Programme) -> dict[str, str]:
    """Every form that is an instrument: form id → title in the reader's language."""
    known = declared.instruments(programme)
    rows = Form.objects.filter(programme=programme).values_list("form_id", "title", "purpose")
    return {
        form_id: worded(title) or form_id for form_id, title, purpose in rows if purpose in PURPOSES or form_id in known
    }


def waves_of(programme: Programme) -> dict[str, str]:
    """Time point → what people call it; one that no schedule names by a title is its code in plain letters."""
    found = {wave.code: wave for one in schedules(programme.blueprint) for wave in one.waves}
    return {code: worded(wave.title) if wave.title else spelled(code) for code, wave in found.items()}


def spelled(code: str) -> str:
    return code.replace("_", " ")
