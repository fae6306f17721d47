"""What follows what: each reaction in the table is a function of its room, though it is loaded late."""

from importlib import import_module

import pytest

from mlezi.config.reactions import REACTIONS

NAMED = sorted({(one.__module__, one.__qualname__) for reactions in REACTIONS.values() for one in reactions})


@pytest.mark.parametrize(("module", "name"), NAMED)
def test_each_reaction_exists(module, name):
    assert callable(getattr(import_module(module), name))
