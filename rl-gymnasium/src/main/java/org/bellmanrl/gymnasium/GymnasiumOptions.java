package org.bellmanrl.gymnasium;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of an environment of Gymnasium's.
 *
 * @param module a Python module to import first, by its name or the path of its file: it registers
 *     the environment, or has it as a class or function of that name; empty for none
 * @param workers Python processes that share the rows; 0 for one per processor, but no more than
 *     rows
 * @param timeoutS seconds after which a process that does not answer is taken to hang and is ended;
 *     it has five minutes at least to make its environments
 * @param deterministic whether an episode depends on nothing but its seed and actions: a resumed
 *     run then replays it, where otherwise a new episode begins. Rows are stepped one after the
 *     other then, each in its own process
 * @param seedEpisodes whether each episode begins with its own seed, not only the first of each
 *     row: for environments that take long to be seeded, such as those of Atari. A run can be
 *     repeated either way
 * @param inProcess whether Python runs inside of this process: a step then costs no message, which
 *     counts for a single fast environment. All rows are stepped one after the other, since there
 *     is one interpreter with one lock; {@code timeoutS} has no effect, and what ends Python ends
 *     this process. Needs an interpreter with a shared library
 * @param keywords the environment's keyword arguments: text, numbers, booleans, lists of these, or
 *     null for None
 */
public record GymnasiumOptions(
    @Described("Python module, or .py file, that has or registers it") String module,
    @Described(value = "Python processes, 0 for one per processor", range = Require.NOT_NEGATIVE)
        int workers,
    @Described(value = "seconds until it is taken to hang", range = Require.POSITIVE)
        double timeoutS,
    @Described("an episode depends on seed and actions alone") boolean deterministic,
    @Described("each episode has a seed, not only the first of a row") boolean seedEpisodes,
    @Described("run Python inside of this process, for a single fast environment")
        boolean inProcess,
    Map<String, Object> keywords) {

  /** Checks the values. */
  public GymnasiumOptions {
    Require.atLeast("workers", workers, 0);
    Require.positive("timeout_s", timeoutS);
    if (inProcess && workers > 1) {
      throw new IllegalArgumentException(
          "workers must be 0 or 1 with in_process=true, was " + workers);
    }
    if (deterministic && !seedEpisodes) {
      throw new IllegalArgumentException(
          "deterministic=true needs seed_episodes=true: an episode is replayed from its seed");
    }
    keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
  }

  /** No module, a process per processor, a minute until a process is taken to hang. */
  public static GymnasiumOptions defaults() {
    return new GymnasiumOptions("", 0, 60, false, true, false, Map.of());
  }

  /** The same with a module. */
  public GymnasiumOptions withModule(String name) {
    return new GymnasiumOptions(
        name, workers, timeoutS, deterministic, seedEpisodes, inProcess, keywords);
  }

  /** The same with a number of processes. */
  public GymnasiumOptions withWorkers(int count) {
    return new GymnasiumOptions(
        module, count, timeoutS, deterministic, seedEpisodes, inProcess, keywords);
  }

  /** The same with another time until a process is taken to hang, in seconds. */
  public GymnasiumOptions withTimeout(double seconds) {
    return new GymnasiumOptions(
        module, workers, seconds, deterministic, seedEpisodes, inProcess, keywords);
  }

  /** The same for environments whose episodes can be replayed. */
  public GymnasiumOptions replayable() {
    return new GymnasiumOptions(module, workers, timeoutS, true, seedEpisodes, inProcess, keywords);
  }

  /** The same with a seed for the first episode of each row alone. */
  public GymnasiumOptions seededOnce() {
    return new GymnasiumOptions(
        module, workers, timeoutS, deterministic, false, inProcess, keywords);
  }

  /** The same inside of this process. */
  public GymnasiumOptions embedded() {
    return new GymnasiumOptions(
        module, workers, timeoutS, deterministic, seedEpisodes, true, keywords);
  }

  /** The same with one more keyword argument. */
  public GymnasiumOptions with(String keyword, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(keywords);
    more.put(keyword, value);
    return new GymnasiumOptions(
        module, workers, timeoutS, deterministic, seedEpisodes, inProcess, more);
  }
}
