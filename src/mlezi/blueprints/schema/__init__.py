"""What may stand in a blueprint: the schema, in parts. Version 1.

`Blueprint` is the whole. `docs/reference/blueprint.md` and `blueprint.schema.json` are made from it,
so a description here is what an author reads in their editor.
"""

from mlezi.blueprints.schema.whole import VERSION, Blueprint

__all__ = ["VERSION", "Blueprint"]
