package org.bellmanrl.api.state;

/**
 * Takes the state of {@link Stateful} objects: named values in sections that nest.
 *
 * <p>A section has a type and a version, and is closed by {@link #end()}. Values are read back in
 * the order in which they were written, under the same names. Names are short and not empty; they
 * need not be unique. Arrays are copied before the call returns, so the caller goes on owning them.
 *
 * <p>Objects of this type are used by one thread at a time. Breaking the protocol (an {@code end()}
 * too many, a section left open) is an {@link IllegalStateException}; an empty or overlong name is
 * an {@link IllegalArgumentException}; a range outside its array is an {@link
 * IndexOutOfBoundsException}.
 */
public interface StateWriter {
  /**
   * Opens a section.
   *
   * @param type the name of what is saved, in kebab-case: {@code q-table}
   * @param version the version of the section's layout, 1 or more
   */
  void begin(String type, int version);

  /** Closes the section that was opened last. */
  void end();

  /** Writes a {@code long} value. */
  void write(String name, long value);

  /** Writes an {@code int} value. */
  void write(String name, int value);

  /** Writes a {@code double} value, bit for bit. */
  void write(String name, double value);

  /** Writes a {@code float} value, bit for bit. */
  void write(String name, float value);

  /** Writes a {@code boolean} value. */
  void write(String name, boolean value);

  /** Writes a string of Unicode text. */
  void write(String name, String value);

  /** Writes {@code length} elements of an array, beginning with {@code array[from]}. */
  void write(String name, double[] array, int from, int length);

  /** Writes a whole array. */
  default void write(String name, double[] array) {
    write(name, array, 0, array.length);
  }

  /** Writes {@code length} elements of an array, beginning with {@code array[from]}. */
  void write(String name, float[] array, int from, int length);

  /** Writes a whole array. */
  default void write(String name, float[] array) {
    write(name, array, 0, array.length);
  }

  /** Writes {@code length} elements of an array, beginning with {@code array[from]}. */
  void write(String name, int[] array, int from, int length);

  /** Writes a whole array. */
  default void write(String name, int[] array) {
    write(name, array, 0, array.length);
  }

  /** Writes {@code length} elements of an array, beginning with {@code array[from]}. */
  void write(String name, long[] array, int from, int length);

  /** Writes a whole array. */
  default void write(String name, long[] array) {
    write(name, array, 0, array.length);
  }

  /** Writes {@code length} elements of an array, beginning with {@code array[from]}. */
  void write(String name, byte[] array, int from, int length);

  /** Writes a whole array. */
  default void write(String name, byte[] array) {
    write(name, array, 0, array.length);
  }

  /** Writes {@code length} elements of an array, beginning with {@code array[from]}. */
  void write(String name, boolean[] array, int from, int length);

  /** Writes a whole array. */
  default void write(String name, boolean[] array) {
    write(name, array, 0, array.length);
  }

  /** Writes the state of a part, as a section of its own. */
  default void write(String name, Stateful part) {
    begin(name, 1);
    part.save(this);
    end();
  }
}
