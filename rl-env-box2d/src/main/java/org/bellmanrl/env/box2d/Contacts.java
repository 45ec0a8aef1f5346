package org.bellmanrl.env.box2d;

import com.badlogic.gdx.physics.box2d.Body;
import com.badlogic.gdx.physics.box2d.Contact;
import com.badlogic.gdx.physics.box2d.ContactImpulse;
import com.badlogic.gdx.physics.box2d.ContactListener;
import com.badlogic.gdx.physics.box2d.Fixture;
import com.badlogic.gdx.physics.box2d.Manifold;
import org.jspecify.annotations.Nullable;

/** Follows what touches the ground. */
final class Contacts implements ContactListener {

  /** What a moving body is; the ground is none of these. */
  enum Role {
    /** What must not touch the ground. */
    TRUNK,
    /** What may, and nobody asks. */
    LIMB,
    /** What stands on the ground. */
    LEFT_FOOT,
    RIGHT_FOOT
  }

  private boolean crashed;
  private boolean left;
  private boolean right;

  static void setRole(Body body, Role role) {
    body.setUserData(role);
  }

  /** The role of a body, or null for the ground. */
  static @Nullable Object role(Fixture fixture) {
    return fixture.getBody().getUserData();
  }

  /** Whether the trunk has touched the ground. */
  boolean crashed() {
    return crashed;
  }

  /** Whether the left (0) or right (1) foot touches the ground. */
  boolean touches(int foot) {
    return foot == 0 ? left : right;
  }

  @Override
  public void beginContact(Contact contact) {
    begin(role(contact.getFixtureA()));
    begin(role(contact.getFixtureB()));
  }

  private void begin(@Nullable Object role) {
    crashed |= role == Role.TRUNK;
    left |= role == Role.LEFT_FOOT;
    right |= role == Role.RIGHT_FOOT;
  }

  /** As in Gymnasium a foot counts as lifted when any of its contacts ends. */
  @Override
  public void endContact(Contact contact) {
    end(role(contact.getFixtureA()));
    end(role(contact.getFixtureB()));
  }

  private void end(@Nullable Object role) {
    left &= role != Role.LEFT_FOOT;
    right &= role != Role.RIGHT_FOOT;
  }

  @Override
  public void preSolve(Contact contact, Manifold oldManifold) {}

  @Override
  public void postSolve(Contact contact, ContactImpulse impulse) {}
}
