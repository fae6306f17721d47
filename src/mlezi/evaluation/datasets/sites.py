"""Places, which of them take part, what they report elsewhere, and what they sent."""

from __future__ import annotations

from mlezi.evaluation.datasets.where import Raw, Table, Where
from mlezi.evaluation.operations import utc_day


def places(raw: Raw) -> Table:
    """Every place with the district and region it belongs to."""
    where = Where(raw)
    place = where.place
    return place.select(**where.columns, level_id=place.level_id, opened_on=place.opened_on, closed_on=place.closed_on)


def sites(raw: Raw) -> Table:
    """A place that takes part in a programme, from `from_on` to `to_on` (the last day)."""
    site, where = raw["site"], Where(raw)
    return where.joined(site, site.place_id).select(
        site_id=site.id,
        programme_id=site.programme_id,
        from_on=site.from_on,
        to_on=site.to_on,
        volume=site.volume,
        **where.columns,
    )


def submissions(raw: Raw) -> Table:
    """A record as it came; its bytes are not here. `received_on` is a UTC day."""
    record = raw["submission"]
    return record.select(
        submission_uid=record.id,
        programme_id=record.programme_id,
        form_id=record.form_id,
        source=record.source,
        state=record.state,
        is_current=record.is_current,
        received_on=utc_day(record.received_at),
        device_uid=record.device_id,
        sender_id=record.sender_id,
        encounter_uid=record.encounter_uid,
    )


def site_figures(raw: Raw) -> Table:
    """A facility's own figure for a month, from elsewhere. Stands beside mentoring; nothing is caused by it."""
    figure, where = raw["sitefigure"], Where(raw)
    return where.joined(figure, figure.place_id).select(
        figure_id=figure.id,
        programme_id=figure.programme_id,
        month=figure.month,
        measure=figure.measure,
        value=figure.value,
        **where.columns,
    )
