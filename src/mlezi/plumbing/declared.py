"""What plain files declare: codes, words in several languages, and the base of every declared part."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

LARGEST = 2_000_000_000  # what both databases hold in a plain integer

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]


def _words(value: Any) -> Any:
    """A bare text is English; everything else must say its language."""
    return {"en": value} if isinstance(value, str) else value


Words = Annotated[dict[str, str], BeforeValidator(_words), Field(min_length=1)]


class Part(BaseModel):
    """Unknown keys are mistakes; they are reported with the nearest known one."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _counts(cls, value: Any, info: ValidationInfo) -> Any:
        """YAML reads `yes` as true, which would count as 1; and what no database holds is no count."""
        wanted = _kinds(cls.model_fields[info.field_name or ""].annotation)
        if isinstance(value, bool) and wanted & {int, float} and bool not in wanted:
            raise PydanticCustomError("int_type", "a number belongs here")
        if isinstance(value, int) and abs(value) > LARGEST and wanted & {int, float}:
            raise PydanticCustomError("number_too_large", "the number is too large")
        return value


def _kinds(annotation: Any) -> set[Any]:
    """What a field may hold, with all there is in a union."""
    return {annotation, *get_args(annotation)}


class Named(Part):
    """Something with a code that records point at, and a title people read."""

    code: Code = Field(description="Short and stable: records point at it. Never change it; change the title.")
    title: Words = Field(description="What people read: a text, or one per language (en: …, sw: …).")
