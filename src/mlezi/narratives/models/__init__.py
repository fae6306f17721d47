"""Tables of the room: texts and whose they are, codebooks, what coders did."""

from mlezi.narratives.models.codebooks import Code, Codebook, CodebookVersion
from mlezi.narratives.models.coding import Coding, Memo, Packed, Presence, Reading, Step
from mlezi.narratives.models.results import Settlement, Summary
from mlezi.narratives.models.sources import Participant, Redaction, Source, SourceVersion, Voice

__all__ = [
    "Code",
    "Codebook",
    "CodebookVersion",
    "Coding",
    "Memo",
    "Packed",
    "Participant",
    "Presence",
    "Reading",
    "Redaction",
    "Settlement",
    "Source",
    "SourceVersion",
    "Step",
    "Summary",
    "Voice",
]
