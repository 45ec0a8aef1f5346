package org.bellmanrl.lab.internal.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param interrupted whether it was stopped from outside, before its budget was used up
 * @param episodes episodes ended in training
 * @param steps transitions of training
 * @param judgement how the learned policy did; null if it has not been judged
 */
public record Summary(
    boolean interrupted, long episodes, long steps, @Nullable Judgement judgement) {

  Map<String, @Nullable Object> entries() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("status", interrupted ? "interrupted" : "finished");
    entries.put("episodes", episodes);
    entries.put("steps", steps);
    if (judgement != null) {
      entries.put("evaluation", judgement.entries());
    }
    return entries;
  }

  static Summary of(Document document) {
    return new Summary(
        document.text("status").equals("interrupted"),
        document.whole("episodes", 0, Long.MAX_VALUE),
        document.whole("steps", 0, Long.MAX_VALUE),
        document.has("evaluation") ? Judgement.of(document.mapping("evaluation")) : null);
  }
}
