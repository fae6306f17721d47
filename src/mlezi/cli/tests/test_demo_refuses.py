"""The demonstration lets everybody in by a button, so it never runs over a real programme."""

import pytest

from mlezi.cli import demo
from mlezi.programmes.models import Programme


def test_a_folder_with_a_real_programme_is_refused(world):
    Programme.objects.filter(code="choma").update(is_made_up=True)

    with pytest.raises(demo.HoldsRealProgramme, match="--data another-folder"):
        demo.refuse_what_is_real("mlezi-data")


def test_a_made_up_one_is_not(world):
    Programme.objects.update(is_made_up=True)
    demo.refuse_what_is_real("mlezi-demo")
