"""A whole DQN update and an action's forward pass with PyTorch, eager, on one core."""

import peers

options = peers.options(__doc__)
torch = peers.needed("torch", "PyTorch")

BATCH = 64


def network(units):
    return torch.nn.Sequential(
        torch.nn.Linear(4, units),
        torch.nn.ReLU(),
        torch.nn.Linear(units, units),
        torch.nn.ReLU(),
        torch.nn.Linear(units, 2),
    )


def measure(units):
    torch.manual_seed(0)
    online, target = network(units), network(units)
    target.load_state_dict(online.state_dict())
    optimizer = torch.optim.Adam(online.parameters(), lr=1e-4, fused=True)
    observations, nexts = torch.randn(BATCH, 4), torch.randn(BATCH, 4)
    actions, rewards = torch.randint(2, (BATCH, 1)), torch.randn(BATCH, 1)
    one = torch.randn(1, 4)

    def update():
        with torch.no_grad():
            best = target(nexts).max(dim=1, keepdim=True).values
        chosen = online(observations).gather(1, actions)
        loss = torch.nn.functional.smooth_l1_loss(chosen, rewards + 0.99 * best)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(online.parameters(), 10.0)
        optimizer.step()

    def act():
        with torch.inference_mode():
            online(one)

    return (
        peers.seconds_per_call(update, options.quick),
        peers.seconds_per_call(act, options.quick),
    )


torch.set_num_threads(1)
results = peers.Results(options.out, "torch", f"PyTorch {torch.__version__.split('+')[0]}")
for units in (64, 256):
    update, act = measure(units)
    results.add(f"NetworkUpdateBenchmark.update[units={units}]", update)
    results.add(f"NetworkUpdateBenchmark.act[units={units}]", act)
results.write()
