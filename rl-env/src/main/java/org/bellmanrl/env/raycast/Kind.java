package org.bellmanrl.env.raycast;

/** What can stand in the world beside walls. */
final class Kind {
  /** A place of a thing that is not there at the moment. */
  static final Kind NONE = new Kind(0, new byte[0], 0, 0, 0, false);

  static final Kind BALL = new Kind(1, Textures.ball(), 0.9, 0.05, 0.4, true);
  static final Kind BEAST = new Kind(2, Textures.beast(), 0.7, 0, 0.35, true);
  static final Kind SOLDIER = new Kind(3, Textures.soldier(), 0.7, 0, 0.25, true);
  static final Kind MEDKIT = new Kind(4, Textures.medkit(), 0.35, 0, 0.3, false);
  static final Kind VEST = new Kind(5, Textures.vest(), 0.4, 0, 0.4, false);

  private static final Kind[] ALL = {NONE, BALL, BEAST, SOLDIER, MEDKIT, VEST};

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

  private Kind(int code, byte[] figure, double size, double lift, double radius, boolean monster) {
    this.code = code;
    this.figure = figure;
    this.size = size;
    this.lift = lift;
    this.radius = radius;
    this.monster = monster;
  }

  static Kind of(int code) {
    return ALL[code];
  }

  static int count() {
    return ALL.length;
  }
}
