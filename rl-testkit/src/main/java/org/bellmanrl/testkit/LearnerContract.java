package org.bellmanrl.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Interaction;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.State;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link Learner}.
 *
 * <pre>{@code
 * class QLearningContractTest extends LearnerContract {
 *   @Override
 *   protected Learner create(LearnerContext context) {
 *     return new QLearning(context, QLearning.defaults());
 *   }
 * }
 * }</pre>
 *
 * <p>By default the learner is taken for one that holds tables and is trained on a {@link
 * RandomTask}; override {@link #accepts()} and {@link #task(int)} for others.
 */
public abstract class LearnerContract implements DigestedContract {
  /** Transitions of two rows in calls of which HotSpot optimises a method after 5,000. */
  private static final int WARM_STEPS = 12_000;

  private static final int MEASURED_STEPS = 4_000;

  /** A new learner with the same configuration each time. */
  protected abstract Learner create(LearnerContext context);

  /** The spaces that it takes; those of tables by default. */
  protected Accepts accepts() {
    return Accepts.tables();
  }

  /** New tasks to learn on; by default a {@link RandomTask} of the first spaces accepted. */
  protected VectorEnvironment task(int rows) {
    return new RandomTask(
            example(accepts().observations().getFirst()), example(accepts().actions().getFirst()))
        .rows(rows);
  }

  /** Tasks of every kind that it takes; by default a {@link RandomTask} for each pair of kinds. */
  protected List<VectorEnvironment> acceptedTasks(int rows) {
    List<VectorEnvironment> tasks = new ArrayList<>();
    for (Space observations : catalogue()) {
      for (Space actions : catalogue()) {
        if (matches(accepts().observations(), observations)
            && matches(accepts().actions(), actions)) {
          tasks.add(RandomTask.rows(rows, observations, actions));
        }
      }
    }
    return tasks;
  }

  /** Master seeds, each at least 0. */
  protected long[] seeds() {
    return new long[] {0, 42};
  }

  /** Transitions per seed. */
  protected int steps() {
    return 600;
  }

  /** How many rows it learns in. */
  protected int rows() {
    return 2;
  }

  /** Whether its policies keep to masks; by default wherever actions can be masked. */
  protected boolean honoursMasks() {
    try (VectorEnvironment task = task(1)) {
      return PolicyContract.maskable(task.spec());
    }
  }

  /** Why learning or acting allocates; empty, as by default, if neither does once warm. */
  protected Optional<String> allocates() {
    return Optional.empty();
  }

  /** Why interpreted and compiled code can't be compared; empty, as by default, if they can. */
  protected Optional<String> notInterpreted() {
    return Optional.empty();
  }

  private String name() {
    return getClass().getSimpleName();
  }

  private static boolean matches(List<Space.Kind> kinds, Space space) {
    return kinds.stream().anyMatch(kind -> kind.matches(space));
  }

  private static Space example(Space.Kind kind) {
    return catalogue().stream().filter(kind::matches).findFirst().orElseThrow();
  }

  /** Small spaces of every kind. */
  private static List<Space> catalogue() {
    return List.of(
        new Discrete(6),
        new Discrete(4, 3),
        new MultiDiscrete(3, 2),
        new MultiBinary(2),
        Tuple.of(new Discrete(3), new Discrete(2)),
        Box.of(-1f, 1f, 3),
        Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 3),
        Box.of(-1f, 1f, 2, 2),
        Box.pixels(8, 8, 1));
  }

  private Trainer<?> trainer(VectorEnvironment environment, long seed) {
    return trainer(environment, seed, this::create);
  }

  private Trainer<?> trainer(
      VectorEnvironment environment,
      long seed,
      Function<? super LearnerContext, ? extends Learner> factory) {
    return Trainer.on(environment).seed(seed).budget(Budget.steps(steps())).build(factory);
  }

  private void sameState(StateText expected, StateText actual, long seed, String rule) {
    Difference difference = expected.difference(actual);
    if (difference != null) {
      throw Failure.of(name(), rule)
          .where("seed %d, after %d transitions: %s".formatted(seed, steps(), difference.field()))
          .expected(difference.expected())
          .actual(difference.actual())
          .repeat("Trainer.on(task).seed(%d).budget(Budget.steps(%d))".formatted(seed, steps()))
          .error();
    }
  }

  /** Trained twice from one seed, side by side, it becomes the same. */
  @Test
  public void sameSeed_givesSameLearner() {
    for (long seed : seeds()) {
      try (Trainer<?> alone = trainer(task(rows()), seed);
          Trainer<?> one = trainer(task(rows()), seed);
          Trainer<?> two = trainer(task(rows()), seed)) {
        alone.run();
        for (int i = 0; i < 10; i++) {
          one.run(steps() / 10);
          two.run(steps() / 10);
        }
        one.run();
        two.run();
        sameState(StateText.of(alone), StateText.of(one), seed, "one seed gives one learner");
        sameState(StateText.of(alone), StateText.of(two), seed, "one seed gives one learner");
      }
    }
  }

  /** Trained N + M steps, it is what N steps, a save, a restore into a new one and M steps give. */
  @Test
  public void interrupted_equalsUninterrupted() {
    for (long seed : seeds()) {
      RecordingEnvironments whole = new RecordingEnvironments(task(rows()));
      RecordingEnvironments second = new RecordingEnvironments(task(rows()));
      try (Trainer<?> uninterrupted = trainer(whole, seed);
          Trainer<?> saved = trainer(new RecordingEnvironments(task(rows())), seed);
          Trainer<?> restored = trainer(second, seed)) {
        int before = steps() * 2 / 5;
        uninterrupted.run(before);
        int[] moments = new int[rows()];
        Arrays.setAll(moments, row -> whole.trace(row).moments().size());
        uninterrupted.run();
        saved.run(before);
        BinaryState.fromBytes(BinaryState.toBytes(saved), restored);
        restored.run();
        saved.run();
        for (int row = 0; row < rows(); row++) {
          compareFutures(whole.trace(row).from(moments[row]), second.trace(row), before);
        }
        sameState(
            learnerState(uninterrupted),
            learnerState(restored),
            seed,
            "interrupted after %d transitions and restored, it learns the same".formatted(before));
        sameState(learnerState(uninterrupted), learnerState(saved), seed, "saving changes nothing");
      }
    }
  }

  private static StateText learnerState(Trainer<?> trainer) {
    return StateText.of(trainer.learner());
  }

  private void compareFutures(Trace expected, Trace actual, int before) {
    for (int i = 0; i < Math.min(expected.moments().size(), actual.moments().size()); i++) {
      Difference difference = expected.moments().get(i).difference(actual.moments().get(i));
      if (difference != null) {
        throw Failure.of(name(), "interrupted and restored, it goes on the same")
            .where(
                "%d resets and steps after the restore at %d transitions: %s"
                    .formatted(i, before, difference.field()))
            .expected(difference.expected())
            .actual(difference.actual())
            .error();
      }
    }
  }

  /** While it learns in a masked task, a masked action is never chosen. */
  @Test
  public void masks_areHonoured() {
    if (!honoursMasks()) {
      Assumptions.abort("honoursMasks() says that there are none");
    }
    EnvironmentSpec spec;
    try (VectorEnvironment task = task(1)) {
      spec = task.spec();
    }
    for (long seed : seeds()) {
      RandomTask masked = new RandomTask(spec.observationSpace(), spec.actionSpace()).withMask();
      try (Trainer<?> trainer = trainer(new RecordingEnvironments(masked.rows(rows())), seed)) {
        trainer.run();
        EnvironmentSpec maskedSpec = masked.spec();
        new RecordedActor(
                name() + ", learned policy", trainer.learner().policy(), maskedSpec, 2, seed)
            .play(100);
      }
    }
  }

  /** A task whose spaces it doesn't accept is refused before the first step, the space named. */
  @Test
  public void wrongSpaces_areRefused() {
    int refused = 0;
    EnvironmentSpec suitable;
    try (VectorEnvironment task = task(1)) {
      suitable = task.spec();
    }
    for (Space space : catalogue()) {
      if (!matches(accepts().observations(), space)) {
        refuse(suitable.withSpaces(space, suitable.actionSpace()));
        refused++;
      }
      if (!matches(accepts().actions(), space)) {
        EnvironmentSpec spec =
            EnvironmentSpec.of(suitable.name(), suitable.observationSpace(), space);
        refuse(spec);
        refused++;
      }
    }
    if (refused == 0) {
      Assumptions.abort("accepts() takes every space that the kit knows");
    }
  }

  private void refuse(EnvironmentSpec spec) {
    RunProgress progress = new RunProgress(Budget.steps(steps()));
    Refusal.check(
        name(),
        spec,
        () -> create(LearnerContext.of(spec, rows(), Streams.of(seeds()[0]), progress)));
  }

  /** It learns on every kind of task that it says it accepts. */
  @Test
  public void acceptedSpaces_areLearnedOn() {
    for (VectorEnvironment task : acceptedTasks(rows())) {
      EnvironmentSpec spec = task.spec();
      RecordingEnvironments watched = new RecordingEnvironments(task);
      try (Trainer<?> trainer = trainer(watched, seeds()[0])) {
        trainer.run(Math.min(60, steps()));
      } catch (RuntimeException e) {
        throw Failure.of(name(), "it learns on what accepts() says it accepts")
            .where("seed " + seeds()[0])
            .expected(
                "no exception with observations %s and actions %s"
                    .formatted(spec.observationSpace(), spec.actionSpace()))
            .actual(e)
            .cause(e)
            .error();
      }
    }
  }

  /** Behaviour, policy and values are the same objects for life. */
  @Test
  public void policies_areTheSameObjectsForLife() {
    try (Trainer<?> trainer = trainer(task(rows()), seeds()[0])) {
      Learner learner = trainer.learner();
      Policy behaviour = learner.behaviour();
      Policy policy = learner.policy();
      trainer.run();
      Assertions.assertSame(
          behaviour, learner.behaviour(), () -> name() + ": behaviour() is one object for life");
      Assertions.assertSame(
          policy, learner.policy(), () -> name() + ": policy() is one object for life");
    }
  }

  /** Its values stay finite. */
  @Test
  public void values_areFinite() {
    for (long seed : seeds()) {
      try (Trainer<?> trainer = trainer(task(rows()), seed)) {
        trainer.run();
        Optional<ValueFunction> values = trainer.learner().values();
        if (values.isPresent()) {
          EnvironmentSpec spec = spec();
          double[] estimates = estimates(values.get(), spec, seed);
          for (int i = 0; i < estimates.length; i++) {
            if (!Double.isFinite(estimates[i])) {
              throw Failure.of(name(), "a learned value is finite")
                  .where("seed %d, after %d transitions".formatted(seed, steps()))
                  .expected("a finite number")
                  .actual(estimates[i])
                  .error();
            }
          }
        }
      }
    }
  }

  private EnvironmentSpec spec() {
    try (VectorEnvironment task = task(1)) {
      return task.spec();
    }
  }

  private static double[] estimates(ValueFunction values, EnvironmentSpec spec, long seed) {
    int rows = 32;
    Observations observations = new Observations(spec, rows);
    for (int row = 0; row < rows; row++) {
      RandomStream random = Streams.of(seed).stream(Role.EVALUATION_ENVIRONMENT, row);
      RecordedActor.draw(spec, random, observations, row);
    }
    double[] estimates = new double[rows * values.width()];
    values.evaluate(Rows.all(rows), observations, estimates);
    return estimates;
  }

  /** Snapshots of its policies and values stay as they were when learning goes on. */
  @Test
  public void snapshots_stayAsTheyWere() {
    EnvironmentSpec spec = spec();
    for (long seed : seeds()) {
      try (Trainer<?> trainer = trainer(task(rows()), seed)) {
        trainer.run(steps() / 10);
        Learner learner = trainer.learner();
        Policy behaviour = learner.behaviour().snapshot();
        Policy policy = learner.policy().snapshot();
        Optional<ValueFunction> values = learner.values().map(ValueFunction::snapshot);
        RecordedActor behaved = acting("behaviour", behaviour, spec, seed);
        RecordedActor acted = acting("policy", policy, spec, seed);
        Optional<double[]> estimated = values.map(v -> estimates(v, spec, seed));
        trainer.run();
        String rule = "a snapshot stays as it was when learning goes on";
        behaved.mustEqual(acting("behaviour", behaviour, spec, seed), rule);
        acted.mustEqual(acting("policy", policy, spec, seed), rule);
        if (values.isPresent()) {
          double[] before = estimated.orElseThrow();
          double[] after = estimates(values.get(), spec, seed);
          int at = Arrays.mismatch(before, after);
          if (at >= 0) {
            throw Failure.of(name(), rule)
                .where("seed %d, values: estimate %d".formatted(seed, at))
                .expected(before[at])
                .actual(after[at])
                .error();
          }
        }
      }
    }
  }

  private RecordedActor acting(String which, Policy policy, EnvironmentSpec spec, long seed) {
    return new RecordedActor(name() + ", " + which, policy, spec, 2, seed).play(150);
  }

  /** One snapshot serves several threads while learning goes on. */
  @Test
  public void snapshot_servesSeveralThreads() {
    EnvironmentSpec spec = spec();
    long seed = seeds()[0];
    try (Trainer<?> trainer = trainer(task(rows()), seed)) {
      trainer.run(steps() / 10);
      Policy snapshot = trainer.learner().policy().snapshot();
      RecordedActor expected = acting("policy", snapshot, spec, seed);
      List<RecordedActor> came =
          ConcurrentRuns.run(4, thread -> acting("policy", snapshot, spec, seed), trainer::run);
      for (RecordedActor acting : came) {
        expected.mustEqual(
            acting, "a snapshot answers several threads alike while learning goes on");
      }
    }
  }

  /** Only the listed rows of a transition are learned from. */
  @Test
  public void unlistedRows_areNotLearnedFrom() {
    for (long seed : seeds()) {
      sameState(
          StateText.of(learnFromSome(seed, 1e6)),
          StateText.of(learnFromSome(seed, -3e6)),
          seed,
          "only the listed rows are learned from (two fillings of the others)");
    }
  }

  private Learner learnFromSome(long seed, double filling) {
    try (VectorEnvironment environment = task(3)) {
      EnvironmentSpec spec = environment.spec();
      Streams streams = Streams.of(seed);
      RunProgress progress = new RunProgress(Budget.steps(steps()));
      Learner learner = create(LearnerContext.of(environment, streams, progress));
      Interaction interaction =
          Interaction.learning(spec, 3, learner, streams.rows(Role.POLICY, 3), progress, List.of());
      RandomStreams random = streams.rows(Role.ENVIRONMENT, 3);
      for (int i = 0; i < steps() / 2; i++) {
        if (!interaction.idle().isEmpty()) {
          environment.reset(interaction.idle(), random, interaction.observations());
          interaction.begin(interaction.idle());
        }
        Rows two = new Rows(3);
        for (int row = 0; row < 3; row++) {
          if (row != i % 3) {
            two.add(row);
          }
        }
        interaction.act(two);
        environment.step(two, interaction.actions().values(), random, interaction.outcomes());
        interaction.outcomes().reward()[i % 3] = filling;
        interaction.outcomes().discount()[i % 3] = filling > 0 ? 1 : 0;
        interaction.outcomes().terminated()[i % 3] = filling > 0;
        interaction.observe(two);
      }
      return learner;
    }
  }

  /** A warm update allocates nothing. */
  @Test
  public void warmLearning_allocatesNothing() {
    allocates().ifPresent(Assumptions::abort);
    Metered[] metered = new Metered[1];
    try (Trainer<?> trainer =
        Trainer.on(task(rows()))
            .seed(seeds()[0])
            .build(context -> {
              metered[0] = new Metered(create(context));
              return metered[0];
            })) {
      double bytes =
          Allocation.settled(
              MEASURED_STEPS / rows(),
              () -> {
                metered[0].bytes = 0;
                trainer.run(MEASURED_STEPS);
                return metered[0].bytes;
              });
      Checks.little(name(), "observe", bytes);
    }
  }

  /**
   * Acting by the behaviour policy of a learner that has begun to learn allocates nothing once
   * warm.
   */
  @Test
  public void warmBehaviour_allocatesNothing() {
    allocates().ifPresent(Assumptions::abort);
    try (Trainer<?> trainer = trainer(task(rows()), seeds()[0])) {
      trainer.run(steps() / 10);
      Policy behaviour = trainer.learner().behaviour();
      RecordedActor acting =
          new RecordedActor(name() + ", behaviour", behaviour, spec(), rows(), seeds()[0]);
      Checks.little(name(), "act", acting.warmBytes());
    }
  }

  /** Interpreted and compiled code learn the same numbers, bit for bit. */
  @Test
  public void interpreted_equalsCompiled() {
    notInterpreted().ifPresent(Assumptions::abort);
    int rounds = Math.max(2, WARM_STEPS / Math.max(1, seeds().length * steps()));
    Interpreter.check(name(), getClass(), this, rounds);
  }

  @Override
  public final String digest() {
    Hash hash = new Hash();
    for (long seed : seeds()) {
      try (Trainer<?> trainer = trainer(task(rows()), seed)) {
        trainer.run();
        hash.add(BinaryState.toBytes(trainer));
      }
    }
    return hash.text();
  }

  /** A learner whose updates are measured. */
  private static final class Metered implements Learner {
    private final Learner learner;
    private long bytes;

    Metered(Learner learner) {
      this.learner = learner;
    }

    @Override
    public Policy behaviour() {
      return learner.behaviour();
    }

    @Override
    public Policy policy() {
      return learner.policy();
    }

    @Override
    public boolean needsNextAction() {
      return learner.needsNextAction();
    }

    @Override
    public void observe(Transitions transitions) {
      long before = Allocation.bytes();
      learner.observe(transitions);
      bytes += Allocation.bytes() - before;
    }

    @Override
    public void carry(State state) {
      learner.carry(state);
    }
  }
}
