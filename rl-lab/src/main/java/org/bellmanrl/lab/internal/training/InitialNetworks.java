package org.bellmanrl.lab.internal.training;

import com.google.common.hash.Hashing;
import java.util.function.Supplier;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.PortablePolicy;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;

/**
 * The networks of a learner at the beginning of a run, as a checksum of what its policy and its
 * values consist of. The numbers themselves tell whether learning changed them: what a learner
 * reports of its updates, if anything, and under which names, is its own choice.
 */
final class InitialNetworks {
  private static final String UNKNOWN = "";

  private final String sum;

  private InitialNetworks(String sum) {
    this.sum = sum;
  }

  /**
   * Takes the checksum, if the learner computes with networks.
   *
   * @param beginner gives the learner before it has learned anything
   */
  static InitialNetworks of(
      Assembler assembler, Experiment experiment, Supplier<Learner> beginner) {
    boolean networks =
        assembler.entries().get(LearnerEntry.class, experiment.learner().id()).needsNetworks();
    return new InitialNetworks(networks ? sum(beginner.get()) : UNKNOWN);
  }

  /** Whether a learner's networks are certainly still those of the beginning. */
  boolean lasts(Learner learner) {
    return !sum.equals(UNKNOWN) && sum.equals(sum(learner));
  }

  private static String sum(Learner learner) {
    return learner.policy() instanceof PortablePolicy policy
        ? Hashing.sha256()
            .hashBytes(
                BinaryState.toBytes(
                    new Written(policy.portable()),
                    learner.values().<Stateful>map(values -> values).orElse(state -> {})))
            .toString()
        : UNKNOWN;
  }

  private record Written(NetworkPolicy policy) implements Stateful {
    @Override
    public void carry(State state) {
      policy.write(state);
    }
  }
}
