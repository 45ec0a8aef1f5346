package org.bellmanrl.api.state;

/**
 * The state of {@link Stateful} objects on its way to or from bytes: named values in sections that
 * nest. Every method works in both directions: it writes the value it is given and returns it, or,
 * while {@link #restoring()}, ignores the value and returns the one that was written.
 *
 * <pre>{@code
 * public void carry(State state) {
 *   state.begin("signpost", 1);
 *   place = state.carry("place", place);
 *   state.carry("visits", visits); // an array is written from, or filled, in place
 *   state.end();
 * }
 * }</pre>
 *
 * <p>A section has a type and a version, and is closed by {@link #end()}. Values are restored in
 * the order in which they were written, under the same names; names are short and not empty, and
 * need not be unique. Arrays remain the caller's.
 *
 * <p>While restoring, every method throws {@link StateException} if the saved data is not what the
 * caller asks for; the message names what was expected and what was found. Data that declares more
 * than it holds is refused before anything is allocated for it. Breaking the protocol (an {@code
 * end()} too many, a section left open) is an {@link IllegalStateException}; an empty or overlong
 * name is an {@link IllegalArgumentException}; a range outside its array is an {@link
 * IndexOutOfBoundsException}. Objects of this type are used by one thread at a time.
 */
public interface State {

  /** Returns whether values are restored; otherwise they are saved. */
  boolean restoring();

  /**
   * Opens a section.
   *
   * @param type the name of what is saved, in kebab-case: {@code q-table}
   * @param version the version of the section's layout, 1 or more
   * @return the version that was saved, from 1 to {@code version}; {@code version} itself when
   *     saving
   * @throws StateException if a section of another type or of a newer version was saved, or no
   *     section at all
   */
  int begin(String type, int version);

  /**
   * Closes the section that was opened last.
   *
   * @throws StateException if values of the section were not restored
   */
  void end();

  /** Carries a {@code long} value. */
  long carry(String name, long value);

  /** Carries an {@code int} value. */
  int carry(String name, int value);

  /** Carries a {@code double} value, bit for bit. */
  double carry(String name, double value);

  /** Carries a {@code float} value, bit for bit. */
  float carry(String name, float value);

  /** Carries a {@code boolean} value. */
  boolean carry(String name, boolean value);

  /** Carries a string of Unicode text. */
  String carry(String name, String value);

  /**
   * Carries {@code length} elements of an array, beginning with {@code array[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void carry(String name, double[] array, int from, int length);

  /**
   * Carries a whole array.
   *
   * @throws StateException if the saved array has another length
   */
  default void carry(String name, double[] array) {
    carry(name, array, 0, array.length);
  }

  /**
   * Carries an array whose length changes.
   *
   * @param array its first {@code length} elements are saved; not read when restoring
   * @param maxLength the longest array to restore
   * @return {@code array} itself when saving, a new array that the caller owns when restoring
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  double[] carryUpTo(String name, double[] array, int length, int maxLength);

  /**
   * Carries {@code length} elements of an array, beginning with {@code array[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void carry(String name, float[] array, int from, int length);

  /**
   * Carries a whole array.
   *
   * @throws StateException if the saved array has another length
   */
  default void carry(String name, float[] array) {
    carry(name, array, 0, array.length);
  }

  /**
   * Carries an array whose length changes.
   *
   * @param array its first {@code length} elements are saved; not read when restoring
   * @param maxLength the longest array to restore
   * @return {@code array} itself when saving, a new array that the caller owns when restoring
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  float[] carryUpTo(String name, float[] array, int length, int maxLength);

  /**
   * Carries {@code length} elements of an array, beginning with {@code array[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void carry(String name, int[] array, int from, int length);

  /**
   * Carries a whole array.
   *
   * @throws StateException if the saved array has another length
   */
  default void carry(String name, int[] array) {
    carry(name, array, 0, array.length);
  }

  /**
   * Carries an array whose length changes.
   *
   * @param array its first {@code length} elements are saved; not read when restoring
   * @param maxLength the longest array to restore
   * @return {@code array} itself when saving, a new array that the caller owns when restoring
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  int[] carryUpTo(String name, int[] array, int length, int maxLength);

  /**
   * Carries {@code length} elements of an array, beginning with {@code array[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void carry(String name, long[] array, int from, int length);

  /**
   * Carries a whole array.
   *
   * @throws StateException if the saved array has another length
   */
  default void carry(String name, long[] array) {
    carry(name, array, 0, array.length);
  }

  /**
   * Carries an array whose length changes.
   *
   * @param array its first {@code length} elements are saved; not read when restoring
   * @param maxLength the longest array to restore
   * @return {@code array} itself when saving, a new array that the caller owns when restoring
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  long[] carryUpTo(String name, long[] array, int length, int maxLength);

  /**
   * Carries {@code length} elements of an array, beginning with {@code array[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void carry(String name, byte[] array, int from, int length);

  /**
   * Carries a whole array.
   *
   * @throws StateException if the saved array has another length
   */
  default void carry(String name, byte[] array) {
    carry(name, array, 0, array.length);
  }

  /**
   * Carries an array whose length changes.
   *
   * @param array its first {@code length} elements are saved; not read when restoring
   * @param maxLength the longest array to restore
   * @return {@code array} itself when saving, a new array that the caller owns when restoring
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  byte[] carryUpTo(String name, byte[] array, int length, int maxLength);

  /**
   * Carries {@code length} elements of an array, beginning with {@code array[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void carry(String name, boolean[] array, int from, int length);

  /**
   * Carries a whole array.
   *
   * @throws StateException if the saved array has another length
   */
  default void carry(String name, boolean[] array) {
    carry(name, array, 0, array.length);
  }

  /**
   * Carries an array whose length changes.
   *
   * @param array its first {@code length} elements are saved; not read when restoring
   * @param maxLength the longest array to restore
   * @return {@code array} itself when saving, a new array that the caller owns when restoring
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  boolean[] carryUpTo(String name, boolean[] array, int length, int maxLength);

  /** Carries the state of a part, in a separate section. */
  default void carry(String name, Stateful part) {
    begin(name, 1);
    part.carry(this);
    end();
  }

  /**
   * Carries parts in order, such as buffers of which there is one per row.
   *
   * @throws StateException if another number of parts was saved
   */
  default void carry(String name, Stateful[] parts) {
    begin(name, 1);
    expect("parts", parts.length);
    for (Stateful part : parts) {
      part.carry(this);
    }
    end();
  }

  /**
   * Saves a number that the restoring object must have too, such as a number of rows.
   *
   * @throws StateException if another number was saved
   */
  default void expect(String name, int value) {
    int saved = carry(name, value);
    if (saved != value) {
      throw new StateException("%s was saved as %d, expected %d".formatted(name, saved, value));
    }
  }

  /**
   * Carries an index.
   *
   * @param bound the number of things that it can refer to
   * @throws StateException if the saved number is not in [0, bound)
   */
  default int carryIndex(String name, int value, int bound) {
    int index = carry(name, value);
    if (restoring() && (index < 0 || index >= bound)) {
      throw new StateException(
          "%s must be in [0, %d), was saved as %d".formatted(name, bound, index));
    }
    return index;
  }

  /**
   * Carries a whole number from a range.
   *
   * @param least the smallest number allowed
   * @param most the largest number allowed
   * @throws StateException if the saved number is not in [least, most]
   */
  default int carryWithin(String name, int value, int least, int most) {
    int number = carry(name, value);
    if (restoring() && (number < least || number > most)) {
      throw new StateException(
          "%s must be in [%d, %d], was saved as %d".formatted(name, least, most, number));
    }
    return number;
  }

  /**
   * Carries a finite number.
   *
   * @throws StateException if the saved number is infinite or NaN
   */
  default double carryFinite(String name, double value) {
    double number = carry(name, value);
    if (restoring() && !Double.isFinite(number)) {
      throw new StateException("%s must be finite, was saved as %s".formatted(name, number));
    }
    return number;
  }
}
