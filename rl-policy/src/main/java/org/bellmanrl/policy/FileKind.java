package org.bellmanrl.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Recognises files that people take for a policy, a model or a text of settings, and that are
 * something else, by their first bytes. For error messages: "policy.onnx is not an ONNX model but a
 * Git LFS pointer; git lfs pull fetches the file itself".
 */
public final class FileKind {
  private static final int HEAD = 512;

  private FileKind() {}

  /**
   * Says what a file is, if that is known: "an HTML page; …". Of a zip archive the names of the
   * entries are read too.
   *
   * @return what follows "is", with what to do about it; empty for unknown kinds, for text in
   *     UTF-8, for a policy.zip, and for files that can't be read
   */
  public static Optional<String> of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(HEAD);
      boolean zip = head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] == 3;
      return zip ? archive(file) : of(head);
    } catch (IOException e) {
      // The caller has met the same error, or will.
      return Optional.empty();
    }
  }

  private static Optional<String> of(byte[] head) {
    if (head.length == 0) {
      return Optional.of("an empty file");
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String words = text.stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("version https://git-lfs.github.com/spec/")) {
      return Optional.of("a Git LFS pointer; git lfs pull fetches the file itself");
    }
    if (words.startsWith("<!doctype html") || words.startsWith("<html")) {
      return Optional.of("an HTML page, such as a site's page about the file; download the file");
    }
    if (text.startsWith("\u0089HDF\r\n\u001a\n")) {
      return Optional.of(
          "an HDF5 file (.h5) of Keras or another program; export the model as ONNX");
    }
    if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
      return Optional.of("a text in UTF-16; save it as UTF-8");
    }
    if (text.startsWith("\u00ef\u00bb\u00bf")) {
      return Optional.of("a text that begins with a byte order mark; save it as UTF-8 without one");
    }
    if (text.startsWith("\u001f\u008b")) {
      return Optional.of("a gzip archive; unpack it");
    }
    if (text.startsWith("\u0093NUMPY")) {
      return Optional.of("an array of NumPy (.npy)");
    }
    if (text.startsWith("TFL3", 4)) {
      return Optional.of("a TensorFlow Lite model; export the model as ONNX");
    }
    if (head[0] == (byte) 0x80 && head.length > 1 && head[1] >= 2 && head[1] <= 5) {
      return Optional.of("a Python pickle (.pkl, or .pt of an old PyTorch); export it as ONNX");
    }
    if (head.length > 8 && head[7] == 0 && text.startsWith("{\"", 8)) {
      return Optional.of("a safetensors file, which holds weights without their model");
    }
    if (head[0] == 0x08 && head.length > 2 && head[1] > 0 && head[1] < 32 && head[2] == 0x12) {
      return Optional.of("an ONNX model; ./rl import evaluates it, if its name ends with .onnx");
    }
    return Optional.empty();
  }

  private static Optional<String> archive(Path file) throws IOException {
    List<String> names;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      names = zip.stream().map(ZipEntry::getName).toList();
    }
    if (names.contains("policy.state")) {
      return Optional.empty();
    }
    if (names.contains("policy.pth")) {
      return Optional.of(
          "a model of Stable-Baselines3; export its policy as ONNX (its documentation says how)");
    }
    if (names.stream().anyMatch(name -> name.endsWith("/data.pkl"))) {
      return Optional.of("a PyTorch file (.pt, .pth); export the model with torch.onnx.export");
    }
    if (names.contains("model.weights.h5")) {
      return Optional.of("a Keras model (.keras); export it as ONNX");
    }
    if (names.stream().anyMatch(name -> name.endsWith(".npy"))) {
      return Optional.of("arrays of NumPy (.npz)");
    }
    return Optional.of(
        "a zip archive of other things ("
            + String.join(", ", names.subList(0, Math.min(3, names.size())))
            + ")");
  }
}
