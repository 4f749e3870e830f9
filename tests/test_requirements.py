"""Every package is pinned, and the lock holds them all with the hashes of their files."""

from __future__ import annotations

import re

from tests.shared import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]+\])?==([^\s;\\]+)", re.M)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def pins(name: str) -> dict[str, str]:
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in found}


def test_every_requirement_names_one_version():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-dask.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        wanted = [one for one in lines if one.strip() and not one.startswith(("#", "-r "))]
        assert [one for one in wanted if not PIN.match(one)] == [], name


def test_the_lock_holds_what_is_required_and_a_hash_for_every_package():
    locked = pins("requirements-hashes.txt")
    assert pins("requirements.txt").items() <= locked.items()
    text = (ROOT / "requirements-hashes.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) >= len(locked) > 60  # a package may have a version for each kind of system
    assert [one.split("==")[0] for one in blocks if not HASH.search(one)] == []
    assert "://" not in text
