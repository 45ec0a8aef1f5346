package org.bellmanrl.api.render;

/** A capability of environments that can be shown in a terminal. */
public interface TextView {

  /**
   * Draws the present situation, without changing it.
   *
   * @param colour whether ANSI colour escapes may be used; without them the drawing must say the
   *     same
   * @return lines, each ended by a newline
   */
  String text(boolean colour);
}
