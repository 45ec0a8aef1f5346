"""A learner elsewhere."""

import subprocess

import numpy as np
import pytest

import bellman
from bellman.home import command


@pytest.fixture()
def learner(tmp_path):
    spaces = tmp_path / "spaces.yaml"
    spaces.write_text("{observations: {box: {shape: [2], low: 0, high: 1}}, actions: {discrete: 2}}")
    process = subprocess.Popen(
        command("serve", "dqn", "--spaces", str(spaces), "--port", "0", "--steps", "1000"),
        stdout=subprocess.PIPE, text=True,
    )
    line = process.stdout.readline()
    yield bellman.Client(line[line.index("http://") :].split("/ ;")[0])
    process.kill()
    process.wait()
    process.stdout.close()


def test_client_plays_episodes(learner):
    episode = learner.begin(np.float32([0, 1]))
    for step in range(1, 4):
        assert episode.action in (0, 1)
        episode.step(1.0, np.float32([step / 4, 0]), terminated=step == 3)
    assert episode.action is None
    assert learner.status()["episodes"] == 1
    abandoned = learner.begin([0.0, 0.5])
    abandoned.abandon()
    assert learner.status()["running"] == 0


def test_what_is_refused_is_raised(learner):
    with pytest.raises(bellman.BellmanError, match="observation"):
        learner.begin([0.0, 7.0, 1.0])
    with pytest.raises(bellman.BellmanError, match="can't be reached"):
        bellman.Client("http://localhost:1").status()
