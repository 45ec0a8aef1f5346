package org.bellmanrl.lab.internal.assembly;

import java.util.Map;
import java.util.OptionalInt;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;

/** The option that limits the episodes of any environment, as {@code gym.make} has it. */
public final class LimitOption {
  public static final String NAME = "max_episode_steps";

  private LimitOption() {}

  /** Takes the limit out of options, unless the task has an option of that name itself. */
  static OptionalInt take(EnvironmentEntry entry, Map<String, ?> options) {
    if (!options.containsKey(NAME) || isOwn(entry)) {
      return OptionalInt.empty();
    }
    Object value = options.remove(NAME);
    if (value == null || value.equals("None")) {
      return OptionalInt.of(0);
    }
    try {
      long limit = Numbers.whole(String.valueOf(value));
      if (limit == -1 || (limit >= 1 && limit <= Integer.MAX_VALUE)) {
        return OptionalInt.of((int) Math.max(limit, 0));
      }
    } catch (NumberFormatException e) {
      // said below, like any other value that will not do
    }
    throw new UserError(
        entry.id()
            + ": option '"
            + NAME
            + "' must be a whole number of at least 1, or -1 for no limit, was "
            + value
            + "; for example "
            + NAME
            + "=200");
  }

  /** Whether a task has an option for the length of its episodes, besides the one of all tasks. */
  public static boolean isOwn(Entry entry) {
    return entry.options().descriptions().stream().anyMatch(option -> option.name().equals(NAME));
  }
}
