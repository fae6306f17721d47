"""Making codebooks and changing them. Every change is a new version, kept whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.narratives import problems
from mlezi.narratives.codebook_files import CodebookFile, WantedCode
from mlezi.narratives.models import Code, Codebook, CodebookVersion, Coding
from mlezi.narratives.queries import codebooks as queries
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme

WORDS = ("title", "description", "when_to_use", "when_not", "example")
COLOURS = 12


@transaction.atomic
def make(*, programme: Programme, code: str, title: dict[str, str], by: Actor, at: datetime, source: str = "",
         licence: str = "") -> Codebook:  # fmt: skip
    """An empty codebook of a programme. Raises `CodebookExists`."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if Codebook.objects.filter(programme=programme, code=code).exists():
        raise problems.CodebookExists(code=code)
    made = Codebook.objects.create(
        programme=programme, code=code, title=title, source=source, licence=licence, added_at=at
    )
    keep(made, "", by, at)
    audit.record("codebook.made", made, by=by, at=at)
    return made


@transaction.atomic
def bring_in(
    *, file: CodebookFile, name: str, by: Actor, at: datetime, programme: Programme | None, shared: bool = False
) -> Codebook:
    """Make the codebook as the file has it; a second time changes it to that. Codes the file lacks are retired.

    `programme` None keeps it for all programmes. Raises `BadCodebookFile`.
    """
    if file.faults:
        first = file.faults[0]
        raise problems.BadCodebookFile(file=name, line=first.line, reason=str(first))
    if programme is not None:
        Programme.objects.select_for_update().get(pk=programme.pk)
    rows = Codebook.objects.select_for_update().filter(programme=programme, code=file.code)
    book = rows.first()
    if book and book.file_hash == file.hash:
        return book
    is_new = book is None
    if book is None:
        book = Codebook(programme=programme, code=file.code, added_at=at, version=0)
    book.title, book.source, book.licence, book.file_hash = file.title, file.source, file.licence, file.hash
    book.is_shared = book.is_shared or shared or programme is None
    book.version += 1
    book.save()
    _write_codes(book, file.codes, at)
    _snapshot(book, name, by, at)
    audit.record("codebook.brought_in", book, by=by, at=at, facts={"file": name, "new": is_new})
    return book


@transaction.atomic
def extend(
    *, file: CodebookFile, name: str, programme: Programme, by: Actor, at: datetime
) -> tuple[Codebook, dict[str, Code]]:
    """A codebook of the programme that has all codes of the file, and which code each path of the file is.

    Codes that are there under the same name, or at the same place of the tree, stay as they are.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    book = Codebook.objects.select_for_update().filter(programme=programme, code=file.code).first()
    placed, missing = _placed(book, file.codes)
    if book is None:
        book = bring_in(file=file, name=name, by=by, at=at, programme=programme)
    elif missing:
        _write_codes(book, missing, at, whole=False)
        keep(book, name, by, at)
        facts = {"file": name, "new": False, "codes": len(missing)}
        audit.record("codebook.brought_in", book, by=by, at=at, facts=facts)
    rows = {code.path: code for code in Code.objects.filter(codebook=book).select_related("codebook")}
    return book, {path: rows[there] for path, there in placed.items()}


def _placed(book: Codebook | None, wanted: list[WantedCode]) -> tuple[dict[str, str], list[WantedCode]]:
    """Where each path of a file stands in the codebook, and the codes that it has not."""
    rows = sorted(Code.objects.filter(codebook=book), key=lambda one: one.retired_at is None) if book else []
    have = {one.path for one in rows}
    named = {(one.path.rpartition(".")[0], worded(one.title, "en").casefold()): one.path for one in rows}
    placed: dict[str, str] = {"": ""}
    missing = []
    for one in wanted:
        parent = placed[one.parent]
        path = f"{parent}.{one.code}" if parent else one.code
        name = (parent, worded(one.title, "en").casefold())
        placed[one.path] = path if path in have else named.get(name, path)
        if placed[one.path] not in have:
            missing.append(replace(one, path=placed[one.path], parent=parent))
            have.add(placed[one.path])
    del placed[""]
    return placed, missing


@transaction.atomic
def copy(*, codebook: Codebook, programme: Programme, code: str, by: Actor, at: datetime) -> Codebook:
    """A copy that the programme may change. Each copied code remembers what it was copied from."""
    made = make(programme=programme, code=code, title=codebook.title, source=codebook.source,
                licence=codebook.licence, by=by, at=at)  # fmt: skip
    rows = {one.path: one for one in queries.codes_of(codebook)}
    wanted = [
        WantedCode(
            one.path, one.code, one.path.rpartition(".")[0], one.title,
            {name: getattr(one, name) for name in WORDS[1:]},
            rows_path(one.qualified_by_id, rows), ({"codebook": codebook.code, "path": one.path},), one.is_inductive,
            one.colour,
        )
        for one in rows.values()
    ]  # fmt: skip
    _write_codes(made, wanted, at)
    keep(made, f"copy of {codebook.code}", by, at)
    return made


def rows_path(pk: int | None, rows: dict[str, Code]) -> str:
    """The path of the code with this key among these; "" for none."""
    return next((path for path, one in rows.items() if one.pk == pk), "") if pk else ""


@transaction.atomic
def add_code(*, codebook: Codebook, code: str, parent: Code | None, by: Actor, at: datetime, **facts: Any) -> Code:
    """Put a new code under another, or at the top. Raises `CodeStandsThere`, `CodebookIsShared`."""
    book = changeable(codebook)
    path = f"{parent.path}.{code}" if parent else code
    if Code.objects.filter(codebook=book, path=path).exists():
        raise problems.CodeStandsThere(code=code)
    siblings = Code.objects.filter(codebook=book, parent=parent)
    made = Code.objects.create(
        codebook=book, parent=parent, code=code, path=path, order=siblings.count(),
        colour=facts.pop("colour", (parent.colour if parent else siblings.count() % COLOURS)), **facts,
    )  # fmt: skip
    keep(book, f"+ {path}", by, at)
    audit.record("code.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_code(*, code: Code, by: Actor, at: datetime, **facts: Any) -> Code:
    """Change what a code is called or means; codings stay and say which version they used."""
    book = changeable(code.codebook)
    changed = [name for name, value in facts.items() if getattr(code, name) != value]
    for name in changed:
        setattr(code, name, facts[name])
    if changed:
        code.save(update_fields=changed)
        keep(book, f"~ {code.path}: {', '.join(changed)}", by, at)
        audit.record("code.changed", code, by=by, at=at, facts={"fields": changed})
    return code


@transaction.atomic
def move_code(*, code: Code, under: Code | None, by: Actor, at: datetime) -> Code:
    """Put a code, and all under it, somewhere else in the tree. Raises `MovesUnderItself`, `CodeStandsThere`."""
    book = changeable(code.codebook)
    if under and (under.pk == code.pk or under.path.startswith(code.path + ".")):
        raise problems.MovesUnderItself
    path = f"{under.path}.{code.code}" if under else code.code
    if path == code.path:
        return code
    if Code.objects.filter(codebook=book, path=path).exists():
        raise problems.CodeStandsThere(code=code.code)
    below = list(Code.objects.filter(codebook=book, path__startswith=code.path + "."))
    for one in below:
        one.path = path + one.path[len(code.path) :]
    Code.objects.bulk_update(below, ["path"])
    was, code.path, code.parent = code.path, path, under
    code.save(update_fields=["path", "parent"])
    keep(book, f"{was} → {path}", by, at)
    audit.record("code.moved", code, by=by, at=at, facts={"from": was, "to": path})
    return code


@transaction.atomic
def retire_code(*, code: Code, by: Actor, at: datetime) -> Code:
    """Nobody can choose it, or what stands under it, any more; their codings stay."""
    book = changeable(code.codebook)
    rows = Code.objects.filter(codebook=book, retired_at=None)
    gone = rows.filter(pk=code.pk) | rows.filter(path__startswith=code.path + ".")
    gone.update(retired_at=at)
    keep(book, f"- {code.path}", by, at)
    audit.record("code.retired", code, by=by, at=at)
    code.refresh_from_db()
    return code


@transaction.atomic
def share(*, codebook: Codebook, shared: bool, by: Actor, at: datetime) -> None:
    """Let every programme use a codebook, or keep it again. Codings of others stay."""
    book = Codebook.objects.select_for_update().get(pk=codebook.pk)
    if book.is_shared != shared:
        book.is_shared = shared
        book.save(update_fields=["is_shared"])
        audit.record("codebook.shared" if shared else "codebook.kept", book, by=by, at=at)


@transaction.atomic
def put_away(*, codebook: Codebook, away: bool, by: Actor, at: datetime) -> None:
    """Offer a codebook no more, or again. Its codings stay. Raises `CodebookIsShared` while others code with it."""
    book = changeable(codebook)
    if (book.retired_at is not None) != away:
        book.retired_at = at if away else None
        book.save(update_fields=["retired_at"])
        audit.record("codebook.put_away" if away else "codebook.taken_out", book, by=by, at=at)


def changeable(codebook: Codebook) -> Codebook:
    """The codebook, locked. One that is shared and used by other programmes is changed in a copy."""
    book = Codebook.objects.select_for_update().get(pk=codebook.pk)
    elsewhere = Coding.objects.filter(code__codebook=book).exclude(source__programme=book.programme_id)
    if book.programme_id is None or (book.is_shared and elsewhere.exists()):
        raise problems.CodebookIsShared(title=worded(book.title))
    return book


def keep(book: Codebook, because: str, by: Actor, at: datetime) -> None:
    """Keep the codebook whole as a new version. Called inside the transaction that changes it."""
    if CodebookVersion.objects.filter(codebook=book).exists():
        book.version += 1
        book.save(update_fields=["version"])
    _snapshot(book, because, by, at)


def _snapshot(book: Codebook, because: str, by: Actor, at: datetime) -> None:
    CodebookVersion.objects.create(
        codebook=book, number=book.version, content=queries.content(book), because=because[:300], made_at=at,
        made_by_name=by.name,
    )  # fmt: skip


def _write_codes(book: Codebook, wanted: list[WantedCode], at: datetime, *, whole: bool = True) -> None:
    """Make the rows as wanted, by path. Parents come before what stands under them. `whole`: others are retired."""
    have = {one.path: one for one in Code.objects.filter(codebook=book)}
    tops = [one.path for one in wanted if not one.parent]
    for order, one in enumerate(wanted):
        row = have.get(one.path) or Code(codebook=book, path=one.path, code=one.code)
        row.parent = have[one.parent] if one.parent else None
        row.title, row.order, row.is_inductive = one.title, order, one.is_inductive
        for name in WORDS[1:]:
            setattr(row, name, one.words.get(name, {}))
        top = one.path.split(".")[0]
        row.colour = (
            one.colour if one.colour is not None else (tops.index(top) if top in tops else have[top].colour) % COLOURS
        )
        row.maps_to = list(one.maps_to)
        row.retired_at = (row.retired_at or at) if one.retired else None
        row.save()
        have[one.path] = row
    for one in wanted:
        row = have[one.path]
        qualifier = have[one.qualified_by] if one.qualified_by else None
        if row.qualified_by_id != (qualifier.pk if qualifier else None):
            row.qualified_by = qualifier
            row.save(update_fields=["qualified_by"])
    gone = set(have) - {one.path for one in wanted} if whole else set()
    Code.objects.filter(codebook=book, path__in=gone, retired_at=None).update(retired_at=at)
