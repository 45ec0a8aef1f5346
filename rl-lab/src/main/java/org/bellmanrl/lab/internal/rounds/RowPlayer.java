package org.bellmanrl.lab.internal.rounds;

import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Learner.Rounds;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Listener.Step;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of an experiment, stepped by the trainer that every run has, whose learner only records
 * what it observes. What comes of a row depends on its state, that of the behaviour, and the number
 * of steps: not on the process, nor on the other rows. Not thread-safe.
 */
public final class RowPlayer implements AutoCloseable {
  private final VectorEnvironment environment;
  private final RunProgress frozen;
  private final Trainer<Recorder> trainer;

  /**
   * Rows that have no state yet.
   *
   * @param rows how many, at least 1
   */
  public RowPlayer(Assembler assembler, Experiment experiment, int rows) {
    this.environment = assembler.environment(experiment, rows);
    this.frozen = new RunProgress(experiment.budget(), experiment.schedules());
    Recorder recorder = new Recorder(assembler.learner(experiment, environment, frozen));
    this.trainer = Trainer.on(environment).listener(recorder).build(context -> recorder);
  }

  /**
   * Takes over the behaviour of a plan, as {@link #behaviour(Learner, RunProgress,
   * VectorEnvironment)} gave it; all rows are {@linkplain #restore restored} first.
   */
  public void behave(RoundEngine.Plan plan) {
    if (plan.clearing()) {
      environment.mergeRows(); // into what the next line replaces
    }
    BinaryState.fromBytes(
        plan.behaviour(), frozen, trainer.learner().acting, environment::carryShared);
  }

  /**
   * What the behaviour of a learner and its environments depends on, apart from their rows.
   *
   * @param progress how far its run is
   */
  static byte[] behaviour(Learner learner, RunProgress progress, VectorEnvironment environment) {
    return BinaryState.toBytes(progress, acting(learner.rounds()), environment::carryShared);
  }

  private static Stateful acting(Rounds rounds) {
    return switch (rounds) {
      case Rounds.Fixed fixed -> fixed.acting();
      case Rounds.Any any -> any.acting();
      case Rounds.None _ ->
          throw new IllegalStateException("this learner's rows can't be stepped ahead");
    };
  }

  /** Puts a row where another was. */
  public void restore(int row, byte[] state) {
    BinaryState.fromBytes(state, trainer.row(row));
  }

  /** Where a row is. */
  public byte[] state(int row) {
    return BinaryState.toBytes(trainer.row(row));
  }

  /**
   * Steps all rows.
   *
   * @param into takes what happens
   */
  public void play(int steps, Trace into) {
    Recorder recorder = trainer.learner();
    recorder.trace = into;
    recorder.step = 0;
    trainer.run((long) steps * environment.rows());
  }

  /** Ends {@link #play} soon, whose trace and rows are then of no use. Safe from any thread. */
  void stop() {
    trainer.stop();
  }

  /** An empty trace for these rows. */
  public Trace trace(int steps) {
    return new Trace(
        environment.spec(), trainer.learner().behaviour().extras(), environment.rows(), steps);
  }

  @Override
  public void close() {
    trainer.close();
  }

  /** Behaves like a learner, of which it keeps what it needs for that alone. */
  private static final class Recorder implements Learner, Listener {
    private final Policy behaviour;
    private final Stateful acting;
    private @Nullable Trace trace;
    private int step;

    Recorder(Learner learner) {
      this.behaviour = learner.behaviour();
      this.acting = acting(learner.rounds());
    }

    @Override
    public Policy behaviour() {
      return behaviour;
    }

    @Override
    public Policy policy() {
      return behaviour;
    }

    /** No round ends here: what the rows gather is merged where the learner is. */
    @Override
    public Rounds rounds() {
      return new Rounds.Fixed(Integer.MAX_VALUE, false, acting);
    }

    @Override
    public void observe(Transitions transitions) {
      if (trace != null) {
        trace.record(transitions, step);
      }
    }

    @Override
    public void onStep(Step taken, Progress progress) {
      if (trace != null) {
        trace.record(taken, step);
      }
      step++;
    }

    /** Nothing: rows are carried one by one. */
    @Override
    public void carry(State state) {}
  }
}
