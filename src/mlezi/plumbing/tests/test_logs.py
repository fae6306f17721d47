"""What must not stand in the log."""

import logging

from mlezi.plumbing.logs import HideTokens


def test_a_phones_token_is_hidden_and_the_rest_stays():
    line = logging.LogRecord("x", 40, "x", 1, "%s: %s", ("Forbidden", "/phone/key/se-cr_et/submission?a=1"), None)

    assert HideTokens().filter(line)
    assert line.getMessage() == "Forbidden: /phone/key/…/submission?a=1"
