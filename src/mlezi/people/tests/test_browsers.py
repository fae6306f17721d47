"""Sessions are told apart by words, not by what a browser says of itself."""

import pytest

from mlezi.people.templatetags.browsers import browser

AGENTS = {
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36":
        "Chrome on Android",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0":
        "Edge on Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17 Safari/605.1":
        "Safari on macOS",
    "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0": "Firefox on Linux",
    "curl/8.5": "curl/8.5",
    "": "a browser that does not say which",
}  # fmt: skip


@pytest.mark.parametrize("agent", AGENTS)
def test_a_session_is_named_by_browser_and_system(agent):
    assert browser(agent) == AGENTS[agent]
