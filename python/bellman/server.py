"""A JVM that steps environments, and the conversation with it: the counterpart of Service.java.

Requests and replies are counted in shared memory; a byte in a pipe goes with each, for the side that sleeps.
Descriptions, pictures and errors come through the pipe.
"""

from __future__ import annotations

import json
import mmap
import os
import platform
import struct
import subprocess
import tempfile
from typing import Any

import numpy as np

from bellman.home import BellmanError, command, settings
from bellman.spaces import DTYPES, Layout, space_of

RESET, STEP, PICTURE = 0, 1, 2
_REQUESTS, _REPLIES, _COMMAND, _COUNT, _ARGUMENT, _FAILED = 0, 8, 16, 17, 18, 20
_CONTROL = 24
_SPINS = 6000  # some 200 µs: longer than thousands of rows take for a step, and than a process takes to wake up


def _aligned(size: int) -> int:
    return (size + 63) // 64 * 64


class Server:
    """Rows of an environment in a JVM. Not thread-safe."""

    def __init__(self, name: str, rows: int, options: dict[str, Any]):
        self.rows = rows
        self._errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command("step", name, "--envs", str(rows), *settings("--env", options)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            bufsize=0,
            start_new_session=True,  # a Ctrl-C is for this program, which then closes the JVM
        )
        kind, payload = self._message(self._byte())
        if kind != b"h":
            raise BellmanError(payload.decode())
        said = json.loads(payload)
        self.limit: int = said["limit"]
        self.mask_width: int = said["mask"]
        self.aspect: float = said["aspect"]
        self.observations = Layout(space_of(said["observations"]))
        self.actions = Layout(space_of(said["actions"]))
        self._share()
        self._requested = 0
        self._rung = 0
        self._awake = platform.machine() in ("x86_64", "AMD64") and (os.cpu_count() or 1) > 1
        self._pause = self._paused = 0

    def _share(self) -> None:
        rows = self.rows
        parts = [("q", _CONTROL), ("i", rows), ("q", rows)]
        for layout in (self.actions, self.observations):
            parts += [(code, rows * width) for code, width in zip("ifB", layout.widths)]
        parts += [("B", rows * self.mask_width), ("d", rows), ("B", rows), ("B", rows)]
        size = sum(_aligned(struct.calcsize(code) * count) for code, count in parts)
        named = not hasattr(os, "memfd_create")
        if named:
            file, path = tempfile.mkstemp(prefix="bellman")
        else:
            file = os.memfd_create("bellman")
            path = f"/proc/{os.getpid()}/fd/{file}"
        try:
            os.ftruncate(file, size)
            memory = mmap.mmap(file, size)
            self._write(path.encode() + b"\n")
            if self._byte() != b"r":
                raise self._ended()
        finally:
            os.close(file)
            if named:
                os.unlink(path)
        at = 0
        taken = []
        for code, count in parts:
            taken.append(np.frombuffer(memory, code, count, at) if count else np.empty(0, code))
            at += _aligned(struct.calcsize(code) * count)
        self.control = memoryview(memory)[: _CONTROL * 8].cast("q")
        self.listed, self.seeds = taken[1:3]
        self.action_columns = [part.reshape(rows, -1) if part.size else part.reshape(rows, 0) for part in taken[3:6]]
        self.observation_columns = [
            part.reshape(rows, -1) if part.size else part.reshape(rows, 0) for part in taken[6:9]
        ]
        self.mask = taken[9].reshape(rows, self.mask_width)
        self.rewards, self.terminated, self.truncated = taken[10], taken[11].view(np.bool_), taken[12].view(np.bool_)

    def call(self, what: int, count: int, argument: int = 0) -> bytes:
        """Asks for something and waits until it is done; returns a picture, or nothing."""
        control = self.control
        control[_COMMAND], control[_COUNT], control[_ARGUMENT] = what, count, argument
        self._requested += 1
        control[_REQUESTS] = self._requested
        self._write(b"r")
        if what == STEP and self._seen() and self._requested - self._rung < 1000:
            return b""
        payload, failure = b"", None
        while self._rung < self._requested:
            byte = self._byte()
            if byte == b"r":
                self._rung += 1
                continue
            kind, message = self._message(byte)
            if kind == b"e":
                failure = message.decode()
            else:
                payload = message
        if failure is not None:
            raise BellmanError(failure)
        return payload

    def _seen(self) -> bool:
        """Waits awake for a moment, where that has helped lately; whether that brought a good reply."""
        if not self._awake:
            return False
        if self._paused < self._pause:
            self._paused += 1
            return False
        self._paused = 0
        control, wanted = self.control, self._requested
        for _ in range(_SPINS):
            if control[_REPLIES] == wanted:
                self._pause = 0
                return not control[_FAILED]
        self._pause = min(2 * self._pause + 1, 1023)
        return False

    def _write(self, data: bytes) -> None:
        try:
            self.process.stdin.write(data)
        except (BrokenPipeError, ValueError):
            raise self._ended() from None

    def _byte(self) -> bytes:
        byte = self.process.stdout.read(1)
        if not byte:
            raise self._ended()
        return byte

    def _message(self, kind: bytes) -> tuple[bytes, bytes]:
        data = b""
        while len(data) < 4:
            data += self._some(4 - len(data))
        (length,) = struct.unpack(">i", data)
        parts = []
        while length:
            parts.append(self._some(length))
            length -= len(parts[-1])
        return kind, b"".join(parts)

    def _some(self, most: int) -> bytes:
        data = self.process.stdout.read(most)
        if not data:
            raise self._ended()
        return data

    def _ended(self) -> BellmanError:
        self.process.stdin.close()
        self.process.wait()
        self._errors.seek(0)
        errors = self._errors.read().decode(errors="replace").strip()
        return BellmanError(errors or f"the JVM ended with status {self.process.returncode}")

    def close(self) -> None:
        """Lets the JVM end; may be called twice."""
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        self._errors.close()
