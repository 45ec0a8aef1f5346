package org.bellmanrl.onnx.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;

/**
 * Puts a part of an observation into an input of a model.
 *
 * <p>The declared shape of the input says how: after extents for the batch, it is that of the part,
 * or its number of elements, or that of a picture with its channels first, or for whole numbers in
 * an input of real numbers as many elements as they have values, which makes them one-hot. A shape
 * that allows two of these is refused.
 */
final class ObservationInput {
  private static final long MOST_NUMBERS = 1 << 24;

  private final Model.Value input;
  private final Leaf leaf;
  private final ElementType type;
  private final long[] shape;
  private final Form form;

  /** Extents of the input, and what stands in them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Form(Order order, int... extents) {
    int size() {
      int size = 1;
      for (int extent : extents) {
        size *= extent;
      }
      return size;
    }
  }

  /** In which order the elements of a part enter. */
  private enum Order {
    AS_OBSERVED,
    CHANNELS_FIRST,
    ONE_HOT
  }

  /**
   * Joins the two.
   *
   * @param layout {@code channels-first}, {@code channels-last}, or empty
   * @throws IllegalArgumentException if the shape or the type of the input does not fit the part,
   *     or if it allows two ways to enter it
   */
  ObservationInput(Model.Value input, Leaf leaf, String layout) {
    this.input = input;
    this.leaf = leaf;
    this.type = input.type();
    if (leaf.dtype() == DType.FLOAT32 && !type.real()) {
      throw new IllegalArgumentException(
          "input '%s' takes %s, but observations of %s are real numbers"
              .formatted(input.name(), type, leaf.space()));
    }
    this.form = form(layout);
    List<Long> declared = input.shape();
    int leading = declared == null ? 1 : declared.size() - form.extents.length;
    this.shape = new long[leading + form.extents.length];
    for (int i = 0; i < leading; i++) {
      shape[i] = declared == null ? 1 : Math.max(1, declared.get(i));
    }
    for (int i = 0; i < form.extents.length; i++) {
      shape[leading + i] = form.extents[i];
    }
    if (copies() > MOST_NUMBERS / Math.max(1, form.size())) {
      throw misfit("is larger than a model of a policy can need");
    }
  }

  String name() {
    return input.name();
  }

  ElementType type() {
    return type;
  }

  /** The shape of the tensor that enters. */
  long[] shape() {
    return shape.clone();
  }

  /** Extents before those of the part: 0 if the model knows no batch. */
  int leading() {
    return shape.length - form.extents.length;
  }

  /** How often the model wants the row: its fixed batch. */
  long copies() {
    long copies = 1;
    for (int i = 0; i < leading(); i++) {
      copies = Math.multiplyExact(copies, shape[i]);
    }
    return copies;
  }

  /** Numbers that enter. */
  int size() {
    return Math.toIntExact(copies() * form.size());
  }

  private Form form(String layout) {
    List<Form> fitting = forms().stream().filter(this::fits).toList();
    if (fitting.stream().anyMatch(each -> each.order == Order.CHANNELS_FIRST)
        && !layout.isEmpty()) {
      boolean first = layout.equals(OnnxImporter.CHANNELS_FIRST);
      fitting =
          fitting.stream().filter(each -> (each.order == Order.CHANNELS_FIRST) == first).toList();
    }
    if (fitting.isEmpty()) {
      throw misfit("does not fit observations of " + leaf.space());
    }
    Form form = fitting.getFirst();
    if (fitting.stream().anyMatch(each -> each.order != form.order)) {
      throw misfit(
          form.order == Order.ONE_HOT || fitting.getLast().order == Order.ONE_HOT
              ? "may take a value of "
                  + leaf.space()
                  + " as a number or one-hot; export the model with a fixed shape"
              : "may take a picture of "
                  + leaf.space()
                  + " with its channels first or last; say which with the option layout: "
                  + OnnxImporter.CHANNELS_FIRST
                  + " or "
                  + OnnxImporter.CHANNELS_LAST);
    }
    return form;
  }

  private IllegalArgumentException misfit(String how) {
    return new IllegalArgumentException("input " + input.described() + " " + how);
  }

  /** All ways to enter the part, the best first. */
  private List<Form> forms() {
    Space space = leaf.space();
    int[] own =
        switch (space) {
          case Box box -> box.shape();
          case Discrete discrete -> new int[0];
          default -> new int[] {leaf.width()};
        };
    List<Form> forms = new ArrayList<>();
    forms.add(new Form(Order.AS_OBSERVED, own));
    if (space instanceof Box && own.length == 3) {
      forms.add(new Form(Order.CHANNELS_FIRST, own[2], own[0], own[1]));
    }
    if (own.length != 1) {
      forms.add(new Form(Order.AS_OBSERVED, leaf.width()));
    }
    int hot = oneHotSize(space);
    if (hot > leaf.width()) {
      forms.add(new Form(Order.ONE_HOT, hot));
    }
    return forms;
  }

  /** Whether the declared shape ends with these extents, and begins with what may be a batch. */
  private boolean fits(Form candidate) {
    List<Long> declared = input.shape();
    if (declared == null) {
      // One row of whatever it is; whole numbers in real ones remain to be told apart.
      return candidate.extents.length > 0 && (candidate.order != Order.ONE_HOT || type.real());
    }
    int leading = declared.size() - candidate.extents.length;
    if (leading < 0 || (leading > 1 && candidate.extents.length == 0)) {
      return false;
    }
    for (int i = 0; i < candidate.extents.length; i++) {
      long extent = declared.get(leading + i);
      boolean open = extent < 0 && (candidate.order != Order.ONE_HOT || type.real());
      if (extent != candidate.extents[i] && !open) {
        return false;
      }
    }
    // One of the extents before may be a batch; the others hold one thing, such as one time step.
    return declared.subList(0, leading).stream().filter(extent -> extent > 1).count() <= 1;
  }

  /** Numbers of a part whose integers are written one-hot. */
  private static int oneHotSize(Space space) {
    return switch (space) {
      case Discrete discrete -> discrete.n();
      case MultiDiscrete multi -> {
        int sum = 0;
        for (int i = 0; i < multi.size(); i++) {
          sum += multi.n(i);
        }
        yield sum;
      }
      default -> 0;
    };
  }

  /** Writes what a row shows, as often as the model wants it. */
  void write(Columns columns, int row, ByteBuffer into) {
    int size = form.size();
    if (form.order == Order.ONE_HOT) {
      oneHot(columns, row, into);
    } else {
      int[] own = leaf.space() instanceof Box box ? box.shape() : new int[0];
      int channels = own.length == 3 ? own[2] : 1;
      for (int i = 0; i < size; i++) {
        int to =
            form.order == Order.CHANNELS_FIRST
                ? i % channels * (size / channels) + i / channels
                : i;
        type.put(into, to, value(columns, row, i));
      }
    }
    repeat(into, size * type.bytes(), copies());
  }

  private double value(Columns columns, int row, int element) {
    return switch (leaf.dtype()) {
      case FLOAT32 -> columns.floats()[row * columns.layout().floats() + leaf.offset() + element];
      case UINT8 ->
          columns.bytes()[row * columns.layout().bytes() + leaf.offset() + element] & 0xff;
      case INT32 -> columns.ints()[row * columns.layout().ints() + leaf.offset() + element];
    };
  }

  private void oneHot(Columns columns, int row, ByteBuffer into) {
    for (int i = 0; i < form.size(); i++) {
      type.put(into, i, 0);
    }
    int next = 0;
    for (int i = 0; i < leaf.width(); i++) {
      type.put(into, next + (int) value(columns, row, i) - leaf.start(i), 1);
      next += leaf.count(i);
    }
  }

  /** Copies the first bytes of a buffer behind themselves. */
  static void repeat(ByteBuffer buffer, int bytes, long copies) {
    for (int copy = 1; copy < copies; copy++) {
      buffer.put(copy * bytes, buffer, 0, bytes);
    }
  }

  /** Writes the least value of a part, or 0 where there is none below it, into the first row. */
  static void least(Leaf leaf, Columns into) {
    if (leaf.dtype() == DType.INT32) {
      for (int i = 0; i < leaf.width(); i++) {
        into.ints()[leaf.offset() + i] = leaf.start(i);
      }
    } else if (leaf.space() instanceof Box box && leaf.dtype() == DType.FLOAT32) {
      for (int i = 0; i < leaf.width(); i++) {
        into.floats()[leaf.offset() + i] = Math.clamp(0f, box.low(i), box.high(i));
      }
    }
  }
}
