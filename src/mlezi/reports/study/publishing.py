"""Publishing a study as a folder, and running it again from that folder alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mlezi.reports.study import comparing, documents
from mlezi.studies import canonical, problems, running
from mlezi.studies.data import MANIFEST, PLAN, check, described
from mlezi.studies.plan import Study


def publish(snapshot: Path, target: Path) -> running.Results:
    """Copy the snapshot to `target`, run its plan, and write results and report beside it.

    Raises `FolderNotEmpty`, `NotASnapshot`, `WasChanged`.
    """
    manifest, plan = described(snapshot)
    check(snapshot, manifest)
    if target.resolve() != snapshot.resolve():
        if target.exists() and any(target.iterdir()):
            raise problems.FolderNotEmpty(folder=target)
        target.mkdir(parents=True, exist_ok=True)
        for name in (MANIFEST, PLAN, *manifest["files"]):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(snapshot / name, target / name)
    results = running.results(target)
    canonical.write(target / running.RESULTS, results)
    documents.write(target, plan, manifest, json.loads(canonical.text(results)))
    return results


def replicate(folder: Path) -> list[str]:
    """What differs when the published study is run again; nothing when every byte is as published."""
    manifest, plan = described(folder)
    published = folder / running.RESULTS
    if not published.is_file():
        raise problems.NotASnapshot(folder=folder, why=f"there is no {running.RESULTS}")
    differs = []
    for name, facts in manifest["files"].items():
        found = canonical.sha256_of(folder / name) if (folder / name).is_file() else "no file"
        if found != facts["sha256"]:
            differs.append(f"{name}: the manifest says {facts['sha256'][:12]}, found {found[:12]}")
    for file in sorted((folder / "data").rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and name not in manifest["files"]:
            differs.append(f"{name}: the manifest does not name it")
    said = plan.model_dump(mode="json", by_alias=True)
    if canonical.sha256(said) != manifest["plan_sha256"]:
        differs.append(f"{PLAN}: it is not the plan that the snapshot was frozen for")
    if differs:
        return differs
    again = running.results(folder)
    text = published.read_text(encoding="utf-8")
    if canonical.text(again, indent=1) + "\n" != text:
        differs += _between(json.loads(text), json.loads(canonical.text(again)))
        if json.loads(text).get("version") != version("mlezi"):
            differs.append(f"version: published with {json.loads(text).get('version')}, run with {version('mlezi')}")
    return differs or list(_reports(folder, plan, manifest, json.loads(canonical.text(again))))


def _reports(folder: Path, plan: Study, manifest: dict[str, Any], results: Any) -> Iterator[str]:
    """The reports that no longer say what the results say."""
    with TemporaryDirectory() as made:
        documents.write(Path(made), plan, manifest, results)
        for report in sorted(Path(made).iterdir()):
            there = folder / report.name
            if not there.is_file():
                yield f"{report.name}: it is not there"
            elif not comparing.is_same(there, report):
                yield f"{report.name}: it is not the report that the results give"


def _between(published: Any, again: Any, path: str = "") -> Iterator[str]:
    if isinstance(published, dict) and isinstance(again, dict):
        for key in dict.fromkeys([*published, *again]):
            yield from _between(published.get(key), again.get(key), f"{path}.{key}" if path else key)
    elif isinstance(published, list) and isinstance(again, list) and len(published) == len(again):
        for place, (one, other) in enumerate(zip(published, again, strict=True)):
            yield from _between(one, other, f"{path}[{place}]")
    elif published != again:
        yield f"{path}: published {published!r}, now {again!r}"
