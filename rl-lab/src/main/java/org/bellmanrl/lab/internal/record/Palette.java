package org.bellmanrl.lab.internal.record;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * At most 256 colours for a picture that may have more.
 *
 * <p>The commonest colours stay exactly what they are, so that plain areas neither flicker from one
 * picture to the next nor show where a picture was changed. The others, mostly the soft edges of
 * shapes, share the rest by median cut (P. Heckbert, "Color Image Quantization for Frame Buffer
 * Display", 1982).
 */
final class Palette {
  private static final int COLOURS = 256;
  private static final int EXACT = 96;

  private final int[] colours;
  private final Map<Integer, Byte> index = new HashMap<>();

  /** The palette of a rectangle of a picture. */
  Palette(int[] argb, int stride, int left, int top, int width, int height) {
    Multiset<Integer> counts = HashMultiset.create();
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        counts.add(argb[y * stride + x] & 0xFFFFFF);
      }
    }
    List<Counted> all = new ArrayList<>();
    counts.forEachEntry((colour, count) -> all.add(new Counted(colour, count)));
    all.sort(Comparator.comparingInt((Counted c) -> -c.count).thenComparingInt(c -> c.colour));
    int exact = all.size() <= COLOURS ? all.size() : EXACT;
    List<List<Counted>> boxes = new ArrayList<>();
    for (Counted counted : all.subList(0, exact)) {
      boxes.add(List.of(counted));
    }
    if (exact < all.size()) {
      boxes.addAll(cut(new ArrayList<>(all.subList(exact, all.size())), COLOURS - exact));
    }
    colours = new int[boxes.size()];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = mean(boxes.get(i));
      for (Counted counted : boxes.get(i)) {
        index.put(counted.colour, (byte) i);
      }
    }
  }

  private record Counted(int colour, int count) {
    int channel(int shift) {
      return colour >> shift & 0xFF;
    }
  }

  /** Halves the box with the widest spread, weighted by its pixels, until there are enough. */
  private static List<List<Counted>> cut(List<Counted> rest, int most) {
    List<List<Counted>> boxes = new ArrayList<>(List.of(rest));
    while (boxes.size() < most) {
      int widest = -1;
      double spread = 0;
      for (int i = 0; i < boxes.size(); i++) {
        List<Counted> box = boxes.get(i);
        double weighted = range(box, widestChannel(box)) * Math.sqrt((double) pixels(box));
        if (weighted > spread) {
          spread = weighted;
          widest = i;
        }
      }
      if (widest < 0) {
        return boxes;
      }
      List<Counted> box = boxes.remove(widest);
      int shift = widestChannel(box);
      box.sort(
          Comparator.comparingInt((Counted c) -> c.channel(shift)).thenComparingInt(c -> c.colour));
      int middle = middle(box);
      boxes.add(new ArrayList<>(box.subList(0, middle)));
      boxes.add(new ArrayList<>(box.subList(middle, box.size())));
    }
    return boxes;
  }

  /** Where half of the pixels are on either side; both sides keep a colour. */
  private static int middle(List<Counted> box) {
    long half = pixels(box) / 2;
    long before = 0;
    for (int i = 0; i < box.size() - 1; i++) {
      before += box.get(i).count;
      if (before >= half) {
        return i + 1;
      }
    }
    return box.size() - 1;
  }

  private static int widestChannel(List<Counted> box) {
    int widest = 0;
    for (int shift = 8; shift <= 16; shift += 8) {
      widest = range(box, shift) > range(box, widest) ? shift : widest;
    }
    return widest;
  }

  private static int range(List<Counted> box, int shift) {
    int low = 255;
    int high = 0;
    for (Counted counted : box) {
      low = Math.min(low, counted.channel(shift));
      high = Math.max(high, counted.channel(shift));
    }
    return high - low;
  }

  private static long pixels(List<Counted> box) {
    long pixels = 0;
    for (Counted counted : box) {
      pixels += counted.count;
    }
    return pixels;
  }

  private static int mean(List<Counted> box) {
    int mean = 0;
    long pixels = pixels(box);
    for (int shift = 0; shift <= 16; shift += 8) {
      long sum = 0;
      for (Counted counted : box) {
        sum += (long) counted.channel(shift) * counted.count;
      }
      mean |= (int) ((sum + pixels / 2) / pixels) << shift;
    }
    return mean;
  }

  /** The colours, for an image of eight bits a pixel. */
  IndexColorModel model() {
    return new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
  }

  /** The index of a colour of the rectangle. */
  byte index(int argb) {
    Byte found = index.get(argb & 0xFFFFFF);
    if (found == null) {
      throw new IllegalArgumentException(
          "colour 0x%06X is not in the picture that the palette is of".formatted(argb & 0xFFFFFF));
    }
    return found;
  }
}
