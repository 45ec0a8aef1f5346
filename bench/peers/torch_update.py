"""Whole DQN updates and an action's forward pass with PyTorch, eager, on one core.

Multilayer perceptrons as in NetworkUpdateBenchmark and ActingBenchmark, images as in
ConvolutionBenchmark, and recurrent layers, forward and through time, as in RecurrentBenchmark.
"""

import peers

options = peers.options(__doc__)
torch = peers.needed("torch", "PyTorch")
nn = torch.nn

CONVOLUTIONS = {
    "84x84x4": ([(32, 8, 4), (64, 4, 2), (64, 3, 1)], 512, 32),
    "64x64x3": ([(32, 8, 4), (64, 4, 2), (64, 3, 1)], 512, 32),
    "10x10x4": ([(16, 3, 1)], 128, 64),
}


class Pixels(nn.Module):
    """Turns bytes into numbers from 0 to 1."""

    def forward(self, pixels):
        return pixels.float() / 255


def dense(sizes):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return layers[:-1]


def image(side, channels, convolutions, units):
    layers = [Pixels()]
    for count, kernel, stride in convolutions:
        layers += [nn.Conv2d(channels, count, kernel, stride), nn.ReLU()]
        side, channels = (side - kernel) // stride + 1, count
    return [*layers, nn.Flatten(), *dense([side * side * channels, units, 6])]


class Update:
    """What DQN does with networks of these layers, on a fixed batch."""

    def __init__(self, layers, observations, nexts):
        torch.manual_seed(0)
        self.online, self.target = nn.Sequential(*layers()), nn.Sequential(*layers())
        self.target.load_state_dict(self.online.state_dict())
        self.optimizer = torch.optim.Adam(self.online.parameters(), lr=1e-4, fused=True)
        self.observations, self.nexts = observations, nexts
        batch = len(observations)
        self.actions, self.targets = torch.randint(2, (batch, 1)), torch.randn(batch, 1)

    def pass_both_ways(self):
        chosen = self.online(self.observations).gather(1, self.actions)
        loss = nn.functional.smooth_l1_loss(chosen, self.targets)
        self.optimizer.zero_grad()
        loss.backward()

    def update(self):
        with torch.no_grad():
            best = self.target(self.nexts).max(dim=1, keepdim=True).values
        self.targets = torch.zeros_like(best) + 0.99 * best
        self.pass_both_ways()
        nn.utils.clip_grad_norm_(self.online.parameters(), 10.0)
        self.optimizer.step()

    def act(self, rows):
        with torch.inference_mode():
            self.online(self.observations[:rows])


torch.set_num_threads(1)
results = peers.Results(options.out, "torch", f"PyTorch {torch.__version__.split('+')[0]}")
for hidden in ([64, 64], [256, 256], [512, 512, 512]):
    for batch in (64, 128, 256):
        work = Update(lambda: dense([4, *hidden, 2]), torch.randn(batch, 4), torch.randn(batch, 4))
        name = "x".join(map(str, hidden))
        results.add(
            f"NetworkUpdateBenchmark.update[batch={batch},hidden={name}]",
            peers.seconds_per_call(work.update, options.quick),
        )
work = Update(lambda: dense([4, 256, 256, 2]), torch.randn(64, 4), torch.randn(64, 4))
for rows in (1, 4, 16, 64):
    took = peers.seconds_per_call(lambda: work.act(rows), options.quick)
    results.add(f"ActingBenchmark.act[rows={rows}]", took)
for name, (convolutions, units, batch) in CONVOLUTIONS.items():
    side, _, channels = map(int, name.split("x"))
    pixels = torch.randint(256, (2, batch, channels, side, side), dtype=torch.uint8)
    work = Update(lambda: image(side, channels, convolutions, units), *pixels)
    for method, call in (("update", work.update), ("forwardAndBackward", work.pass_both_ways)):
        took = peers.seconds_per_call(call, options.quick)
        results.add(f"ConvolutionBenchmark.{method}[image={name}]", took)
for name, layer in (("lstm", nn.LSTM(128, 128)), ("gru", nn.GRU(128, 128))):
    inputs = torch.rand(64, 32, 128, requires_grad=True)

    def forward():
        with torch.inference_mode():
            layer(inputs)

    def pass_both_ways():
        layer.zero_grad()
        inputs.grad = None
        layer(inputs)[0].sum().backward()

    for method, call in (("forward", forward), ("forwardAndBackward", pass_both_ways)):
        took = peers.seconds_per_call(call, options.quick)
        results.add(f"RecurrentBenchmark.{method}[layer={name}]", took)
results.write()
