#!/usr/bin/env python3
"""Compares what each module shows to other packages with the lists in Tests/PublicSymbols, so that it changes on purpose only.

    check-public-symbols.py [--renew]

Reads the modules that `swift build` left in .build; modules and products are those of the manifest. Prints one line a test as
`swift test` does, and what differs. With --renew it writes the lists anew instead.
"""

import difflib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "Tests/PublicSymbols"
EXPORT = re.compile(r"^@_exported public import (?:\w+ )?(\w+)(?:\.(\w+))?$", re.MULTILINE)
# What the compiler makes of a conformance, which stands beside the type.
DERIVED = {
    "!=(_:_:)", "==(_:_:)", "hash(into:)", "hashValue", "encode(to:)", "init(from:)", "init(rawValue:)", "rawValue",
    "allCases", "AllCases", "RawValue",
}  # fmt: skip
QUIET = {"Copyable", "Escapable", "SendableMetatype", "BitwiseCopyable"}


def swift(*arguments: str) -> str:
    return subprocess.run(["swift", *arguments], check=True, capture_output=True, text=True, cwd=ROOT).stdout


def lines(module: str, modules: Path, triple: str, includes: list[str]) -> list[str]:
    """Every public declaration of `module`, one a line, types with what they conform to."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            ["swift", "symbolgraph-extract", "-module-name", module, "-I", str(modules), *includes, "-target", triple]
            + ["-minimum-access-level", "public", "-skip-synthesized-members", "-output-dir", folder],
            capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        if run.returncode != 0:
            sys.exit(f"{module} is not to be read; run `swift build` first: {run.stderr.strip()}")
        graphs = [json.loads(file.read_text()) for file in sorted(Path(folder).glob(f"{module}*.symbols.json"))]
    conformances: dict[str, set[str]] = {}
    for graph in graphs:
        for relation in graph["relationships"]:
            if relation["kind"] == "conformsTo":
                name = relation.get("targetFallback", relation["target"]).split(".")[-1]
                conformances.setdefault(relation["source"], set()).add(name)
    found = set()
    for graph in graphs:
        for symbol in graph["symbols"]:
            path = symbol["pathComponents"]
            if path[-1] in DERIVED:
                continue
            text = " ".join("".join(part["spelling"] for part in symbol["declarationFragments"]).split())
            met = sorted(conformances.get(symbol["identifier"]["precise"], set()) - QUIET)
            found.add(".".join(path) + "  " + text + (" : " + ", ".join(met) if met else ""))
    return sorted(found)


def visible(target: dict, targets: dict[str, dict], found: dict[str, list[str]]) -> set[str]:
    """What a program sees that imports the module: its own declarations, and those of the types that it exports."""
    folder = ROOT / (target.get("path") or f"Sources/{target['name']}")
    seen = {f"{target['name']}: {line}" for line in found[target["name"]]}
    for file in sorted(folder.rglob("*.swift")):
        for module, name in EXPORT.findall(file.read_text()):
            if name:
                whole = {f"{module}: {line}" for line in found[module] if re.match(rf"{name}[. ]", line)}
            else:
                whole = visible(targets[module], targets, found)
            seen |= whole
    return seen


def main() -> int:
    renews = sys.argv[1:] == ["--renew"]
    package = json.loads(swift("package", "dump-package"))
    # What programs do not link, and what only tests do, is nobody's interface.
    names = sorted(
        target["name"] for target in package["targets"] if target["type"] == "regular" and target["name"] != "TestSupport"
    )
    modules = Path(swift("build", "--show-bin-path").strip()) / "Modules"
    triple = json.loads(swift("-print-target-info"))["target"]["triple"]
    includes = [f"-I{ROOT / 'Sources' / target['name']}" for target in package["targets"] if target["type"] == "system"]
    LISTS.mkdir(exist_ok=True)
    found = {name: lines(name, modules, triple, includes) for name in names}
    shown = {f"{name}.txt": symbols for name, symbols in found.items() if symbols}
    differing = 0
    for file in sorted({path.name for path in LISTS.glob("*.txt")} | set(shown)):
        path, new = LISTS / file, shown.get(file, [])
        old = path.read_text().splitlines() if path.exists() else []
        if renews:
            path.write_text("\n".join(new) + "\n") if new else path.unlink(missing_ok=True)
        elif old == new:
            print(f"✔ Test the public symbols of {path.stem} passed after 0 seconds.")
        else:
            differing += 1
            print(f"✘ Test the public symbols of {path.stem} failed after 0 seconds with 1 issue: they changed")
            print("\n".join(difflib.unified_diff(old, new, "as kept", "as built", lineterm="", n=0)))
    if renews:
        targets = {target["name"]: target for target in package["targets"]}
        for product in package["products"]:
            if "library" in product["type"]:
                seen = set().union(*(visible(targets[name], targets, found) for name in product["targets"]))
                print(f"{len(seen):5}  {product['name']}")
    if differing:
        print("If that is meant, `make public-symbols` writes the lists anew; a name that went is a line in CHANGELOG.md.")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
