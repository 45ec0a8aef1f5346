package org.bellmanrl.lab.internal.compare;

/** The order of labels, in which numbers count as numbers: {@code n=4} before {@code n=16}. */
final class LabelOrder {
  private LabelOrder() {}

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = numberEnd(a, i);
      int endB = numberEnd(b, j);
      int order;
      if (endA > i && endB > j) {
        order =
            Double.compare(
                Double.parseDouble(a.substring(i, endA)), Double.parseDouble(b.substring(j, endB)));
        i = endA;
        j = endB;
      } else {
        order = Character.compare(a.charAt(i++), b.charAt(j++));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  /** Where digits that begin here end, with a fraction; here itself if none do. */
  private static int numberEnd(String text, int from) {
    int end = digitsEnd(text, from);
    if (end > from && end + 1 < text.length() && text.charAt(end) == '.') {
      int fraction = digitsEnd(text, end + 1);
      return fraction > end + 1 ? fraction : end;
    }
    return end;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
