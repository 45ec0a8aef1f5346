package org.bellmanrl.env.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.BodyDef.BodyType;
import com.badlogic.gdx.physics.box2d.EdgeShape;
import com.badlogic.gdx.physics.box2d.FixtureDef;
import com.badlogic.gdx.physics.box2d.World;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJointDef;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.env.math.Trig;

/**
 * The moon and the craft of one episode, in metres.
 *
 * <p>Expressions are in double precision and in Gymnasium's order, and become floats where Box2D
 * takes them: so do its bits.
 */
final class LanderWorld {
  private static final double SCALE = WorldFactory.SCALE;
  private static final double WIDTH = WorldFactory.WIDTH;
  private static final double HEIGHT = WorldFactory.HEIGHT;

  private static final int CHUNKS = 11;
  private static final int MIDDLE = CHUNKS / 2;
  private static final double PAD_Y = HEIGHT / 4;
  private static final double START_X = WIDTH / 2;
  private static final double START_Y = HEIGHT;
  private static final double START_FORCE = 1000;

  private static final double[] CRAFT = metres(-14, 17, -17, 0, -17, -10, 17, -10, 17, 0, 14, 17);
  private static final int CRAFT_CATEGORY = 0x0010;
  private static final double LEG_AWAY = 20;
  private static final double LEG_DOWN = 18;
  private static final double LEG_HALF_WIDTH = 2 / SCALE;
  private static final double LEG_HALF_HEIGHT = 8 / SCALE;
  private static final int LEG_CATEGORY = 0x0020;
  private static final float LEG_TORQUE = 40;

  private static final double MAIN_POWER = 13.0;
  private static final double SIDE_POWER = 0.6;
  private static final double MAIN_ENGINE_Y = 4;
  private static final double SIDE_ENGINE_AWAY = 12;
  private static final double SIDE_ENGINE_HEIGHT = 14;

  /** Where Gymnasium has the side engines along the craft's x; its author meant 14. */
  private static final double SIDE_ENGINE_OFFSET = 17;

  private final LunarLanderOptions options;
  private final World world;
  private final Body craft;
  private final Body[] legs = new Body[2];
  private final Contacts contacts = new Contacts();
  private final double[] groundY = new double[CHUNKS];

  private int windIndex;
  private int torqueIndex;

  private double lastMainPower;
  private double lastSidePower;
  private double lastDirection;

  LanderWorld(LunarLanderOptions options, RandomStream random) {
    this.options = options;
    this.world = WorldFactory.create(options.gravity());
    world.setContactListener(contacts);

    double[] heights = new double[CHUNKS + 1];
    random.fillUniform(heights, 0, heights.length, 0, HEIGHT / 2);
    for (int i = MIDDLE - 2; i <= MIDDLE + 2; i++) {
      heights[i] = PAD_Y;
    }
    for (int i = 0; i < CHUNKS; i++) {
      double before = heights[i == 0 ? CHUNKS : i - 1];
      groundY[i] = 0.33 * (before + heights[i] + heights[i + 1]);
    }
    addGround();

    craft = WorldFactory.body(world, BodyType.DynamicBody, START_X, START_Y, 0);
    Contacts.setRole(craft, Contacts.Role.TRUNK);
    WorldFactory.addPart(craft, CRAFT, 5, 0.1, CRAFT_CATEGORY);
    double forceX = random.uniform(-START_FORCE, START_FORCE);
    double forceY = random.uniform(-START_FORCE, START_FORCE);
    craft.applyForceToCenter((float) forceX, (float) forceY, true);
    if (options.enableWind()) {
      windIndex = random.integers(-9999, 9999);
      torqueIndex = random.integers(-9999, 9999);
    }
    legs[0] = addLeg(-1);
    legs[1] = addLeg(1);
  }

  private static double[] metres(double... pixels) {
    double[] metres = new double[pixels.length];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = pixels[i] / SCALE;
    }
    return metres;
  }

  private static double groundX(int i) {
    return WIDTH / (CHUNKS - 1) * i;
  }

  private void addGround() {
    Body ground = WorldFactory.body(world, BodyType.StaticBody, 0, 0, 0);
    EdgeShape edge = new EdgeShape();
    edge.set(0, 0, (float) WIDTH, 0);
    ground.createFixture(edge, 0);
    FixtureDef definition = new FixtureDef();
    definition.friction = 0.1f;
    definition.shape = edge;
    // From right to left. Contacts are solved in the order in which they were found. Gymnasium's
    // Box2D sorts them by the order in which fixtures were made; libGDX's leaves them as its search
    // tree gives them, which for ground that was laid the other way round is the same.
    for (int i = CHUNKS - 2; i >= 0; i--) {
      edge.set(
          (float) groundX(i), (float) groundY[i], (float) groundX(i + 1), (float) groundY[i + 1]);
      ground.createFixture(definition);
    }
    edge.dispose();
  }

  private Body addLeg(int side) {
    Body leg =
        WorldFactory.body(
            world, BodyType.DynamicBody, START_X - side * LEG_AWAY / SCALE, START_Y, side * 0.05);
    Contacts.setRole(leg, side < 0 ? Contacts.Role.LEFT_FOOT : Contacts.Role.RIGHT_FOOT);
    WorldFactory.addBox(leg, LEG_HALF_WIDTH, LEG_HALF_HEIGHT, 1, LEG_CATEGORY);
    RevoluteJointDef joint = WorldFactory.joint(craft, leg);
    joint.localAnchorB.set((float) (side * LEG_AWAY / SCALE), (float) (LEG_DOWN / SCALE));
    joint.maxMotorTorque = LEG_TORQUE;
    joint.motorSpeed = (float) (0.3 * side);
    joint.lowerAngle = (float) (side < 0 ? 0.9 - 0.5 : -0.9);
    joint.upperAngle = (float) (side < 0 ? 0.9 : -0.9 + 0.5);
    world.createJoint(joint);
    return leg;
  }

  /**
   * Fires the engines for a step.
   *
   * @param mainPower 0 for off, or from 0.5 to 1
   * @param sidePower likewise
   * @param direction which side engine: −1 the left one, 1 the right one
   */
  void step(double mainPower, double sidePower, double direction, RandomStream random) {
    lastMainPower = mainPower;
    lastSidePower = sidePower;
    lastDirection = direction;
    if (options.enableWind() && !(touches(0) || touches(1))) {
      craft.applyForceToCenter((float) (gust(windIndex++) * options.windPower()), 0, true);
      craft.applyTorque((float) (gust(torqueIndex++) * options.turbulencePower()), true);
    }

    double angle = craft.getAngle();
    double tipX = Trig.sin(angle);
    double tipY = Trig.cos(angle);
    double sideX = -tipY;
    double sideY = tipX;
    double dispersion0 = random.uniform(-1.0, 1.0) / SCALE;
    double dispersion1 = random.uniform(-1.0, 1.0) / SCALE;
    Vector2 position = craft.getPosition();
    double x = position.x;
    double y = position.y;
    if (mainPower > 0) {
      double along = MAIN_ENGINE_Y / SCALE + 2 * dispersion0;
      double ox = tipX * along + sideX * dispersion1;
      double oy = -tipY * along - sideY * dispersion1;
      craft.applyLinearImpulse(
          (float) (-ox * MAIN_POWER * mainPower),
          (float) (-oy * MAIN_POWER * mainPower),
          (float) (x + ox),
          (float) (y + oy),
          true);
    }
    if (sidePower > 0) {
      double across = 3 * dispersion1 + direction * SIDE_ENGINE_AWAY / SCALE;
      double ox = tipX * dispersion0 + sideX * across;
      double oy = -tipY * dispersion0 - sideY * across;
      craft.applyLinearImpulse(
          (float) (-ox * SIDE_POWER * sidePower),
          (float) (-oy * SIDE_POWER * sidePower),
          (float) (x + ox - tipX * SIDE_ENGINE_OFFSET / SCALE),
          (float) (y + oy + tipY * SIDE_ENGINE_HEIGHT / SCALE),
          true);
    }
    WorldFactory.step(world);
  }

  /** A gust in (−1, 1) that never repeats. */
  private static double gust(int index) {
    return StrictMath.tanh(Trig.sin(0.02 * index) + Trig.sin(Math.PI * 0.01 * index));
  }

  double relativeX() {
    return (craft.getPosition().x - START_X) / (WIDTH / 2);
  }

  double relativeY() {
    return (craft.getPosition().y - (PAD_Y + LEG_DOWN / SCALE)) / (HEIGHT / 2);
  }

  double speedX() {
    return craft.getLinearVelocity().x * (WIDTH / 2) / WorldFactory.STEPS_PER_SECOND;
  }

  double speedY() {
    return craft.getLinearVelocity().y * (HEIGHT / 2) / WorldFactory.STEPS_PER_SECOND;
  }

  double angle() {
    return craft.getAngle();
  }

  double angularSpeed() {
    return 20.0 * craft.getAngularVelocity() / WorldFactory.STEPS_PER_SECOND;
  }

  boolean touches(int leg) {
    return contacts.touches(leg);
  }

  boolean crashed() {
    return contacts.crashed();
  }

  boolean awake() {
    return craft.isAwake();
  }

  Scene scene() {
    List<Scene.Part> parts = new ArrayList<>();
    List<Scene.Point> ground = new ArrayList<>();
    for (int i = 0; i < CHUNKS; i++) {
      ground.add(new Scene.Point(groundX(i), groundY[i]));
    }
    ground.add(new Scene.Point(WIDTH, 0));
    ground.add(new Scene.Point(0, 0));
    parts.add(new Scene.Part(Scene.Kind.GROUND, ground));
    double padLeft = groundX(MIDDLE - 1);
    double padRight = groundX(MIDDLE + 1);
    parts.add(Scene.Part.line(Scene.Kind.PAD, padLeft, PAD_Y, padRight, PAD_Y));
    parts.add(Scene.Part.flag(padLeft, PAD_Y));
    parts.add(Scene.Part.flag(padRight, PAD_Y));
    if (lastMainPower > 0) {
      double nozzle = -10 / SCALE;
      double end = nozzle - 0.8 * lastMainPower;
      parts.add(Scene.Part.attached(Scene.Kind.FLAME, craft, 0, nozzle, 0, end));
    }
    if (lastSidePower > 0) {
      double nozzle = -lastDirection * SIDE_ENGINE_OFFSET / SCALE;
      double end = nozzle - lastDirection * 0.4 * lastSidePower;
      double height = SIDE_ENGINE_HEIGHT / SCALE;
      parts.add(Scene.Part.attached(Scene.Kind.FLAME, craft, nozzle, height, end, height));
    }
    for (Body leg : legs) {
      parts.add(Scene.Part.box(Scene.Kind.LEG, leg, LEG_HALF_WIDTH, LEG_HALF_HEIGHT));
    }
    parts.add(Scene.Part.attached(Scene.Kind.LANDER, craft, CRAFT));
    return new Scene(0, 0, WIDTH, HEIGHT, parts);
  }

  void dispose() {
    world.dispose();
  }
}
