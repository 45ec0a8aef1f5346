package org.bellmanrl.gymnasium.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;

/** Steps environments for a Python program; the loop of this side. Not thread-safe. */
public final class EnvironmentService {
  private static final int RESET = 0;
  private static final int STEP = 1;
  private static final int PICTURE = 2;
  private static final int MOST_UNREAD = 1000;
  private static final int LONGEST_PATH = 4096;
  private static final long NO_EPISODE = -1;

  private final VectorEnvironment environment;
  private final EnvironmentSpec spec;
  private final InputStream in;
  private final DataOutputStream out;
  private final RandomStreams random;
  private final Columns actions;
  private final Outcomes outcomes;
  private final Rows active;

  /** Rows in which an episode begins. */
  private final Rows starting;

  /** Rows whose episode has ended in the last step. */
  private final Rows ended;

  private final IntRanges actionRanges;

  /** Steps of the episode of each row; {@link #NO_EPISODE} where none is under way. */
  private final long[] lengths;

  private final byte[] bells = new byte[MOST_UNREAD];
  private final SpinWait spin = new SpinWait();

  /** A service that has not begun. */
  public EnvironmentService(VectorEnvironment environment, InputStream in, OutputStream out) {
    int rows = environment.rows();
    this.environment = environment;
    this.spec = environment.spec();
    this.in = in;
    this.out = new DataOutputStream(out);
    this.random = RandomStreams.ofSeeds(new long[rows]);
    this.actions = new Columns(spec.actionSpace(), rows);
    this.outcomes = new Outcomes(spec, rows);
    this.active = new Rows(rows);
    this.starting = new Rows(rows);
    this.actionRanges = new IntRanges(spec.actionSpace());
    this.ended = new Rows(rows);
    this.lengths = new long[rows];
    Arrays.fill(lengths, NO_EPISODE);
  }

  /** Serves until the other side closes its end. */
  public void run() throws IOException {
    send('h', Json.text(description()).getBytes(StandardCharsets.UTF_8));
    try (SharedMemory memory =
        new SharedMemory(
            Path.of(line()),
            spec.observationSpace().layout(),
            spec.actionSpace().layout(),
            spec.maskWidth(),
            0,
            environment.rows())) {
      out.write('r');
      LongSupplier requests = memory::requests;
      long handled = 0;
      long rung = 0;
      while (true) {
        spin.await(requests, handled + 1);
        while (memory.requests() == handled || rung < handled - MOST_UNREAD) {
          int read = in.read(bells);
          if (read < 0) {
            return;
          }
          rung += read;
        }
        handled++;
        boolean done = handle(memory);
        memory.reply(handled, !done);
        out.write('r');
      }
    } catch (EOFException e) {
      // It went away before it had begun.
      return;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      if (line.size() == LONGEST_PATH) {
        throw new IOException("a path of more than " + LONGEST_PATH + " bytes");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private void send(char kind, byte[] payload) throws IOException {
    out.write(kind);
    out.writeInt(payload.length);
    out.write(payload);
    out.flush();
  }

  /** Does what is asked for, or says why that can't be done; whether it was. */
  private boolean handle(SharedMemory memory) throws IOException {
    try {
      switch (memory.command()) {
        case RESET -> reset(memory);
        case STEP -> step(memory, memory.argument() != 0);
        case PICTURE -> send('p', picture(memory.count(), memory.argument()));
        default -> throw new IllegalArgumentException("unknown command " + memory.command());
      }
    } catch (RuntimeException e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      send('e', message.getBytes(StandardCharsets.UTF_8));
      return false;
    }
    return true;
  }

  /** Begins an episode in the listed rows, those with a seed with its stream. */
  private void reset(SharedMemory memory) {
    starting.clear();
    for (int i = 0; i < memory.count(); i++) {
      int row = memory.listed(i);
      starting.add(row);
      if (memory.seed(row) >= 0) {
        random.reseed(row, memory.seed(row));
      }
    }
    begin(memory);
    for (int i = 0; i < starting.count(); i++) {
      memory.writeObservations(outcomes.observations(), starting.at(i), 1);
    }
  }

  /** Begins an episode in the rows that are starting. */
  private void begin(SharedMemory memory) {
    if (starting.isEmpty()) {
      return;
    }
    outcomes.clear(starting);
    environment.reset(starting, random, outcomes.observations());
    for (int i = 0; i < starting.count(); i++) {
      lengths[starting.at(i)] = 0;
    }
    memory.writeFlags(outcomes, starting);
  }

  /** Steps every row whose episode goes on, and begins one in the others if that is wanted. */
  private void step(SharedMemory memory, boolean resetEnded) {
    int rows = lengths.length;
    starting.clear();
    for (int row = 0; row < rows; row++) {
      if (lengths[row] == NO_EPISODE) {
        starting.add(row);
      }
    }
    if (!starting.isEmpty() && !resetEnded) {
      throw new IllegalStateException(
          "row %d of %s has no episode: call reset first".formatted(starting.at(0), spec.name()));
    }
    active.fillExcept(starting);
    memory.readActions(0, actions, 0, rows);
    int outside = actionRanges.firstOutside(active, actions);
    if (outside >= 0) {
      throw new IllegalArgumentException(
          "action of %s must be in %s, was %s in row %d"
              .formatted(spec.name(), spec.actionSpace(), actions.text(outside), outside));
    }
    begin(memory);
    ended.clear();
    if (!active.isEmpty()) {
      outcomes.clear(active);
      environment.step(active, actions, random, outcomes);
      for (int i = 0; i < active.count(); i++) {
        int row = active.at(i);
        if (++lengths[row] == spec.maxEpisodeSteps()) {
          outcomes.truncated()[row] = true;
        }
        if (outcomes.terminated()[row] || outcomes.truncated()[row]) {
          lengths[row] = NO_EPISODE;
          ended.add(row);
        }
      }
    }
    memory.writeObservations(outcomes.observations(), 0, rows);
    memory.writeRewards(outcomes);
    memory.writeFlags(outcomes, ended);
  }

  /** Draws a row: red, green and blue bytes, line by line from the top. */
  private byte[] picture(int row, long size) {
    PictureView view =
        environment
            .capability(row, PictureView.class)
            .orElseThrow(() -> new IllegalArgumentException(spec.name() + " has no pictures"));
    int width = (int) (size >>> Integer.SIZE);
    int height = (int) size;
    int[] argb = new int[Math.multiplyExact(width, height)];
    view.draw(argb, width, height);
    byte[] rgb = new byte[Math.multiplyExact(3, argb.length)];
    for (int i = 0; i < argb.length; i++) {
      rgb[3 * i] = (byte) (argb[i] >> 16);
      rgb[3 * i + 1] = (byte) (argb[i] >> 8);
      rgb[3 * i + 2] = (byte) argb[i];
    }
    return rgb;
  }

  private Map<String, ?> description() {
    Optional<PictureView> view = environment.capability(0, PictureView.class);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", spec.name());
    all.put("observations", space(spec.observationSpace()));
    all.put("actions", space(spec.actionSpace()));
    all.put("mask", spec.maskWidth());
    all.put("limit", spec.maxEpisodeSteps());
    all.put("aspect", view.map(PictureView::aspect).orElse(0.0));
    return all;
  }

  private static Map<String, ?> space(Space space) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("kind", space.getClass().getSimpleName());
    switch (space) {
      case Discrete discrete -> {
        all.put("n", discrete.n());
        all.put("start", discrete.start());
      }
      case MultiDiscrete multi -> {
        all.put("counts", Arrays.stream(multi.counts()).boxed().toList());
        all.put("starts", Arrays.stream(multi.starts()).boxed().toList());
      }
      case MultiBinary binary -> all.put("n", binary.n());
      case Box box -> {
        List<Float> low = new ArrayList<>();
        List<Float> high = new ArrayList<>();
        for (int i = 0; i < box.size(); i++) {
          low.add(box.low(i));
          high.add(box.high(i));
        }
        all.put("dtype", box.dtype().name());
        all.put("shape", Arrays.stream(box.shape()).boxed().toList());
        all.put("low", bounds(low));
        all.put("high", bounds(high));
      }
      case Tuple tuple ->
          all.put("parts", tuple.spaces().stream().map(EnvironmentService::space).toList());
      case Dict dict -> {
        Map<String, Object> parts = new LinkedHashMap<>();
        dict.spaces().forEach((name, part) -> parts.put(name, space(part)));
        all.put("parts", parts);
      }
    }
    return all;
  }

  /** One bound for all elements if it is the same. */
  private static Object bounds(List<Float> bounds) {
    return bounds.stream().distinct().count() == 1 ? bounds.getFirst() : bounds;
  }
}
