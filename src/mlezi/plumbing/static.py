"""Static files with a hash in their name once they are collected; plain while developing."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Falls back to the plain name when nothing was collected (tests, a checkout)."""

    manifest_strict = False

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
