"""The database counts as reading every coding would: by people and by texts, on each side, whoever is left out."""

import pytest

from mlezi.methods.coding import counting
from mlezi.narratives.actions import sources
from mlezi.narratives.models import Code, Coding
from mlezi.narratives.queries.results import Chosen, Material
from mlezi.narratives.queries.tallies import tallies
from mlezi.narratives.tests.conftest import bring_in
from mlezi.testing.cast import MORNING

pytestmark = pytest.mark.django_db
SIDES = ("helps", "hinders", "both", "neither", "")


@pytest.fixture
def talks(coders, book):
    """Five people in seven texts, two of them heard twice; one has withdrawn, one text is of another study."""
    by = coders.people["gloria"]
    codes = list(Code.objects.filter(codebook=book).order_by("path"))
    people = [sources.take_part(programme=coders.programme, label=f"T{n}", by=by, at=MORNING) for n in range(5)]
    for n in range(7):
        study = "other" if n == 6 else "one"
        source = bring_in(coders, f"P1: Text number {n}, said and said again.", f"Talk {n}", study=study)
        consent = "withdrawn" if n == 4 else "given"
        sources.give_voice(source=source, participant=people[n % 5], consent=consent, by=by, at=MORNING)
        source.refresh_from_db()
        Coding.objects.bulk_create(
            Coding(source=source, version_id=source.current_id, coder=by, start=at, end=at + 4, codebook_version=1,
                   code=codes[(n + at) % 4], valence=SIDES[(n * at) % 5], made_at=MORNING, changed_at=MORNING,
                   is_current=at != 3)
            for at in range(1, 6)
        )  # fmt: skip
    return coders.programme


@pytest.mark.parametrize("base", ["participants", "documents"])
@pytest.mark.parametrize("chosen", [Chosen(), Chosen(study="one"), Chosen(study="nobody")])
def test_counts_are_those_of_every_coding_read(talks, book, base, chosen, django_assert_max_num_queries):
    material = Material(talks, book, chosen)
    lifted = counting.lifted(Material(talks, book, chosen).coded, material.above)
    themes = {one.theme for one in lifted}
    read = {theme: len(counting.who([one for one in lifted if one.theme == theme], base)) for theme in themes}

    with django_assert_max_num_queries(4):
        found = tallies(material, base)

    assert {theme: one.n for theme, one in found.items()} == read
    by_side = counting.by_valence(lifted, base)
    assert {theme: one.sides for theme, one in found.items()} == {
        theme: {side: n for side, n in sides.items() if n} for theme, sides in by_side.items()
    }
    if base == "participants":
        assert (material.n_people, material.n_texts) == (len(material.participants), len(material.source_ids))
