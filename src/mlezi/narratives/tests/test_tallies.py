"""Counting from columns finds what reading every coding finds: on each basis and side, whoever is left out."""

import pytest

from mlezi.methods.coding import counting
from mlezi.narratives.actions import sources
from mlezi.narratives.models import Code, Coding, Source
from mlezi.narratives.queries.results import Chosen, Material
from mlezi.narratives.queries.tallies import tallies, together
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
    talk = bring_in(coders, "T0: One. T0 again.\nT1: Two, and two.\nNobody: Three.", "Group talk", study="one")
    for n, name in enumerate(("T0", "T1")):
        sources.give_voice(source=talk, participant=people[n], speaker=name, consent="given", by=by, at=MORNING)
    talk.refresh_from_db()
    length = talk.current.n_chars
    Coding.objects.bulk_create(
        Coding(source=talk, version_id=talk.current_id, coder=by, start=at, end=min(at + 9, length), codebook_version=1,
               code=codes[at % 4], valence=SIDES[at % 5], made_at=MORNING, changed_at=MORNING,
               made_by="settled" if at % 2 else "hand")
        for at in range(0, length - 2, 3)
    )  # fmt: skip
    return coders.programme


@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize("base", ["participants", "documents", "mentions"])
@pytest.mark.parametrize("chosen", [Chosen(), Chosen(study="one"), Chosen(study="nobody")])
def test_counts_are_those_of_every_coding_read(talks, book, base, chosen, settled, django_assert_max_num_queries):
    if settled:
        Source.objects.filter(label="Group talk").update(settled_at=MORNING)
    material, plain = Material(talks, book, chosen), Material(talks, book, chosen)
    lifted = counting.lifted(plain.coded, plain.above)
    themes = {one.theme for one in lifted}
    read = {theme: len(counting.who([one for one in lifted if one.theme == theme], base)) for theme in themes}

    with django_assert_max_num_queries(10):
        found = tallies(material, base)

    assert {theme: one.n for theme, one in found.items()} == {theme: n for theme, n in read.items() if n}
    by_side = counting.by_valence(lifted, base)
    assert {theme: one.sides for theme, one in found.items()} == {
        theme: {side: n for side, n in sides.items() if n} for theme, sides in by_side.items() if read[theme]
    }
    if base == "participants":
        assert (material.n_people, material.n_texts) == (len(plain.participants), plain.counted.count())
    pairs = counting.overlapping(plain.coded) if base == "mentions" else counting.in_common(plain.coded, base)
    assert {frozenset(two): n for two, n in together(material, base).items()} == {
        frozenset(two): n for two, n in pairs.items()
    }
