"""Scores of questionnaires and tests, from rules that an instrument declares. Pure; nothing is guessed silently."""

from mlezi.methods.scoring.knowledge import Key, KnowledgeTest, mark
from mlezi.methods.scoring.scale import Band, Scale, Scored, score

__all__ = ["Band", "Key", "KnowledgeTest", "Scale", "Scored", "mark", "score"]
