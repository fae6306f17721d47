"""Sentences are found however a module calls the function that marks them."""

from mlezi.plumbing.translations import in_code


def test_a_marking_function_under_another_name_is_known():
    code = 'from mlezi.formats.trouble import gettext_noop as say\nX = say("Mend this first.")\ny = other("no")\n'

    assert list(in_code(code)) == [("Mend this first.", None, None)]
