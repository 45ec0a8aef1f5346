package org.bellmanrl.api.state;

/**
 * Gives back what a {@link StateWriter} took, in the same order and under the same names.
 *
 * <p>Every method throws {@link StateException} when the saved data is not what the caller asks
 * for: the message names what was expected and what was found. Data that declares more than it
 * holds is refused before anything is allocated for it.
 *
 * <p>Objects of this type are used by one thread at a time.
 */
public interface StateReader {
  /**
   * Opens a section.
   *
   * @param type the type of the section, as it was written
   * @param maxVersion the newest version of its layout that the caller understands
   * @return the version that was written, from 1 to {@code maxVersion}
   * @throws StateException if a section of another type or of a newer version was written, or no
   *     section at all
   */
  int begin(String type, int maxVersion);

  /**
   * Closes the section that was opened last.
   *
   * @throws StateException if values of the section were not read
   */
  void end();

  /** Reads a {@code long} value. */
  long readLong(String name);

  /** Reads an {@code int} value. */
  int readInt(String name);

  /** Reads a {@code double} value. */
  double readDouble(String name);

  /** Reads a {@code float} value. */
  float readFloat(String name);

  /** Reads a {@code boolean} value. */
  boolean readBoolean(String name);

  /** Reads a string. */
  String readString(String name);

  /**
   * Reads an array into {@code into}, beginning at {@code into[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void read(String name, double[] into, int from, int length);

  /**
   * Reads an array into all of {@code into}.
   *
   * @throws StateException if the saved array has another length
   */
  default void read(String name, double[] into) {
    read(name, into, 0, into.length);
  }

  /**
   * Reads an array whose length is not known beforehand.
   *
   * @param maxLength the longest array to accept
   * @return a new array that the caller owns
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  double[] readDoubles(String name, int maxLength);

  /**
   * Reads an array into {@code into}, beginning at {@code into[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void read(String name, float[] into, int from, int length);

  /**
   * Reads an array into all of {@code into}.
   *
   * @throws StateException if the saved array has another length
   */
  default void read(String name, float[] into) {
    read(name, into, 0, into.length);
  }

  /**
   * Reads an array whose length is not known beforehand.
   *
   * @param maxLength the longest array to accept
   * @return a new array that the caller owns
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  float[] readFloats(String name, int maxLength);

  /**
   * Reads an array into {@code into}, beginning at {@code into[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void read(String name, int[] into, int from, int length);

  /**
   * Reads an array into all of {@code into}.
   *
   * @throws StateException if the saved array has another length
   */
  default void read(String name, int[] into) {
    read(name, into, 0, into.length);
  }

  /**
   * Reads an array whose length is not known beforehand.
   *
   * @param maxLength the longest array to accept
   * @return a new array that the caller owns
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  int[] readInts(String name, int maxLength);

  /**
   * Reads an array into {@code into}, beginning at {@code into[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void read(String name, long[] into, int from, int length);

  /**
   * Reads an array into all of {@code into}.
   *
   * @throws StateException if the saved array has another length
   */
  default void read(String name, long[] into) {
    read(name, into, 0, into.length);
  }

  /**
   * Reads an array whose length is not known beforehand.
   *
   * @param maxLength the longest array to accept
   * @return a new array that the caller owns
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  long[] readLongs(String name, int maxLength);

  /**
   * Reads an array into {@code into}, beginning at {@code into[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void read(String name, byte[] into, int from, int length);

  /**
   * Reads an array into all of {@code into}.
   *
   * @throws StateException if the saved array has another length
   */
  default void read(String name, byte[] into) {
    read(name, into, 0, into.length);
  }

  /**
   * Reads an array whose length is not known beforehand.
   *
   * @param maxLength the longest array to accept
   * @return a new array that the caller owns
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  byte[] readBytes(String name, int maxLength);

  /**
   * Reads an array into {@code into}, beginning at {@code into[from]}.
   *
   * @throws StateException if the saved array does not have exactly {@code length} elements
   */
  void read(String name, boolean[] into, int from, int length);

  /**
   * Reads an array into all of {@code into}.
   *
   * @throws StateException if the saved array has another length
   */
  default void read(String name, boolean[] into) {
    read(name, into, 0, into.length);
  }

  /**
   * Reads an array whose length is not known beforehand.
   *
   * @param maxLength the longest array to accept
   * @return a new array that the caller owns
   * @throws StateException if the saved array is longer than {@code maxLength}
   */
  boolean[] readBooleans(String name, int maxLength);

  /** Restores a part from a section of its own. */
  default void read(String name, Stateful part) {
    begin(name, 1);
    part.restore(this);
    end();
  }
}
