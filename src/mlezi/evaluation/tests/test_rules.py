"""What a programme's blueprint settles about its figures."""

from mlezi.encounters.models import EncounterType
from mlezi.evaluation.queries import rules


def test_how_long_training_holds_is_what_the_blueprint_says_of_it(world):
    programme = world.programme
    EncounterType.objects.create(programme=programme, code="course", mode="workshop", every_days=400)
    assert rules(programme.pk)["refresh_days"] == 400

    programme.blueprint = {"encounters": [{"code": "refresher", "counts_as": ["refresher"], "refresh_days": 180}]}
    programme.save()
    assert rules(programme.pk)["refresh_days"] == 180
