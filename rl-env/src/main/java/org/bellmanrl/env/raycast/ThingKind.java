package org.bellmanrl.env.raycast;

/** What can stand in the world beside walls. */
final class ThingKind {
  /** A place of a thing that is not there at the moment. */
  static final ThingKind NONE = new ThingKind(0, new byte[0], 0, 0, 0, false);

  static final ThingKind BALL = new ThingKind(1, Textures.ball(), 0.9, 0.05, 0.4, true);
  static final ThingKind BEAST = new ThingKind(2, Textures.beast(), 0.7, 0, 0.35, true);
  static final ThingKind SOLDIER = new ThingKind(3, Textures.soldier(), 0.7, 0, 0.25, true);
  static final ThingKind MEDKIT = new ThingKind(4, Textures.medkit(), 0.35, 0, 0.3, false);
  static final ThingKind VEST = new ThingKind(5, Textures.vest(), 0.4, 0, 0.4, false);

  private static final ThingKind[] ALL = {NONE, BALL, BEAST, SOLDIER, MEDKIT, VEST};

  /** Its place among all kinds. */
  final int code;

  final byte[] figure;

  /** Height and width in cells. */
  final double size;

  /** Height above the floor in cells. */
  final double lift;

  /** How far from its middle it is hit or taken, in cells. */
  final double radius;

  final boolean monster;

  private ThingKind(
      int code, byte[] figure, double size, double lift, double radius, boolean monster) {
    this.code = code;
    this.figure = figure;
    this.size = size;
    this.lift = lift;
    this.radius = radius;
    this.monster = monster;
  }

  static ThingKind of(int code) {
    return ALL[code];
  }

  static int count() {
    return ALL.length;
  }
}
