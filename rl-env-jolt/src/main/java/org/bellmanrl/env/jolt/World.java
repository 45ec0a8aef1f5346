package org.bellmanrl.env.jolt;

import com.github.stephengold.joltjni.BodyCreationSettings;
import com.github.stephengold.joltjni.BodyInterface;
import com.github.stephengold.joltjni.BoxShape;
import com.github.stephengold.joltjni.CapsuleShape;
import com.github.stephengold.joltjni.CollisionGroup;
import com.github.stephengold.joltjni.GroupFilterTable;
import com.github.stephengold.joltjni.HingeConstraint;
import com.github.stephengold.joltjni.HingeConstraintSettings;
import com.github.stephengold.joltjni.JobSystem;
import com.github.stephengold.joltjni.JobSystemSingleThreaded;
import com.github.stephengold.joltjni.Jolt;
import com.github.stephengold.joltjni.JoltPhysicsObject;
import com.github.stephengold.joltjni.MapObj2Bp;
import com.github.stephengold.joltjni.MassProperties;
import com.github.stephengold.joltjni.MotorSettings;
import com.github.stephengold.joltjni.ObjVsBpFilter;
import com.github.stephengold.joltjni.ObjVsObjFilter;
import com.github.stephengold.joltjni.PhysicsSystem;
import com.github.stephengold.joltjni.Quat;
import com.github.stephengold.joltjni.RVec3;
import com.github.stephengold.joltjni.SixDofConstraint;
import com.github.stephengold.joltjni.SixDofConstraintSettings;
import com.github.stephengold.joltjni.SphereShape;
import com.github.stephengold.joltjni.SpringSettings;
import com.github.stephengold.joltjni.StateRecorderImpl;
import com.github.stephengold.joltjni.TempAllocator;
import com.github.stephengold.joltjni.TempAllocatorImpl;
import com.github.stephengold.joltjni.TwoBodyConstraint;
import com.github.stephengold.joltjni.TwoBodyConstraintSettings;
import com.github.stephengold.joltjni.Vec3;
import com.github.stephengold.joltjni.enumerate.EActivation;
import com.github.stephengold.joltjni.enumerate.EAxis;
import com.github.stephengold.joltjni.enumerate.EMotionType;
import com.github.stephengold.joltjni.enumerate.EMotorState;
import com.github.stephengold.joltjni.enumerate.EOverrideMassProperties;
import com.github.stephengold.joltjni.enumerate.EPhysicsUpdateError;
import com.github.stephengold.joltjni.enumerate.ESpringMode;
import com.github.stephengold.joltjni.readonly.ConstShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.math.Trig;

/**
 * A body on flat ground, at y = 0, in a native world.
 *
 * <p>Parts, joints and settings are always made in the same order: the order decides in which order
 * contacts are solved, and with it the bits. A world is made once and put back to the state in
 * which the body had come to rest; making another costs some hundred times as much.
 *
 * <p>After {@link #step}, {@link #stand} and a restored state the arrays hold what the bodies do.
 */
final class World implements Stateful, AutoCloseable {
  private static final float GRAVITY = 9.81f;
  private static final float GROUND_HALF = 50;
  private static final float GROUND_HALF_HEIGHT = 1;
  private static final float FRICTION = 1;
  private static final int SETTLING_STEPS = 180;

  /** How far a part may be above the ground and still touch it; the solver keeps a small gap. */
  private static final double TOUCH = 0.01;

  /** How far a part may be above the ground and still bear weight. */
  private static final double BEARING = 0.003;

  private static final int GROUND_LAYER = 0;
  private static final int MOVING_LAYER = 1;
  private static final int LAYERS = 2;
  private static final int TEMPORARY_BYTES = 1 << 20;

  /** The binding notes each new world in a table that is not made for several threads. */
  private static final Object CREATION = new Object();

  /** Where each part is: x, y and z of its centre, one part after the other. */
  final double[] position;

  /** How each part is turned: the quaternion's x, y, z and w. */
  final double[] rotation;

  /** The velocity of each part's centre, in m/s. */
  final double[] velocity;

  /** The angular velocity of each part, in rad/s. */
  final double[] spin;

  /** The angle of each motor, in radians. */
  final double[] angle;

  /** The speed of each motor, in rad/s. */
  final double[] speed;

  /** Whether each part touches the ground. */
  final boolean[] touches;

  /**
   * How fast each part slides over the ground, in m/s; negative if no weight can rest on it. That
   * is asked more strictly than in {@link #touches}: a foot in full swing may pass within that.
   */
  final double[] slip;

  final Body body;
  private final List<Motor> motors;
  private final com.github.stephengold.joltjni.Body[] bodies;
  private final Actuator[] actuators;
  private final double[] target;
  private final double[] scratch = new double[3];
  private final Deque<JoltPhysicsObject> resources = new ArrayDeque<>();
  private final PhysicsSystem system;
  private final TempAllocator allocator;
  private final JobSystem jobs;
  private final float timeStep;
  private final byte[] standing;

  private final Vec3 turning = new Vec3();
  private final RVec3 place = new RVec3();
  private final Quat turn = new Quat();

  /**
   * Makes a world and lets the body come to rest.
   *
   * @param timeStep seconds in a step of the physics
   * @throws IllegalStateException if there is no native library for this machine
   */
  World(Body body, double timeStep) {
    Natives.load();
    this.body = body;
    this.timeStep = (float) timeStep;
    this.motors = body.motors();
    int parts = body.parts().size();
    position = new double[3 * parts];
    rotation = new double[4 * parts];
    velocity = new double[3 * parts];
    spin = new double[3 * parts];
    angle = new double[motors.size()];
    speed = new double[motors.size()];
    target = new double[motors.size()];
    touches = new boolean[parts];
    slip = new double[parts];
    bodies = new com.github.stephengold.joltjni.Body[parts];
    synchronized (CREATION) {
      allocator = own(new TempAllocatorImpl(TEMPORARY_BYTES));
      jobs = own(new JobSystemSingleThreaded(Jolt.cMaxPhysicsJobs));
      MapObj2Bp layers = own(new MapObj2Bp(LAYERS, LAYERS));
      layers.add(GROUND_LAYER, GROUND_LAYER).add(MOVING_LAYER, MOVING_LAYER);
      ObjVsBpFilter broad = own(new ObjVsBpFilter(LAYERS, LAYERS));
      broad.disablePair(GROUND_LAYER, GROUND_LAYER);
      ObjVsObjFilter pairs = own(new ObjVsObjFilter(LAYERS));
      pairs.disablePair(GROUND_LAYER, GROUND_LAYER);
      system = own(new PhysicsSystem());
      // Every pair of parts may meet, and each may meet the ground.
      int contacts = (parts + 1) * (parts + 2) / 2;
      system.init(parts + 1, 0, contacts, contacts, layers, broad, pairs);
      system.setGravity(0, -GRAVITY, 0);
      BodyInterface bodyInterface = system.getBodyInterfaceNoLock();
      addGround(bodyInterface);
      addParts(bodyInterface);
      actuators = addJoints();
    }
    system.optimizeBroadPhase();
    for (int i = 0; i < SETTLING_STEPS; i++) {
      drive();
      update();
    }
    standing = save();
    refresh();
  }

  private <T extends JoltPhysicsObject> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  private static void addGround(BodyInterface bodyInterface) {
    try (BodyCreationSettings settings =
        new BodyCreationSettings(
            new BoxShape(GROUND_HALF, GROUND_HALF_HEIGHT, GROUND_HALF),
            new RVec3(0, -GROUND_HALF_HEIGHT, 0),
            new Quat(),
            EMotionType.Static,
            GROUND_LAYER)) {
      settings.setFriction(FRICTION);
      bodyInterface.addBody(bodyInterface.createBody(settings), EActivation.DontActivate);
    }
  }

  private void addParts(BodyInterface bodyInterface) {
    GroupFilterTable filter = new GroupFilterTable(bodies.length);
    double lowest = body.lowest();
    try (JoltPhysicsObject _ = filter.toRef()) {
      for (Joint joint : body.joints()) {
        filter.disableCollision(joint.parent(), joint.child());
      }
      for (int i = 0; i < bodies.length; i++) {
        bodies[i] = addPart(bodyInterface, body.parts().get(i), i, filter, -lowest);
      }
    }
  }

  private static com.github.stephengold.joltjni.Body addPart(
      BodyInterface bodyInterface, Part part, int index, GroupFilterTable filter, double lift) {
    double[] turned = initialRotation(part);
    Point centre = part.centre();
    try (BodyCreationSettings settings =
            new BodyCreationSettings(
                shape(part.solid()),
                new RVec3(centre.x(), centre.y() + lift, centre.z()),
                new Quat(
                    (float) turned[0], (float) turned[1], (float) turned[2], (float) turned[3]),
                EMotionType.Dynamic,
                MOVING_LAYER);
        MassProperties mass = new MassProperties();
        CollisionGroup group = new CollisionGroup(filter, 0, index)) {
      mass.setMass((float) part.mass());
      settings.setOverrideMassProperties(EOverrideMassProperties.CalculateInertia);
      settings.setMassPropertiesOverride(mass);
      settings.setFriction(FRICTION);
      settings.setAllowSleeping(false);
      settings.setCollisionGroup(group);
      com.github.stephengold.joltjni.Body made = bodyInterface.createBody(settings);
      bodyInterface.addBody(made, EActivation.Activate);
      return made;
    }
  }

  private static double[] initialRotation(Part part) {
    if (part.solid() instanceof Part.Capsule capsule && capsule.halfLength() > 0) {
      double length = capsule.halfLength();
      double sign = capsule.half().y() < 0 ? -1 : 1;
      Point half = capsule.half();
      return Quaternions.fromYTo(
          Point.at(sign * half.x() / length, sign * half.y() / length, sign * half.z() / length));
    }
    return new double[] {0, 0, 0, 1};
  }

  private static ConstShape shape(Part.Solid solid) {
    return switch (solid) {
      case Part.Box box ->
          // The rounding of its edges must be smaller than the box.
          new BoxShape(
              new Vec3(box.halfX(), box.halfY(), box.halfZ()),
              (float)
                  Math.min(
                      Jolt.cDefaultConvexRadius,
                      Math.min(box.halfX(), Math.min(box.halfY(), box.halfZ())) / 2));
      case Part.Capsule capsule when capsule.halfLength() == 0 ->
          new SphereShape((float) capsule.radius());
      case Part.Capsule capsule ->
          new CapsuleShape((float) capsule.halfLength(), (float) capsule.radius());
    };
  }

  private Actuator[] addJoints() {
    List<Actuator> made = new ArrayList<>();
    double lift = bodies[0].getPosition().yy() - body.parts().get(0).centre().y();
    int motor = 0;
    for (Joint joint : body.joints()) {
      Point anchor = joint.anchor().plus(0, lift, 0);
      switch (joint) {
        case Joint.Hinge hinge -> made.add(addHinge(hinge, anchor, motor++));
        case Joint.Universal universal -> {
          made.add(addUniversal(universal, anchor, motor));
          motor += 2;
        }
      }
    }
    return made.toArray(Actuator[]::new);
  }

  private Actuator addHinge(Joint.Hinge joint, Point anchor, int motor) {
    HingeConstraintSettings settings = new HingeConstraintSettings();
    RVec3 point = new RVec3(anchor.x(), anchor.y(), anchor.z());
    Vec3 axis = vector(joint.axis());
    Vec3 normal = axis.getNormalizedPerpendicular();
    settings.setPoint1(point);
    settings.setPoint2(point);
    settings.setHingeAxis1(axis);
    settings.setHingeAxis2(axis);
    settings.setNormalAxis1(normal);
    settings.setNormalAxis2(normal);
    settings.setLimitsMin((float) joint.motor().lower());
    settings.setLimitsMax((float) joint.motor().upper());
    try (MotorSettings drive = motorSettings(joint.motor())) {
      settings.setMotorSettings(drive);
    }
    HingeConstraint constraint = (HingeConstraint) connect(settings, joint);
    constraint.setMotorState(EMotorState.Position);
    return new HingeActuator(joint, motor, constraint);
  }

  private Actuator addUniversal(Joint.Universal joint, Point anchor, int motor) {
    SixDofConstraintSettings settings = new SixDofConstraintSettings();
    RVec3 point = new RVec3(anchor.x(), anchor.y(), anchor.z());
    Vec3 x = vector(joint.swingAxis());
    Vec3 y = vector(joint.spreadAxis().cross(joint.swingAxis()));
    settings.setPosition1(point);
    settings.setPosition2(point);
    settings.setAxisX1(x);
    settings.setAxisX2(x);
    settings.setAxisY1(y);
    settings.setAxisY2(y);
    settings.makeFixedAxis(EAxis.TranslationX);
    settings.makeFixedAxis(EAxis.TranslationY);
    settings.makeFixedAxis(EAxis.TranslationZ);
    settings.makeFixedAxis(EAxis.RotationY);
    settings.setLimitedAxis(
        EAxis.RotationX, (float) joint.swing().lower(), (float) joint.swing().upper());
    settings.setLimitedAxis(
        EAxis.RotationZ, (float) joint.spread().lower(), (float) joint.spread().upper());
    try (MotorSettings swing = motorSettings(joint.swing());
        MotorSettings spread = motorSettings(joint.spread())) {
      settings.setMotorSettings(EAxis.RotationX, swing);
      settings.setMotorSettings(EAxis.RotationZ, spread);
    }
    SixDofConstraint constraint = (SixDofConstraint) connect(settings, joint);
    constraint.setMotorState(EAxis.RotationX, EMotorState.Position);
    constraint.setMotorState(EAxis.RotationZ, EMotorState.Position);
    return new UniversalActuator(joint, motor, constraint);
  }

  private TwoBodyConstraint connect(TwoBodyConstraintSettings settings, Joint joint) {
    // The settings are counted by reference, and freed with the only one.
    try (JoltPhysicsObject _ = settings.toRef()) {
      TwoBodyConstraint constraint = settings.create(bodies[joint.parent()], bodies[joint.child()]);
      system.addConstraint(constraint);
      return constraint;
    }
  }

  private static MotorSettings motorSettings(Motor motor) {
    MotorSettings settings = new MotorSettings(2, 1);
    SpringSettings spring = settings.getSpringSettings();
    // By frequency, which is the default, light legs would get next to no force.
    spring.setMode(ESpringMode.StiffnessAndDamping);
    spring.setStiffness((float) motor.stiffness());
    spring.setDamping((float) motor.damping());
    settings.setTorqueLimit((float) motor.torque());
    return settings;
  }

  private static Vec3 vector(Point point) {
    return new Vec3(point.x(), point.y(), point.z());
  }

  /** Sets the angle that a motor works towards, by an action in [−1, 1]. */
  void act(int motor, double action) {
    target[motor] = Math.clamp(action, -1.0, 1.0);
  }

  /**
   * Sets how strong the motors of a joint are.
   *
   * @param share of the torque that they were described with, in [0, 1]
   */
  void strengthen(int joint, double share) {
    actuators[joint].strengthen(share);
  }

  /** Lets some steps of the physics pass. */
  void step(int steps) {
    step(steps, 0);
  }

  /**
   * Lets some steps of the physics pass.
   *
   * @param torque turns the trunk about the vertical, in N·m
   */
  void step(int steps, double torque) {
    drive();
    turning.set(0, (float) torque, 0);
    for (int i = 0; i < steps; i++) {
      if (torque != 0) {
        bodies[0].addTorque(turning);
      }
      update();
    }
    refresh();
  }

  private void drive() {
    for (Actuator actuator : actuators) {
      actuator.drive();
    }
  }

  private void update() {
    int errors = system.update(timeStep, 1, allocator, jobs);
    if (errors != EPhysicsUpdateError.None) {
      throw new IllegalStateException(
          "Jolt has no room for the contacts of %s (error %d)".formatted(body.name(), errors));
    }
  }

  /** Puts the body where and how it had come to rest. */
  void stand() {
    for (int i = 0; i < target.length; i++) {
      target[i] = 0;
    }
    if (!restore(standing)) {
      throw new IllegalStateException("Jolt did not take its own state of " + body.name());
    }
  }

  /**
   * Carries everything that the future of the physics depends on, but for the actions. A state that
   * is restored must be of a world of the same body: the engine notices little of what is not.
   */
  @Override
  public void carry(State state) {
    byte[] bytes = state.restoring() ? standing : save();
    bytes = state.carryUpTo("world", bytes, bytes.length, 2 * standing.length);
    if (state.restoring() && !restore(bytes)) {
      throw new StateException("not the state of a world of " + body.name());
    }
  }

  private byte[] save() {
    try (StateRecorderImpl recorder = new StateRecorderImpl()) {
      system.saveState(recorder);
      return recorder.getData();
    }
  }

  /** Goes back to a saved state, and returns whether the engine took it. */
  private boolean restore(byte[] state) {
    try (StateRecorderImpl recorder = new StateRecorderImpl()) {
      recorder.writeBytes(state);
      if (!system.restoreState(recorder)) {
        return false;
      }
    }
    refresh();
    return true;
  }

  private void refresh() {
    for (int i = 0; i < bodies.length; i++) {
      com.github.stephengold.joltjni.Body part = bodies[i];
      part.getPositionAndRotation(place, turn);
      Vec3 linear = part.getLinearVelocity();
      Vec3 angular = part.getAngularVelocity();
      position[3 * i] = place.xx();
      position[3 * i + 1] = place.yy();
      position[3 * i + 2] = place.zz();
      rotation[4 * i] = turn.getX();
      rotation[4 * i + 1] = turn.getY();
      rotation[4 * i + 2] = turn.getZ();
      rotation[4 * i + 3] = turn.getW();
      velocity[3 * i] = linear.getX();
      velocity[3 * i + 1] = linear.getY();
      velocity[3 * i + 2] = linear.getZ();
      spin[3 * i] = angular.getX();
      spin[3 * i + 1] = angular.getY();
      spin[3 * i + 2] = angular.getZ();
      refreshContact(i);
    }
    for (Actuator actuator : actuators) {
      actuator.refresh();
    }
  }

  /** Finds the lowest point of a part, and how fast it moves sideways. */
  private void refreshContact(int i) {
    double[] arm = scratch;
    double below = 0;
    switch (body.parts().get(i).solid()) {
      case Part.Box box -> {
        Quaternions.unrotate(rotation, 4 * i, 0, -1, 0, arm, 0);
        Quaternions.rotate(
            rotation,
            4 * i,
            Math.copySign(box.halfX(), arm[0]),
            Math.copySign(box.halfY(), arm[1]),
            Math.copySign(box.halfZ(), arm[2]),
            arm,
            0);
      }
      case Part.Capsule capsule -> {
        Quaternions.rotate(rotation, 4 * i, 0, capsule.halfLength(), 0, arm, 0);
        if (arm[1] > 0) {
          arm[0] = -arm[0];
          arm[1] = -arm[1];
          arm[2] = -arm[2];
        }
        below = capsule.radius();
      }
    }
    double gap = position[3 * i + 1] + arm[1] - below;
    touches[i] = gap < TOUCH;
    double x = velocity[3 * i] + spin[3 * i + 1] * arm[2] - spin[3 * i + 2] * (arm[1] - below);
    double z = velocity[3 * i + 2] + spin[3 * i] * (arm[1] - below) - spin[3 * i + 1] * arm[0];
    slip[i] = gap < BEARING ? Math.sqrt(x * x + z * z) : -1;
  }

  @Override
  public void close() {
    // In the opposite order: the world before what it was made with. Bodies, shapes and joints go
    // with the world.
    while (!resources.isEmpty()) {
      resources.pop().close();
    }
  }

  /** The spring and damper of one joint. */
  private abstract class Actuator {
    private final int parent;
    private final int child;
    final int motor;

    Actuator(Joint joint, int motor) {
      this.parent = joint.parent();
      this.child = joint.child();
      this.motor = motor;
    }

    abstract void drive();

    abstract void strengthen(double share);

    abstract void refresh();

    final double targetAngle(int index) {
      Motor settings = motors.get(index);
      return settings.neutral() + settings.reach() * target[index];
    }

    /** An axis, given as the body was described, in the frame of one of its parts. */
    final double[] local(int part, Point axis) {
      double[] inPart = new double[3];
      double[] initial = initialRotation(body.parts().get(part));
      Quaternions.unrotate(initial, 0, axis.x(), axis.y(), axis.z(), inPart, 0);
      return inPart;
    }

    /** How fast the child turns about an axis that belongs to one of the two parts. */
    final double relativeSpeed(int part, double[] local) {
      Quaternions.rotate(rotation, 4 * part, local[0], local[1], local[2], scratch, 0);
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        sum += (spin[3 * child + i] - spin[3 * parent + i]) * scratch[i];
      }
      return sum;
    }
  }

  private final class HingeActuator extends Actuator {
    private final HingeConstraint constraint;
    private final MotorSettings settings;
    private final double[] axis;
    private final int parent;

    HingeActuator(Joint.Hinge joint, int motor, HingeConstraint constraint) {
      super(joint, motor);
      this.constraint = constraint;
      this.settings = constraint.getMotorSettings();
      this.parent = joint.parent();
      this.axis = local(parent, joint.axis());
    }

    @Override
    void drive() {
      constraint.setTargetAngle((float) targetAngle(motor));
    }

    @Override
    void strengthen(double share) {
      settings.setTorqueLimit((float) (share * motors.get(motor).torque()));
    }

    @Override
    void refresh() {
      angle[motor] = constraint.getCurrentAngle();
      speed[motor] = relativeSpeed(parent, axis);
    }
  }

  private final class UniversalActuator extends Actuator {
    private final SixDofConstraint constraint;
    private final MotorSettings swingSettings;
    private final MotorSettings spreadSettings;
    private final double[] swingAxis;
    private final double[] spreadAxis;
    private final int parent;
    private final int child;
    private final Quat goal = new Quat();

    UniversalActuator(Joint.Universal joint, int motor, SixDofConstraint constraint) {
      super(joint, motor);
      this.constraint = constraint;
      this.swingSettings = constraint.getMotorSettings(EAxis.RotationX);
      this.spreadSettings = constraint.getMotorSettings(EAxis.RotationZ);
      this.parent = joint.parent();
      this.child = joint.child();
      this.swingAxis = local(child, joint.swingAxis());
      this.spreadAxis = local(parent, joint.spreadAxis());
    }

    @Override
    void drive() {
      double swing = targetAngle(motor) / 2;
      double spread = targetAngle(motor + 1) / 2;
      double sinX = Trig.sinWithin(swing);
      double cosX = Trig.cosWithin(swing);
      double sinZ = Trig.sinWithin(spread);
      double cosZ = Trig.cosWithin(spread);
      // Turned about x first, then about z.
      goal.set(
          (float) (cosZ * sinX),
          (float) (sinZ * sinX),
          (float) (sinZ * cosX),
          (float) (cosZ * cosX));
      constraint.setTargetOrientationCs(goal);
    }

    @Override
    void strengthen(double share) {
      swingSettings.setTorqueLimit((float) (share * motors.get(motor).torque()));
      spreadSettings.setTorqueLimit((float) (share * motors.get(motor + 1).torque()));
    }

    @Override
    void refresh() {
      Quat now = constraint.getRotationInConstraintSpace();
      double w = now.getW();
      double x = now.getX();
      double y = now.getY();
      double z = now.getZ();
      if (w < 0) {
        w = -w;
        x = -x;
        y = -y;
        z = -z;
      }
      double length = Math.sqrt(w * w + x * x);
      angle[motor] = 2 * StrictMath.atan2(x, w);
      angle[motor + 1] = 2 * StrictMath.atan2((z * w + y * x) / length, length);
      speed[motor] = relativeSpeed(child, swingAxis);
      speed[motor + 1] = relativeSpeed(parent, spreadAxis);
    }
  }
}
