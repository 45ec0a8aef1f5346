"""Steps environments of Gymnasium's for a JVM: started, fed and ended by ProcessWorker.java, or run inside of
the JVM by EmbeddedWorker.java.

The arguments are a JSON object: name, module, options, rows, seed. Everything that changes with a step
lies in shared memory, at the places that Memory.java computes too. Requests and replies are counted there;
a byte in a pipe goes with each, for the side that sleeps. Whatever is not a plain reply goes through the
pipe: the description of the environment, pictures, errors.
"""

import faulthandler
import importlib
import importlib.util
import json
import mmap
import os
import platform
import select
import signal
import struct
import sys
import tempfile
import threading
import time
import traceback

FILE = "bellman_worker.py"
# Places in the control block, in int64; requests are counted at 0 and replies at 8.
COMMAND, COUNT, ARGUMENT, CURRENT = 16, 17, 18, 19
RESET, STEP, PICTURE, CLOSE = 0, 1, 2, 3

# How many numbers of an info are passed on.
MOST_NUMBERS = 64

# Packages whose environments are registered when they are imported, by the beginnings of their ids.
PROVIDERS = {
    "ALE/": "ale_py",
    "BabyAI-": "minigrid",
    "MiniGrid-": "minigrid",
    "Vizdoom": "vizdoom.gymnasium_wrapper",
}


class Refusal(Exception):
    """What was asked for cannot be done; the message says why."""


class Missing(Exception):
    """Something is not installed; the message says what."""


class Pipes:
    """The two ends of the conversation, out of reach of what environments print and read."""

    def __init__(self):
        self.bell = os.dup(0)
        self.replies = os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)

    def send(self, kind, payload):
        data = kind + struct.pack(">i", len(payload)) + payload
        while data:
            data = data[os.write(self.replies, data):]


def watch(bell):
    """Ends this process when the JVM has gone, whatever the main thread is busy with."""
    poll = select.poll()
    poll.register(bell, 0)
    poll.poll()
    time.sleep(2)
    leave()


def leave():
    """Ends this process and those that environments have started."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


def load(module):
    """Imports a module by its name or the path of its file."""
    if not module.endswith(".py"):
        return importlib.import_module(module)
    folder, file = os.path.split(os.path.abspath(module))
    sys.path.insert(0, folder)
    name = file[:-3]
    spec = importlib.util.spec_from_file_location(name, module)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


class Maker:
    """Finds an environment by its name, and makes any number of it."""

    def __init__(self, name, module, options):
        self.options = options
        if ":" in name:
            module, name = name.split(":", 1)
        self.name = name
        loaded = None
        for beginning, provider in PROVIDERS.items():
            if name.startswith(beginning):
                package = provider.split(".")[0]
                if importlib.util.find_spec(package) is None:
                    raise Missing(f"it needs a package: {sys.executable} -m pip install {package.replace('_', '-')}")
                self.register(importlib.import_module(provider))
        if module:
            try:
                loaded = load(module)
            except FileNotFoundError:
                raise Refusal(f"there is no file {module}") from None
            except ModuleNotFoundError as e:
                if e.name != module.split(".")[0]:
                    raise
                raise Refusal(
                    f"there is no Python module {module} in {os.getcwd()} or among the installed packages"
                ) from None
        self.limit = 0
        self.creator = getattr(loaded, name, None) if loaded is not None else None
        if callable(self.creator):
            metadata = getattr(self.creator, "metadata", {})
            self.make_one = lambda keywords: self.creator(**keywords)
        else:
            try:
                spec = gymnasium.spec(name)
            except gymnasium.error.Error as e:
                raise Refusal(str(e)) from None
            self.limit = spec.max_episode_steps or 0
            metadata = self.metadata(spec)
            self.make_one = lambda keywords: gymnasium.make(
                name, max_episode_steps=-1, disable_env_checker=True, **keywords
            )
        self.keywords = dict(options)
        if "render_mode" not in options and "rgb_array" in (metadata or {}).get("render_modes", []):
            self.keywords["render_mode"] = "rgb_array"

    @staticmethod
    def register(provider):
        if hasattr(gymnasium, "register_envs"):
            gymnasium.register_envs(provider)

    @staticmethod
    def metadata(spec):
        try:
            return getattr(gymnasium.envs.registration.load_env_creator(spec.entry_point), "metadata", {})
        except Exception:
            return {}  # to make one will say what is wrong

    def make(self):
        try:
            return self.make_one(self.keywords)
        except gymnasium.error.DependencyNotInstalled as e:
            raise Missing(str(e)) from e
        except gymnasium.error.Error as e:
            raise Refusal(str(e)) from e
        except TypeError as e:
            if "render_mode" in self.keywords and "render_mode" not in self.options:
                del self.keywords["render_mode"]  # declared, but not taken
                return self.make()
            if self.options:
                raise Refusal(f"{e}; the options given are {', '.join(self.options)}") from e
            raise


class Leaf:
    """An elementary space: how its values are described, read from and written to shared memory."""

    def __init__(self, space, path, notes):
        spaces = gymnasium.spaces
        self.space = space
        self.path = path
        what = f"{path or 'the value'} is {space}"
        if isinstance(space, spaces.Discrete):
            if not -(2**31) <= int(space.start) <= int(space.start) + int(space.n) - 1 < 2**31:
                raise Refusal(f"{what}, beyond 32 bits")
            self.column, self.width = 0, 1
            self.text = struct.pack(">Bii", 0, int(space.n), int(space.start))
        elif isinstance(space, spaces.MultiDiscrete):
            self.column, self.width = 0, int(space.nvec.size)
            start = getattr(space, "start", np.zeros_like(space.nvec))
            self.text = struct.pack(">B", 1)
            for numbers in (space.nvec, start):
                self.text += struct.pack(">i", self.width) + numbers.astype(">i4").tobytes()
        elif isinstance(space, spaces.MultiBinary):
            self.column, self.width = 2, int(np.prod(space.shape))
            self.text = struct.pack(">Bi", 2, self.width)
        elif isinstance(space, spaces.Box):
            self.box(space, what, notes)
        else:
            raise Refusal(
                f"{path + ' is of' if path else 'of'} the space {type(space).__name__}, which Bellman has no"
                " counterpart for: it takes Discrete, MultiDiscrete, MultiBinary, Box, Tuple and Dict; wrap"
                " the environment in Python"
            )

    def box(self, space, what, notes):
        shape = space.shape or (1,)
        if 0 in shape:
            raise Refusal(f"{what}, which holds nothing")
        dims = struct.pack(f">i{len(shape)}i", len(shape), *shape)
        self.width = int(np.prod(shape))
        high = space.high.flat[0]
        if space.dtype == np.bool_ or (
            space.dtype == np.uint8 and (space.low == 0).all() and (space.high == high).all() and high > 0
        ):
            self.column = 2
            self.text = struct.pack(">Bi", 4, 1 if space.dtype == np.bool_ else int(high)) + dims
            return
        self.column = 1
        with np.errstate(over="ignore"):
            low, high = space.low.astype(">f4"), space.high.astype(">f4")
        self.text = struct.pack(">B", 3) + dims + low.tobytes() + high.tobytes()
        if space.dtype != np.float32:
            notes.append(f"{self.path or 'they'}: {space.dtype} becomes float32")

    def bind(self, columns, rows, offset):
        """Prepares the access to the rows of shared memory."""
        array = columns.arrays[self.column][:, offset:offset + self.width]
        self.shape = self.space.shape
        self.views = [array[row].reshape(self.shape) for row in range(rows)]
        if self.column == 0:
            stride = columns.widths[0]
            self.memory = columns.memories[0]
            self.places = [row * stride + offset for row in range(rows)]

    def writer(self):
        """Returns a function that writes a value to a row."""
        views, shape = self.views, self.shape
        if isinstance(self.space, gymnasium.spaces.Discrete):
            memory, places = self.memory, self.places

            def write(row, value):
                memory[places[row]] = int(value)

        else:

            def write(row, value):
                if type(value) is not np.ndarray or value.shape != shape:
                    value = self.checked(value, shape)
                views[row][...] = value

        return write

    def reader(self):
        """Returns a function that reads a value of a row; the value may be kept."""
        views, space = self.views, self.space
        if isinstance(space, gymnasium.spaces.Discrete):
            memory, places = self.memory, self.places
            return lambda row: memory[places[row]]
        dtype = space.dtype
        if self.column == 1 and np.issubdtype(dtype, np.integer):
            return lambda row: np.clip(np.rint(views[row].astype(np.float64)), space.low, space.high).astype(dtype)
        return lambda row: views[row].astype(dtype)

    def checked(self, value, shape):
        value = np.asarray(value)
        if value.shape != shape:
            raise ValueError(
                f"{self.path or 'the observation'} has the shape {value.shape}, but its space is {self.space}"
            )
        return value


class Tree:
    """A space with its parts: their description, in the order in which Bellman lays them out."""

    def __init__(self, space, notes):
        self.leaves = []
        self.text = b""
        self.root = self.add(space, "", notes)

    def add(self, space, path, notes):
        spaces = gymnasium.spaces
        if isinstance(space, spaces.Dict):
            keys = sorted(space.spaces, key=str)
            for key in keys:
                if not isinstance(key, str) or not key or "/" in key:
                    raise Refusal(f"the key {key!r} of {path or 'a Dict space'} must be text without '/'")
            self.text += struct.pack(">Bi", 6, len(keys))
            parts = []
            for key in keys:
                encoded = key.encode()
                self.text += struct.pack(">i", len(encoded)) + encoded
                parts.append((key, self.add(space.spaces[key], f"{path}/{key}".lstrip("/"), notes)))
            return dict, parts
        if isinstance(space, spaces.Tuple):
            self.text += struct.pack(">Bi", 5, len(space.spaces))
            return tuple, [
                (i, self.add(part, f"{path}/{i}".lstrip("/"), notes)) for i, part in enumerate(space.spaces)
            ]
        leaf = Leaf(space, path, notes)
        self.text += leaf.text
        self.leaves.append(leaf)
        return leaf, None

    def widths(self):
        return [sum(leaf.width for leaf in self.leaves if leaf.column == column) for column in range(3)]

    def bind(self, columns, rows):
        offsets = [0, 0, 0]
        for leaf in self.leaves:
            leaf.bind(columns, rows, offsets[leaf.column])
            offsets[leaf.column] += leaf.width

    def writer(self):
        return self.writing(self.root)

    def writing(self, node):
        kind, parts = node
        if parts is None:
            return kind.writer()
        writers = [(key, self.writing(part)) for key, part in parts]

        def write(row, value):
            for key, writer in writers:
                writer(row, value[key])

        return write

    def reader(self):
        return self.reading(self.root)

    def reading(self, node):
        kind, parts = node
        if parts is None:
            return kind.reader()
        readers = [(key, self.reading(part)) for key, part in parts]
        if kind is dict:
            return lambda row: {key: reader(row) for key, reader in readers}
        return lambda row: tuple(reader(row) for _, reader in readers)


class Columns:
    """The values of a space in shared memory, as one array per type with a line per row."""

    def __init__(self, shared, widths, rows):
        self.widths = widths
        self.arrays, self.memories = [], []
        for width, dtype, code in zip(widths, (np.int32, np.float32, np.uint8), "ifB"):
            self.memories.append(shared.take(code, rows * width))
            self.arrays.append(shared.array(self.memories[-1], dtype, rows, width))


class Shared:
    """Memory that the JVM maps too. Its file has no name, or loses it when the JVM has opened it."""

    def __init__(self, size):
        if hasattr(os, "memfd_create"):
            file = os.memfd_create("bellman")
            self.path = f"/proc/{os.getpid()}/fd/{file}"
        else:
            file, self.path = tempfile.mkstemp(prefix="bellman")
        os.ftruncate(file, size)
        self.memory = memoryview(mmap.mmap(file, size))
        self.at = 0

    def take(self, code, count):
        size = struct.calcsize(code) * count
        taken = self.memory[self.at:self.at + size]
        self.at += aligned(size)
        return taken.cast(code) if count else taken  # what is empty can't be cast

    @staticmethod
    def array(memory, dtype, rows, width):
        return np.frombuffer(memory, dtype).reshape(rows, width) if width else np.empty((rows, 0), dtype)


def aligned(size):
    return (size + 63) // 64 * 64


SPINS = 6000  # some 200 µs, as on the other side


class Spin:
    """Decides when it is worth while to wait awake: less and less often where that rarely helps."""

    def __init__(self):
        # Elsewhere the pipe is what makes memory written by another process visible in order.
        self.possible = platform.machine() in ("x86_64", "AMD64") and (os.cpu_count() or 1) > 1
        self.pause = 0
        self.paused = 0

    def until_changed(self, memory, at, value):
        if not self.possible:
            return
        if self.paused < self.pause:
            self.paused += 1
            return
        self.paused = 0
        for _ in range(SPINS):
            if memory[at] != value:
                self.pause = 0
                return
        self.pause = min(2 * self.pause + 1, 1023)


class Worker:
    def __init__(self, pipes, request):
        self.pipes = pipes
        self.rows = rows = request["rows"]
        self.all_rows = range(rows)
        maker = Maker(request["name"], request["module"], request["options"])
        self.environments = [maker.make() for _ in range(rows)]
        first = self.environments[0]
        notes = []
        observations = Tree(first.observation_space, seen := [])
        actions = Tree(first.action_space, done := [])
        if seen:
            notes.append("observations are converted, " + ", ".join(seen))
        if done:
            notes.append("actions are converted, " + ", ".join(done))
        _, info = first.reset(seed=0)
        self.masks = self.mask_width(first.action_space, info)
        self.names = self.numbers(info)
        pictures = getattr(first, "render_mode", None) == "rgb_array"
        widths = actions.widths(), observations.widths()
        sizes = [24 * 8, 4 * rows, 8 * rows]
        for tree in widths:
            sizes += [4 * rows * tree[0], 4 * rows * tree[1], rows * tree[2]]
        sizes += [rows * self.masks, 8 * rows, rows, rows, 8 * rows * len(self.names)]
        shared = Shared(sum(map(aligned, sizes)))
        self.control = shared.take("q", 24)
        self.listed = shared.take("i", rows)
        self.seeds = shared.take("q", rows)
        action_columns = Columns(shared, widths[0], rows)
        observation_columns = Columns(shared, widths[1], rows)
        self.mask = shared.array(shared.take("B", rows * self.masks), np.uint8, rows, self.masks)
        self.rewards = shared.take("d", rows)
        self.terminated = shared.take("B", rows)
        self.truncated = shared.take("B", rows)
        self.diagnostics = shared.take("d", rows * len(self.names))
        actions.bind(action_columns, rows)
        observations.bind(observation_columns, rows)
        self.action = actions.reader()
        self.observe = observations.writer()
        self.begun = [False] * rows
        self.steppers = [self.stepper(row) for row in range(rows)]
        path = shared.path.encode()
        notes = "; ".join(notes).encode()
        names = b"".join(struct.pack(">i", len(name)) + name for name in map(str.encode, self.names))
        pipes.send(
            b"h",
            struct.pack(">i", len(path))
            + path
            + struct.pack(">iBB", maker.limit, self.masks > 0, pictures)
            + struct.pack(">i", len(notes))
            + notes
            + struct.pack(">i", len(self.names))
            + names
            + observations.text
            + actions.text,
        )

    @staticmethod
    def mask_width(space, info):
        if "action_mask" not in info:
            return 0
        if isinstance(space, gymnasium.spaces.Discrete):
            return int(space.n)
        if isinstance(space, gymnasium.spaces.MultiDiscrete):
            return int(space.nvec.sum())
        return 0

    @staticmethod
    def numbers(info):
        """Returns the names of the numbers in the info of a reset."""
        numbers = (bool, int, float, np.bool_, np.integer, np.floating)
        return sorted(n for n, value in info.items() if isinstance(n, str) and isinstance(value, numbers))[:MOST_NUMBERS]

    def write_numbers(self, row, info):
        at = row * len(self.names)
        for i, name in enumerate(self.names):
            self.diagnostics[at + i] = info.get(name, 0)

    def write_mask(self, row, info):
        mask = info.get("action_mask")
        if mask is None:
            self.mask[row] = 1
            return
        if isinstance(mask, tuple):
            mask = np.concatenate([np.ravel(part) for part in mask])
        self.mask[row] = np.asarray(mask).astype(bool).ravel()

    def reset(self, rows):
        for row in rows:
            self.control[CURRENT] = row
            self.begun[row] = True
            seed = self.seeds[row]
            observation, info = self.environments[row].reset(seed=None if seed < 0 else seed)
            self.observe(row, observation)
            if self.masks:
                self.write_mask(row, info)

    def step(self, rows):
        control, steppers = self.control, self.steppers
        for row in rows:
            control[CURRENT] = row
            steppers[row]()

    def stepper(self, row):
        """Returns a function that steps a row: what it needs is looked up once, which shows with quick environments."""
        step, action, observe = self.environments[row].step, self.action, self.observe
        rewards, terminated, truncated = self.rewards, self.terminated, self.truncated
        masks, names = self.masks, self.names

        def one():
            observation, rewards[row], ended, cut, info = step(action(row))
            observe(row, observation)
            terminated[row] = 1 if ended else 0
            truncated[row] = 1 if cut else 0
            if masks:
                self.write_mask(row, info)
            if names:
                self.write_numbers(row, info)

        return one

    def picture(self, row):
        self.control[CURRENT] = row
        if not self.begun[row]:
            self.environments[row].reset(seed=0)  # there is nothing to see before
            self.begun[row] = True
        frame = self.environments[row].render()
        if not isinstance(frame, np.ndarray) or frame.ndim != 3 or frame.shape[2] != 3:
            raise ValueError(f"render() must return an array of height × width × 3, returned {type(frame)}")
        frame = np.ascontiguousarray(frame, np.uint8)
        self.pipes.send(b"p", struct.pack(">ii", *frame.shape[:2]) + frame.tobytes())

    def run(self):
        control, bell, replies = self.control, self.pipes.bell, self.pipes.replies
        spin = Spin()
        handled = rung = 0
        while True:
            spin.until_changed(control, 0, handled)
            while control[0] == handled or rung < handled - 1000:
                bells = os.read(bell, 4096)
                if not bells:
                    return
                rung += len(bells)
            handled += 1
            if not self.handle():
                return
            control[8] = handled
            os.write(replies, b"r")

    def handle(self):
        """Does what is asked for; returns whether more may come."""
        command, count = self.control[COMMAND], self.control[COUNT]
        rows = self.all_rows if count == self.rows else self.listed[:count].tolist()
        if command == STEP:
            self.step(rows)
        elif command == RESET:
            self.reset(rows)
        elif command == PICTURE:
            self.picture(self.control[ARGUMENT])
        else:
            return False
        return True

    def close(self):
        for environment in self.environments:
            environment.close()


def failure(e):
    """Returns the traceback without the lines of this file."""
    trace = e.__traceback__
    while trace is not None and trace.tb_next is not None and trace.tb_frame.f_code.co_filename == FILE:
        trace = trace.tb_next
    return "".join(traceback.format_exception(type(e), e, trace)).strip()


def main():
    pipes = Pipes()
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")  # pictures need no sound card
    faulthandler.enable()
    faulthandler.register(signal.SIGTERM, all_threads=True, chain=True)  # what hangs says where
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        try:
            os.setsid()
        except OSError:
            pass  # leads a group of its own already
    threading.Thread(target=watch, args=(pipes.bell,), daemon=True).start()
    try:
        worker = Worker(pipes, json.loads(sys.argv[2]))
        worker.run()
        worker.close()
    except Refusal as e:
        pipes.send(b"u", str(e).encode())
    except Missing as e:
        pipes.send(b"m", str(e).encode())
    except BrokenPipeError:
        pass
    except BaseException as e:
        pipes.send(b"e", failure(e).encode(errors="replace"))
    sys.stderr.flush()
    leave()


class Outbox:
    """Keeps a message for the JVM that has called."""

    def __init__(self):
        self.message = None

    def send(self, kind, payload):
        self.message = kind + payload


def embed(request):
    """Returns a function for the JVM that runs this inside of itself: its first call makes the environments, and
    every other one does what is asked for in the shared memory. It returns a message, or None."""
    outbox = Outbox()
    worker = None
    control = one = None

    def call():
        nonlocal worker, control, one
        try:
            if one is not None and control[COMMAND] == STEP:
                one()
                return None
            outbox.message = None
            if worker is None:
                if missing:
                    raise Missing(missing)
                worker = Worker(outbox, json.loads(request))
                control = worker.control
                one = worker.steppers[0] if worker.rows == 1 else None
            elif not worker.handle():
                worker.close()
            return outbox.message
        except Refusal as e:
            return b"u" + str(e).encode()
        except Missing as e:
            return b"m" + str(e).encode()
        except BaseException as e:
            return b"e" + failure(e).encode(errors="replace")

    return call


missing = ""
try:
    import gymnasium
    import numpy as np

    if int(gymnasium.__version__.split(".")[0]) < 1:
        raise ImportError(f"gymnasium must be 1.0 or newer, is {gymnasium.__version__}")
except ImportError as e:
    missing = f"{e}: {sys.executable} -m pip install --upgrade gymnasium"

if __name__ == "bellman_worker":
    if missing:
        Pipes().send(b"m", missing.encode())
    else:
        main()
