package org.bellmanrl.env.mujoco;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.env.mujoco.internal.Installation;
import org.bellmanrl.env.mujoco.internal.Layout;
import org.bellmanrl.env.mujoco.internal.Library;
import org.jspecify.annotations.Nullable;

/**
 * A model of MuJoCo's with its data: bodies that move over time, pushed by controls.
 *
 * <p>Positions, velocities and controls can be read and set with any version of MuJoCo 3. All else
 * (places of bodies and sites, forces, sensors) stands in structs whose layout differs between
 * versions; it is refused, with the version named, where that layout is not known.
 *
 * <p>Numbers of bodies, sites, joints and so on are those of the compiled model, from 0; body 0 is
 * the world. Units are those of the model, usually metres, radians and seconds. Lives outside the
 * heap until {@link #close()}. Not thread-safe. Nothing is allocated but where it is said.
 */
public final class MujocoSimulation implements AutoCloseable {
  private static final ValueLayout.OfDouble NUMBER = JAVA_DOUBLE;

  private final Library library;
  private final Path file;
  private final Arena arena = Arena.ofShared();
  private final long model;
  private final long data;
  private final int nq;
  private final int nv;
  private final int nu;
  private final double timestep;

  /** {@code qpos} and {@code qvel}, as they stand in the data. */
  private final MemorySegment moving;

  private final MemorySegment control;
  private final MemorySegment whole;
  private final double[] initialPositions;
  private @Nullable DoubleView xpos;
  private @Nullable DoubleView siteXpos;
  private @Nullable DoubleView sensordata;
  private boolean closed;

  private MujocoSimulation(Library library, Path file) {
    this.library = library;
    this.file = file;
    Library.Loaded loaded = library.loadModel(file);
    model = loaded.model();
    data = loaded.data();
    int control = library.stateControl();
    nq = library.positions(model);
    nv = library.stateSize(model, Library.POSITIONS_AND_VELOCITIES) - nq;
    nu = library.stateSize(model, control);
    moving = arena.allocate(NUMBER, (long) nq + nv);
    this.control = arena.allocate(NUMBER, Math.max(1, nu));
    whole = arena.allocate(NUMBER, library.stateSize(model, library.stateIntegration()));
    timestep = measureTimestep();
    reset();
    initialPositions = new double[nq];
    for (int i = 0; i < nq; i++) {
      initialPositions[i] = qpos(i);
    }
  }

  /**
   * Loads a model with MuJoCo's library as it is installed.
   *
   * @param file an MJCF or URDF file, or a compiled model in text
   * @throws org.bellmanrl.api.registry.UnavailableException if MuJoCo is not installed; the message
   *     says what to install
   * @throws IllegalArgumentException if there is no such file or it is no model; the message holds
   *     MuJoCo's own
   */
  public static MujocoSimulation load(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no model file " + file);
    }
    return new MujocoSimulation(Library.load(Installation.ofProcess().library()), file);
  }

  /** The time after the first step: the same number as the model's option, in any version. */
  private double measureTimestep() {
    MemorySegment time = arena.allocate(NUMBER);
    library.reset(model, data);
    library.step(model, data);
    library.getState(model, data, time.address(), Library.TIME);
    return time.get(NUMBER, 0);
  }

  /** The version of MuJoCo, such as {@code 3.14.0}. */
  public String version() {
    return library.version();
  }

  /** The model's file. */
  public Path file() {
    return file;
  }

  /** Numbers in the positions of all joints, MuJoCo's {@code nq}. */
  public int nq() {
    return nq;
  }

  /** Degrees of freedom, MuJoCo's {@code nv}. */
  public int nv() {
    return nv;
  }

  /** Controls, MuJoCo's {@code nu}. */
  public int nu() {
    return nu;
  }

  /** Time that {@code mj_step} advances by, in seconds. */
  public double timestep() {
    return timestep;
  }

  // Motion

  /** Element {@code i} of {@code qpos}. */
  public double qpos(int i) {
    return moving.getAtIndex(NUMBER, Objects.checkIndex(i, nq));
  }

  /** Element {@code i} of {@code qvel}. */
  public double qvel(int i) {
    return moving.getAtIndex(NUMBER, (long) nq + Objects.checkIndex(i, nv));
  }

  /** Element {@code i} of the {@code qpos} that the model begins with. */
  public double initialQpos(int i) {
    return initialPositions[i];
  }

  /** Sets element {@code i} of {@code qpos}, which counts from the next {@link #forward()} on. */
  public void setQpos(int i, double value) {
    moving.setAtIndex(NUMBER, Objects.checkIndex(i, nq), value);
  }

  /** Sets element {@code i} of {@code qvel}, which counts from the next {@link #forward()} on. */
  public void setQvel(int i, double value) {
    moving.setAtIndex(NUMBER, (long) nq + Objects.checkIndex(i, nv), value);
  }

  /** Element {@code i} of {@code ctrl}. */
  public double control(int i) {
    return control.getAtIndex(NUMBER, Objects.checkIndex(i, nu));
  }

  /** Sets element {@code i} of {@code ctrl}, which counts from the next step on. */
  public void setControl(int i, double value) {
    control.setAtIndex(NUMBER, Objects.checkIndex(i, nu), value);
  }

  /** Goes back to the model's beginning: {@code mj_resetData}. */
  public void reset() {
    open();
    library.reset(model, data);
    library.getState(model, data, control.address(), library.stateControl());
    readMotion();
  }

  /** Takes over the positions and velocities that were set: {@code mj_forward}. */
  public void forward() {
    open();
    library.setState(model, data, moving.address(), Library.POSITIONS_AND_VELOCITIES);
    library.forward(model, data);
    readMotion();
  }

  /**
   * Advances under the controls that were set: {@code mj_step}, so many times.
   *
   * @param times at least 1
   */
  public void step(int times) {
    open();
    library.setState(model, data, control.address(), library.stateControl());
    for (int i = 0; i < times; i++) {
      library.step(model, data);
    }
    readMotion();
  }

  /**
   * Computes the forces between bodies, which {@link #step} leaves out: {@code
   * mj_rnePostConstraint}.
   */
  public void computeBodyForces() {
    open();
    library.rnePostConstraint(model, data);
  }

  private void readMotion() {
    library.getState(model, data, moving.address(), Library.POSITIONS_AND_VELOCITIES);
  }

  // Named parts

  /**
   * The number of a body; takes scratch space.
   *
   * @throws IllegalArgumentException if the model has none of that name
   */
  public int body(String name) {
    return id(Library.BODY, "body", name);
  }

  /**
   * The number of a site; takes scratch space.
   *
   * @throws IllegalArgumentException if the model has none of that name
   */
  public int site(String name) {
    return id(Library.SITE, "site", name);
  }

  private int id(int kind, String word, String name) {
    open();
    int id = library.id(model, kind, name);
    if (id < 0) {
      throw new IllegalArgumentException(
          "there is no %s named '%s' in %s".formatted(word, name, file));
    }
    return id;
  }

  // What follows from the motion

  /**
   * A coordinate of a body's frame in the world, from {@code xpos}: after a step that of the last
   * {@code mj_step}'s beginning, as MuJoCo has it.
   *
   * @param body its number
   * @param axis 0 for x, 1 for y, 2 for z
   */
  public double bodyPosition(int body, int axis) {
    DoubleView view = xpos;
    if (view == null) {
      view = data("xpos", 3L * bodies());
      xpos = view;
    }
    return view.get(3 * body + Objects.checkIndex(axis, 3));
  }

  /** The distance between the frames of two bodies; see {@link #bodyPosition}. */
  public double distance(int body, int other) {
    double x = bodyPosition(body, 0) - bodyPosition(other, 0);
    double y = bodyPosition(body, 1) - bodyPosition(other, 1);
    double z = bodyPosition(body, 2) - bodyPosition(other, 2);
    return Math.sqrt(x * x + y * y + z * z);
  }

  /**
   * A coordinate of a site in the world, from {@code site_xpos}; see {@link #bodyPosition}.
   *
   * @param site its number
   * @param axis 0 for x, 1 for y, 2 for z
   */
  public double sitePosition(int site, int axis) {
    DoubleView view = siteXpos;
    if (view == null) {
      view = data("site_xpos", 3L * count("nsite"));
      siteXpos = view;
    }
    return view.get(3 * site + Objects.checkIndex(axis, 3));
  }

  /** Numbers that all sensors of the model give together. */
  public int sensorLength() {
    return count("nsensordata");
  }

  /** Element {@code i} of {@code sensordata}. */
  public double sensor(int i) {
    DoubleView view = sensordata;
    if (view == null) {
      view = data("sensordata", sensorLength());
      sensordata = view;
    }
    return view.get(i);
  }

  // Fields of the structs

  /**
   * An array of numbers in the data that MuJoCo keeps up to date, such as {@code xpos}; allocates a
   * view, to be asked for once and read many times.
   *
   * @param field its name in {@code mjData}
   * @param length how many numbers it has
   */
  DoubleView data(String field, long length) {
    return new DoubleView(array(data, "data." + field, length, NUMBER));
  }

  /** An array of numbers in the model; see {@link #data}. */
  DoubleView model(String field, long length) {
    return new DoubleView(array(model, "model." + field, length, NUMBER));
  }

  /** A copy of an array of float32 in the model. */
  float[] modelFloats(String field, int length) {
    return array(model, "model." + field, length, JAVA_FLOAT).toArray(JAVA_FLOAT);
  }

  /** A copy of an array of int32 in the model. */
  int[] modelInts(String field, int length) {
    return array(model, "model." + field, length, JAVA_INT).toArray(JAVA_INT);
  }

  /** A count in the model, such as {@code nbody}. */
  int count(String field) {
    open();
    Layout layout = layout();
    MemorySegment at = field(model, layout, "model." + field, layout.countBytes());
    return layout.countBytes() == Integer.BYTES
        ? at.get(JAVA_INT, 0)
        : Math.toIntExact(at.get(JAVA_LONG, 0));
  }

  /** Bodies, the world included, MuJoCo's {@code nbody}. */
  public int bodies() {
    open();
    // The state has a force and a torque for each.
    return library.stateSize(model, library.stateControl() << 2) / 6;
  }

  /** Whether the fields of the structs can be read. */
  boolean layoutKnown() {
    return library.layoutKnown();
  }

  /**
   * The actions that the model's actuators take: a number for each, in its {@code ctrlrange}.
   *
   * @throws IllegalArgumentException if there is no actuator, or one without such a range
   */
  public Box actionSpace() {
    if (nu == 0) {
      throw new IllegalArgumentException("there is no actuator in " + file);
    }
    DoubleView ranges = model("actuator_ctrlrange", 2L * nu);
    float[] low = new float[nu];
    float[] high = new float[nu];
    for (int i = 0; i < nu; i++) {
      low[i] = (float) ranges.get(2 * i);
      high[i] = (float) ranges.get(2 * i + 1);
      if (!(low[i] < high[i])) {
        throw new IllegalArgumentException(
            "actuator %d in %s needs a ctrlrange that is not empty, was [%s, %s]"
                .formatted(i, file, low[i], high[i]));
      }
    }
    return Box.of(low, high);
  }

  private MemorySegment array(long struct, String field, long length, ValueLayout element) {
    open();
    MemorySegment pointer = field(struct, layout(), field, JAVA_LONG.byteSize());
    return view(pointer.get(JAVA_LONG, 0), length * element.byteSize());
  }

  private MemorySegment field(long struct, Layout layout, String field, long bytes) {
    return view(struct + layout.offset(field), bytes);
  }

  /** The bytes at an address, for as long as this is open. */
  @SuppressWarnings("restricted") // lengths come from the model, offsets from its version
  private MemorySegment view(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
  }

  private Layout layout() {
    return library.layout(file.getFileName().toString());
  }

  // State

  /** Numbers in a saved state. */
  int stateLength() {
    return (int) (whole.byteSize() / NUMBER.byteSize());
  }

  /** Copies out all that the future depends on. */
  void copyState(double[] destination) {
    open();
    library.getState(model, data, whole.address(), library.stateIntegration());
    MemorySegment.copy(whole, NUMBER, 0, destination, 0, stateLength());
  }

  /** Takes over what {@link #copyState} gave, of this model under the same version of MuJoCo. */
  void restoreState(double[] source) {
    open();
    MemorySegment.copy(source, 0, whole, NUMBER, 0, stateLength());
    library.reset(model, data);
    library.setState(model, data, whole.address(), library.stateIntegration());
    // The places of bodies follow from the state, and computing them changes its warm start.
    library.forward(model, data);
    library.setState(model, data, whole.address(), library.stateIntegration());
    library.getState(model, data, control.address(), library.stateControl());
    readMotion();
  }

  private void open() {
    if (closed) {
      throw new IllegalStateException("the simulation of " + file + " is closed");
    }
  }

  /** Frees the model and its data. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      arena.close();
      library.deleteData(data);
      library.deleteModel(model);
    }
  }
}
