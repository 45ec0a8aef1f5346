package org.bellmanrl.gymnasium;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.gymnasium.internal.Python;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves tests out, and says why, where Python or Gymnasium is not installed. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresGymnasium.Condition.class)
@interface RequiresGymnasium {

  /** Lets Python import Gymnasium, once for all tests. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Condition.class))
          .computeIfAbsent("result", key -> tried(), ConditionEvaluationResult.class);
    }

    private static ConditionEvaluationResult tried() {
      try {
        String python = Python.ofProcess().command();
        Process process =
            new ProcessBuilder(
                    python,
                    "-c",
                    "import gymnasium, pygame; assert int(gymnasium.__version__.split('.')[0]) >= 1")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0
            ? ConditionEvaluationResult.enabled(python + " has Gymnasium")
            : ConditionEvaluationResult.disabled(
                python
                    + " has no gymnasium 1.0 or newer with pygame: pip install"
                    + " gymnasium[classic-control], or set RL_PYTHON");
      } catch (UnavailableException | IOException e) {
        return ConditionEvaluationResult.disabled(e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ConditionEvaluationResult.disabled("interrupted");
      }
    }
  }
}
