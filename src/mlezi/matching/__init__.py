"""Rounds of matching: who could support whom, how good that is, who decides, and what people answer."""
