package org.bellmanrl.lab.internal.training;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.lab.internal.assembly.Assembler.NamedListener;
import org.bellmanrl.lab.internal.listener.MetricStop;
import org.bellmanrl.lab.internal.listener.SavePolicies;

/**
 * The listeners of an experiment. The loop also stops for checkpoints and trials, when the clock
 * says so: of that they hear nothing, only of the {@link #end}.
 */
final class Listeners implements Listener, Stateful, AutoCloseable {
  private final List<NamedListener> all;
  private final Set<NamedListener> doubted = new HashSet<>();

  Listeners(List<NamedListener> all) {
    this.all = all;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  @Override
  public void onEpisode(Episode episode, Progress progress) {
    for (NamedListener heard : all) {
      heard.listener().onEpisode(episode, progress);
    }
  }

  @Override
  public void onStep(Step step, Progress progress) {
    for (NamedListener heard : all) {
      heard.listener().onStep(step, progress);
    }
  }

  @Override
  public void onMetric(String name, double value, Progress progress) {
    for (NamedListener heard : all) {
      heard.listener().onMetric(name, value, progress);
    }
  }

  @Override
  public boolean wantsStop() {
    boolean wanted = false;
    for (NamedListener heard : all) {
      wanted |= heard.listener().wantsStop();
    }
    return wanted;
  }

  /** The listener that wants to stop; empty if none does. */
  String stoppers() {
    return all.stream()
        .filter(heard -> heard.listener().wantsStop())
        .map(NamedListener::id)
        .collect(Collectors.joining(", "));
  }

  /** Those that write policies do so in this way. */
  void attach(Consumer<Path> writer) {
    for (NamedListener heard : all) {
      if (heard.listener() instanceof SavePolicies saving) {
        saving.attach(writer);
      }
    }
  }

  /** Training is over, for good or until it is resumed. */
  void end(Progress progress) {
    for (NamedListener heard : all) {
      heard.listener().onStop(progress);
    }
  }

  /** Names listeners that continue without the state that they had when the run was stopped. */
  void warnOfForgetful(Consumer<String> warnings) {
    for (NamedListener heard : all) {
      if (!(heard.listener() instanceof Stateful)) {
        warnings.accept("the listener " + heard.id() + " keeps no state: it starts afresh");
      }
    }
  }

  /** Names listeners that wait for a metric that was never reported, each once. */
  void warnOfUnheard(List<String> names, Consumer<String> warnings) {
    for (NamedListener heard : all) {
      if (heard.listener() instanceof MetricStop stop
          && !names.contains(stop.metric())
          && doubted.add(heard)) {
        warnings.accept(
            "%s has never heard of '%s', so it stops nothing; so far there are: %s"
                .formatted(
                    heard.id(),
                    stop.metric(),
                    names.isEmpty() ? "no numbers" : String.join(", ", names)));
      }
    }
  }

  @Override
  public void carry(State state) {
    state.begin("listeners", 1);
    for (NamedListener heard : all) {
      boolean stateful = heard.listener() instanceof Stateful;
      String id = state.carry("id", heard.id());
      boolean saved = state.carry("stateful", stateful);
      if (!id.equals(heard.id()) || saved != stateful) {
        throw new StateException(
            "the state saved is that of the listener %s, %s; expected that of %s"
                .formatted(id, saved ? "with state" : "without", heard.id()));
      }
      if (heard.listener() instanceof Stateful part) {
        state.carry("listener", part);
      }
    }
    state.end();
  }

  /** Closes those that can be closed, all of them even if one fails. */
  @Override
  public void close() {
    RuntimeException failure = null;
    for (NamedListener heard : all) {
      try {
        if (heard.listener() instanceof AutoCloseable closeable) {
          closeable.close();
        }
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        if (failure == null) {
          failure = new IllegalStateException("closing the listener " + heard.id() + " failed", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
