"""Sets up a fresh machine for this checkout; cheap to repeat. Standard library only.

It makes the virtual environment, installs the packages pinned in ``constraints.txt`` and, on Debian
and Ubuntu, the system libraries that Qt needs: only those that are missing and only when allowed
(root or password-less sudo). Otherwise it prints the one line to type and goes on.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "set-up.sha256"
OLDEST_PYTHON = (3, 11)
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
"""A display without a screen and a hand on it: the journeys of the tests use them."""


def say(text: str) -> None:
    """One line to the person, at once."""
    print(text, flush=True)


def python() -> Path:
    """The interpreter of the virtual environment."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return ENVIRONMENT / folder / name


def is_missing(library: str) -> bool:
    """Whether the dynamic linker cannot find a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


def root_prefix() -> list[str] | None:
    """Words to put before a command that needs root, or None when root cannot be had silently."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)  # noqa: S607
    return ["sudo", "-n"] if asked.returncode == 0 else None


def install_system_packages(packages: list[str], purpose: str) -> bool:
    """Install Debian packages when allowed; says what it does; True when they are there after."""
    line = f"apt-get install -y {' '.join(packages)}"
    prefix = root_prefix()
    if prefix is None:
        say(f"Missing for {purpose}: {', '.join(packages)}. Type this once:  sudo {line}")
        return False
    say(f"Installing what {purpose} needs: {', '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], line.split()):
        done = subprocess.run(
            [*prefix, *command], env=quiet, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            say(f"That did not work ({done.stderr.strip()[-300:]}). Type this once:  sudo {line}")
            return False
    return True


def prepare_libraries() -> None:
    """The system libraries of Qt, on Linux with apt."""
    if not sys.platform.startswith("linux"):
        return
    missing = sorted(LIBRARIES[name] for name in LIBRARIES if is_missing(name))
    if not missing:
        return
    if shutil.which("apt-get") is None:
        say(f"Qt needs system libraries that are missing here; on Debian: {' '.join(missing)}")
        return
    install_system_packages(missing, "the window")


def prepare_programs() -> None:
    """What the tests need to drive the window on a display; they do without where it is missing."""
    if not sys.platform.startswith("linux") or shutil.which("apt-get") is None:
        return
    missing = sorted(PROGRAMS[name] for name in PROGRAMS if shutil.which(name) is None)
    if missing:
        install_system_packages(missing, "the journeys of the tests")


def prepare_environment() -> None:
    """The virtual environment and the packages; nothing to do when they are as recorded."""
    wanted = hashlib.sha256(
        b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    ).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted and python().exists():
        return
    if not python().exists():
        make_environment()
    say("Installing packages (about 700 MB on disk, once) ...")
    try:
        install_packages(".[dev,encrypted]", "--only-binary", "sqlcipher3")
    except subprocess.CalledProcessError:
        # no ready-made driver for this machine: the program runs without and says so when asked
        install_packages(".[dev]")
        say(
            "Encrypted projects cannot be opened here: their driver is not there for this machine."
        )
    STAMP.write_text(wanted)


def install_packages(what: str, *options: str) -> None:
    """Install a checkout with its extras, at the versions recorded."""
    subprocess.run(
        [
            python(), "-m", "pip", "install", "-qq", "--disable-pip-version-check",
            "--constraint", "constraints.txt", *options, "--editable", what,
        ],
        cwd=ROOT,
        check=True,
    )  # fmt: skip


def make_environment() -> None:
    """An empty virtual environment; on Debian the package that makes one may have to come first."""
    say(f"Making a virtual environment in {ENVIRONMENT.name} ...")
    command = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
    if subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0:
        return
    version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if shutil.which("apt-get") is None or not install_system_packages([version], "Python"):
        raise SystemExit("Python cannot make a virtual environment here (module venv).")
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> int:
    """Set up what is missing."""
    if sys.version_info < OLDEST_PYTHON:
        say(
            f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed; this is {sys.version}."
        )
        return 1
    try:
        prepare_environment()
    except subprocess.CalledProcessError as error:
        say(
            f"Setting up stopped: {' '.join(map(str, error.cmd[:6]))} ... ended {error.returncode}."
        )
        return 1
    prepare_libraries()
    if "--for-tests" in sys.argv[1:]:
        prepare_programs()
    return 0


if __name__ == "__main__":
    sys.exit(main())
