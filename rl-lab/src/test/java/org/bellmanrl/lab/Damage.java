package org.bellmanrl.lab;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages the bytes of files as disks, editors and hostile hands do. */
final class Damage {
  /** What has a meaning in one of the formats, or is hard to read in one of them. */
  private static final List<byte[]> WORDS =
      List.of(
              "[",
              "]",
              "{",
              "}",
              "\"",
              "'",
              ":",
              ": ",
              ",",
              "- ",
              "\n",
              "\r\n",
              "\t",
              " ",
              "#",
              "&a ",
              "*a",
              "<<: *a",
              "!!str ",
              "!!binary ",
              "|\n",
              ">\n",
              "? ",
              "---\n",
              "...\n",
              "%YAML 9.9\n",
              "null",
              "~",
              "true",
              ".inf",
              ".nan",
              "NaN",
              "Infinity",
              "-0",
              "1e999",
              "-1e999",
              "1_000",
              "0x10",
              "2147483648",
              "9223372036854775808",
              "1e5",
              "-1",
              "\\u0000",
              "\\",
              "\ufeff",
              "\u0000",
              "\ud83d\udc27",
              "/../",
              "episode,",
              "id",
              "options")
          .stream()
          .map(word -> word.getBytes(StandardCharsets.UTF_8))
          .toList();

  /** How often a part may be repeated: deep nesting, long numbers and texts. */
  private static final int[] REPEATS = {2, 10, 1000, 20_000};

  private static final int MOST_BYTES = 1 << 20;

  private Damage() {}

  /** Changes bytes in one to three places. */
  static byte[] of(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole;
    for (int left = random.nextInt(1, 4); left > 0; left--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + random.nextInt(1, 17));
    byte[] part = Arrays.copyOfRange(bytes, at, end);
    byte[] word = WORDS.get(random.nextInt(WORDS.size()));
    return switch (random.nextInt(7)) {
      case 0 -> replaced(bytes, at, end, flipped(part, random));
      case 1 -> replaced(bytes, at, end, new byte[0]);
      case 2 -> replaced(bytes, at, end, word);
      case 3 -> replaced(bytes, at, at, word);
      case 4 -> replaced(bytes, at, at, repeated(word, random));
      case 5 -> replaced(bytes, at, end, repeated(part, random));
      default -> Arrays.copyOf(bytes, at);
    };
  }

  private static byte[] flipped(byte[] part, SplittableRandom random) {
    if (part.length > 0) {
      part[random.nextInt(part.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return part;
  }

  private static byte[] repeated(byte[] part, SplittableRandom random) {
    int times = Math.min(REPEATS[random.nextInt(REPEATS.length)], MOST_BYTES / (part.length + 1));
    byte[] all = new byte[part.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(part, 0, all, i * part.length, part.length);
    }
    return all;
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    byte[] all = new byte[bytes.length - (to - from) + by.length];
    System.arraycopy(bytes, 0, all, 0, from);
    System.arraycopy(by, 0, all, from, by.length);
    System.arraycopy(bytes, to, all, from + by.length, bytes.length - to);
    return all;
  }
}
