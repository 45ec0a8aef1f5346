package org.bellmanrl.lab.internal.cli;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Prints the signs that this program uses beyond ASCII, such as {@code ±} and {@code →}, as ASCII,
 * for terminals that show nothing else. Everything else, such as letters in the names of files,
 * leaves as UTF-8, so that what reads the output gets the right names.
 */
final class AsciiStream extends StandardStream {
  AsciiStream(OutputStream out) {
    super(out, StandardCharsets.UTF_8);
  }

  @Override
  public void print(String text) {
    super.print(ascii(text));
  }

  static String ascii(String text) {
    StringBuilder plain = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String sign = c < 128 ? "" : ascii(c);
      if (!sign.isEmpty() && plain == null) {
        plain = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (plain != null) {
        plain.append(sign.isEmpty() ? String.valueOf(c) : sign);
      }
    }
    return plain == null ? text : plain.toString();
  }

  /** Returns what stands for a sign; nothing for what is no sign of this program. */
  private static String ascii(char sign) {
    return switch (sign) {
      case '±' -> "+/-";
      case '−', '–', '⁻' -> "-";
      case '…' -> "...";
      case '×' -> "x";
      case '·' -> "*";
      case '°' -> " deg";
      case '²' -> "^2";
      case '³' -> "^3";
      case '∞' -> "inf";
      case '≤' -> "<=";
      case '≥' -> ">=";
      case '→' -> "->";
      case '←' -> "<-";
      case 'α' -> "alpha";
      case 'γ' -> "gamma";
      case 'ε' -> "epsilon";
      case 'λ' -> "lambda";
      case 'π' -> "pi";
      case 'σ' -> "sigma";
      case 'τ' -> "tau";
      case '\u00a0' -> " ";
      default -> "";
    };
  }
}
