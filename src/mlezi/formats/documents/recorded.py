"""Transcripts with times: captions become turns; the same speaker going on is one turn."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import webvtt

from mlezi.formats.csv import decoded
from mlezi.formats.documents.unreadable import CannotReadDocument
from mlezi.formats.plain import Piece, Text, joined, normalised

_VOICE = re.compile(r"^<v(?:\.[\w.-]+)? +([^>]+)>")
_TAG = re.compile(r"</?[cvibu](?:[. ][^>]*)?>|<\d[\d:.]*>")
_NAMED = re.compile(r"^([^\W\d_][\w .'’-]{0,39}?|[A-Z]{1,4}\d{1,4}): ")


def web_captions(content: bytes) -> Text:
    return _turns(content, "vtt")


def subtitles(content: bytes) -> Text:
    return _turns(content, "srt")


def _turns(content: bytes, kind: str) -> Text:
    source = io.StringIO(normalised(decoded(content)))
    try:
        captions = (
            webvtt.from_buffer(source, format=kind) if kind == "vtt" else webvtt.from_buffer(source, format="srt")
        )
        read = [_caption(one, kind) for one in captions]
    except Exception as error:  # a damaged file fails in many ways
        raise CannotReadDocument("damaged", kind=kind) from error
    parts: list[tuple[str, Piece]] = []
    for speaker, words, at in read:
        if not words:
            continue
        if parts and parts[-1][1].speaker == speaker and speaker:
            before, known = parts.pop()
            parts.append((f"{before} {words}", known))
        else:
            parts.append((words, Piece(0, 0, "turn", speaker, at=at)))
    return joined([((f"{known.speaker}: " if known.speaker else "") + words, known) for words, known in parts])


def _caption(caption: Any, kind: str) -> tuple[str, str, float]:
    """Who speaks, their words on one line, and when. WebVTT writes some signs as HTML does; SubRip does not."""
    raw = normalised(caption.raw_text)
    voice = _VOICE.match(raw)
    plain = _TAG.sub("", raw)
    words = " ".join((html.unescape(plain) if kind == "vtt" else plain).split())
    named = None if voice else _NAMED.match(words)
    speaker = html.unescape(voice[1]).strip() if voice else named[1] if named else ""
    at = caption.start_in_seconds
    return speaker, words[named.end() :] if named else words, float(at)
