package org.bellmanrl.lab.internal.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.lab.internal.view.ObservationStatistics;
import org.bellmanrl.results.document.Json;
import org.jspecify.annotations.Nullable;

/**
 * Plays the latest policy in a separate environment and draws what happens, on a separate thread,
 * as long as the page has viewers; or lets viewers play.
 */
final class Player implements AutoCloseable {
  private static final long GRID_MILLIS = 200;
  private static final long MOTION_MILLIS = 50;
  private static final long PERSON_MILLIS = 100;
  private static final long KEY_MILLIS = 15;
  private static final long LAST_MILLIS = 900;
  private static final long IDLE_MILLIS = 100;
  private static final int MOST_STEPS = 2000;
  private static final double PIXELS = 360_000;
  private static final int MOST_SIDE = 1000;
  private static final int MOST_ACTIONS = 64;
  private static final int DRAWS = 1000;
  private static final int MOST_PLANES = 16;
  private static final int MOST_OBSERVED = 64;
  private static final int SEAM = 0x0F766E;

  private final Simulation simulation;
  private final Supplier<@Nullable Snapshot> latest;
  private final OpenPages pages;
  private final ViewerInput input;
  private final Consumer<String> problems;
  private final Rows one = Rows.all(1);
  private final Optional<PictureView> picture;
  private final Optional<TextView> text;
  private final Optional<GridView> grid;
  private final Optional<PictureView.Clickable> clickable;
  private final List<String> names;
  private final Legend legend;
  private final ObservationStatistics seenFloats;

  /** What the task itself shows, not what wrappers make of it. */
  private final ObservationTransform.Source source;

  /** The action while no key is pressed; {@link ViewerInput#NONE} if time then stands still. */
  private final int idle;

  private final Optional<ProductIndex> states;
  private final Optional<ObservationTransform> transform;
  private final int width;
  private final int height;
  private final int[] argb;
  private final long steps;
  private final long millis;
  private final Png png = new Png();
  private final Thread thread;
  private volatile boolean closed;

  /** The step whose snapshot is being played; −1 at first. */
  private long playing = -1;

  private @Nullable Actor actor;
  private @Nullable Actions actions;
  private long episode;

  private long frames;
  private String frame = "";

  /**
   * Gets ready to play.
   *
   * @param environment of one row, as results are judged; closed with this
   * @param latest gives what is to be played
   * @param input what people do
   * @param problems hears why playing has ended, if it has
   */
  Player(
      VectorEnvironment environment,
      Supplier<@Nullable Snapshot> latest,
      OpenPages pages,
      ViewerInput input,
      Consumer<String> problems) {
    this.simulation = new Simulation(environment);
    this.latest = latest;
    this.pages = pages;
    this.input = input;
    this.problems = problems;
    this.picture = environment.capability(0, PictureView.class);
    this.text = environment.capability(0, TextView.class);
    this.grid = environment.capability(0, GridView.class);
    this.clickable = environment.capability(0, PictureView.Clickable.class);
    this.names = names(environment);
    this.legend = environment.spec().legend();
    this.source =
        environment
            .capability(0, ObservationTransform.Source.class)
            .orElseGet(() ->
                new ObservationTransform.Source(environment.spec(), simulation.observations()));
    this.seenFloats = new ObservationStatistics(source.spec().observationSpace().layout().floats());
    this.idle = names.indexOf("none");
    this.states = ProductIndex.of(environment.spec().observationSpace());
    this.transform = environment.capability(0, ObservationTransform.class);
    double aspect = picture.map(PictureView::aspect).orElse(1.0);
    this.width = (int) Math.clamp(Math.sqrt(PIXELS * aspect), 1, MOST_SIDE);
    this.height = (int) Math.clamp(width / aspect, 1, MOST_SIDE);
    this.argb = new int[picture.isPresent() ? width * height : 0];
    this.steps = grid.map(g -> 4L * g.width() * g.height()).orElse((long) MOST_STEPS);
    this.millis = grid.isPresent() ? GRID_MILLIS : MOTION_MILLIS;
    this.thread = Thread.ofPlatform().daemon().name("watch-player").unstarted(this::play);
  }

  /** What the actions are called, by index; empty if they are not discrete. */
  private static List<String> names(VectorEnvironment environment) {
    if (!(environment.spec().actionSpace() instanceof Discrete discrete)) {
      return List.of();
    }
    Legend legend = environment.spec().legend();
    Optional<GridView> grid = environment.capability(0, GridView.class);
    List<String> names = new ArrayList<>();
    for (int a = 0; a < Math.min(discrete.n(), MOST_ACTIONS); a++) {
      names.add(
          !legend.action(a).isEmpty()
              ? legend.action(a)
              : grid.isPresent()
                  ? String.valueOf(grid.get().glyph(a))
                  : Integer.toString(a + discrete.start()));
    }
    return names;
  }

  /** What the actions are called that keys can be given to; empty if there are none. */
  List<String> names() {
    return names;
  }

  /** Whether clicks on the picture do anything. */
  boolean clickable() {
    return clickable.isPresent();
  }

  void start() {
    thread.start();
  }

  /**
   * The first frame behind some other, as JSON; waits for it a little.
   *
   * @return empty if there is none yet
   */
  synchronized Optional<String> after(long number, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (frames <= number && !closed) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return Optional.empty();
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    return closed ? Optional.empty() : Optional.of(frame);
  }

  private void play() {
    try (simulation;
        png) {
      while (!closed) {
        @Nullable Snapshot now = pages.present() ? latest.get() : null;
        @Nullable Policy policy = now == null ? null : now.policy();
        if (now == null || policy == null) {
          Thread.sleep(IDLE_MILLIS);
          continue;
        }
        if (now.step() != playing) {
          adopt(now, policy);
        }
        click();
        boolean person = input.playing();
        if (person && !begins() && !takeKey()) {
          Thread.sleep(KEY_MILLIS);
          continue;
        }
        long began = System.nanoTime();
        step();
        boolean last = over();
        show(now, last);
        // Drawing takes its part of the time between two pictures.
        long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        Thread.sleep(last ? LAST_MILLIS : Math.max(1, (person ? PERSON_MILLIS : millis) - spent));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError e) {
      problems.accept("the live page can't show the policy at work any longer: " + e);
    }
  }

  /** Goes on with what has been learned since; what an actor remembers of the episode stays. */
  private void adopt(Snapshot now, Policy policy) {
    if (now.transform() != null && transform.isPresent()) {
      BinaryState.fromBytes(BinaryState.toBytes(now.transform()), transform.get());
    }
    Actor next = policy.actor(1, Streams.of(0).rows(Role.EVALUATION_POLICY, 1));
    if (actor != null) {
      BinaryState.fromBytes(BinaryState.toBytes(actor), next);
    }
    actor = next;
    actions = new Actions(simulation.spec().actionSpace(), policy.extras(), 1);
    playing = now.step();
  }

  /** Throws the stick, or whatever a click means here. */
  private void click() {
    double[] click = input.takeClick();
    if (click != null && clickable.isPresent() && !begins()) {
      clickable.get().click(click[0], click[1], (double) width / height);
    }
  }

  /** Writes the action of the key that is pressed; false if there is none that can be taken. */
  private boolean takeKey() {
    int action = input.take();
    if (action == ViewerInput.NONE || !simulation.observations().allows(0, action)) {
      action = idle;
    }
    if (action == ViewerInput.NONE
        || !(simulation.spec().actionSpace() instanceof Discrete discrete)) {
      return false;
    }
    simulation.actions().ints()[0] = action + discrete.start();
    return true;
  }

  /** Whether an episode begins with the next step. */
  private boolean begins() {
    return episode == 0 || over();
  }

  private boolean over() {
    return simulation.ended() || simulation.length() >= steps;
  }

  private void step() {
    Actor acting = actor;
    Actions into = actions;
    if (acting == null || into == null) {
      return;
    }
    if (begins()) {
      if (episode++ == 0) {
        simulation.reset(0);
      } else {
        simulation.reset();
      }
      acting.begin(one);
    } else {
      simulation.stepWritten();
    }
    if (!over()) {
      // What is shown is what is about to be done, beside the values that it was chosen by.
      acting.act(one, simulation.observations(), into);
      simulation.actions().copyRow(into.values(), 0, 0);
    }
  }

  private void show(Snapshot now, boolean last) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("number", frames + 1);
    entries.put("episode", episode);
    entries.put("step", simulation.length());
    entries.put("return", Curve.number(simulation.episodeReturn()));
    entries.put("last", last);
    entries.put(
        "end",
        !last ? "" : simulation.terminated() ? "ended" : simulation.ended() ? "cut off" : "cut");
    if (picture.isPresent()) {
      picture.get().draw(argb, width, height);
      entries.put("width", width);
      entries.put("height", height);
      entries.put("png", Base64.getEncoder().encodeToString(png.encode(argb, width, height)));
    } else {
      text.ifPresent(view -> entries.put("text", view.text(false)));
    }
    observe(entries);
    seen(entries);
    grid.ifPresent(view -> place(view, entries));
    if (!last) {
      entries.put("choice", choice(now));
    }
    String json = Json.text(entries);
    synchronized (this) {
      frame = json;
      frames++;
      notifyAll();
    }
  }

  /** The observation in numbers, if it has few. */
  private void observe(Map<String, @Nullable Object> entries) {
    Columns values = source.observations().values();
    Layout layout = values.layout();
    int count = layout.ints() + layout.floats();
    if (layout.bytes() > 0 || count > MOST_OBSERVED) {
      return;
    }
    List<@Nullable Object> numbers = new ArrayList<>();
    for (Leaf leaf : layout.leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        int at = leaf.offset() + i;
        numbers.add(
            leaf.dtype() == DType.INT32
                ? (Object) values.ints()[at]
                : Curve.number(values.floats()[at]));
      }
    }
    entries.put("observed", numbers);
    synchronized (this) {
      seenFloats.take(values.floats());
    }
  }

  /** What has been observed of late, and between which ends. */
  ObservationStatistics seen() {
    synchronized (this) {
      return seenFloats.copy();
    }
  }

  /** What the numbers of the task mean. */
  Legend legend() {
    return legend;
  }

  /** The names of the elements of an observation; empty if they have none, or are many. */
  List<String> observations() {
    List<String> all = source.spec().legend().observations();
    return all.size() > MOST_OBSERVED ? List.of() : all;
  }

  /** The observation as a network sees it, if it is a stack of planes: each beside the last. */
  private void seen(Map<String, @Nullable Object> entries) {
    if (!(simulation.spec().observationSpace() instanceof Box box)
        || box.dtype() != DType.UINT8
        || box.dimensions() != 3) {
      return;
    }
    byte[] bytes = simulation.observations().values().bytes();
    int lines = box.extent(0);
    int columns = box.extent(1);
    int channels = box.extent(2);
    // What has 256 values and comes in threes is in colours; anything else is plane after plane.
    double scale = 255 / box.high(0);
    int depth = channels % 3 == 0 && scale == 1 ? 3 : 1;
    int planes = Math.min(MOST_PLANES, channels / depth);
    int across = planes * (columns + 1) - 1;
    int[] pixels = new int[lines * across];
    for (int y = 0; y < lines; y++) {
      for (int plane = 0; plane < planes; plane++) {
        for (int x = 0; x < columns; x++) {
          int from = (y * columns + x) * channels + plane * depth;
          int rgb = 0;
          for (int i = 0; i < 3; i++) {
            rgb = rgb << 8 | (int) (scale * (bytes[from + i % depth] & 0xFF));
          }
          pixels[y * across + plane * (columns + 1) + x] = rgb;
        }
        if (plane > 0) {
          pixels[y * across + plane * (columns + 1) - 1] = SEAM;
        }
      }
    }
    entries.put("seen", Base64.getEncoder().encodeToString(png.encode(pixels, across, lines)));
    entries.put("seenWidth", across);
    entries.put("seenHeight", lines);
    entries.put("planes", planes);
  }

  /** Where on the grid this is; nothing if the state is on none. */
  private void place(GridView view, Map<String, @Nullable Object> entries) {
    if (states.isEmpty()) {
      return;
    }
    int state = states.get().of(simulation.observations().values(), 0);
    for (int layer = 0; layer < view.layers(); layer++) {
      for (int row = 0; row < view.height(); row++) {
        for (int column = 0; column < view.width(); column++) {
          if (view.state(layer, row, column) == state) {
            entries.put("place", List.of(layer, row, column));
            return;
          }
        }
      }
    }
  }

  /** What the action was chosen by. */
  private @Nullable Object choice(Snapshot now) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    EnvironmentSpec spec = simulation.spec();
    if (!(spec.actionSpace() instanceof Discrete discrete)) {
      float[] played = simulation.actions().floats();
      if (played.length == 0) {
        return null;
      }
      List<@Nullable Object> numbers = new ArrayList<>();
      for (int i = 0; i < Math.min(played.length, MOST_ACTIONS); i++) {
        numbers.add(Curve.number(played[i]));
      }
      entries.put("kind", "action");
      entries.put("numbers", numbers);
      if (spec.actionSpace() instanceof Box box) {
        List<@Nullable Object> low = new ArrayList<>();
        List<@Nullable Object> high = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
          low.add(Curve.number(box.low(i)));
          high.add(Curve.number(box.high(i)));
          labels.add(legend.action(i).isEmpty() ? Integer.toString(i) : legend.action(i));
        }
        entries.put("low", low);
        entries.put("high", high);
        entries.put("labels", labels);
      }
      return entries;
    }
    int n = discrete.n();
    double[] numbers = new double[n];
    ValueFunction values = now.values();
    boolean valued = values != null && values.width() == n && n > 1;
    if (values != null && valued) {
      values.evaluate(one, simulation.observations(), numbers);
    } else {
      @Nullable Policy exploring = now.exploring() == null ? now.policy() : now.exploring();
      if (exploring == null) {
        return null;
      }
      entries.put("exact", known(exploring).isPresent());
      shares(exploring, discrete, numbers);
    }
    List<@Nullable Object> shown = new ArrayList<>();
    for (int a = 0; a < names.size(); a++) {
      shown.add(simulation.observations().allows(0, a) ? Curve.number(numbers[a]) : null);
    }
    entries.put("kind", valued ? "values" : "shares");
    entries.put("labels", names);
    entries.put("numbers", shown);
    entries.put("chosen", simulation.actions().ints()[0] - discrete.start());
    return entries;
  }

  private static Optional<Policy.WithProbabilities> known(Policy policy) {
    return policy instanceof Policy.WithProbabilities known && known.knowsProbabilities()
        ? Optional.of(known)
        : Optional.empty();
  }

  /** How likely each action is here; of a policy that does not know, how often draws choose it. */
  private void shares(Policy policy, Discrete discrete, double[] into) {
    Optional<Policy.WithProbabilities> known = known(policy);
    if (known.isPresent()) {
      for (int a = 0; a < into.length; a++) {
        into[a] = known.get().probability(simulation.observations(), 0, a);
      }
      return;
    }
    Observations copies = new Observations(simulation.spec(), DRAWS);
    for (int row = 0; row < DRAWS; row++) {
      copies.copyRow(simulation.observations(), 0, row);
    }
    Actions drawn = new Actions(discrete, policy.extras(), DRAWS);
    Streams streams = Streams.of(simulation.length());
    policy
        .actor(DRAWS, streams.rows(Role.EVALUATION_POLICY, DRAWS))
        .act(Rows.all(DRAWS), copies, drawn);
    Arrays.fill(into, 0);
    for (int row = 0; row < DRAWS; row++) {
      into[drawn.values().ints()[row] - discrete.start()] += 1.0 / DRAWS;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
