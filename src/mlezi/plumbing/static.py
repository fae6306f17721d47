"""Static files with a hash in their name once they are collected; plain while developing."""

from functools import cache
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Middleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Answers with the collected file where there is one, for it lies there squeezed; otherwise from the packages."""

    def add_files_from_finders(self) -> None:
        collected = dict(self.files)
        super().add_files_from_finders()
        self.files.update(collected)


class Squeezer(Compressor):  # type: ignore[misc]
    """Squeezes a file once, though it lies there under two names: the hardest squeezing takes seconds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compress_brotli = cache(super().compress_brotli)


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Falls back to the plain name when nothing was collected (tests, a checkout)."""

    manifest_strict = False

    def create_compressor(self, **kwargs: Any) -> Squeezer:
        return Squeezer(**kwargs)

    def url(self, name: str | None, force: bool = False) -> str:
        if not self.hashed_files:
            return (
                str(super(CompressedManifestStaticFilesStorage, self).url(name, force=False))
                if force
                else self._plain(name)
            )
        return str(super().url(name, force))

    def _plain(self, name: str | None) -> str:
        return f"{self.base_url}{name}"
