package org.bellmanrl.testkit;

import java.util.Arrays;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;

/**
 * What every {@link Environment} keeps to.
 *
 * <pre>{@code
 * class CartPoleContractTest extends EnvironmentContract {
 *   @Override
 *   protected Environment create() {
 *     return new CartPole();
 *   }
 * }
 * }</pre>
 *
 * <p>See {@link TaskContract} for what can be tuned.
 */
public abstract non-sealed class EnvironmentContract extends TaskContract {

  /** A new environment, with the same options each time. */
  protected abstract Environment create();

  @Override
  final VectorEnvironment make(int rows) {
    Environment[] environments = new Environment[rows];
    Arrays.setAll(environments, row -> create());
    return VectorEnvironment.of(environments);
  }

  @Override
  final int playedRows() {
    return 1;
  }
}
