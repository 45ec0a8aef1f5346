package org.bellmanrl.env.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.BodyDef.BodyType;
import com.badlogic.gdx.physics.box2d.EdgeShape;
import com.badlogic.gdx.physics.box2d.Fixture;
import com.badlogic.gdx.physics.box2d.FixtureDef;
import com.badlogic.gdx.physics.box2d.RayCastCallback;
import com.badlogic.gdx.physics.box2d.World;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJoint;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJointDef;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;

/**
 * The ground and the walker of one episode, in metres.
 *
 * <p>Expressions are in double precision and in Gymnasium's order, and become floats where Box2D
 * takes them: so do its bits.
 */
final class WalkerWorld implements RayCastCallback {
  /** Torque of a motor at full power, in Nm. */
  static final float MAX_TORQUE = 80;

  /** Speeds that motors aim for, in rad/s. */
  static final float HIP_SPEED = 4;

  static final float KNEE_SPEED = 6;

  /** Beyond this x an episode is over, in metres. */
  static final double END = (WalkerTerrain.LENGTH - WalkerTerrain.GRASS) * WalkerTerrain.STEP;

  private static final double SCALE = WorldFactory.SCALE;
  private static final double START_X = WalkerTerrain.STEP * WalkerTerrain.START / 2;
  private static final double START_FORCE = 5;
  private static final double[] HULL = {
    -30 / SCALE,
    9 / SCALE,
    6 / SCALE,
    9 / SCALE,
    34 / SCALE,
    1 / SCALE,
    34 / SCALE,
    -8 / SCALE,
    -30 / SCALE,
    -8 / SCALE
  };
  private static final double LEG_DOWN = -8 / SCALE;
  private static final double LEG_WIDTH = 8 / SCALE;
  private static final double LEG_HEIGHT = 34 / SCALE;
  private static final double SHIN_WIDTH = 0.8 * LEG_WIDTH;
  private static final double START_Y = WalkerTerrain.HEIGHT + 2 * LEG_HEIGHT;
  private static final int CATEGORY = 0x0020;
  private static final float FRICTION = 2.5f;
  private static final double RAY_LENGTH = 160 / SCALE;
  private static final double[] RAY_X = new double[BipedalWalker.RAYS];
  private static final double[] RAY_Y = new double[BipedalWalker.RAYS];

  static {
    for (int i = 0; i < RAY_X.length; i++) {
      RAY_X[i] = StrictMath.sin(1.5 * i / 10.0) * RAY_LENGTH;
      RAY_Y[i] = StrictMath.cos(1.5 * i / 10.0) * RAY_LENGTH;
    }
  }

  private final World world;
  private final WalkerTerrain terrain;
  private final Body hull;
  private final Body[] legs = new Body[2];
  private final Body[] shins = new Body[2];
  private final RevoluteJoint[] joints = new RevoluteJoint[BipedalWalker.MOTORS];
  private final Contacts contacts = new Contacts();
  private final float[] rays = new float[BipedalWalker.RAYS];

  private float nearest;

  WalkerWorld(boolean hardcore, RandomStream random) {
    world = WorldFactory.create(-10);
    world.setContactListener(contacts);
    terrain = new WalkerTerrain(hardcore, random);
    addGround();
    hull = WorldFactory.body(world, BodyType.DynamicBody, START_X, START_Y, 0);
    Contacts.setRole(hull, Contacts.Role.TRUNK);
    WorldFactory.addPart(hull, HULL, 5, 0.1, CATEGORY);
    hull.applyForceToCenter((float) random.uniform(-START_FORCE, START_FORCE), 0, true);
    addLeg(0, -1);
    addLeg(1, 1);
  }

  private void addGround() {
    FixtureDef definition = new FixtureDef();
    definition.friction = FRICTION;
    for (double[] obstacle : terrain.obstacles()) {
      Body body = WorldFactory.body(world, BodyType.StaticBody, 0, 0, 0);
      WorldFactory.addPolygon(body, obstacle, definition);
    }
    EdgeShape edge = new EdgeShape();
    definition.shape = edge;
    // From right to left: see LanderWorld.
    for (int i = WalkerTerrain.LENGTH - 2; i >= 0; i--) {
      edge.set(
          (float) WalkerTerrain.x(i),
          (float) terrain.y(i),
          (float) WalkerTerrain.x(i + 1),
          (float) terrain.y(i + 1));
      WorldFactory.body(world, BodyType.StaticBody, 0, 0, 0).createFixture(definition);
    }
    edge.dispose();
  }

  private void addLeg(int index, int side) {
    double angle = side * 0.05;
    Body leg =
        WorldFactory.body(
            world, BodyType.DynamicBody, START_X, START_Y - LEG_HEIGHT / 2 - LEG_DOWN, angle);
    Contacts.setRole(leg, Contacts.Role.LIMB);
    WorldFactory.addBox(leg, LEG_WIDTH / 2, LEG_HEIGHT / 2, 1, CATEGORY);
    RevoluteJointDef hip = WorldFactory.joint(hull, leg);
    hip.localAnchorA.set(0, (float) LEG_DOWN);
    hip.localAnchorB.set(0, (float) (LEG_HEIGHT / 2));
    hip.maxMotorTorque = MAX_TORQUE;
    hip.motorSpeed = side;
    hip.lowerAngle = -0.8f;
    hip.upperAngle = 1.1f;
    joints[2 * index] = WorldFactory.create(world, hip);
    legs[index] = leg;

    Body shin =
        WorldFactory.body(
            world, BodyType.DynamicBody, START_X, START_Y - LEG_HEIGHT * 3 / 2 - LEG_DOWN, angle);
    Contacts.setRole(shin, side < 0 ? Contacts.Role.LEFT_FOOT : Contacts.Role.RIGHT_FOOT);
    WorldFactory.addBox(shin, SHIN_WIDTH / 2, LEG_HEIGHT / 2, 1, CATEGORY);
    RevoluteJointDef knee = WorldFactory.joint(leg, shin);
    knee.localAnchorA.set(0, (float) (-LEG_HEIGHT / 2));
    knee.localAnchorB.set(0, (float) (LEG_HEIGHT / 2));
    knee.maxMotorTorque = MAX_TORQUE;
    knee.motorSpeed = 1;
    knee.lowerAngle = -1.6f;
    knee.upperAngle = -0.1f;
    joints[2 * index + 1] = WorldFactory.create(world, knee);
    shins[index] = shin;
  }

  /** How much of the full torque an action asks for, from 0 to 1. */
  static float share(float action) {
    return Math.min(Math.abs(action), 1);
  }

  /** Sets the motor of a hip (0, 2) or knee (1, 3): the sign is the way, the size the torque. */
  void setMotor(int motor, float action) {
    float speed = motor % 2 == 0 ? HIP_SPEED : KNEE_SPEED;
    joints[motor].setMotorSpeed(speed * Math.signum(action));
    joints[motor].setMaxMotorTorque(MAX_TORQUE * share(action));
  }

  void step() {
    WorldFactory.step(world);
    Vector2 position = hull.getPosition();
    float fromX = position.x;
    float fromY = position.y;
    for (int i = 0; i < rays.length; i++) {
      nearest = 1;
      world.rayCast(this, fromX, fromY, (float) rayX(fromX, i), (float) rayY(fromY, i));
      rays[i] = nearest;
    }
  }

  private static double rayX(float fromX, int ray) {
    return fromX + RAY_X[ray];
  }

  private static double rayY(float fromY, int ray) {
    return fromY - RAY_Y[ray];
  }

  /** Goes on to what is nearer on the ground, and through the walker itself. */
  @Override
  public float reportRayFixture(Fixture fixture, Vector2 point, Vector2 normal, float fraction) {
    if (Contacts.role(fixture) != null) {
      return -1;
    }
    nearest = fraction;
    return fraction;
  }

  double x() {
    return hull.getPosition().x;
  }

  double angle() {
    return hull.getAngle();
  }

  double angularSpeed() {
    return 2.0 * hull.getAngularVelocity() / WorldFactory.STEPS_PER_SECOND;
  }

  double speedX() {
    return 0.3 * hull.getLinearVelocity().x * WorldFactory.WIDTH / WorldFactory.STEPS_PER_SECOND;
  }

  double speedY() {
    return 0.3 * hull.getLinearVelocity().y * WorldFactory.HEIGHT / WorldFactory.STEPS_PER_SECOND;
  }

  double jointAngle(int joint) {
    return joints[joint].getJointAngle();
  }

  double jointSpeed(int joint) {
    return joints[joint].getJointSpeed();
  }

  boolean touches(int leg) {
    return contacts.touches(leg);
  }

  /** How far a ray gets, as a share of its range. */
  double ray(int i) {
    return rays[i];
  }

  boolean crashed() {
    return contacts.crashed();
  }

  Scene scene() {
    List<Scene.Part> parts = new ArrayList<>();
    List<Scene.Point> ground = new ArrayList<>();
    for (int i = 0; i < WalkerTerrain.LENGTH; i++) {
      ground.add(new Scene.Point(WalkerTerrain.x(i), terrain.y(i)));
    }
    ground.add(new Scene.Point(WalkerTerrain.x(WalkerTerrain.LENGTH - 1), 0));
    ground.add(new Scene.Point(0, 0));
    parts.add(new Scene.Part(Scene.Kind.GROUND, ground));
    for (double[] obstacle : terrain.obstacles()) {
      parts.add(Scene.Part.polygon(Scene.Kind.OBSTACLE, obstacle));
    }
    parts.add(Scene.Part.flag(WalkerTerrain.x(3), WalkerTerrain.HEIGHT));
    float x = hull.getPosition().x;
    float y = hull.getPosition().y;
    for (int i = 0; i < rays.length; i++) {
      double toX = x + rays[i] * (rayX(x, i) - x);
      double toY = y + rays[i] * (rayY(y, i) - y);
      parts.add(Scene.Part.line(Scene.Kind.RAY, x, y, toX, toY));
    }
    for (int i = 0; i < 2; i++) {
      parts.add(Scene.Part.box(Scene.Kind.SHIN, shins[i], SHIN_WIDTH / 2, LEG_HEIGHT / 2));
      parts.add(Scene.Part.box(Scene.Kind.LEG, legs[i], LEG_WIDTH / 2, LEG_HEIGHT / 2));
    }
    parts.add(Scene.Part.attached(Scene.Kind.HULL, hull, HULL));
    double left = x - WorldFactory.WIDTH / 5;
    return new Scene(left, 0, left + WorldFactory.WIDTH, WorldFactory.HEIGHT, parts);
  }

  void dispose() {
    world.dispose();
  }
}
