"""Every field says how private it is."""

import pytest
from django.apps import apps


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("mlezi.")]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_every_field_says_how_private_it_is(model):
    fields = {field.name for field in model._meta.fields}

    assert model.Privacy.identifying | model.Privacy.open == fields
    assert not model.Privacy.identifying & model.Privacy.open
