"""Who takes part, where they work, who supports whom, and their phones."""

from __future__ import annotations

from mlezi.evaluation.datasets.where import Raw, Table, Where
from mlezi.evaluation.operations import utc_day


def memberships(raw: Raw) -> Table:
    """A person takes part in a programme as a mentee or a mentor. Where they work stands in `posts`."""
    member, person = raw["enrolment"], raw["person"]
    return member.left_join(person, member.person_id == person.id).select(
        membership_id=member.id,
        programme_id=member.programme_id,
        person_id=member.person_id,
        part=member.part,
        cadre=person.cadre,
        cohort_id=member.cohort_id,
        from_on=member.from_on,
        to_on=member.to_on,
        reason=member.reason,
    )


def posts(raw: Raw) -> Table:
    """Where a person works, from when to when; `from_on` empty is before anybody wrote it down."""
    post, where = raw["post"], Where(raw)
    return where.joined(post, post.place_id).select(
        post_id=post.id,
        person_id=post.person_id,
        cadre=post.cadre,
        from_on=post.from_on,
        to_on=post.to_on,
        reason=post.reason,
        **where.columns,
    )


def post_days(raw: Raw) -> Table:
    """The same posts without where they lie: whether somebody worked at a place is looked up in an index alone."""
    post = raw["post"]
    return post.select("person_id", "place_id", "from_on", "to_on", post_id=post.id)


def pairings(raw: Raw) -> Table:
    """Who mentors, coaches, sponsors or guides whom, from when to when."""
    pair = raw["pairing"]
    return pair.select("id", "programme_id", "guide_id", "learner_id", "kind", "from_on", "to_on", "reason").rename(
        pairing_id="id"
    )


def devices(raw: Raw) -> Table:
    """A phone in use and what it says it still holds; `unsent` empty is unknown."""
    phone, programme = raw["device"], raw["programme"]
    joined = phone.join(programme, phone.programme_code == programme.code)
    return joined.filter(phone.revoked_at.isnull()).select(
        device_uid=phone.id,
        programme_id=programme.id,
        person_id=phone.person_id,
        seen_on=utc_day(phone.last_seen_at.coalesce(phone.enrolled_at)),
        unsent=phone.unsent,
    )
