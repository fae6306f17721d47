"""The words of the product in other languages: found, completed, compiled. Needs no gettext program.

`python -m mlezi.plumbing.translations extract | check | compile`. A sentence without a translation
into a language that is offered fails `check`.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "config" / "locale"
CALLS = {"gettext", "gettext_lazy", "gettext_noop", "_", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
# Class attributes that people read and that `str()` or a template translates when it shows them.
ATTRIBUTES = {"message", "sentence"}
# Words of a definition that pages translate when they show them.
DEFINED = {"Indicator": {"title", "question", "in_units", "numerator", "denominator", "missing"}}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

Message = tuple[str, str | None, str | None]  # text, plural, context


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlezi.config.settings")
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    if verb == "compile":
        return compile_all()
    import django  # noqa: PLC0415 - only extracting reads templates

    django.setup()
    if verb == "extract":
        return extract()
    if verb == "check":
        return check()
    print(__doc__)
    return 2


def compile_all() -> int:
    for po in LOCALE.rglob("*.po"):
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
    return 0


def extract() -> int:
    """Add what is new to every catalogue, drop what is gone, keep every translation."""
    found = messages()
    for language in languages():
        path = catalogue_path(language)
        catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
        catalogue.metadata = {
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": language,
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        known = {(entry.msgid, entry.msgctxt): entry for entry in catalogue}
        fresh = polib.POFile()
        fresh.metadata = catalogue.metadata
        for (text, plural, context), where in sorted(found.items(), key=lambda item: (item[1], item[0][0])):
            entry = known.get((text, context)) or polib.POEntry(msgid=text, msgctxt=context)
            entry.occurrences = [(where, "")]
            entry.obsolete = False
            if plural:
                entry.msgid_plural = plural
                entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
            fresh.append(entry)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(path))
        print(f"{language}: {len(fresh)} sentences, {len(fresh.untranslated_entries())} without translation")
    return 0


def check() -> int:
    """Every sentence has its translation, and keeps its placeholders."""
    found, faults = messages(), []
    for language in languages():
        path = catalogue_path(language)
        known = {(e.msgid, e.msgctxt): e for e in polib.pofile(str(path))} if path.exists() else {}
        for (text, plural, context), where in found.items():
            entry = known.get((text, context))
            given = list(entry.msgstr_plural.values()) if entry and plural else [entry.msgstr] if entry else []
            if not given or not all(given):
                faults.append(f"{language}: no translation of {text!r} ({where})")
            elif any(
                set(PLACEHOLDER.findall(words)) - set(PLACEHOLDER.findall(text + (plural or ""))) for words in given
            ):
                faults.append(f"{language}: a placeholder that the original does not have in {given[0]!r} ({where})")
    for fault in faults[:40]:
        print(fault)
    if faults:
        print(f"{len(faults)} to mend: python -m mlezi.plumbing.translations extract, then translate.")
    return 1 if faults else 0


def languages() -> list[str]:
    from django.conf import settings  # noqa: PLC0415

    return [code for code in settings.READY_LANGUAGES if code != "en"]


def catalogue_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def messages() -> dict[Message, str]:
    """Every sentence in code and templates, with the file it first stands in."""
    found: dict[Message, str] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.parts or "testing" in path.parts or "migrations" in path.parts:
            continue
        where = path.relative_to(PACKAGE).as_posix()
        if path.suffix == ".py":
            for message in in_code(path.read_text()):
                found.setdefault(message, where)
        elif path.suffix in {".html", ".txt", ".svg"} and "templates" in path.parts:
            for message in in_template(path.read_text()):
                found.setdefault(message, where)
    return found


def in_code(source: str) -> Iterator[Message]:
    tree = ast.parse(source)
    calls = CALLS | _other_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in calls:
            texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            words = [text for text in texts if isinstance(text, str) and text.strip()]
            name = _called(node)
            if name.startswith("pgettext") and len(words) > 1:
                yield words[1], None, words[0]
            elif name.startswith("ngettext") and len(words) > 1:
                yield words[0], words[1], None
            elif words:
                yield words[0], None, None
        elif isinstance(node, ast.Call) and _called(node) in DEFINED:
            yield from _defined(node, DEFINED[_called(node)])
        elif isinstance(node, ast.ClassDef):
            yield from _attributes(node)


def _defined(node: ast.Call, names: set[str]) -> Iterator[Message]:
    for one in node.keywords:
        words = one.value.value if isinstance(one.value, ast.Constant) else None
        if one.arg in names and isinstance(words, str) and any(sign.isalpha() for sign in words):
            yield words, None, None


def _other_names(tree: ast.AST) -> set[str]:
    """Names that a module gives to a marking function: `from … import gettext_noop as say`."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {one.asname for node in imports for one in node.names if one.name in CALLS and one.asname}


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _attributes(node: ast.ClassDef) -> Iterator[Message]:
    is_role = any(isinstance(base, ast.Name) and base.id == "Role" for base in node.bases)
    wanted = ATTRIBUTES | ({"title"} if is_role else set())
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        value = getattr(line, "value", None)
        if isinstance(target, ast.Name) and target.id in wanted and isinstance(value, ast.Constant):
            yield str(value.value), None, None


MARKED = re.compile(r"""_\((["'])(.+?)\1\)""")


def in_template(source: str) -> Iterator[Message]:
    """Sentences of one template, found by Django's own parser."""
    from django.template import Template  # noqa: PLC0415
    from django.template.base import Node, Variable  # noqa: PLC0415
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode  # noqa: PLC0415

    def walk(node: Node) -> Iterator[Message]:
        if isinstance(node, BlockTranslateNode):
            single, _names = node.render_token_list(node.singular)
            plural = node.render_token_list(node.plural)[0] if node.plural else None
            trimmed = [" ".join(line.strip() for line in text.split("\n")).strip() if node.trimmed and text else text
                       for text in (single, plural)]  # fmt: skip
            yield trimmed[0] or "", trimmed[1], _literal(node.message_context)
        elif isinstance(node, TranslateNode) and isinstance(node.filter_expression.var, Variable):
            literal = node.filter_expression.var.literal
            if isinstance(literal, str) and literal.strip():
                yield _looked_up(literal), None, _literal(node.message_context)
        for value in _expressions(node):
            # Django reads the constant _("…") at once, as a lazy text; what was written is only in the token.
            for written in MARKED.finditer(str(value.token)):
                yield _looked_up(written[2]), None, None
        for name in getattr(node, "child_nodelists", ()):
            for child in getattr(node, name, None) or ():
                yield from walk(child)
        for _condition, nodes in getattr(node, "conditions_nodelists", ()):
            for child in nodes:
                yield from walk(child)

    for node in Template(source).nodelist:
        yield from walk(node)


def _expressions(node: object) -> Iterator[Any]:
    from django.template.base import FilterExpression  # noqa: PLC0415

    values = list(vars(node).values())
    for group in vars(node).values():  # what a tag is given stands in lists, and by name in dictionaries
        values += group.values() if isinstance(group, dict) else group if isinstance(group, list | tuple) else ()
    yield from (value for value in values if isinstance(value, FilterExpression))


def _looked_up(text: str) -> str:
    """As Django looks up the constant of a template."""
    return text.replace("%", "%%")


def _literal(expression: object) -> str | None:
    variable = getattr(expression, "var", None)
    literal = getattr(variable, "literal", None)
    return literal if isinstance(literal, str) else None


if __name__ == "__main__":
    sys.exit(main())
