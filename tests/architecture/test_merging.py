"""Whatever belongs to a person either goes along in a merge or says why not."""

from django.apps import apps

from mlezi.config.merging import LEFT, MOVED
from mlezi.people.models import Person


def test_every_foreign_key_to_a_person_is_moved_or_left():
    pointing = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is Person and getattr(field, "concrete", False)
    }

    assert pointing == set(MOVED) | LEFT
    assert not set(MOVED) & LEFT
