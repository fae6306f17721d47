"""Finds the person a row or a cell means among those somebody may touch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext

from mlezi.people.models import Person, Post
from mlezi.people.queries.persons import living
from mlezi.places import names, queries
from mlezi.places.models import Place
from mlezi.places.scope import Scope


@dataclass
class People:
    """Loads persons with their open posts once; `scope` None is the command line."""

    scope: Scope | None
    today: date
    _rows: dict[int, Person] = field(default_factory=dict)
    _by_sign: dict[tuple[str, str], list[Person]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        posts = Post.objects.select_related("place").order_by("from_on", "id")
        for person in living().prefetch_related(Prefetch("posts", posts, to_attr="all_posts")):
            self._rows[person.pk] = person
            self._by_sign["name", names.bare(person.name)].append(person)
            self._by_sign["uid", str(person.uid)].append(person)
            for sign in ("code", "phone"):
                if value := getattr(person, sign):
                    self._by_sign[sign, value.casefold()].append(person)

    def post_of(self, person: Person) -> Post | None:
        """The post that runs, or begins later; None when every post has ended."""
        running = [post for post in self._posts(person) if post.to_on is None or post.to_on >= self.today]
        return running[-1] if running else None

    def _posts(self, person: Person) -> list[Post]:
        return getattr(self._rows.get(person.pk), "all_posts", [])

    def is_reachable(self, person: Person) -> bool:
        """Whether somebody may touch the person: by where they work or worked last, or because the scope names them."""
        if self.scope is None or person.pk in self.scope.persons:
            return True
        post = self.post_of(person) or next(reversed(self._posts(person)), None)
        return post is not None and queries.covers(self.scope, post.place.path)

    def by_uid(self, text: str) -> Person | None:
        try:
            return next(iter(self._by_sign.get(("uid", str(UUID(text))), [])), None)
        except ValueError:
            return None

    def by_code(self, code: str) -> Person | None:
        return next(iter(self._by_sign.get(("code", code.casefold()), [])), None)

    def by_phone(self, phone: str, name: str) -> Person | None:
        """A phone may be shared; the name must fit as well."""
        fitting = self._by_sign.get(("phone", phone.casefold()), []) if phone else []
        return next((person for person in fitting if names.bare(person.name) == names.bare(name)), None)

    def by_name(self, name: str, place: Place | None = None) -> list[Person]:
        """Reachable persons of that name; with a place, only those who work there."""
        fitting = [person for person in self._by_sign.get(("name", names.bare(name)), []) if self.is_reachable(person)]
        if place is None:
            return fitting
        return [person for person in fitting if (post := self.post_of(person)) and post.place_id == place.pk]

    def find(self, text: str) -> tuple[Person | None, str]:
        """The person meant by a staff number, an identifier or a name, or why it cannot be told."""
        found = self.by_code(text) or self.by_uid(text)
        fitting = [found] if found else self.by_name(text)
        if len(fitting) == 1 and self.is_reachable(fitting[0]):
            return fitting[0], ""
        if not fitting or len(fitting) == 1:
            return None, gettext("Nobody called “{text}” is known in your part. Add that person first.").format(
                text=text
            )
        return None, gettext("{n} people are called “{text}”. Say which by staff number.").format(
            n=len(fitting), text=text
        )
