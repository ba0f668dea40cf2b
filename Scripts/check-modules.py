#!/usr/bin/env python3
"""Checks that the three manifests and Docs/Architecture.md name what the sources import, and that the folders of a target
use each other in the order of that page; prints what is wrong, one a line.

SwiftPM builds a target that imports a module it does not declare whenever something else has built that module before.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|func|protocol|typealias|var|let)\s+)?(\w+)"
)

DECLARATION = re.compile(r"^(?:\w+ )*(?:struct|enum|class|protocol|actor|typealias) (\w+)", re.MULTILINE)
# Targets whose folders the page lists from the bottom up: each can be read knowing only those before it.
LAYERED = ("EmotionDetection", "FaceDetection", "InterviewAnalysis")


def manifest(package: Path) -> list[dict]:
    """The targets that the package at `package` declares."""
    description = subprocess.run(
        ["swift", "package", "dump-package", "--package-path", str(package)], check=True, capture_output=True
    )
    return json.loads(description.stdout)["targets"]


def declared(target: dict) -> set[str]:
    """The names of targets and products that it depends on."""
    return {name[0] for dependency in target["dependencies"] for name in dependency.values()}


def imported(folder: Path) -> set[str]:
    """The modules that the files below `folder` import."""
    lines = (line for file in sorted(folder.rglob("*.swift")) for line in file.read_text().splitlines())
    return {match[1] for line in lines if (match := IMPORT.match(line))}


def undeclared(package: Path, targets: list[dict], known: set[str]) -> list[str]:
    """What the sources of `package` import of the modules in `known` without saying so, and say without importing it."""
    faults = []
    for target in targets:
        if target["type"] == "system":
            continue
        folder = target.get("path") or f"{'Tests' if target['type'] == 'test' else 'Sources'}/{target['name']}"
        uses, names = imported(package / folder) & known - {target["name"]}, declared(target)
        where = f"{(package / 'Package.swift').relative_to(ROOT)}: {target['name']}"
        faults += [f"{where} imports {module} and does not declare it" for module in sorted(uses - names)]
        # Tests may need an executable to be built, and what every suite of this package has.
        if target["type"] != "test":
            faults += [f"{where} declares {module} and does not import it" for module in sorted(names & known - uses)]
    return faults


def undrawn(targets: list[dict]) -> list[str]:
    """Where the table of Docs/Architecture.md differs from the root manifest."""
    page = (ROOT / "Docs/Architecture.md").read_text()
    rows = {
        cells[0]: set(re.findall(r"\w+", cells[2]))
        for line in page.splitlines()
        if line.startswith("| ") and len(cells := [cell.strip() for cell in line.strip("|\n ").split("|")]) == 4
    }
    faults = []
    for target in targets:
        name = target["name"]
        if target["type"] == "system" and not re.search(rf"\b{name}\b", page):
            faults.append(f"Docs/Architecture.md does not name {name}")
        if target["type"] == "regular" and name != "TestSupport":
            if name not in rows:
                faults.append(f"Docs/Architecture.md has no row for {name}")
            elif rows[name] != declared(target):
                faults.append(f"Docs/Architecture.md lets {name} stand on {sorted(rows[name])}, not {sorted(declared(target))}")
    return faults


def disordered(target: str) -> list[str]:
    """What the folders of a target use of those that Docs/Architecture.md lists behind them; folders that are not there."""
    table = (ROOT / "Docs/Architecture.md").read_text().split(f"| {target} | what is decided there |\n| --- | --- |\n")
    if len(table) != 2:
        return [f"Docs/Architecture.md has no table of the folders of {target}"]
    rows = table[1].split("\n\n")[0].splitlines()
    order = [name.replace("(no folder)", ".") for row in rows for name in row.split("|")[1].strip().split(", ")]
    texts: dict[str, list[str]] = {}
    for file in sorted((ROOT / "Sources" / target).rglob("*.swift")):
        parts = file.relative_to(ROOT / "Sources" / target).parts
        lines = (line for line in file.read_text().splitlines() if not line.lstrip().startswith("//"))
        texts.setdefault(parts[0] if len(parts) > 1 else ".", []).append("\n".join(lines))
    if set(texts) != set(order):
        return [f"Docs/Architecture.md lists {sorted(order)} in {target}, not {sorted(texts)}"]
    home = {name: folder for folder, files in texts.items() for text in files for name in DECLARATION.findall(text)}
    faults = []
    for folder, files in texts.items():
        words = {word for text in files for word in re.findall(r"\b[A-Z]\w+", text)}
        for word in sorted(word for word in words if order.index(home.get(word, folder)) > order.index(folder)):
            faults.append(f"Sources/{target}/{folder} uses {word} of {home[word]}, which stands above it")
    return faults


def main() -> int:
    root = manifest(ROOT)
    names = {target["name"] for target in root}
    faults = undeclared(ROOT, root, names) + undrawn(root)
    for nested in ("Apps", "Server"):
        targets = manifest(ROOT / nested)
        faults += undeclared(ROOT / nested, targets, names | {target["name"] for target in targets})
    for target in LAYERED:
        faults += disordered(target)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
