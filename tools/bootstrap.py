"""Bring everything the project needs into this folder: .venv, node_modules, compiled catalogues,
and in built/ what pages load (tools/assets.py).

Runs with the machine's own Python and nothing else. A second run compares one fingerprint and
stops in milliseconds. Each failure is one sentence: what is missing and what to type.

    python3 tools/bootstrap.py [--browser]

--browser also makes sure that a Chromium exists for the browser tests, in this order: the one
that CHROMIUM names, one on the machine, Debian's package (as root), Playwright's own download.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMP = VENV / ".bootstrapped"
LOCKS = ROOT / "locks"
UV = "uv==0.13.9"
#: What the fingerprint covers: when one of these changes, the bootstrap runs again.
SOURCES = [
    "locks/python.txt", "locks/node.txt", "package-lock.json", "pyproject.toml", "tools/bootstrap.py",
    "src/dieuhanh/locale/en/LC_MESSAGES/django.po",
]  # fmt: skip


class Missing(Exception):
    """Something the machine lacks; the message says what to type."""


def main(arguments):
    try:
        require_python()
        if fingerprint() != (STAMP.read_text() if STAMP.exists() else ""):
            install_python()
            install_front_end()
            compile_catalogues()
            STAMP.write_text(fingerprint())
        build_screen_files()
        if "--browser" in arguments:
            print(f"Chromium: {require_browser()}", flush=True)
    except Missing as missing:
        sys.exit(f"bootstrap: {missing}")
    except KeyboardInterrupt:
        sys.exit("bootstrap: stopped; type the same command again to go on.")


def fingerprint():
    digest = hashlib.sha256(sys.version.encode())
    for name in SOURCES:
        path = ROOT / name
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def require_python():
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:2]))
        raise Missing(
            f"Python 3.11 or newer is needed, this is {found}; "
            "type `make PYTHON=python3.11 demo` or install a newer python3."
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Missing("the venv module is missing; type `apt-get install python3-venv`.") from None


def run(step, *command, hint, **kwargs):
    """Run one step, show its last words only when it fails."""
    print(f"  {step} …", flush=True)
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **kwargs
    )
    if done.returncode:
        sys.stderr.write(done.stdout[-2000:])
        raise Missing(hint)


def install_python():
    print("Preparing Điều Hành (the first time takes a minute or two)", flush=True)
    if not (BIN / "python").exists():
        shutil.rmtree(VENV, ignore_errors=True)
        run("virtual environment", sys.executable, "-m", "venv", str(VENV),
            hint="the virtual environment could not be made; type `apt-get install python3-venv`.")  # fmt: skip
    network = "a package index could not be reached; check the network or `pip config`, then type the same command again."
    run("uv", str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV,
        hint=network)  # fmt: skip
    uv = str(BIN / "uv")
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    # pip's settings for another index are the machine's own; uv does not read them by itself.
    for pip_name, uv_name in (("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), ("PIP_CERT", "SSL_CERT_FILE")):
        if os.environ.get(pip_name):
            environment.setdefault(uv_name, os.environ[pip_name])
    run("Python packages", uv, "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCKS / "python.txt"),
        hint=network, env=environment)  # fmt: skip
    run("dieuhanh itself", uv, "pip", "install", "--quiet", "--no-deps", "--editable", ".",
        hint=network, env=environment)  # fmt: skip


def install_front_end():
    npm = shutil.which("npm")
    environment = dict(os.environ)
    if npm is None:
        run("Node.js from a wheel", str(BIN / "uv"), "pip", "install", "--quiet", "--require-hashes",
            "-r", str(LOCKS / "node.txt"),
            hint="Node.js could not be installed; check the network, or install `npm` on the machine.",
            env={**environment, "VIRTUAL_ENV": str(VENV)})  # fmt: skip
        npm = str(BIN / "npm")
        environment["PATH"] = f"{BIN}{os.pathsep}{environment.get('PATH', '')}"
    run("front-end packages", npm, "ci", "--no-audit", "--no-fund",
        hint="the npm registry could not be reached; check the network, then type the same command again.",
        env=environment)  # fmt: skip


def compile_catalogues():
    locale = ROOT / "src" / "dieuhanh" / "locale"
    if locale.exists():
        run("translations", str(BIN / "pybabel"), "compile", "--domain", "django", "--directory", str(locale),
            hint="a message catalogue is broken; type `.venv/bin/pybabel compile -D django -d src/dieuhanh/locale`.")  # fmt: skip


def build_screen_files():
    """Sheets, scripts and fonts as pages load them; asks its own fingerprint, in half a second."""
    done = subprocess.run(
        [str(BIN / "python"), str(ROOT / "tools" / "assets.py")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode:
        sys.stderr.write(done.stdout[-2000:])
        raise Missing("the screen's files could not be built; correct what is said above.")


def require_browser():
    """Path of a Chromium that starts. Raises Missing with what to install."""
    named = os.environ.get("CHROMIUM")
    if named:
        if works(named):
            return named
        raise Missing(f"CHROMIUM names {named}, which does not start; correct it or unset it.")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found and works(found):
            return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            print(f"  apt-get {' '.join(words)} …", flush=True)
            subprocess.run(["apt-get", "-qq", *words], env=quiet, stdout=subprocess.DEVNULL)
        found = shutil.which("chromium")
        if found and works(found):
            return found
    subprocess.run([str(BIN / "playwright"), "install", "chromium"], stdout=subprocess.DEVNULL)
    for found in sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome")):
        if works(str(found)):
            return str(found)
    raise Missing(
        "no Chromium for the browser tests; type `apt-get install chromium`, "
        "or name one: `CHROMIUM=/path/to/chromium make test`."
    )


def works(path):
    with tempfile.TemporaryDirectory() as profile:
        try:
            done = subprocess.run(
                [path, "--headless", "--no-sandbox", f"--user-data-dir={profile}", "--version"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
