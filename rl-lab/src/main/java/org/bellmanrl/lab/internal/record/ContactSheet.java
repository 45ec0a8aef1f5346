package org.bellmanrl.lab.internal.record;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Some moments of the recording side by side in reading order, evenly spread, the last one
 * included.
 */
final class ContactSheet implements Recording.Format {
  private static final int MOST = 12;
  private static final int SPACE = 8;
  private static final int PAPER = 0xFFFFFFFF;

  private final Path file;
  private final int width;
  private final int height;
  private final List<int[]> kept = new ArrayList<>();
  private final int[] last;
  private long added;
  private long stride = 1;

  ContactSheet(Path file, int width, int height) {
    this.file = file;
    this.width = width;
    this.height = height;
    this.last = new int[width * height];
  }

  @Override
  public void add(int[] argb, double seconds) {
    if (added % stride == 0) {
      if (kept.size() == MOST - 1) {
        // Every other one goes, so that those that stay are as far apart as those to come.
        for (int i = kept.size() - 2; i > 0; i -= 2) {
          kept.remove(i);
        }
        stride *= 2;
      }
      if (added % stride == 0) {
        kept.add(argb.clone());
      }
    }
    System.arraycopy(argb, 0, last, 0, last.length);
    added++;
  }

  @Override
  public void finish() throws IOException {
    if (added == 0) {
      throw new IllegalStateException("a recording needs at least one picture");
    }
    if ((added - 1) % stride != 0) {
      kept.add(last);
    }
    // Of the widths about the best one that which leaves out fewest.
    int best = columns();
    int columns = best;
    for (int other : new int[] {best - 1, best + 1}) {
      if (other > 0 && kept.size() % other < kept.size() % columns && kept.size() / other > 0) {
        columns = other;
      }
    }
    int rows = kept.size() / columns;
    // A sheet has no empty places: some moments are left out, evenly, the last one never.
    List<int[]> shown = new ArrayList<>();
    int places = rows * columns;
    for (int i = 0; i < places; i++) {
      shown.add(kept.get(places == 1 ? kept.size() - 1 : i * (kept.size() - 1) / (places - 1)));
    }
    BufferedImage sheet =
        new BufferedImage(
            columns * (width + SPACE) - SPACE,
            rows * (height + SPACE) - SPACE,
            BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        sheet.setRGB(x, y, PAPER);
      }
    }
    for (int i = 0; i < places; i++) {
      int row = i / columns;
      sheet.setRGB(
          i % columns * (width + SPACE),
          row * (height + SPACE),
          width,
          height,
          shown.get(i),
          0,
          width);
    }
    // Its own writer doesn't say why a file could not be written.
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(sheet, "png", png);
    Files.write(file, png.toByteArray());
  }

  /** As few columns as make the sheet wider than high. */
  private int columns() {
    int columns = 1;
    while (columns < kept.size()
        && (double) columns * width < 1.2 * height * Math.ceil((double) kept.size() / columns)) {
      columns++;
    }
    return columns;
  }

  @Override
  public void close() {}
}
