"""docs/policies.md is what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def test_the_table_of_policies_is_fresh(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("policies", root / "tools" / "policies.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.exists() and tool.PAGE.read_text(encoding="utf-8") == tool.page(), (
        "docs/policies.md is stale: type `python tools/policies.py`, and read what changed"
    )
