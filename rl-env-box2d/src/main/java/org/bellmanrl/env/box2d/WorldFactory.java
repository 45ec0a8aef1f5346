package org.bellmanrl.env.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.BodyDef;
import com.badlogic.gdx.physics.box2d.Box2D;
import com.badlogic.gdx.physics.box2d.Fixture;
import com.badlogic.gdx.physics.box2d.FixtureDef;
import com.badlogic.gdx.physics.box2d.PolygonShape;
import com.badlogic.gdx.physics.box2d.World;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJoint;
import com.badlogic.gdx.physics.box2d.joints.RevoluteJointDef;
import com.badlogic.gdx.utils.GdxNativesLoader;
import com.badlogic.gdx.utils.SharedLibraryLoadRuntimeException;
import org.bellmanrl.api.registry.UnavailableException;

/** Makes native worlds and what is in them; the native libraries are loaded with the first. */
final class WorldFactory {
  /** Steps of the physics in a second. */
  static final double STEPS_PER_SECOND = 50;

  /** Gymnasium's pixels in a metre, in which many sizes are given. */
  static final double SCALE = 30;

  /** What is seen of the world, in metres. */
  static final double WIDTH = 600 / SCALE;

  static final double HEIGHT = 400 / SCALE;

  /** What the ground is to the collision filter; moving parts collide with nothing else. */
  static final short GROUND = 0x0001;

  private static final float TIME_STEP = (float) (1 / STEPS_PER_SECOND);
  private static final int VELOCITY_ITERATIONS = 180;
  private static final int POSITION_ITERATIONS = 60;

  private WorldFactory() {}

  /**
   * Makes an empty world.
   *
   * @param gravity acceleration along y, in m/s²
   * @throws UnavailableException if there is no native library for this machine
   */
  static World create(double gravity) {
    try {
      GdxNativesLoader.load();
      Box2D.init();
    } catch (SharedLibraryLoadRuntimeException | UnsatisfiedLinkError e) {
      throw new UnavailableException(
          ("Box2D's native library can't be loaded on %s %s: put the natives-desktop jars of"
                  + " gdx-platform and gdx-box2d-platform on the class path, and let java.io.tmpdir"
                  + " (%s) be a place to write to and to load code from")
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  System.getProperty("java.io.tmpdir")),
          e);
    }
    return new World(new Vector2(0, (float) gravity), true);
  }

  static void step(World world) {
    world.step(TIME_STEP, VELOCITY_ITERATIONS, POSITION_ITERATIONS);
  }

  static Body body(World world, BodyDef.BodyType type, double x, double y, double angle) {
    BodyDef definition = new BodyDef();
    definition.type = type;
    definition.position.set((float) x, (float) y);
    definition.angle = (float) angle;
    return world.createBody(definition);
  }

  /** Gives a body its only fixture: a polygon of x and y in turn that collides with the ground. */
  static void addPart(Body body, double[] polygon, double density, double friction, int category) {
    FixtureDef definition = new FixtureDef();
    definition.density = (float) density;
    definition.friction = (float) friction;
    definition.filter.categoryBits = (short) category;
    definition.filter.maskBits = GROUND;
    addPolygon(body, polygon, definition);
  }

  /** Gives a body a box around its origin, of the friction that Box2D has by default. */
  static void addBox(Body body, double halfWidth, double halfHeight, double density, int category) {
    FixtureDef definition = new FixtureDef();
    definition.density = (float) density;
    definition.filter.categoryBits = (short) category;
    definition.filter.maskBits = GROUND;
    PolygonShape shape = new PolygonShape();
    shape.setAsBox((float) halfWidth, (float) halfHeight);
    definition.shape = shape;
    body.createFixture(definition);
    shape.dispose();
  }

  static Fixture addPolygon(Body body, double[] polygon, FixtureDef definition) {
    float[] vertices = new float[polygon.length];
    for (int i = 0; i < vertices.length; i++) {
      vertices[i] = (float) polygon[i];
    }
    PolygonShape shape = new PolygonShape();
    shape.set(vertices);
    definition.shape = shape;
    Fixture fixture = body.createFixture(definition);
    shape.dispose();
    return fixture;
  }

  /** A motor and limits between two bodies; the angle they have now counts as 0. */
  static RevoluteJointDef joint(Body a, Body b) {
    RevoluteJointDef definition = new RevoluteJointDef();
    definition.bodyA = a;
    definition.bodyB = b;
    // Box2D's own default is 0; pybox2d, under Gymnasium, has this one.
    definition.referenceAngle = b.getAngle() - a.getAngle();
    definition.enableMotor = true;
    definition.enableLimit = true;
    return definition;
  }

  static RevoluteJoint create(World world, RevoluteJointDef definition) {
    return (RevoluteJoint) world.createJoint(definition);
  }
}
