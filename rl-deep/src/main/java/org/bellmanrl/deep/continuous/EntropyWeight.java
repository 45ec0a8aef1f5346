package org.bellmanrl.deep.continuous;

/**
 * How much entropy counts beside reward: α, fixed or learned.
 *
 * <p>As text, as Stable-Baselines3 has it: {@code auto} (learned, from 1 on), {@code auto_0.1}
 * (learned, from 0.1 on) or {@code 0.2} (fixed).
 *
 * @param learned whether α is learned
 * @param value α, or what it starts from; at least 0 and finite, above 0 if learned
 */
public record EntropyWeight(boolean learned, double value) {
  private static final String AUTO = "auto";

  public EntropyWeight {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY) || (learned && value == 0)) {
      throw new IllegalArgumentException(
          "the weight of the entropy must be %s and finite, was %s"
              .formatted(learned ? "above 0" : "at least 0", value));
    }
  }

  /** Learned, from 1 on. */
  public static EntropyWeight auto() {
    return new EntropyWeight(true, 1);
  }

  /** Returns a weight that stays the same. */
  public static EntropyWeight fixed(double value) {
    return new EntropyWeight(false, value);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if the text is none of the forms above
   */
  public static EntropyWeight parse(String text) {
    if (text.equals(AUTO)) {
      return auto();
    }
    boolean learned = text.startsWith(AUTO + "_");
    try {
      double value = Double.parseDouble(learned ? text.substring(AUTO.length() + 1) : text);
      return new EntropyWeight(learned, value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "must be auto, auto_ with a number, as in auto_0.1, or a number, was " + text, e);
    }
  }

  @Override
  public String toString() {
    if (!learned) {
      return Double.toString(value);
    }
    return value == 1 ? AUTO : AUTO + "_" + value;
  }
}
