package org.bellmanrl.deep.replay;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Sequences;
import org.jspecify.annotations.Nullable;

/**
 * The latest transitions of each row of a task, to be drawn from in batches.
 *
 * <p>Each row has a ring of slots. A slot holds an observation with its mask, what was done there,
 * and what that paid; what was observed next is the following slot. So every observation is stored
 * once, and the true last one of an episode takes its own slot where nothing was done. Returns over
 * n steps are added up when they are drawn: from the slot onwards, at most n steps, up to the end
 * of the episode. A transition can be drawn once its n steps, or the end, have been seen.
 *
 * <p>What is drawn depends on what was added, the stream and the number of draws alone. Not
 * thread-safe.
 */
public final class Replay implements Stateful {
  private static final String SECTION = "replay";

  /** How much the largest error of a sequence counts in its priority. */
  private static final float LARGEST_SHARE = 0.9f;

  /** Stands for the discount in a slot where nothing was done (yet). */
  private static final float NOTHING_DONE = -1f;

  private static final float[] NO_STATES = {};

  private final EnvironmentSpec spec;
  private final ReplayConfig config;
  private final SlotLayout layout;
  private final int rows;
  private final int nStep;
  private final float gamma;
  private final int before;

  /** Slots per row. */
  private final int ring;

  private final int stride;
  private final int rewardAt;
  private final int discountAt;
  private final float[] numbers;
  private final ByteRows bytes;
  private final @Nullable Priorities priorities;
  private final @Nullable SequenceStarts sequences;

  /** Steps from the first of what is drawn to the last that it needs. */
  private final int window;

  private final @Nullable Hindsight hindsight;

  /** Per row: slots ever written, and the range of them that can be drawn, ends included. */
  private final long[] written;

  private final long[] from;
  private final long[] to;

  /** The places of these in the ring: by addition, because a division takes longer than a copy. */
  private final int[] head;

  private final int[] fromPlace;
  private final int[] toPlace;

  /**
   * Per row: transitions of the episode in flight, and whether its newest slot awaits an action.
   */
  private final long[] length;

  private final boolean[] open;

  /** Slots before those of each row in the numbering of what can be drawn; scratch. */
  private final int[] starts;

  private final ReadAhead ahead = new ReadAhead();

  /** Transitions in the ranges of all rows. */
  private int size;

  /** Transitions ever added. */
  private long added;

  /**
   * An empty memory.
   *
   * @param spec the task
   * @param rows how many rows add to it; each keeps its share of the capacity, rounded up
   * @param config what is kept
   * @throws IllegalArgumentException if it does not fit into the heap, if a row's share is too
   *     small for the steps and frames, if observations can't be stacks of so many frames, or if
   *     goals are to be replaced, which need a {@linkplain #Replay(LearnerContext, ReplayConfig)
   *     context}
   */
  public Replay(EnvironmentSpec spec, int rows, ReplayConfig config) {
    this(spec, rows, Optional.empty(), config);
  }

  /**
   * An empty memory of a learner, for the task, the rows and the goals of its context.
   *
   * @throws IllegalArgumentException as above, or if the task has no goals that could be replaced
   */
  public Replay(LearnerContext context, ReplayConfig config) {
    this(context.spec(), context.rows(), context.goals(), config);
  }

  private Replay(EnvironmentSpec spec, int rows, Optional<GoalReward> goals, ReplayConfig config) {
    Require.atLeast("rows", rows, 1);
    this.spec = spec;
    this.config = config;
    this.rows = rows;
    this.nStep = config.nStep();
    this.gamma = (float) config.gamma();
    this.before = config.frames() - 1;
    this.layout = new SlotLayout(spec, config.frames(), config.compressedFrames());
    this.ring = (config.capacity() - 1) / rows + 1;
    this.window = nStep + config.sequences().map(how -> how.burnIn() + how.length() - 1).orElse(0);
    int least = window + config.frames();
    if (ring < least) {
      throw new IllegalArgumentException(
          "capacity must be at least %d (rows) × (%d (n-step%s) + %d (frames)), was %d"
              .formatted(
                  rows,
                  window,
                  config.sequences().isPresent() ? ", sequence" : "",
                  config.frames(),
                  config.capacity()));
    }
    this.stride = layout.numbers();
    this.rewardAt = layout.rewardAt();
    this.discountAt = layout.discountAt();
    long slots = (long) ring * rows;
    double besides = HeapSpace.besides(config);
    HeapSpace.require(slots, layout, besides);
    try {
      this.numbers = new float[Math.toIntExact(slots * stride)];
      CompressedFrames compressed =
          config.compressedFrames()
              ? new CompressedFrames(
                  (int) slots,
                  layout.frameBytes(),
                  config.frames(),
                  HeapSpace.bytes(slots, layout, besides))
              : null;
      this.bytes = new ByteRows((int) slots, layout.bytes(), compressed);
      this.priorities =
          config.prioritisation().map(how -> new Priorities(how, (int) slots)).orElse(null);
      this.sequences =
          config.sequences().map(how -> new SequenceStarts(how, (int) slots)).orElse(null);
    } catch (OutOfMemoryError e) {
      throw HeapSpace.refusal(slots, layout, HeapSpace.besides(config), e);
    }
    this.hindsight =
        config.relabelledGoals() > 0 ? new Hindsight(spec, goals, config.relabelledGoals()) : null;
    this.written = new long[rows];
    this.from = new long[rows];
    this.to = new long[rows];
    this.head = new int[rows];
    this.fromPlace = new int[rows];
    this.toPlace = new int[rows];
    this.length = new long[rows];
    this.open = new boolean[rows];
    this.starts = new int[rows + 1];
    Arrays.fill(from, before);
    Arrays.fill(to, before);
    Arrays.fill(fromPlace, before);
    Arrays.fill(toPlace, before);
  }

  /** What is kept and how it is drawn from. */
  public ReplayConfig config() {
    return config;
  }

  /** How many transitions, or sequences, can be drawn now. */
  public int size() {
    return size;
  }

  /** How many transitions were ever added. */
  public long added() {
    return added;
  }

  /**
   * Makes room for a batch.
   *
   * @throws IllegalArgumentException if {@code rowsOfBatch} is not in [1, capacity]
   */
  public ReplayBatch batch(int rowsOfBatch) {
    if (rowsOfBatch > config.capacity()) {
      throw new IllegalArgumentException(
          "a batch must not be larger than the replay, whose capacity is %d, was %d"
              .formatted(config.capacity(), rowsOfBatch));
    }
    return new ReplayBatch(spec, rowsOfBatch);
  }

  /**
   * Makes room for a batch of sequences.
   *
   * @param count how many, at least 1
   * @throws IllegalStateException if this replay holds single transitions
   */
  public SequenceBatch sequences(int count) {
    return new SequenceBatch(spec, requireSequences().config(), nStep, count);
  }

  // Adding

  /**
   * Takes in one step of each listed row, in the order of the rows.
   *
   * @throws IllegalStateException if observations are not stacks of as many frames as configured
   */
  public void add(Transitions transitions) {
    add(transitions, NO_STATES);
  }

  /**
   * As above with states that no actor has, of networks beside the policy's.
   *
   * @param states before the steps, as many numbers in each row of the task, row after row; they
   *     stand behind that of the actor in what a sequence begins with
   */
  public void add(Transitions transitions, float[] states) {
    Rows listed = transitions.rows();
    for (int i = 0; i < listed.count(); i++) {
      add(transitions, listed.at(i), states);
    }
  }

  private void add(Transitions transitions, int row, float[] states) {
    Observations observations = transitions.observations();
    Observations next = transitions.nextObservations();
    if (transitions.first()[row] || !open[row]) {
      begin(observations, row);
    } else if (before > 0) {
      layout.requireStack(observations.values(), next.values(), row);
    }
    int slot = row * ring + (head[row] == 0 ? ring : head[row]) - 1;
    Actions actions = transitions.actions();
    layout.putAction(actions.values(), row, numbers, bytes, slot);
    numbers[slot * stride + rewardAt] = (float) transitions.reward()[row];
    numbers[slot * stride + discountAt] = (float) transitions.discount()[row];
    if (sequences != null) {
      sequences.put(slot, length[row], actions, row, states, states.length / rows);
    }
    length[row]++;
    added++;
    int newest = push(row);
    layout.putObservation(next, row, numbers, bytes, newest);
    if (transitions.last(row)) {
      open[row] = false;
      length[row] = 0;
    }
    reach(row);
  }

  /** An episode begins: its first observation, before it the older frames of its stack. */
  private void begin(Observations observations, int row) {
    for (int frame = 0; frame < before; frame++) {
      int slot = push(row);
      layout.putFrame(observations.values(), row, frame, numbers, bytes, slot);
    }
    int slot = push(row);
    layout.putObservation(observations, row, numbers, bytes, slot);
    open[row] = true;
    length[row] = 0;
  }

  /** The next slot of a row, where nothing was done yet; what stood there is forgotten. */
  private int push(int row) {
    if (++written[row] - ring + before > from[row]) {
      forgetOldest(row);
    }
    int slot = row * ring + head[row];
    head[row] = next(head[row]);
    layout.clear(numbers, bytes, slot);
    numbers[slot * stride + discountAt] = NOTHING_DONE;
    if (sequences != null) {
      sequences.clear(slot);
    }
    return slot;
  }

  /** What stood where something is written, or needs its frame, can be drawn no more. */
  private void forgetOldest(int row) {
    int slot = row * ring + fromPlace[row];
    from[row]++;
    fromPlace[row] = next(fromPlace[row]);
    if (drawable(slot)) {
      size--;
      if (priorities != null) {
        priorities.clear(slot);
      }
    }
  }

  /** Extends the range of what can be drawn to what is complete by now. */
  private void reach(int row) {
    long incomplete = open[row] ? Math.min(window - 1, length[row]) : 0;
    long end = written[row] - 1 - incomplete;
    while (to[row] < end) {
      int slot = row * ring + toPlace[row];
      to[row]++;
      toPlace[row] = next(toPlace[row]);
      if (drawable(slot)) {
        size++;
        if (priorities != null) {
          priorities.enter(slot);
        }
      }
    }
  }

  /** Returns whether something was done in a slot, and, of sequences, whether one begins there. */
  private boolean drawable(int slot) {
    return numbers[slot * stride + discountAt] >= 0f
        && (sequences == null || sequences.begins(slot));
  }

  private int next(int place) {
    return place + 1 == ring ? 0 : place + 1;
  }

  private int place(long sequence) {
    return (int) (sequence % ring);
  }

  // Drawing

  /**
   * Draws a batch with replacement; by priority if that is configured, from strata of equal sums of
   * priorities, with weights for β = 1.
   *
   * @throws IllegalStateException if there is nothing to draw from
   */
  public void sample(RandomStream random, ReplayBatch batch) {
    sample(random, batch, 1);
  }

  /**
   * Draws a batch with replacement.
   *
   * @param random decides which; one {@code integers} per row, and another for each slot at an
   *     episode's end that was met, or by priority one {@code random()} per row; then, if goals are
   *     replaced, one {@code random()} per row and one {@code integers} for each goal
   * @param batch takes the transitions
   * @param beta β of the importance weights {@code (size · probability)^−β}, in [0, 1]; without
   *     effect on a uniform draw
   * @throws IllegalStateException if there is nothing to draw from
   */
  public void sample(RandomStream random, ReplayBatch batch, double beta) {
    draw(random, batch, beta);
    look(batch);
    gather(batch);
    if (hindsight != null) {
      relabel(hindsight, random, batch);
    }
  }

  private void relabel(Hindsight goals, RandomStream random, ReplayBatch batch) {
    int[] slots = batch.slots();
    for (int i = 0; i < slots.length; i++) {
      if (random.random() >= config.relabelledGoals()) {
        continue;
      }
      int steps = 1;
      for (int slot = after(slots[i]); numbers[slot * stride + discountAt] >= 0f; steps++) {
        slot = after(slot);
      }
      int later = slots[i];
      for (int left = random.integers(steps); left >= 0; left--) {
        later = after(later);
      }
      layout.getFloats(numbers, later, goals.later);
      goals.replace(batch, i);
    }
  }

  /**
   * Draws sequences with replacement; by priority if that is configured.
   *
   * @param random decides which, as for single transitions
   * @param batch takes the sequences
   * @param beta β of the importance weights
   * @throws IllegalStateException if there is nothing to draw from, or this replay holds single
   *     transitions
   */
  public void sample(RandomStream random, SequenceBatch batch, double beta) {
    SequenceStarts from = requireSequences();
    draw(random, batch.starts(), beta);
    cut(batch, from);
    look(batch.steps());
    gather(batch.steps());
    gatherSequences(batch);
  }

  private SequenceStarts requireSequences() {
    if (sequences == null) {
      throw new IllegalStateException("this replay holds single transitions, not sequences");
    }
    return sequences;
  }

  /** Finds the steps of sequences whose beginnings were drawn. */
  private void cut(SequenceBatch batch, SequenceStarts from) {
    SequenceConfig how = from.config();
    int[] begins = batch.starts().slots();
    Sequences all = batch.sequences();
    all.clear();
    for (int i = 0; i < begins.length; i++) {
      int slot = begins[i];
      int length = 0;
      for (; length < how.burnIn() + how.length() && done(slot); length++) {
        slot = after(slot);
      }
      int shown = length + 1;
      for (; shown < length + nStep && done(slot); shown++) {
        slot = after(slot);
      }
      batch.length[i] = length;
      batch.burnIn[i] = Math.clamp(length - how.length(), 0, how.burnIn());
      all.add(shown);
    }
    all.arrange();
    int steps = 0;
    for (int place = 0; place < all.count(); place++) {
      int i = all.at(place);
      from.copyState(begins[i], batch.states(), place);
      int slot = begins[i];
      int last = all.length(place) - 1;
      for (int step = 0; step <= last; step++) {
        int row = all.row(step, place);
        batch.slots[row] = slot;
        if (step >= batch.burnIn[i] && step < batch.length[i]) {
          batch.steps().slots()[steps] = slot;
          batch.steps().weights()[steps] = batch.starts().weights()[i];
          batch.rows(steps++, row, all.row(Math.min(step + nStep, last), place));
        }
        slot = after(slot);
      }
      all.stop(all.row(batch.burnIn[i], place));
    }
    batch.steps().size(steps);
  }

  private boolean done(int slot) {
    return numbers[slot * stride + discountAt] >= 0f;
  }

  /** Draws slots and their weights. */
  private void draw(RandomStream random, ReplayBatch batch, double beta) {
    if (size == 0) {
      throw new IllegalStateException(
          "nothing can be drawn yet: "
              + added
              + " transitions were added, and none of their n-step windows is complete");
    }
    if (priorities == null) {
      drawUniformly(random, batch);
    } else {
      priorities.draw(random, batch, beta);
    }
    ahead.read(numbers, batch.slots(), stride);
  }

  /**
   * Sets the priorities of the transitions that were drawn last, before anything is added.
   *
   * @param batch as it was drawn
   * @param errors one for each of its rows, of either sign; NaN is refused
   * @throws IllegalStateException if this replay draws uniformly
   */
  public void update(ReplayBatch batch, float[] errors) {
    if (priorities == null) {
      throw new IllegalStateException("this replay draws uniformly and has no priorities");
    }
    priorities.update(batch, errors);
  }

  /**
   * Sets the priorities of the sequences that were drawn last, before anything is added: of each,
   * from η = 0.9 times its largest error and 1 − η times their mean (Kapturowski et al., 2019).
   *
   * @param batch as it was drawn
   * @param errors one for each of its steps, of either sign; NaN is refused
   * @throws IllegalStateException if this replay draws uniformly
   */
  public void update(SequenceBatch batch, float[] errors) {
    update(batch.starts(), batch.errors(errors, LARGEST_SHARE));
  }

  private void drawUniformly(RandomStream random, ReplayBatch batch) {
    int total = 0;
    for (int row = 0; row < rows; row++) {
      starts[row] = total;
      total += (int) (to[row] - from[row]);
    }
    starts[rows] = total;
    int[] slots = batch.slots();
    // All places first, so that the memory's answers to all of them overlap.
    random.fillIntegers(slots, 0, slots.length, 0, total);
    if (rows == 1) {
      locateInOnlyRow(slots);
    } else {
      for (int i = 0; i < slots.length; i++) {
        slots[i] = locate(slots[i]);
      }
    }
    for (int i = 0; i < slots.length; i++) {
      while (!drawable(slots[i])) {
        slots[i] = locate(random.integers(total));
      }
    }
  }

  private void locateInOnlyRow(int[] slots) {
    int first = fromPlace[0];
    for (int i = 0; i < slots.length; i++) {
      int slot = first + slots[i];
      slots[i] = slot >= ring ? slot - ring : slot;
    }
  }

  /** The slot of a number in [0, total): row after row, the oldest first. */
  private int locate(int number) {
    int low = 0;
    int high = rows;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (starts[middle] <= number) {
        low = middle;
      } else {
        high = middle;
      }
    }
    int place = fromPlace[low] + number - starts[low];
    return low * ring + (place >= ring ? place - ring : place);
  }

  /** Adds up rewards and finds the next observations. */
  private void look(ReplayBatch batch) {
    int[] slots = batch.slots();
    int[] nextSlots = batch.nextSlots();
    float[] rewards = batch.rewards();
    float[] bootstraps = batch.bootstraps();
    for (int i = 0; i < slots.length; i++) {
      int at = slots[i] * stride;
      rewards[i] = numbers[at + rewardAt];
      bootstraps[i] = gamma * numbers[at + discountAt];
      nextSlots[i] = after(slots[i]);
    }
    if (nStep > 1) {
      lookFurther(batch);
    }
  }

  private void lookFurther(ReplayBatch batch) {
    int[] nextSlots = batch.nextSlots();
    float[] rewards = batch.rewards();
    float[] bootstraps = batch.bootstraps();
    for (int i = 0; i < nextSlots.length; i++) {
      int slot = nextSlots[i];
      float factor = bootstraps[i];
      float sum = rewards[i];
      for (int step = 1; step < nStep; step++) {
        float discount = numbers[slot * stride + discountAt];
        if (discount < 0f) {
          break;
        }
        sum += factor * numbers[slot * stride + rewardAt];
        factor *= gamma * discount;
        slot = after(slot);
      }
      nextSlots[i] = slot;
      bootstraps[i] = factor;
      rewards[i] = sum;
    }
  }

  /** The slot after another in the ring of its row. */
  private int after(int slot) {
    int next = slot + 1;
    if (rows == 1) {
      return next == ring ? 0 : next;
    }
    return next % ring == 0 ? next - ring : next;
  }

  private void gather(ReplayBatch batch) {
    layout.getActions(numbers, bytes, batch.slots(), batch.actions());
    if (before == 0) {
      layout.getObservations(numbers, bytes, batch.slots(), batch.observations());
      layout.getObservations(numbers, bytes, batch.nextSlots(), batch.nextObservations());
    } else {
      // One after the other, because they share frames.
      for (int i = 0; i < batch.slots().length; i++) {
        getStack(batch.slots()[i], batch.observations(), i);
        getStack(batch.nextSlots()[i], batch.nextObservations(), i);
      }
    }
    if (batch.maskWidth() > 0) {
      layout.getMasks(bytes, batch.slots(), batch.mask());
      layout.getMasks(bytes, batch.nextSlots(), batch.nextMask());
    }
  }

  /** The observations of sequences, along each of them. */
  private void gatherSequences(SequenceBatch batch) {
    if (before == 0) {
      layout.getObservations(numbers, bytes, batch.slots, batch.observations());
      return;
    }
    Sequences all = batch.sequences();
    for (int place = 0; place < all.count(); place++) {
      for (int step = 0; step < all.length(place); step++) {
        int row = all.row(step, place);
        getStack(batch.slots[row], batch.observations(), row);
      }
    }
  }

  private void getStack(int slot, Columns into, int row) {
    int first = slot / ring * ring;
    for (int frame = 0; frame <= before; frame++) {
      int at = slot - before + frame;
      layout.getFrame(numbers, bytes, at < first ? at + ring : at, frame, into, row);
    }
  }

  // State

  /** Carries the slots of a row that are filled. */
  private void carrySlots(State state, int row) {
    long next = Math.max(0, written[row] - ring);
    long end = written[row];
    while (next < end) {
      int slot = row * ring + place(next);
      int count = (int) Math.min(end - next, ring - place(next));
      state.carry("numbers", numbers, slot * stride, count * stride);
      bytes.carry(state, slot, count);
      if (sequences != null) {
        sequences.carry(state, slot, count);
      }
      next += count;
    }
  }

  /** What the bytes of a saved replay depend on. */
  private String shape() {
    return "%d rows of %d slots of %d numbers and %d bytes, %d steps, %d frames, %s%s%s"
        .formatted(
            rows,
            ring,
            stride,
            layout.bytes(),
            nStep,
            config.frames(),
            priorities == null ? "uniform" : "prioritised",
            config.sequences().map(how -> ", " + how).orElse(""),
            config.compressedFrames() ? ", compressed frames" : "");
  }

  /** Carries what is filled, not the capacity. */
  @Override
  public void carry(State state) {
    state.begin(SECTION, 1);
    String shape = state.carry("shape", shape());
    if (!shape.equals(shape())) {
      throw new StateException("expected a replay of " + shape() + ", found " + shape);
    }
    added = state.carry("added", added);
    size = state.carry("size", size);
    state.carry("written", written);
    state.carry("from", from);
    state.carry("to", to);
    for (int row = 0; row < rows; row++) {
      head[row] = place(written[row]);
      fromPlace[row] = place(from[row]);
      toPlace[row] = place(to[row]);
    }
    state.carry("length", length);
    state.carry("open", open);
    if (state.restoring()) {
      bytes.clear();
    }
    for (int row = 0; row < rows; row++) {
      carrySlots(state, row);
    }
    if (priorities != null) {
      carryPriorities(state, priorities);
    }
    state.end();
  }

  private void carryPriorities(State state, Priorities all) {
    all.carry(state);
    if (state.restoring()) {
      all.reset();
    }
    for (int row = 0; row < rows; row++) {
      all.carry(state, row * ring, filled(row));
    }
    if (state.restoring()) {
      all.rebuild();
    }
  }

  private int filled(int row) {
    return (int) Math.min(written[row], ring);
  }
}
