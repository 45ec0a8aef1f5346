"""Whole DQN updates with JAX, compiled by XLA, on one core.

Many updates of a multilayer perceptron run inside one `lax.scan`, so that no time goes into calls
from Python: the best case for JAX. Multilayer perceptrons as in NetworkUpdateBenchmark, images as
in ConvolutionBenchmark.
"""

import os

import peers

# One thread: XLA has its own pool, which is not bound by OMP_NUM_THREADS.
os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "") + " --xla_cpu_multi_thread_eigen=false"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

options = peers.options(__doc__)
jax = peers.needed("jax", "JAX")
jnp = jax.numpy
lax = jax.lax

LEARNING_RATE, BETA1, BETA2, EPSILON, GAMMA, NORM = 1e-4, 0.9, 0.999, 1e-8, 0.99, 10.0
CONVOLUTIONS = {
    "84x84x4": ([(32, 8, 4), (64, 4, 2), (64, 3, 1)], 512, 32),
    "64x64x3": ([(32, 8, 4), (64, 4, 2), (64, 3, 1)], 512, 32),
    "10x10x4": ([(16, 3, 1)], 128, 64),
}


def random(shape, seed):
    return jax.random.normal(jax.random.key(seed), shape) / (shape[0] ** 0.5)


def dense_parameters(sizes):
    return [(random((i, o), o), jnp.zeros(o)) for i, o in zip(sizes, sizes[1:])]


def dense(parameters, x):
    for w, b in parameters[:-1]:
        x = jax.nn.relu(x @ w + b)
    w, b = parameters[-1]
    return x @ w + b


def image_parameters(side, channels, convolutions, units):
    filters = []
    for count, kernel, stride in convolutions:
        filters.append((random((kernel, kernel, channels, count), count), jnp.zeros(count)))
        side, channels = (side - kernel) // stride + 1, count
    return filters, dense_parameters([side * side * channels, units, 6])


def image(convolutions):
    def apply(parameters, pixels):
        filters, rest = parameters
        x = pixels.astype(jnp.float32) / 255
        for (w, b), (_, _, stride) in zip(filters, convolutions):
            x = lax.conv_general_dilated(
                x, w, (stride, stride), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")
            )
            x = jax.nn.relu(x + b)
        return dense(rest, x.reshape(x.shape[0], -1))

    return apply


def seconds_per_update(apply, parameters, observations, nexts, whole=True):
    """Time of an update; `whole` adds the target network, clipping and Adam."""
    batch = observations.shape[0]
    actions = jax.random.randint(jax.random.key(1), (batch,), 0, 2)
    rewards = jax.random.normal(jax.random.key(2), (batch,))
    target = parameters

    def loss(parameters, best):
        chosen = apply(parameters, observations)[jnp.arange(batch), actions]
        error = jnp.abs(chosen - (rewards + GAMMA * best))
        return jnp.mean(jnp.where(error < 1, error**2 / 2, error - 0.5))

    def update(carry, _):
        parameters, m, v, t = carry
        # Depends on what changes, or else XLA computes it once, outside of the loop.
        inputs = nexts if nexts.dtype == jnp.uint8 else nexts + 0 * t
        inputs = inputs + t.astype(inputs.dtype) if nexts.dtype == jnp.uint8 else inputs
        best = apply(target, inputs).max(axis=1) if whole else rewards
        gradients = jax.grad(loss)(parameters, best)
        if not whole:
            parameters = jax.tree.map(lambda p, g: p - 1e-9 * g, parameters, gradients)
            return (parameters, m, v, t + 1), None
        norm = jnp.sqrt(sum(jnp.sum(g * g) for g in jax.tree.leaves(gradients)))
        scale = jnp.minimum(1, NORM / (norm + 1e-6))
        t = t + 1
        size = LEARNING_RATE * jnp.sqrt(1 - BETA2**t) / (1 - BETA1**t)
        m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g * scale, m, gradients)
        v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * (g * scale) ** 2, v, gradients)
        parameters = jax.tree.map(
            lambda p, m, v: p - size * m / (jnp.sqrt(v) + EPSILON), parameters, m, v
        )
        return (parameters, m, v, t), None

    zeros = jax.tree.map(jnp.zeros_like, parameters)
    start = (parameters, zeros, zeros, jnp.float32(0))
    if observations.dtype == jnp.uint8:
        # Inside of a scan, XLA's convolutions are ten times as slow on a CPU.
        run, count = jax.jit(lambda start: update(start, None)[0]).lower(start).compile(), 1
    else:
        size = sum(p.size for p in jax.tree.leaves(parameters))
        count = max(1, 400_000_000 // (batch * size))
        run = jax.jit(lambda start: lax.scan(update, start, length=count)[0]).lower(start).compile()
    call = lambda: jax.block_until_ready(run(start))
    return peers.seconds_per_call(call, options.quick) / count


results = peers.Results(options.out, "jax", f"JAX {jax.__version__}, in a scan")
for hidden in ([64, 64], [256, 256], [512, 512, 512]):
    for batch in (64, 128, 256):
        took = seconds_per_update(
            dense,
            dense_parameters([4, *hidden, 2]),
            jax.random.normal(jax.random.key(3), (batch, 4)),
            jax.random.normal(jax.random.key(4), (batch, 4)),
        )
        name = "x".join(map(str, hidden))
        results.add(f"NetworkUpdateBenchmark.update[batch={batch},hidden={name}]", took)
for name, (convolutions, units, batch) in CONVOLUTIONS.items():
    height, width, channels = map(int, name.split("x"))
    parameters = image_parameters(height, channels, convolutions, units)
    shape = (batch, height, width, channels)
    numbers = [jax.random.randint(jax.random.key(k), shape, 0, 256) for k in (3, 4)]
    pixels = [each.astype(jnp.uint8) for each in numbers]
    for method, whole in (("update", True), ("forwardAndBackward", False)):
        took = seconds_per_update(image(convolutions), parameters, *pixels, whole)
        results.add(f"ConvolutionBenchmark.{method}[image={name}]", took)
results.write()
