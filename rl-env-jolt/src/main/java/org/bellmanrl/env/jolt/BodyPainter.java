package org.bellmanrl.env.jolt;

import org.bellmanrl.env.picture.Stage;

/** How a body is drawn. */
interface BodyPainter {
  /**
   * Puts a body on a stage.
   *
   * @param glad whether it has what it wanted
   */
  void dress(Stage stage, World world, Stick stick, boolean glad);

  /** Places the shapes to come in the frame of a part. */
  static void frame(Stage stage, World world, int part) {
    int p = 3 * part;
    int q = 4 * part;
    stage.frame(
        world.position[p],
        world.position[p + 1],
        world.position[p + 2],
        world.rotation[q],
        world.rotation[q + 1],
        world.rotation[q + 2],
        world.rotation[q + 3]);
  }

  /** Draws the parts as they are: a dark trunk, bright feet, and coloured limbs. */
  static BodyPainter plain(Body body, int trunkColour, int limbColour, int footColour) {
    return (stage, world, stick, glad) -> {
      for (int i = 0; i < body.parts().size(); i++) {
        Part part = body.parts().get(i);
        stage.paint(i == 0 ? trunkColour : part.foot() ? footColour : limbColour, 0.35);
        frame(stage, world, i);
        switch (part.solid()) {
          case Part.Box box -> stage.box(0, 0, 0, box.halfX(), box.halfY(), box.halfZ());
          case Part.Capsule capsule -> {
            double half = capsule.halfLength();
            stage.capsule(0, -half, 0, 0, half, 0, capsule.radius());
          }
        }
      }
    };
  }
}
