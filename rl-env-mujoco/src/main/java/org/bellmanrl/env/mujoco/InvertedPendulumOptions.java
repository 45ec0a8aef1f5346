package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link InvertedPendulum}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 */
@RecordBuilder
public record InvertedPendulumOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
        int frameSkip,
    @Described(value = "scale of the noise at a reset", range = Require.NOT_NEGATIVE)
        double resetNoiseScale)
    implements InvertedPendulumOptionsBuilder.With {
  static final String MODEL = "inverted_pendulum.xml";

  public InvertedPendulumOptions {
    Require.atLeast("frame_skip", frameSkip, 1);
    Require.notNegative("reset_noise_scale", resetNoiseScale);
  }

  /** Gymnasium's defaults. */
  public static InvertedPendulumOptions defaults() {
    return new InvertedPendulumOptions(MODEL, 2, 0.01);
  }
}
