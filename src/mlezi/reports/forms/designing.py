"""The study designer's form: each choice says what it will let you say."""

from __future__ import annotations

from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.narratives.queries.codebooks import usable_in
from mlezi.plumbing.formbase import Day, Form
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme
from mlezi.studies import designing, sentences
from mlezi.studies.designing import Wanted


class Design(Form):
    """A study from a few choices."""

    question = forms.CharField(
        label=_("What do you want to know?"),
        max_length=300,
        help_text=_("One question, as you would ask a colleague. It stands at the top of the report."),
    )
    question_sw = forms.CharField(label=_("The same in Swahili"), max_length=300, required=False)
    changes_mind = forms.CharField(
        label=_("Which answer would change what you do?"),
        max_length=500,
        required=False,
        help_text=_("If no answer would, the question need not be asked."),
    )
    title = forms.CharField(label=_("Name of the study"), max_length=200)
    code = forms.RegexField(
        r"^[a-z][a-z0-9-]*$",
        label=_("Short code"),
        max_length=50,
        help_text=_("Small letters, digits and hyphens. It never changes."),
    )
    design = forms.ChoiceField(label=_("Design"), widget=forms.RadioSelect)
    part = forms.ChoiceField(label=_("Who is studied"))
    attended_at_least = forms.IntegerField(
        label=_("Only who attended at least so many encounters"), min_value=1, required=False
    )
    measures = forms.MultipleChoiceField(
        label=_("What is measured"), widget=forms.CheckboxSelectMultiple, required=False
    )
    codebooks = forms.MultipleChoiceField(
        label=_("What people said, by the themes of"), widget=forms.CheckboxSelectMultiple, required=False
    )
    waves = forms.CharField(
        label=_("Times of the instrument, in order"),
        required=False,
        help_text=_("Names of its waves, separated by commas: before, after."),
    )
    change_on = Day(
        label=_("Or a day that parts before from after"),
        required=False,
        help_text=_("For ratings: those before this day are compared with those from it on."),
    )
    compare = forms.ChoiceField(label=_("Groups to compare"), required=False)
    sessions = forms.IntegerField(label=_("Encounters planned for each person"), min_value=1, required=False)
    minimum_group = forms.IntegerField(label=_("Hide groups of fewer people than"), min_value=2, initial=5)
    multiplicity = forms.ChoiceField(label=_("When several tests are made"))

    def __init__(self, *arguments: Any, programme: Programme, titles: dict[str, Any], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.known = designing.measures_of(programme, titles)
        self.fields["design"].choices = [(code, gettext(text)) for code, text in sentences.DESIGNS.items()]  # type: ignore[attr-defined]
        self.fields["measures"].choices = [(key, worded(one["title"])) for key, one in self.known.items()]  # type: ignore[attr-defined]
        books = dict.fromkeys((one.code, worded(one.title)) for one in usable_in(programme))
        self.fields["codebooks"].choices = list(books)  # type: ignore[attr-defined]
        for name, choices in CHOICES.items():
            self.fields[name].choices = [(value, gettext(str(text))) for value, text in choices]  # type: ignore[attr-defined]
        self.fields["minimum_group"].initial = 5

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("measures") and not said.get("codebooks"):
            self.add_error("measures", gettext("Choose what is measured, or whose themes are counted."))
        return said

    @property
    def designs(self) -> list[tuple[str, str, str]]:
        """Each design with what it lets you say."""
        return [(code, gettext(text), gettext(sentences.CLAIMS[code])) for code, text in sentences.DESIGNS.items()]

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        question = {"en": said["question"], **({"sw": said["question_sw"]} if said["question_sw"] else {})}
        return Wanted(
            code=said["code"],
            title={"en": said["title"]},
            question=question,
            changes_mind=said["changes_mind"],
            design=said["design"],
            part=said["part"],
            cadres=(),
            attended_at_least=said["attended_at_least"],
            measures=said["measures"],
            instrument_waves=[one.strip() for one in said["waves"].split(",") if one.strip()],
            change_on=said["change_on"],
            compare=said["compare"],
            sessions=said["sessions"],
            multiplicity=said["multiplicity"],
            minimum_group=said["minimum_group"],
            codebooks=said["codebooks"],
        )


CHOICES: dict[str, list[tuple[str, Any]]] = {
    "part": [
        ("mentee", _("Mentees")),
        ("mentor", _("Mentors")),
        ("everybody", _("Mentees and mentors")),
        ("respondents", _("Everybody who was asked or answered")),
    ],
    "compare": [
        ("", _("nobody: one group")),
        ("cadre", _("Cadre")),
        ("district", _("District")),
        ("site", _("Facility")),
        ("cohort", _("Cohort")),
        ("part", _("Mentees and mentors")),
    ],
    "multiplicity": [
        ("holm", _("Adjust p-values (Holm): no test may find something by chance")),
        ("benjamini_hochberg", _("Adjust p-values (false discoveries): for many small questions")),
        ("none", _("Do not adjust")),
    ],
}


class PlanText(Form):
    """The plan as text, and why it is changed."""

    plan = forms.CharField(
        label=_("The plan"),
        widget=forms.Textarea(attrs={"rows": 28, "class": "form-control code-block", "spellcheck": "false"}),
    )
    why = forms.CharField(
        label=_("Why it is changed"),
        required=False,
        max_length=500,
        help_text=_("Needed once records have come in; it stands in the report as a dated amendment."),
    )

    def clean_plan(self) -> Any:
        try:
            return yaml.safe_load(self.cleaned_data["plan"])
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else "?"
            raise forms.ValidationError(gettext("This is not YAML: line {line}.").format(line=line)) from error
