package org.bellmanrl.lab.internal.record;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * An endless animation. Each picture is written as the smallest rectangle that differs from the one
 * before, with its own palette.
 */
final class Gif implements Recording.Format {
  private static final String IMAGE_FORMAT = "javax_imageio_gif_image_1.0";

  /** Many programs take a hundredth of a second, or none, for a tenth. */
  private static final int LEAST_DELAY = 2;

  private static final byte[] FOR_EVER = {1, 0, 0};

  private final int width;
  private final int height;
  private final int[] before;
  private final ImageOutputStream stream;
  private final ImageWriter writer;
  private boolean begun;

  Gif(Path file, int width, int height) throws IOException {
    this.width = width;
    this.height = height;
    this.before = new int[width * height];
    Files.deleteIfExists(file);
    this.stream = ImageIO.createImageOutputStream(file.toFile());
    if (stream == null) {
      throw new IOException("can't write to " + file);
    }
    this.writer = ImageIO.getImageWritersBySuffix("gif").next();
    writer.setOutput(stream);
    writer.prepareWriteSequence(null);
  }

  @Override
  public void add(int[] argb, double seconds) throws IOException {
    int[] box = begun ? changed(argb) : new int[] {0, 0, width, height};
    int left = box[0];
    int top = box[1];
    int columns = box[2] - left;
    int lines = box[3] - top;
    Palette palette = new Palette(argb, width, left, top, columns, lines);
    BufferedImage image =
        new BufferedImage(columns, lines, BufferedImage.TYPE_BYTE_INDEXED, palette.model());
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int y = 0; y < lines; y++) {
      for (int x = 0; x < columns; x++) {
        pixels[y * columns + x] = palette.index(argb[(top + y) * width + left + x]);
      }
    }
    int delay = (int) Math.max(LEAST_DELAY, Math.round(100 * seconds));
    writer.writeToSequence(
        new IIOImage(image, null, metadata(image, left, top, delay)),
        writer.getDefaultWriteParam());
    System.arraycopy(argb, 0, before, 0, before.length);
    begun = true;
  }

  /** The rectangle that holds all changes: left, top, and the right and the bottom behind it. */
  private int[] changed(int[] argb) {
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (argb[y * width + x] != before[y * width + x]) {
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = y + 1;
        }
      }
    }
    // A picture that is the same still takes its time.
    return right == 0 ? new int[] {0, 0, 1, 1} : new int[] {left, top, right, bottom};
  }

  private IIOMetadata metadata(BufferedImage image, int left, int top, int delay)
      throws IOException {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            ImageTypeSpecifier.createFromRenderedImage(image), parameters);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(IMAGE_FORMAT);
    IIOMetadataNode place = child(root, "ImageDescriptor");
    place.setAttribute("imageLeftPosition", Integer.toString(left));
    place.setAttribute("imageTopPosition", Integer.toString(top));
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "doNotDispose");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Integer.toString(delay));
    if (!begun) {
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(FOR_EVER.clone());
      child(root, "ApplicationExtensions").appendChild(loop);
    }
    metadata.setFromTree(IMAGE_FORMAT, root);
    return metadata;
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    for (int i = 0; i < root.getLength(); i++) {
      if (root.item(i).getNodeName().equals(name)) {
        return (IIOMetadataNode) root.item(i);
      }
    }
    IIOMetadataNode made = new IIOMetadataNode(name);
    root.appendChild(made);
    return made;
  }

  @Override
  public void finish() throws IOException {
    writer.endWriteSequence();
    stream.flush();
  }

  @Override
  public void close() throws IOException {
    writer.dispose();
    stream.close();
  }
}
