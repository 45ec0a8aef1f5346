package org.bellmanrl.env.mujoco;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.env.mujoco.internal.Installation;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves tests out, and says why, where MuJoCo or Gymnasium's models are not installed. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresMujoco.Condition.class)
@interface RequiresMujoco {

  /** Looks for both. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Installation installation = Installation.ofProcess();
      try {
        installation.library();
        installation.model("ant.xml");
        return ConditionEvaluationResult.enabled("MuJoCo and Gymnasium's models are installed");
      } catch (UnavailableException e) {
        return ConditionEvaluationResult.disabled(e.getMessage());
      }
    }
  }
}
