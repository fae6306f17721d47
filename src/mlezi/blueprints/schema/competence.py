"""The competency framework: domains, competencies, levels."""

from __future__ import annotations

from pydantic import Field, model_validator

from mlezi.blueprints.schema.words import Named, Part, Words


class Competency(Named):
    """One thing a person learns to do."""

    must_pass: bool = Field(default=False, description="Without it the domain is not passed, whatever the rest.")
    pass_level: int | None = Field(default=None, ge=1, description="Level at which it counts as reached.")
    recheck_days: int | None = Field(
        default=None, ge=1, description="Days after which a rating should be looked at again."
    )
    retired: bool = Field(default=False, description="No longer rated; old ratings stay.")


class Domain(Named):
    """A topic, as in neonatal resuscitation."""

    competencies: list[Competency] = Field(default=[], description="Empty for a topic that nobody is rated in.")
    retired: bool = False


class Framework(Part):
    """What people learn to do, and how levels are called."""

    levels: list[Words] = Field(default=[], max_length=10, description="Titles of the levels, from 1 upwards.")
    pass_level: int = Field(default=1, ge=1, description="Level at which a competency counts as reached.")
    recheck_days: int | None = Field(default=None, ge=1, description="When nothing else is said for a competency.")
    domains: list[Domain] = []
    source: str = Field(default="", description="Where the framework comes from.")
    licence: str = Field(default="", description="Under which licence its wording may be used.")

    @model_validator(mode="after")
    def _levels_hold(self) -> Framework:
        top = len(self.levels)
        if not any(domain.competencies for domain in self.domains):
            return self
        if top < 2:
            raise ValueError("competencies are rated on at least two levels: name them under `levels`")
        if self.pass_level > top:
            raise ValueError(f"pass_level is {self.pass_level}, but there are only {top} levels")
        for domain in self.domains:
            for competency in domain.competencies:
                if competency.pass_level and competency.pass_level > top:
                    raise ValueError(
                        f"pass_level of {domain.code}.{competency.code} is {competency.pass_level}, "
                        f"but there are only {top} levels"
                    )
        return self
