"""What is built from this tree holds all that newsdeck needs and nothing else, and runs wherever it is put."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

import tui
from tests.cli.harness import newsdeck, write_card
from tests.conftest import ROOT

DATA = ("styles", "sample_content")
MOUNT = """
import asyncio
from pathlib import Path
from tui.config.settings import Settings
from tui.programs import Programs
from tui.resources import sample_content_dir, styles_dir
from tui.session import Session
from tui.ui.app import NewsdeckApp

async def main():
    settings = Settings()
    session = Session(sample_content_dir(), settings, Programs({}))
    session.prefetch()
    async with (app := NewsdeckApp(session, settings)).run_test(size=(120, 40)):
        print(len(app.stylesheet.source) > 0, styles_dir())
    session.close()

asyncio.run(main())
"""


@dataclass(frozen=True)
class Built:
    """The archives that were built, the wheel from the source archive, so that this one must be complete."""

    sdist: Path
    wheel: Path


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; it must succeed."""
    environ = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    done = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_below(folder: Path) -> Iterator[str]:
    return (file.relative_to(folder.parent).as_posix() for file in folder.rglob("*") if file.is_file())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (sdist,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    return Built(sdist, wheel)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment with the wheel; what newsdeck depends on is lent, not fetched."""
    folder = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", built.wheel, cwd=folder)
    (site,) = folder.glob("lib/python*/site-packages")
    lent = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (site / "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    return python.parent


def test_the_wheel_holds_the_package_with_all_its_data_and_nothing_else(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        names = {name for name in wheel.namelist() if not name.endswith("/")}
    tops = {PurePosixPath(name).parts[0] for name in names}
    assert tops == {"tui", f"newsdeck-{tui.__version__}.dist-info"}
    for folder in DATA:
        shipped = {name.removeprefix("tui/") for name in names if name.startswith(f"tui/{folder}/")}
        assert shipped == set(files_below(ROOT / folder))
    assert "tui/py.typed" in names
    assert f"newsdeck-{tui.__version__}.dist-info/licenses/LICENSE" in names


def test_the_source_archive_holds_what_it_should(built: Built) -> None:
    with tarfile.open(built.sdist) as sdist:
        names = {PurePosixPath(name).parts[1] for name in sdist.getnames() if "/" in name}
    wanted = {
        "pyproject.toml",
        "README.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "CHANGELOG.md",
        "SECURITY.md",
        "PKG-INFO",
        "tui",
        "tests",
        *DATA,
    }
    assert wanted <= names
    assert not {".git", ".venv", "venv", "build", "dist"} & names


def test_the_installed_command_finds_cards_and_styles_from_anywhere(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "newsdeck", "list", "--json", cwd=tmp_path) == newsdeck("list", "--json").out
    assert run(installed / "newsdeck", "themes", cwd=tmp_path) == newsdeck("themes").out
    assert run(installed / "python", "-m", "tui", "--version", cwd=tmp_path) == newsdeck("--version").out


def test_the_installed_reader_is_styled(installed: Path, tmp_path: Path) -> None:
    styled, folder = run(installed / "python", "-c", MOUNT, cwd=tmp_path).split()
    assert styled == "True"
    assert Path(folder).is_relative_to(installed.parent)


def test_a_bare_copy_runs_without_being_installed(tmp_path: Path) -> None:
    for name in ("tui", *DATA):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    write_card(tmp_path / "sample_content", title="Only in this copy")
    assert "Only in this copy" in run(sys.executable, "-m", "tui", "list", cwd=tmp_path)
