"""The year is said to be there when its figures no longer move, not when its last record came in."""

from datetime import UTC, datetime
from types import SimpleNamespace

from mlezi.demo import loading

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_ready_is_said_last(monkeypatch):
    told, order = [], []

    def loaded(_on, sent, *, total, progress):
        progress(len(sent), total)
        return len(sent)

    def step(name):
        return lambda *_args, **_asked: order.append((name, told[-1][0] == told[-1][1] if told else False))

    monkeypatch.setattr(loading, "meetings_of", lambda _on: [])
    monkeypatch.setattr(loading, "whole_story", lambda _on, _meetings: [])
    monkeypatch.setattr(loading, "split", lambda _sent, *, now: ([], ["one", "two"]))
    monkeypatch.setattr(loading, "load", loaded)
    for where, name in (
        (loading.coming_round, "prepare"), (loading.office_work, "plan_visits"), (loading.stage, "let_people_go"),
        (loading.worker, "drain"), (loading.office_work, "close_actions"), (loading.office_work, "confirm_samples"),
        (loading.elsewhere, "spending"), (loading.elsewhere, "facility_figures"),
        (loading.tuning, "refresh_statistics"),
    ):  # fmt: skip
        monkeypatch.setattr(where, name, step(name))

    loading.the_rest(
        SimpleNamespace(first=NOW.date()), now=NOW, progress=lambda done, total: told.append((done, total))
    )

    assert told == [(2, 3), (3, 3)]
    assert {"drain", "close_actions", "confirm_samples"} <= {name for name, _ in order}
    assert not any(is_ready for _, is_ready in order)
