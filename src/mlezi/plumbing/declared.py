"""What plain files declare: codes, words in several languages, and the base of every declared part."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]


def _words(value: Any) -> Any:
    """A bare text is English; everything else must say its language."""
    return {"en": value} if isinstance(value, str) else value


Words = Annotated[dict[str, str], BeforeValidator(_words), Field(min_length=1)]


class Part(BaseModel):
    """Unknown keys are mistakes; they are reported with the nearest known one."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Named(Part):
    """Something with a code that records point at, and a title people read."""

    code: Code = Field(description="Short and stable: records point at it. Never change it; change the title.")
    title: Words = Field(description="What people read: a text, or one per language (en: …, sw: …).")
