"""A throw-away PostgreSQL on loopback, from the distribution's own programs."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ACCOUNT = "postgres"  # the programs refuse to run as root


def programs() -> Path | None:
    """Where initdb and pg_ctl lie; the newest where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    on_path = shutil.which("pg_ctl")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def why_not() -> str:
    """Why there is none on this machine; empty where there is one."""
    if programs() is None:
        return "PostgreSQL's pg_ctl is not installed (Debian's package postgresql has it)"
    if os.geteuid() == 0 and not _has_account():
        return f"PostgreSQL refuses to run as root, and there is no account {ACCOUNT}"
    return ""


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; gives the address up to the database's name."""
    folder = Path(tempfile.mkdtemp(prefix="coinvision-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, ACCOUNT, ACCOUNT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, log = folder / "data", folder / "log"
    options = f"-h 127.0.0.1 -p {port} -k {folder}"
    try:
        _call("initdb", "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8", "--no-sync")
        _call("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql://tester@127.0.0.1:{port}"
        finally:
            _call("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_account() -> bool:
    try:
        return bool(pwd.getpwnam(ACCOUNT))
    except KeyError:
        return False


def _call(program: str, *arguments: object) -> None:
    folder = programs()
    assert folder is not None
    command = [str(folder / program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", ACCOUNT, "--", *command]
    done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr.decode()[-500:]
