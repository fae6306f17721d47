"""Every route of ours names who may come in."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        else:
            yield address, entry


def test_every_route_names_its_permission():
    ours = [(address, route) for address, route in routes(get_resolver()) if is_ours(route)]
    silent = [address for address, route in ours if not getattr(route.callback, "door", "")]

    assert not silent, "use a decorator of mlezi.programmes.doors on: " + ", ".join(silent)


def is_ours(route: URLPattern) -> bool:
    return route.callback.__module__.startswith("mlezi.")
