package org.bellmanrl.cluster.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.lab.cluster.ClusterException;

/**
 * Certificates of machines and the authority that signs them, made by the {@code keytool} of the
 * JDK: Java has no public API for that. They hold for ten years.
 */
final class Certificates {
  private static final String AUTHORITY = "ca";
  private static final String DAYS = "3650";

  private final Path folder;

  Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes what is missing; see {@link org.bellmanrl.lab.cluster.ClusterProvider#certify}. */
  Path certify(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,62}") || name.equals(AUTHORITY)) {
      throw new ClusterException(
          "a machine's name must be letters, digits, dots and hyphens, at most 63, and not '%s'; was '%s'"
              .formatted(AUTHORITY, name));
    }
    Path authority = folder.resolve("ca.p12");
    Path machine = folder.resolve(name + ".p12");
    Path made = folder.resolve("." + name + ".p12");
    try {
      Files.createDirectories(folder);
      if (Files.exists(machine)) {
        throw new ClusterException(machine + " is there already; remove it to make another");
      }
      try {
        if (!Files.exists(authority)) {
          generate(authority, AUTHORITY, "CN=Bellman cluster", "-ext", "bc:critical=ca:true");
        }
        // The authority signs what is made in the same store, and its key then leaves that store.
        Files.copy(authority, made, StandardCopyOption.COPY_ATTRIBUTES);
        String[] signed = {"-signer", AUTHORITY, "-ext", "eku=serverAuth,clientAuth"};
        generate(made, name, "CN=" + name, signed);
        forgetKey(made);
        return Files.move(made, machine);
      } catch (GeneralSecurityException e) {
        throw new ClusterException("cannot make " + machine + ": " + e.getMessage(), e);
      } finally {
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      throw new ClusterException("cannot write certificates to " + folder + ": " + e, e);
    }
  }

  /** Leaves of the authority only its certificate in the store of a machine. */
  private static void forgetKey(Path store) throws IOException, GeneralSecurityException {
    char[] password = Security.PASSWORD.toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    Certificate root = keys.getCertificate(AUTHORITY);
    keys.deleteEntry(AUTHORITY);
    keys.setCertificateEntry(AUTHORITY, root);
    try (OutputStream out = Files.newOutputStream(store)) {
      keys.store(out, password);
    }
  }

  private static void generate(Path store, String alias, String subject, String... more)
      throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1"));
    words.addAll(List.of("-dname", subject, "-validity", DAYS));
    words.addAll(List.of(more));
    run(store, words.toArray(String[]::new));
    if (store.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static void run(Path store, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of(words));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", Security.PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said =
          new String(process.getInputStream().readAllBytes(), Charset.defaultCharset()).strip();
      if (process.waitFor() != 0) {
        throw new ClusterException("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while keytool was running", e);
    }
  }
}
