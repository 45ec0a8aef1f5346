package org.bellmanrl.lab;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A command that was run in this process.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it complained about
 */
public record Rl(int status, String out, String err) {

  /** Runs a command. */
  public static Rl run(Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] texts = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      texts[i] = words[i].toString();
    }
    int status = Main.run(stream(out), stream(err), texts);
    return new Rl(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command that must go well and have nothing to complain about. */
  public static String ok(Object... words) {
    Rl rl = run(words);
    if (rl.status != 0 || !rl.err.isEmpty()) {
      throw new AssertionError("status " + rl.status + ": " + rl.err);
    }
    return rl.out;
  }

  /** A number in printed JSON. */
  public static double number(String json, String name) {
    int at = json.indexOf("\"" + name + "\": ") + name.length() + 4;
    int end = at;
    while ("0123456789.-E".indexOf(json.charAt(end)) >= 0) {
      end++;
    }
    return Double.parseDouble(json.substring(at, end));
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }
}
